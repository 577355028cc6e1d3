"""Files that were made to do harm: each is one fault with its reason, soon, and nothing more.

More of them stand where their readers are tested: ``tests/readers/test_apart.py`` (archives that
unpack to too much, lead out, are encrypted or lie), ``test_package.py``, ``test_workbook.py``.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.commands import SERIES, Command, accordant
from tests.readers.books import (
    CONTENT,
    MANIFEST,
    ODS,
    TABLES,
    named,
    ods,
    readings,
    reason,
    replaced,
    xlsx,
    zipped,
)
from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers import parquet, workbook
from validator.readers.apart import apart
from validator.readers.limits import is_hollow
from validator.readers.source import Source

__all__ = ["accordant"]

BOOK = xlsx({"series": [["series_ref"], ["a"]]})
HEADING = b"series_ref\n"

# --- sparse files: a terabyte that takes a few bytes of a disk -----------------------------------

TERABYTE = 1 << 40
holes = pytest.mark.skipif(not hasattr(os, "SEEK_HOLE"), reason="this system tells of no holes")


def sparse(path: Path, head: bytes = b"", tail: bytes = b"", size: int = TERABYTE) -> Path:
    with path.open("wb") as file:
        file.write(head)
        file.truncate(size)
        file.seek(size - len(tail))
        file.write(tail)
    return path


@holes
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.ods", "a.parquet", "a.zip"])
@pytest.mark.parametrize("tail", [b"", b"\n]"], ids=["all hole", "ends in data"])
def test_a_file_that_is_nearly_all_hole_is_too_large(
    tmp_path: Path, name: str, tail: bytes
) -> None:
    heads = {".csv": HEADING, ".json": b"[", ".parquet": b"PAR1"}
    path = sparse(tmp_path / name, heads.get(Path(name).suffix, BOOK), tail)
    (found,) = readings(path)
    assert (reason(found), found.sha256) == ("too-large", None)


@holes
def test_a_file_with_a_hole_here_and_there_is_read_as_it_is(tmp_path: Path) -> None:
    assert not is_hollow(sparse(tmp_path / "small.csv", HEADING, size=1 << 20))
    half = sparse(tmp_path / "half.csv", b"x" * (1 << 20), size=100 << 20)
    assert not is_hollow(half)
    assert not is_hollow(tmp_path / "nowhere.csv")


@holes
def test_beside_a_hostile_file_the_others_are_checked(accordant: Command, tmp_path: Path) -> None:
    (tmp_path / "series.csv").write_bytes(SERIES)
    sparse(tmp_path / "media.csv", HEADING)
    done = accordant("check", tmp_path, "-s", "global-indicator", "--format", "json")
    assert done.code == 2
    assert "unreadable-file" in done.codes()
    assert done.rows() == len(SERIES.splitlines()) - 1


@holes
@pytest.mark.parametrize("name", ["accordant.yaml", "datapackage.json"])
def test_a_hollow_file_beside_the_data_is_one_clear_line(
    accordant: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / "series.csv").write_bytes(SERIES)
    sparse(tmp_path / name, b"{")
    assert accordant("check", tmp_path / "series.csv").code == 2


# --- XML -----------------------------------------------------------------------------------------

ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + ENTITIES + b"]>"
OUTSIDE = b'<!DOCTYPE x SYSTEM "file:///etc/hostname">'
LONG = b"<!--" + b"x" * 5000 + b"-->"
LONGER = LONG * 20


def book_with(prolog: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    root = {"xl/workbook.xml": b"<workbook", "xl/_rels/workbook.xml.rels": b"<Relationships"}
    start = root.get(part, b"<worksheet")
    return replaced(BOOK, part, start, prolog + start)


def utf16(book: bytes, part: str) -> bytes:
    """The same workbook, with that part in an encoding in which no plain search would see it."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode().replace("UTF-8", "UTF-16").replace("utf-8", "UTF-16")
    return zipped({**parts, part: text.encode("utf-16")})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (book_with(LAUGHS), "entities"),
        (book_with(OUTSIDE, "xl/workbook.xml"), "entities"),
        (book_with(LAUGHS, "xl/_rels/workbook.xml.rels"), "entities"),
        (book_with(b"<?x y?>" + LONG + OUTSIDE), "entities"),
        (book_with(LONGER + OUTSIDE), "damaged"),
        (book_with(b"<!-- never ended"), "damaged"),
        (utf16(book_with(LAUGHS, "xl/workbook.xml"), "xl/workbook.xml"), "damaged"),
    ],
    ids=named,
)
def test_a_document_type_is_found_wherever_it_hides(data: bytes, why: str) -> None:
    (found,) = readings(data)
    assert reason(found) == why


def test_a_document_type_in_an_ods_is_found_too() -> None:
    text = CONTENT.format("").replace("<office:document-content", f"{LONG.decode()}<!DOCTYPE x><a")
    data = zipped({"mimetype": ODS, "META-INF/manifest.xml": MANIFEST, "content.xml": text})
    (found,) = readings(data, "a.ods")
    assert reason(found) == "entities"


def test_comments_before_the_first_element_are_no_document_type() -> None:
    (found,) = readings(book_with(b"<?x y?>\n<!-- <!DOCTYPE x> -->\n"))
    assert found.records == 1


# --- cells that are few in the file and many when read ------------------------------------------


def small(source: Source, tables: Sequence[Table]) -> Iterable[Reading]:
    """The parser of workbooks under a bound that is reached soon."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    return workbook.parse(source, tables)


def repeated(rows: object, columns: object) -> bytes:
    cell = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
    many = cell.format(f'table:number-columns-repeated="{columns}"')
    return ods(
        f'<table:table table:name="series"><table:table-row>{cell.format("")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="{rows}">{many}</table:table-row>'
        "</table:table>"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no memory")
@pytest.mark.parametrize(
    ("rows", "columns"), [(1 << 20, 1 << 14), (1 << 20, 500), (10**30, 1), (-1, 1), ("x", 1)]
)
def test_an_ods_that_repeats_a_cell_without_end_is_one_fault(rows: object, columns: object) -> None:
    source = Source("a.ods", Path("a.ods"), repeated(rows, columns))
    (found,) = apart(small)(source, TABLES)
    assert reason(found) in {"damaged", "too-large", "crash"}


def test_a_sheet_is_as_large_as_its_cells_and_not_as_it_says() -> None:
    part, size = "xl/worksheets/sheet1.xml", b'<dimension ref="A1:A2"'
    (found,) = readings(replaced(BOOK, part, size, b'<dimension ref="A1:XFD1048576"'))
    assert (found.records, len(found.columns)) == (1, 1)


def test_records_that_share_no_key_are_no_table() -> None:
    lines = (f'{{"k{n}":1}}' for n in range(20_000))
    (found,) = readings("\n".join(lines).encode(), "a.jsonl")
    assert reason(found) == "too-large"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (gzip.compress(b"a\n" + b"\0" * (200 << 20)), "a.csv.gz", "too-large"),
        (gzip.compress(b"[" * (100 << 20)), "a.json.gz", "too-large"),
        (b"[" * 200_000 + b"]" * 200_000, "a.json", "not-json"),
        (b'[{"a":' * 50_000, "a.json", "not-json"),
        (b'[{"a":"\\ud800"}]', "a.json", "not-utf-8"),
        (zipped({"b.zip": zipped({"series.csv": "a"})}), "a.zip", "no-table"),
    ],
    ids=named,
)
def test_what_grows_or_nests_without_end_is_one_fault(data: bytes, name: str, why: str) -> None:
    (found,) = readings(data, name)
    assert reason(found) == why


def test_a_file_of_a_zip_that_stands_in_it_twice_is_refused() -> None:
    to = io.BytesIO(BOOK)
    with zipfile.ZipFile(to, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<another/>")
    (found,) = readings(to.getvalue())
    assert reason(found) == "damaged"


def test_files_of_a_zip_that_overlap_are_refused() -> None:
    """Many names for one small piece of the file: what unpacks to far more than there is."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (1 << 20))
        first = archive.infolist()[0]
        for n in range(1000):
            again = zipfile.ZipInfo(f"{n}.csv")
            for key in ("CRC", "compress_size", "file_size", "compress_type", "header_offset"):
                setattr(again, key, getattr(first, key))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
        archive._didModify = True
    (found,) = readings(to.getvalue(), "a.zip")
    assert reason(found) == "too-large"


def scarce(source: Source, tables: Sequence[Table]) -> Iterable[Reading]:
    """The parser of Parquet under a bound that is reached soon."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    return parquet.parse(source, tables)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no memory")
def test_a_parquet_of_one_long_text_thousands_of_times_is_bounded() -> None:
    """64 GB of text in 20 KB: written once, and pointed to from every row."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * (1 << 16), pa.int32()), ["x" * (1 << 20)])
    to = io.BytesIO()
    pq.write_table(pa.table({"remarks": text}), to, compression="zstd", store_schema=False)
    assert len(to.getvalue()) < 1 << 16
    source = Source("a.parquet", Path("a.parquet"), to.getvalue())
    (found,) = apart(scarce, again=True)(source, TABLES)
    assert (found.records, reason(found) if found.faults else None) in {
        (0, "crash"),
        (0, "too-large"),
        (1 << 16, None),
    }


# --- links in packages ---------------------------------------------------------------------------


def test_a_link_that_a_package_does_not_list_is_refused_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "secret.csv").write_bytes(HEADING + b"b\n")
    (folder / "victims.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "series.csv").write_bytes(HEADING + b"a\n")
    (folder / "datapackage.json").write_text(
        '{"name": "x", "resources": [{"name": "series", "path": "series.csv"}]}'
    )
    listed, beside = readings(folder / "datapackage.json")
    assert (listed.records, reason(beside), beside.sha256) == (1, "leads-out", None)


def test_a_folder_that_is_a_link_is_no_way_out_of_a_package(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "series.csv").write_bytes(HEADING)
    (folder / "data").symlink_to(tmp_path / "other")
    (folder / "datapackage.json").write_text(
        '{"name": "x", "resources": [{"name": "series", "path": "data/series.csv"}]}'
    )
    (found,) = readings(folder / "datapackage.json")
    assert reason(found) == "leads-out"


def test_links_that_lead_to_each_other_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "series.csv").symlink_to(tmp_path / "media.csv")
    (tmp_path / "media.csv").symlink_to(tmp_path / "series.csv")
    (tmp_path / "datapackage.json").write_text(
        '{"name": "x", "resources": [{"name": "series", "path": "series.csv"}]}'
    )
    (found,) = readings(tmp_path / "datapackage.json")
    assert reason(found) in {"leads-out", "no-table"}


# --- descriptions that refer to themselves -------------------------------------------------------


def test_a_json_schema_that_refers_to_itself_without_end_is_drafted_all_the_same(
    accordant: Command, tmp_path: Path
) -> None:
    itself = {"$ref": "#/$defs/a"}
    schema = {
        "properties": {"series_ref": {"type": "string"}},
        "$defs": {"a": {"allOf": [itself] * 6}},
        **itself,
    }
    (tmp_path / "s.json").write_text(json.dumps(schema))
    assert accordant("draft", tmp_path / "s.json", "-o", tmp_path / "out").code == 0


def test_links_of_a_standard_that_lead_to_each_other_are_one_clear_line(
    accordant: Command, tmp_path: Path
) -> None:
    start = "standard: s\nversion: 1.0.0\ntables: [a.yaml]\n"
    (tmp_path / "standard.yaml").write_text(start)
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    done = accordant("lint", tmp_path)
    assert "There is no file 'a.yaml'" in done.out + done.err


def test_rules_that_take_in_themselves_are_one_clear_line(
    accordant: Command, tmp_path: Path
) -> None:
    table = "tables: [{table: t, fields: {a: {type: string}}}]\n"
    (tmp_path / "standard.yaml").write_text(f"standard: s\nversion: 1.0.0\n{table}rules: r.yaml\n")
    (tmp_path / "r.yaml").write_text("- r.yaml\n")
    assert accordant("lint", tmp_path).code == 1
