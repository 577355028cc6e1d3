"""A mended workbook: the changed cells, and every other byte as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from validator import api
from validator.model.disclosure import AUDIENCES

STANDARD = "global-indicator"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook whose table starts at B3: a label instead of a code in bold, and a chart."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "series"
    sheet["B3"], sheet["C3"], sheet["D3"] = "series_ref", "victim_gender", "victim_count"
    for row in (4, 5, 6):
        sheet[f"B{row}"], sheet[f"C{row}"], sheet[f"D{row}"] = f"FRA-00000{row}", "female", 1
    sheet["C5"] = "Girls & women's"
    sheet["C5"] = "Female"
    sheet["C5"].font = Font(bold=True)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=4, max_row=6))
    sheet.add_chart(chart, "G2")
    path = tmp_path / "submission.xlsx"
    made.save(path)
    return path


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_only_the_changed_cell_differs(book: Path) -> None:
    mended = api.mend(STANDARD, book)
    (data,) = mended.files.values()
    assert [(c.sheet, c.row, c.field, c.after) for c in mended.changes] == [
        ("series", 5, "victim_gender", "female")
    ]
    before, after = parts(book.read_bytes()), parts(data)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["series"]
    assert (sheet["C5"].value, sheet["C5"].font.bold, sheet["C4"].value) == (
        "female",
        True,
        "female",
    )
    assert sheet["D5"].value == 1


def test_mending_twice_changes_nothing_more(book: Path) -> None:
    (data,) = api.mend(STANDARD, book).files.values()
    book.write_bytes(data)
    again = api.mend(STANDARD, book)
    assert (again.changes, list(again.files.values())) == ([], [data])


def test_a_formula_is_left_to_the_steward(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made["series"]["C6"] = '=UPPER("female")'
    made.save(book)
    data = parts(book.read_bytes())
    data["xl/worksheets/sheet1.xml"] = data["xl/worksheets/sheet1.xml"].replace(
        b'<c r="C6"><f>UPPER("female")</f><v></v></c>',
        b'<c r="C6" t="str"><f>UPPER("female")</f><v>FEMALE</v></c>',
    )
    assert b"FEMALE" in data["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in data.items():
            archive.writestr(name, content)
    mended = api.mend(STANDARD, book)
    assert [change.row for change in mended.changes] == [5]
    withheld = api.mend(STANDARD, book, audience=AUDIENCES["partner"])
    assert (withheld.files, withheld.left_out) == ({}, [str(book)])


def test_a_cell_that_is_not_there_is_put_in_its_place(book: Path) -> None:
    from validator.mending.changes import Change
    from validator.mending.workbook import workbook
    from validator.opening import opened

    made = openpyxl.load_workbook(book)
    made["series"]["C4"] = None
    made.save(book)
    _, _, (reading,) = opened(STANDARD, book)
    change = Change(str(book), 4, "victim_gender", "code-in-text", "", "a < b & c", "series")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([reading], [[change]])))["series"]
    assert [cell.value for cell in sheet[4]][1:] == ["FRA-000004", "a < b & c", 1]


def test_what_is_read_and_not_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "series.json"
    path.write_text('[{"series_ref": "FRA-000001"}]')
    mended = api.mend(STANDARD, path)
    assert (mended.files, mended.unwritten) == ({}, [str(path)])
