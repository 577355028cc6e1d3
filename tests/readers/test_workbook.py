"""What the reading of a workbook says: cells as the steward sees them, at their true places."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from tests.readers.books import (
    cells,
    faults,
    named,
    ods,
    readings,
    reason,
    replaced,
    row_numbers,
    xlsx,
)

HEADINGS = ["series_ref", "received_period", "last_reviewed", "victim_count", "remarks"]


def book(rows: list[list[object]]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx({"series": [HEADINGS, *rows]})))


def saved(made: openpyxl.Workbook) -> bytes:
    to = io.BytesIO()
    made.save(to)
    return to.getvalue()


def test_each_sheet_is_a_table() -> None:
    data = xlsx({"series": [["series_ref"], ["FRA-00A1B2"]], "victims": [["victim_ref"], ["x"]]})
    assert [(r.sheet, r.columns, r.records) for r in readings(data)] == [
        ("series", ("series_ref",), 1),
        ("victims", ("victim_ref",), 1),
    ]


def test_cells_are_what_the_steward_sees() -> None:
    day = dt.date(2024, 5, 1)
    (found,) = readings(
        xlsx({"series": [HEADINGS, ["007", dt.date(2024, 4, 1), day, 3.0, True], [0.5, "", None]]})
    )
    assert cells(found) == [
        ("007", "2024-Q2", "2024-05", "3", "true"),
        ("0.5", "", "", "", ""),
    ]


def test_what_arithmetic_leaves_beyond_15_digits_is_not_seen() -> None:
    data = xlsx({"series": [HEADINGS, ["a", "", "", 0.125]]})
    data = replaced(
        data, "xl/worksheets/sheet1.xml", b"<v>0.125</v>", b"<v>0.30000000000000004</v>"
    )
    (found,) = readings(data)
    assert cells(found)[0][3] == "0.3"


@pytest.mark.parametrize(
    ("field", "date", "text"),
    [
        ("received_period", dt.date(2024, 4, 1), "2024-Q2"),
        ("received_period", dt.date(2024, 5, 1), "2024-05-01"),
        ("last_reviewed", dt.date(2024, 5, 1), "2024-05"),
        ("last_reviewed", dt.date(2024, 5, 17), "2024-05-17"),
        (
            "last_reviewed",
            dt.datetime.combine(dt.date(2024, 5, 1), dt.time(10, 30)),
            "2024-05-01 10:30:00",
        ),
        ("remarks", dt.date(2024, 5, 1), "2024-05-01"),
    ],
)
def test_a_real_date_is_as_exact_as_its_field_unless_it_says_more(
    field: str, date: dt.date, text: str
) -> None:
    (found,) = readings(xlsx({"series": [["series_ref", field], ["a", date]]}))
    assert cells(found) == [("a", text)]


def test_blank_rows_and_columns_before_the_table_shift_nothing() -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet["C4"], sheet["D4"], sheet["C6"], sheet["D6"] = "series_ref", "remarks", "a", "b"
    (found,) = readings(saved(made))
    assert (found.columns, found.left, found.header) == (("series_ref", "remarks"), 3, 4)
    assert row_numbers(found) == [5, 6]
    assert cells(found) == [("", ""), ("a", "b")]
    assert faults(found) == [("blank-row", row, None) for row in (1, 2, 3, 5)]


def test_a_title_above_the_headings_is_passed_over_and_noted() -> None:
    (found,) = readings(xlsx({"Sheet1": [["Our series"], [], HEADINGS, ["a", "", "", 1]]}))
    assert (found.columns, found.header, row_numbers(found)) == (tuple(HEADINGS), 3, [4])
    assert faults(found) == []
    assert found.notes == ("The headings stand in row 3; what is above was not read.",)


def test_an_error_is_read_as_its_text() -> None:
    made = book(rows=[["a", "", "", 1], ["b", "", "", 2]])
    made["series"]["D3"] = "#N/A"
    made["series"]["E2"] = "#DIV/0!"
    (found,) = readings(saved(made))
    assert cells(found) == [("a", "", "", "1", "#DIV/0!"), ("b", "", "", "#N/A", "")]


def test_formulas_without_a_saved_result_are_one_finding_with_the_first_cell() -> None:
    made = book(rows=[["a", "", "", 1], ["b", "", "", "=D2+1"], ["c", "", "", "=D3+1"]])
    (found,) = readings(saved(made))
    assert faults(found) == [("unreadable-file", 3, 4)]
    assert dict(found.faults[0].detail) == {"reason": "formulas", "cells": "2"}


def test_a_formula_with_a_saved_result_is_its_result() -> None:
    data = saved(book(rows=[["a", "", "", "=1+1"]]))
    (found,) = readings(replaced(data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>"))
    assert (cells(found)[0][3], faults(found)) == ("2", [])


def test_merged_cells_are_reported_where_they_touch_the_table() -> None:
    made = book(rows=[["a", "", "", 1], ["b", "", "", 2], ["c", "", "", 3]])
    made["series"].merge_cells("D2:D3")
    made["series"].merge_cells("H1:I1")
    (found,) = readings(saved(made))
    assert faults(found) == [("ragged-row", 2, 4)]
    assert [row[3] for row in cells(found)] == ["1", "", "3"]


def test_hidden_rows_columns_and_sheets_are_read_and_noted() -> None:
    made = book(rows=[["a", "", "", 1], ["b", "", "", 2]])
    made["series"].row_dimensions[2].hidden = True
    made["series"].column_dimensions["D"].hidden = True
    made.create_sheet("victims").append(["victim_ref"])
    made["victims"].sheet_state = "hidden"
    series, victims = readings(saved(made))
    assert [row[3] for row in cells(series)] == ["1", "2"]
    assert [note.split()[:2] for note in series.notes] == [
        ["Hidden", "rows"],
        ["Hidden", "columns"],
    ]
    assert victims.notes == ("The sheet is hidden. Its rows were read all the same.",)


def test_what_accordant_writes_itself_is_left_out_and_noted() -> None:
    data = xlsx({"series": [HEADINGS], "Codes": [["code"]], "Findings": [["finding"]]})
    (found,) = readings(data)
    assert found.sheet == "series"
    assert found.notes == ("Left out what accordant writes itself: Codes, Findings.",)


def test_links_to_other_files_are_noted_and_not_followed() -> None:
    to = io.BytesIO(xlsx({"series": [HEADINGS]}))
    with zipfile.ZipFile(to, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    (found,) = readings(to.getvalue())
    assert "were not opened" in found.notes[0]


def test_an_ods_is_read_alike() -> None:
    def text(value: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string"{more}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    cells_of = "".join(map(text, HEADINGS))
    sheet = f"""<table:table table:name="series">
      <table:table-column table:visibility="collapse"/>
      <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
      <table:table-row>{cells_of}</table:table-row>
      <table:table-row table:visibility="collapse">{text("007")}
        <table:table-cell office:value-type="date" office:date-value="2024-04-01"/>
        <table:table-cell office:value-type="date" office:date-value="2024-05-01"/>
        <table:table-cell office:value-type="float" office:value="3"/>
        {text("#N/A", ' calcext:value-type="error" table:formula="of:=NA()"')}
      </table:table-row>
      <table:table-row>{text("b", ' table:number-rows-spanned="2"')}</table:table-row>
      <table:table-row><table:covered-table-cell/><table:table-cell/><table:table-cell/>
        <table:table-cell office:value-type="float" office:value="1"/></table:table-row>
    </table:table>"""
    (found,) = readings(ods(sheet), "book.ods")
    assert (found.sheet, found.columns, found.header) == ("series", tuple(HEADINGS), 3)
    assert cells(found) == [
        ("007", "2024-Q2", "2024-05", "3", "#N/A"),
        ("b", "", "", "", ""),
        ("", "", "", "1", ""),
    ]
    assert row_numbers(found) == [4, 5, 6]
    assert ("ragged-row", 5, 1) in faults(found)
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"a,b\n1,2\n", "damaged"),
        (b"%PDF-1.7", "PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected"),
        (xlsx({"series": []}), "empty"),
        (xlsx({"series": [["a"]]})[:-200], "damaged"),
    ],
    ids=named,
)
def test_what_is_no_workbook_is_one_fault_with_its_reason(data: bytes, why: str) -> None:
    (found,) = readings(data)
    assert (found.columns, found.records, reason(found)) == ((), 0, why)
