"""A parser that breaks down, or is made to, ends alone: what is left is one fault."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from tests.readers import parsers
from tests.readers.books import TABLES, cells, named, readings, reason, replaced, xlsx, zipped
from validator.errors import UnreadableInput
from validator.readers import apart, archive
from validator.readers.source import Source

SOURCE = Source("a.xlsx", data=b"some bytes")


@pytest.mark.skipif(sys.platform == "win32", reason="signals and bounds are those of POSIX")
@pytest.mark.parametrize(
    ("parse", "why"),
    [
        (parsers.crash, "crash"),
        (parsers.panic, "crash"),
        (parsers.swell, "too-large"),
        (parsers.write, "crash"),
    ],
)
def test_a_breakdown_is_a_fault_with_its_reason(
    parse: apart.Parse, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = apart.apart(parse)(SOURCE, TABLES)
    assert reason(found) == why
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_a_parser_that_is_silent_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    (found,) = apart.apart(parsers.sleep)(SOURCE, TABLES)
    assert reason(found) == "too-slow"


def test_a_parser_that_says_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_OUTPUT", 100)
    (found,) = apart.apart(parsers.chatter)(SOURCE, TABLES)
    assert reason(found) == "too-large"


@pytest.mark.parametrize("again", [True, False])
def test_what_a_parser_reads_comes_through_whole(again: bool) -> None:
    (found,) = apart.apart(parsers.chatter, again=again)(SOURCE, TABLES)
    assert (found.columns, cells(found), cells(found)) == (
        ("series",),
        [("a cell",)],
        [("a cell",)],
    )


def test_a_parser_knows_nothing_of_our_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "x")
    monkeypatch.setenv("HTTPS_PROXY", "x")
    (found,) = apart.apart(parsers.environment)(SOURCE, TABLES)
    assert not {"PGPASSWORD", "HTTPS_PROXY", "HOME"} & set(found.columns)


def test_our_own_sentences_come_through() -> None:
    with pytest.raises(UnreadableInput, match="one sentence"):
        apart.apart(parsers.refuse)(SOURCE, TABLES)


def entry(name: str, **more: int) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as made:
        info = zipfile.ZipInfo(name)
        for key, value in more.items():
            setattr(info, key, value)
        made.writestr(info, "x")
    return to.getvalue()


BOOK = xlsx({"series": [["series_ref"], ["a"]]})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"a.xml": b"\0" * (300 << 20)}), "too-large"),
        (zipped({f"{n}.xml": "" for n in range(10_001)}), "too-large"),
        (entry("../a.xml"), "leads-out"),
        (entry("/a.xml"), "leads-out"),
        (entry("a.xml", external_attr=0o120777 << 16), "leads-out"),
        (replaced(BOOK, "xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook"), "entities"),
        (zipped({"mimetype": "x"}), "damaged"),
    ],
    ids=named,
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_an_archive_that_would_do_harm_is_refused(data: bytes, why: str, name: str) -> None:
    (found,) = readings(data, name)
    assert reason(found) == why


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(entry("a.xml"))
    for place in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[place] |= 1
    (found,) = readings(bytes(data))
    assert reason(found) == "protected"


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = zipped({"content.xml": b"\0" * (100 << 20)})
    central = data.find(b"PK\x01\x02")
    lying = data[: central + 24] + (1000).to_bytes(4, "little") + data[central + 28 :]
    (found,) = readings(lying, "a.ods")
    assert reason(found) in {"damaged", "too-large", "crash"}


def test_a_cell_far_out_is_too_large_and_no_crash_of_ours() -> None:
    far = b'<c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    data = replaced(BOOK, "xl/worksheets/sheet1.xml", b"</row></sheetData>", far)
    (found,) = readings(data)
    assert reason(found) in {"crash", "too-large"}


def test_a_path_that_leads_out_is_known_in_every_spelling() -> None:
    out = ["/a", "../a", "a/../../b", "a\\..\\b", "c:/a", "https://x/y", "..", "file:a"]
    assert [path for path in out if not archive.leads_out(path)] == []
    assert not any(map(archive.leads_out, ["a", "a/b.csv", "..a", "a..b"]))
