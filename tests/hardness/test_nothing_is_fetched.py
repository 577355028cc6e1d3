"""A listener on this machine, whose address stands wherever a file could tempt to ask: 0 requests.

``tests/test_no_requests.py`` counts what would leave the machine, for every command. Here the
address answers, so that what only asks where somebody is listening would be seen as well, be it in
a parser's process or in native code.
"""

from __future__ import annotations

import json
import shutil
import socket
import threading
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.commands import EXAMPLES, SERIES, Command, accordant
from tests.readers.books import ods, xlsx, zipped

__all__ = ["accordant"]

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass
class Listener:
    """Who connected is counted; whoever asks gets a short answer."""

    server: socket.socket
    asked: list[bytes] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.getsockname()[1]}"

    @property
    def address(self) -> str:
        return f"http://{self.host}/x.json"

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.server.accept()
                with connection:
                    self.asked.append(connection.recv(1 << 10))
                    connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server)
        thread = threading.Thread(target=found.listen)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def linked_workbook(at: str) -> bytes:
    """Links to another workbook, a picture, a page and a template, in every place Excel has."""
    relation = '<Relationship Id="rId{}" TargetMode="External" Target="{}" Type="{}/{}"/>'
    kinds = ("externalLinkPath", "image", "hyperlink", "attachedTemplate", "oleObject")
    links = "".join(relation.format(90 + n, at, OFFICE, kind) for n, kind in enumerate(kinds))
    whole = f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'
    book = xlsx({"series": [["series_ref", f'=HYPERLINK("{at}")'], ["a", f'=WEBSERVICE("{at}")']]})
    more = {"xl/externalLinks/_rels/externalLink1.xml.rels": whole}
    more |= {"xl/worksheets/_rels/sheet1.xml.rels": whole, "customXml/_rels/item1.xml.rels": whole}
    return _with(book, more)


def _with(book: bytes, more: dict[str, str]) -> bytes:
    import io

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | more)


def linked_ods(at: str) -> bytes:
    link = f'<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{at}">x</text:a>'
    cell = (
        f'<table:table-cell office:value-type="string"><text:p>{link}</text:p></table:table-cell>'
    )
    source = f'<table:table-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{at}"/>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return ods(f'<table:table table:name="series">{source}{row}{row}</table:table>')


def entity_workbook(at: str) -> bytes:
    book = xlsx({"series": [["series_ref"], ["a"]]})
    return _with(book, {"xl/workbook.xml": f'<!DOCTYPE x SYSTEM "{at}"><workbook/>'})


def package(at: str) -> str:
    """Every key of a descriptor that may hold an address holds this one."""
    resource = {
        "name": "series",
        "path": "series.csv",
        "profile": at,
        "$schema": at,
        "schema": {"$schema": at, "fields": [{"name": "series_ref", "rdfType": at}]},
        "dialect": {"$schema": at},
        "sources": [{"title": "x", "path": at}],
        "homepage": at,
    }
    whole = {"name": "x", "profile": at, "$schema": at, "homepage": at, "image": at}
    whole |= {"licenses": [{"name": "x", "path": at}], "sources": [{"title": "x", "path": at}]}
    return json.dumps({**whole, "resources": [resource]})


def remote(at: str, key: str) -> str:
    return json.dumps(
        {"name": "x", "resources": [{"name": "series", "path": "series.csv", key: at}]}
    )


TABLE = "  - table: t\n    fields:\n      a: "
START = "standard: s\nversion: 1.0.0\n"
STANDARDS = {
    "tables": START + "tables: [{at}]\n",
    "rules": START + "tables:\n" + TABLE + "{{type: string}}\nrules: {at}\n",
    "reasons": START + "missing_reasons: {at}\ntables:\n" + TABLE + "{{type: string}}\n",
    "codes": START + "tables:\n" + TABLE + "{{codes: '{at}'}}\n",
    "a list": START + "codelists: [{at}]\ntables:\n" + TABLE + "{{codes: x}}\n",
    "$ref": START + "tables:\n" + TABLE + "{{$ref: '{at}'}}\n",
    "a tag": START + "tables: !!python/object/apply:urllib.request.urlopen ['{at}']\n",
    "$schema": "# yaml-language-server: $schema={at}\n$schema: {at}\n" + START,
    "a source": START + "source: {at}\ntables:\n" + TABLE + "{{type: string, source: '{at}'}}\n",
    "migrates": START + "migrates: {{from: {at}}}\ntables:\n" + TABLE + "{{type: string}}\n",
}
SCHEMAS = {
    "$ref": {"properties": {"a": {"$ref": "{at}"}, "b": {"$ref": "{at}#/$defs/x"}}},
    "$schema": {"$schema": "{at}", "$id": "{at}", "properties": {"a": {"type": "string"}}},
    "allOf": {"allOf": [{"$ref": "{at}"}], "properties": {"a": {"$dynamicRef": "{at}"}}},
    "Table Schema": {"$schema": "{at}", "fields": [{"name": "a", "rdfType": "{at}"}]},
    "foreign keys": {
        "fields": [{"name": "a", "type": "string"}],
        "foreignKeys": [{"fields": "a", "reference": {"resource": "{at}", "fields": "b"}}],
    },
}
CROSSWALK = """\
crosswalk: c
version: 1.0.0
title: {{en: C}}
from: {{standard: "{at}", version: 1.0.0, codelist: x}}
to: {{scheme: "{at}", version: 1.0.0}}
through: ["{at}"]
source: {at}
mappings: {{a: {{to: b, predicate: exact}}}}
"""
SSSOM = (
    "#mapping_set_id: {at}\n#license: {at}\n#curie_map:\n#  x: {at}#\n#  y: {at}#\n"
    "#extension_definitions: [{{slot_name: a, property: {at}}}]\n"
    "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    "x:a\tskos:exactMatch\ty:b\tsemapv:ManualMappingCuration\n"
)


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


GLOBAL = ("-s", "global-indicator")
Lay = Callable[[Path, str], None]


def lay(name: str, of: Callable[[str], str | bytes], beside: bool = False) -> Lay:
    """Lays one file that is made of the address, with a table beside it."""

    def laid(folder: Path, at: str) -> None:
        write(folder, {name: of(at), **({"series.csv": SERIES} if beside else {})})

    return laid


CASES: dict[str, tuple[Lay, tuple[str, ...]]] = {
    "a workbook with links": (lay("a.xlsx", linked_workbook), ("check", "a.xlsx", *GLOBAL)),
    "the same, mended": (lay("a.xlsx", linked_workbook), ("fix", "a.xlsx", *GLOBAL, "-o", "out")),
    "the same, annotated": (
        lay("a.xlsx", linked_workbook),
        ("check", "a.xlsx", *GLOBAL, "--format", "xlsx=out.xlsx"),
    ),
    "an ODS with links": (lay("a.ods", linked_ods), ("check", "a.ods", *GLOBAL)),
    "a document type": (lay("a.xlsx", entity_workbook), ("check", "a.xlsx", *GLOBAL)),
    "a package": (lay("datapackage.json", package, beside=True), ("check", ".", *GLOBAL)),
    "a zipped package": (
        lay("a.zip", lambda at: zipped({"datapackage.json": package(at), "series.csv": SERIES})),
        ("check", "a.zip", *GLOBAL),
    ),
    **{
        f"a package's {key}": (
            lay("datapackage.json", lambda at, key=key: remote(at, key), beside=True),
            ("check", ".", *GLOBAL),
        )
        for key in ("path", "schema", "dialect", "profile", "$schema")
    },
    "a package's standard": (
        lay("datapackage.json", lambda at: json.dumps({"accordant": {"standard": at}}), True),
        ("check", "series.csv"),
    ),
    "a project's standard": (
        lay("accordant.yaml", lambda at: f"standard: {at}\n", beside=True),
        ("check", "series.csv"),
    ),
    "a share": (
        lay("accordant.yaml", lambda at: f"standard: //{at[7:]}\n", beside=True),
        ("check", "series.csv"),
    ),
    **{
        f"a standard's {name}": (
            lay("standard.yaml", lambda at, text=text: text.format(at=at)),
            ("lint", "."),
        )
        for name, text in STANDARDS.items()
    },
    **{
        f"a draft from {name}": (
            lay("s.json", lambda at, data=data: json.dumps(data).replace("{at}", at)),
            ("draft", "s.json", "-o", "out"),
        )
        for name, data in SCHEMAS.items()
    },
    "a crosswalk": (
        lay("c.yaml", lambda at: CROSSWALK.format(at=at), beside=True),
        ("translate", "series.csv", "-c", "c.yaml", "-o", "out"),
    ),
    "a mapping set": (
        lay("c.sssom.tsv", lambda at: SSSOM.format(at=at), beside=True),
        ("translate", "series.csv", "-c", "c.sssom.tsv", "-o", "out"),
    ),
    "a linted mapping set": (
        lay("c.sssom.tsv", lambda at: SSSOM.format(at=at)),
        ("lint", "c.sssom.tsv"),
    ),
}
ADDRESSED = {
    "check": ("check", "{at}", *GLOBAL),
    "check -s": ("check", "series.csv", "-s", "{at}"),
    "lint": ("lint", "{at}"),
    "compile": ("compile", "{at}", "--to", "jsonschema"),
    "compare": ("compare", "{at}", "{at}", *GLOBAL),
    "profile": ("profile", "{at}", *GLOBAL),
    "agree": ("agree", "{at}", "{at}", *GLOBAL),
    "diff": ("diff", "{at}", "{at}"),
    "draft": ("draft", "{at}", "-o", "out"),
    "translate": ("translate", "series.csv", "-c", "{at}", "-o", "out"),
    "baseline": ("check", "series.csv", *GLOBAL, "--baseline", "{at}"),
    "sqlite": ("check", "sqlite://{host}/x", *GLOBAL),
    "ftp": ("check", "ftp://{host}/series.csv", *GLOBAL),
    "s3": ("check", "s3://{host}/series.parquet", *GLOBAL),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_no_address_in_a_file_is_asked(
    accordant: Command,
    listener: Listener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    scheme: str,
) -> None:
    lay_file, arguments = CASES[name]
    lay_file(tmp_path, listener.address.replace("http", scheme, 1))
    monkeypatch.chdir(tmp_path)
    accordant(*arguments)
    assert listener.asked == []


@pytest.mark.parametrize("name", ADDRESSED)
def test_no_address_in_an_argument_is_asked(
    accordant: Command,
    listener: Listener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    shutil.copy(EXAMPLES / "submission" / "series.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    told = {"at": listener.address, "host": listener.host}
    done = accordant(*(argument.format(**told) for argument in ADDRESSED[name]))
    assert (listener.asked, done.code) == ([], 2)


def test_a_request_would_be_seen(listener: Listener) -> None:
    """Without this the count could be 0 whatever happens."""
    with urllib.request.urlopen(listener.address) as answer:  # noqa: S310 - it is our own
        assert answer.read() == b"{}"
    assert len(listener.asked) == 1
