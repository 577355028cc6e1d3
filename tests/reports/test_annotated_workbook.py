"""The format xlsx: the data as a workbook, with the findings marked in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.reports.hostile_texts import TEXTS
from tests.reports.report_samples import report
from validator.errors import UnreadableInput, UsageError
from validator.model.report import CheckResult, CheckStatus, Finding, Input, Report
from validator.model.standard import Severity
from validator.registry import Rendering, annotators
from validator.reports.marking import letters_of, number_of

RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFCFE2F3"
MESSAGE = "This is not a code of this field. Did you mean female?"


def finding(path, row, *, field="victim_gender", cell=None, sheet="series", **more) -> Finding:
    given = {"code": "unknown-code", "severity": Severity.ERROR, "message": MESSAGE}
    told = Finding(
        **given | more, table="series", field=field, file=str(path), row=row, key=f"FRA-{row}"
    )
    return replace(told, sheet=sheet, cell=cell)


def of(path, *findings, count=None, sheets=("series",)) -> Report:
    number = len(findings) if count is None else count
    check = CheckResult(
        "unknown-code", Severity.ERROR, CheckStatus.FOUND, "series", "victim_gender", count=number
    )
    inputs = tuple(Input(str(path), "series", 30, sheet=sheet) for sheet in sheets)
    return replace(report(), checks=(check,), findings=tuple(findings), inputs=inputs)


def annotated(of: Report) -> bytes:
    return annotators()["xlsx"].annotate(of, Rendering())


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def listed(data: bytes) -> list[tuple]:
    """The lines of the sheet of findings, under its headings."""
    rows = list(opened(data)["Findings"].iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == "Severity")
    return [row for row in rows[start + 1 :] if row[0]]


@pytest.fixture
def workbook(tmp_path):
    """A workbook such as stewards have: styles, formulas, a chart, rules, names, a comment."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "series"
    sheet.append(["series_ref", "victim_gender", "victim_count"])
    for number in range(30):
        sheet.append([f"FRA-{number:06}", "female" if number % 2 else "femlae", number])
    sheet["D2"] = "=SUM(C2:C31)"
    sheet["B2"].font = Font(bold=True, name="Arial")
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["B3"].comment = Comment("mine", "me")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=31), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    choices = DataValidation(type="list", formula1='"female,male"')
    choices.add("B2:B31")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add(
        "C2:C31", CellIsRule(operator="greaterThan", formula=["20"], font=Font(italic=True))
    )
    sheet.merge_cells("A40:B40")
    sheet.freeze_panes = "A2"
    other = book.create_sheet("it's other")
    other["A1"] = "x"
    other.sheet_state = "hidden"
    path = tmp_path / "own.xlsx"
    book.save(path)
    return path


# --- a steward's own workbook ---


def test_cells_at_fault_have_the_colour_of_the_heaviest_finding_and_a_comment(workbook):
    data = annotated(
        of(
            workbook,
            finding(workbook, 2, cell="series!B2", severity=Severity.NOTE, message="A note."),
            finding(workbook, 2, cell="series!B2"),
            finding(workbook, 4, cell="series!B4", severity=Severity.WARNING),
            finding(workbook, 5, cell="series!B5", severity=Severity.NOTE),
        )
    )
    sheet = opened(data)["series"]
    assert [sheet[at].fill.fgColor.rgb for at in ("B2", "B4", "B5")] == [RED, YELLOW, BLUE]
    assert (
        sheet["B2"].comment.text == f"Error: {MESSAGE} [unknown-code]\nNote: A note. [unknown-code]"
    )
    assert sheet["B2"].font.b
    assert sheet["B2"].font.name == "Arial"


def test_a_suggestion_is_in_the_comment(workbook):
    told = finding(workbook, 4, cell="series!B4", message="No code.", suggestion="female")
    sheet = opened(annotated(of(workbook, told)))["series"]
    assert sheet["B4"].comment.text == "Error: No code. Type instead: female [unknown-code]"


def test_a_blank_cell_in_a_row_that_is_not_there_is_marked_too(workbook):
    sheet = opened(annotated(of(workbook, finding(workbook, 50, cell="series!E50"))))["series"]
    assert sheet["E50"].fill.fgColor.rgb == RED
    assert sheet["E50"].value is None


def test_a_comment_of_the_stewards_own_is_left_alone(workbook):
    sheet = opened(annotated(of(workbook, finding(workbook, 3, cell="series!B3"))))["series"]
    assert sheet["B3"].comment.text == "mine"
    assert sheet["B3"].fill.fgColor.rgb == RED


def test_the_sheet_of_findings_links_to_each_cell(workbook):
    told = (
        finding(workbook, 2, cell="series!B2"),
        finding(workbook, 1, cell="'it''s other'!A1", sheet="it's other", field=None),
    )
    data = annotated(of(workbook, *told, sheets=("series", "it's other")))
    assert [row[:5] for row in listed(data)] == [
        ("error", "series!B2", "series", "victim_gender", "FRA-2"),
        ("error", "'it''s other'!A1", "series", None, "FRA-1"),
    ]
    links = [cell.hyperlink for (cell,) in opened(data)["Findings"]["B1:B9"] if cell.hyperlink]
    assert [link.location for link in links] == ["'series'!B2", "'it''s other'!A1"]
    assert opened(data).sheetnames == ["series", "it's other", "Findings"]


def test_nothing_else_in_the_workbook_changes(workbook):
    data = annotated(of(workbook, finding(workbook, 2, cell="series!B2")))
    with zipfile.ZipFile(workbook) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        old = before.namelist()
        assert after.namelist()[: len(old)] == old
        changed = {name for name in old if before.read(name) != after.read(name)}
        added = set(after.namelist()) - set(old)
    assert changed == {
        *("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        *("xl/styles.xml", "xl/worksheets/sheet1.xml"),
        *("xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"),
    }
    assert added == {"xl/worksheets/findings1.xml"}
    before, after = openpyxl.load_workbook(workbook), opened(data)
    for sheet in before:
        same = after[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = same[cell.coordinate]
                assert (twin.value, twin.number_format) == (cell.value, cell.number_format)
                if cell.coordinate != "B2":
                    assert repr((twin.font, twin.fill)) == repr((cell.font, cell.fill))
        assert same.sheet_state == sheet.sheet_state
        assert same.freeze_panes == sheet.freeze_panes
        assert len(same.data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
        assert same.merged_cells.ranges == sheet.merged_cells.ranges
        assert len(same._charts) == len(sheet._charts)


def test_a_workbook_without_findings_gets_its_sheet_all_the_same(workbook):
    assert listed(annotated(of(workbook))) == []


def test_marking_twice_renews_the_sheet_of_findings(workbook, tmp_path):
    again = tmp_path / "again.xlsx"
    again.write_bytes(annotated(of(workbook, finding(workbook, 2, cell="series!B2"))))
    data = annotated(of(again, finding(again, 4, cell="series!B4")))
    assert opened(data).sheetnames.count("Findings") == 1
    assert [row[1] for row in listed(data)] == ["series!B4"]


def test_the_same_report_gives_the_same_bytes(workbook):
    told = of(workbook, finding(workbook, 2, cell="series!B2"))
    assert annotated(told) == annotated(told)


def test_what_is_not_listed_is_counted(workbook):
    data = annotated(of(workbook, finding(workbook, 2, cell="series!B2"), count=4000))
    told = [row[0] for row in opened(data)["Findings"].iter_rows(max_row=3, values_only=True)]
    assert told[0].startswith("NOT READY TO SHARE: 4,000 errors")
    assert told[1] == "1 of 4,000 findings are listed (--max-rows)."


@pytest.mark.parametrize("name", TEXTS)
def test_no_hostile_text_becomes_a_formula_or_breaks_the_workbook(workbook, name):
    text = TEXTS[name]
    told = replace(
        finding(workbook, 2, cell="series!B2", message=text), key=text, suggestion=text, rule=text
    )
    data = annotated(of(workbook, told))
    (line,) = listed(data)
    assert all(str(part).isprintable() for part in line)
    types = {c.data_type for row in opened(data)["Findings"].iter_rows() for c in row if c.value}
    assert types <= {"s", "inlineStr"}
    assert opened(data)["series"]["B2"].comment.text.startswith("Error: ")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=0, max_size=30).map(lambda end: "Zq7Xw" + end))
def test_no_mark_repeats_a_cell(workbook, value):
    told = finding(workbook, 2, cell="series!B2", value=value)
    with zipfile.ZipFile(io.BytesIO(annotated(of(workbook, told)))) as archive:
        assert [name for name in archive.namelist() if b"Zq7Xw" in archive.read(name)] == []


def test_what_is_no_workbook_is_one_clear_error(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"not a package")
    with pytest.raises(UnreadableInput, match="is not a workbook as Excel saves it"):
        annotated(of(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY e 'v'>]><x>&e;</x>")
    with pytest.raises(UnreadableInput, match="is not a workbook as Excel saves it"):
        annotated(of(path))


def test_several_workbooks_and_standard_input_are_refused_with_a_cure(workbook, tmp_path):
    other = tmp_path / "other.xlsx"
    other.write_bytes(workbook.read_bytes())
    both = of(workbook)
    both = replace(both, inputs=(*both.inputs, Input(str(other), "series", 30)))
    with pytest.raises(UsageError, match="one workbook at a time"):
        annotated(both)
    with pytest.raises(UnreadableInput, match="standard input cannot be opened again"):
        annotated(of("-"))


# --- other table files ---


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "series.csv"
    path.write_bytes(
        b"series_ref,victim_gender,victim_count\n"
        b"FRA-000002,femlae,001\n"
        b'"FRA-000003","=1+1",2\n'
        b"FRA-000004,,3\n"
    )
    return path


def test_a_table_becomes_a_sheet_of_text_with_the_same_marks(table):
    told = [finding(table, row, sheet=None) for row in (2, 4)]
    data = annotated(of(table, *told, sheets=(None,)))
    sheet = opened(data)["series"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["series_ref", "victim_gender", "victim_count"],
        ["FRA-000002", "femlae", "001"],
        ["FRA-000003", "=1+1", "2"],
        ["FRA-000004", None, "3"],
    ]
    assert sheet["B3"].data_type == "s"
    assert [sheet[f"B{row}"].fill.fgColor.rgb for row in (2, 4)] == [RED, RED]
    assert sheet["B2"].comment.text == f"Error: {MESSAGE} [unknown-code]"
    assert [row[1] for row in listed(data)] == ["series!B2", "series!B4"]
    assert opened(data).active.title == "Findings"


def test_a_finding_of_a_whole_row_marks_its_first_cell(table):
    told = finding(table, 3, field=None, sheet=None, severity=Severity.WARNING)
    sheet = opened(annotated(of(table, told, sheets=(None,))))["series"]
    assert sheet["A3"].fill.fgColor.rgb == YELLOW


def test_a_large_table_is_cut_and_that_is_said(table, monkeypatch):
    monkeypatch.setattr("validator.reports.new_workbook.CELLS", 6)
    told = [finding(table, row, sheet=None) for row in (2, 4)]
    data = annotated(of(table, *told, sheets=(None,)))
    assert opened(data)["series"].max_row == 3
    first = [row[0] for row in opened(data)["Findings"].iter_rows(max_row=4, values_only=True)]
    assert "Sheet series is cut: 1 more records are in the file." in first
    assert [row[1] for row in listed(data)] == ["series!B2", "row 4"]


def test_a_sheet_has_a_name_that_spreadsheet_programs_take(tmp_path):
    paths = [tmp_path / f"{'a' * 40}{n}.csv" for n in range(2)]
    for path in paths:
        path.write_bytes(b"a,b\n1,2\n")
    told = replace(of(paths[0]), inputs=tuple(Input(str(path), None, 1) for path in paths))
    assert opened(annotated(told)).sheetnames == ["a" * 31, "a" * 29 + " 2", "Findings"]


@given(st.integers(1, 16_384))
def test_columns_have_letters_and_letters_numbers(number):
    assert number_of(letters_of(number)) == number
    assert letters_of(number) == openpyxl.utils.get_column_letter(number)
