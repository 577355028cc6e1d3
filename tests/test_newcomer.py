"""Somebody who has never used accordant, with the faulty workbook that ships, at a command line.

The same by the page alone, in a real browser, stands in ``tests/web/test_page.py``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from examples.workbook_with_faults import PLANTED, main
from tests.commands import EXAMPLES, Command, accordant
from validator.expressions.headings import column_letters

__all__ = ["accordant"]

FAULTY = EXAMPLES / "workbook-with-faults.xlsx"
AS_OF = ("--as-of", "2026-01-31")
LIKELY = {("series", 6, "victim_age_group"), ("victims", 8, "status")}


def cell(sheet: str, row: int, heading: str) -> str:
    """A planted fault's place as a spreadsheet names it."""
    text = (EXAMPLES / "submission" / f"{sheet}.csv").read_text("utf-8")
    headings = next(csv.reader(io.StringIO(text)))
    return f"{sheet}!{column_letters(headings.index(heading) + 1)}{row}"


CELLS = {cell(*place) for place in PLANTED}


def test_what_ships_is_what_its_script_makes(tmp_path: Path):
    main(tmp_path / "made.xlsx")

    def parts(path: Path) -> dict[str, bytes]:
        # how they are packed depends on the system's zlib
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(tmp_path / "made.xlsx") == parts(FAULTY)


def test_the_report_names_each_faulty_cell_by_sheet_and_cell_and_no_other(accordant: Command):
    done = accordant("check", FAULTY, *AS_OF)
    assert done.code == 1
    assert set(re.findall(r"\b[a-z]+![A-Z]+[0-9]+", done.out)) == CELLS
    assert "error    contributor, cell series!B7 (FRA-ZXZPKR)" in done.out
    assert "Type the code: FRA." in done.out


def test_what_is_named_can_be_looked_up(accordant: Command):
    report = accordant("check", FAULTY, *AS_OF, "--format", "json").report
    codes = {finding["code"] for finding in report["findings"]}
    assert codes == {"noncanonical-code", "unknown-code", "wrong-type"}
    for code in codes:
        assert "How to mend it" in accordant("explain", code).out


def test_the_marked_workbook_says_at_each_cell_what_to_type(accordant: Command, tmp_path: Path):
    marked = tmp_path / "marked.xlsx"
    assert accordant("check", FAULTY, *AS_OF, "--format", f"xlsx={marked}").code == 1
    book = openpyxl.load_workbook(marked)
    said = {
        f"{sheet.title}!{place.coordinate}": place.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for place in row
        if place.comment is not None
    }
    assert said.keys() == CELLS
    assert "Type the code: female." in said["series!J4"]
    links = {
        place.hyperlink.location.replace("'", "").replace("$", "")
        for row in book["Findings"].iter_rows()
        for place in row
        if place.hyperlink is not None
    }
    assert links == CELLS


def test_what_leaves_no_doubt_is_mended_and_the_rest_is_named_again(
    accordant: Command, tmp_path: Path
):
    copy = tmp_path / "mended"
    done = accordant("fix", FAULTY, "-o", copy)
    assert done.code == 0
    assert done.out.startswith("9 cells changed in 1 file")
    log = csv.DictReader(io.StringIO((tmp_path / "mended.changes.csv").read_text("utf-8-sig")))
    changed = {(line["sheet"], int(line["row"]), line["field"]) for line in log}
    assert changed == PLANTED.keys() - LIKELY
    again = accordant("check", copy, *AS_OF)
    assert again.code == 1
    assert set(re.findall(r"\b[a-z]+![A-Z]+[0-9]+", again.out)) == {cell(*at) for at in LIKELY}


@pytest.mark.parametrize("first", [True, False], ids=["at once", "after the certain ones"])
def test_with_the_likely_mends_the_workbook_is_clean_and_holds_what_it_should(
    accordant: Command, tmp_path: Path, first: bool
):
    """The same records as in the submission without faults, cell by cell."""
    copy = tmp_path / "mended"
    source = FAULTY
    if not first:
        accordant("fix", FAULTY, "-o", tmp_path / "certain")
        source = tmp_path / "certain" / FAULTY.name
    assert accordant("fix", source, "--unsafe", "-o", copy).code == 0
    done = accordant("check", copy, *AS_OF)
    assert done.code == 0
    assert done.out.startswith("READY: no errors in 255 records")
    report = json.loads(accordant("check", copy, *AS_OF, "--format", "json").out)
    assert report["findings"] == []
    book = openpyxl.load_workbook(copy / FAULTY.name)
    for table in ("series", "media", "victims", "offenders"):
        text = (EXAMPLES / "submission" / f"{table}.csv").read_text("utf-8")
        wanted = list(csv.reader(io.StringIO(text)))
        assert [[shown(at.value) for at in row] for row in book[table].iter_rows()] == wanted


def shown(value: object) -> str:
    return (
        f"{value:%Y-%m}" if isinstance(value, dt.datetime) else "" if value is None else str(value)
    )


def test_fixing_twice_changes_nothing(accordant: Command, tmp_path: Path):
    accordant("fix", FAULTY, "--unsafe", "-o", tmp_path / "once")
    accordant("fix", tmp_path / "once", "--unsafe", "-o", tmp_path / "twice")
    once, twice = (tmp_path / name / FAULTY.name for name in ("once", "twice"))
    assert once.read_bytes() == twice.read_bytes()
