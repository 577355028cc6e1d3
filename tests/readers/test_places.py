"""Where a finding is: file, sheet and cell, in every report."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.readers.books import xlsx
from validator import api
from validator.checks.structure.unreadable_file import REASONS
from validator.errors import UsageError
from validator.model.report import Report
from validator.registry import Rendering, formats
from validator.standards.locate import schemas_folder

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = ROOT / "validator" / "readers"
STANDARD = "global-indicator"


def checked(*paths: Path) -> Report:
    return api.check(STANDARD, list(paths), as_of="2026-01-31")


def rendered(report: Report, name: str) -> str:
    return formats()[name].render(report, Rendering()).decode()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets; the first table begins at C2, and one of its genders is no code."""
    made = openpyxl.Workbook()
    series = made.worksheets[0]
    series.title = "our series"
    series["C2"], series["D2"], series["E2"] = "series_ref", "victim_gender", "colour"
    series["C3"], series["D3"] = "FRA-000001", "#REF!"
    made.create_sheet("victims").append(["victim_ref", "gender"])
    made["victims"].append(["FRA-000002", "green"])
    path = tmp_path / "submission.xlsx"
    made.save(path)
    return path


def test_a_finding_names_its_sheet_and_cell(book: Path) -> None:
    report = checked(book)
    found = {(f.code, f.field): (f.sheet, f.row, f.cell) for f in report.findings}
    assert found["placeholder-text", "victim_gender"] == ("our series", 3, "'our series'!D3")
    assert found["unknown-code", "gender"] == ("victims", 2, "victims!B2")
    assert found["unknown-column", None] == ("our series", 2, "'our series'!E2")
    assert found["missing-column", "contributor"] == ("our series", 2, None)
    assert [(i.sheet, i.table, i.mapped_by) for i in report.inputs] == [
        ("our series", "series", "by its name"),
        ("victims", "victims", "by its name"),
    ]


def test_reports_show_the_cell_and_the_json_report_keeps_its_schema(book: Path) -> None:
    report = checked(book)
    assert "cell 'our series'!D3" in rendered(report, "text")
    data = json.loads(rendered(report, "json"))
    schema = json.loads((schemas_folder() / "meta" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    cells = {finding.get("cell") for finding in data["findings"]}
    assert {"'our series'!D3", "victims!B2", None} <= cells


def test_a_file_that_is_a_table_has_no_sheet_in_its_report(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "submission-with-faults" / "series.csv", tmp_path)
    data = json.loads(rendered(checked(tmp_path / "series.csv"), "json"))
    assert not any({"sheet", "cell"} & finding.keys() for finding in data["findings"])
    assert "sheet" not in data["inputs"][0]


def test_one_name_cannot_be_that_of_several_sheets(book: Path) -> None:
    with pytest.raises(UsageError, match="holds several tables"):
        api.check(STANDARD, book, table="series")


def test_a_sheet_of_any_name_is_told_by_its_headings_or_by_the_call(tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    path.write_bytes(xlsx({"Sheet1": [["victim_ref", "series_ref", "gender", "age_group"]]}))
    assert [(i.table, i.mapped_by) for i in checked(path).inputs] == [
        ("victims", "by its headings")
    ]
    report = api.check(STANDARD, path, table="victims")
    assert [i.mapped_by for i in report.inputs] == ["named in the call"]


def test_a_sheet_that_is_no_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx({"series": [["series_ref"]], "Our notes": [["hello"]]}))
    report = checked(path)
    (found,) = [f for f in report.findings if f.code == "unknown-table"]
    assert (found.sheet, found.message.split(" was ")[0]) == ("Our notes", "The sheet")
    assert 'book.xlsx, "Our notes"' in rendered(report, "text")


def test_a_submission_of_workbooks_is_judged_as_one_of_text(tmp_path: Path) -> None:
    import csv

    folder = ROOT / "examples" / "submission-with-faults"
    tables = ("series", "media", "victims", "offenders")
    rows = {}
    for name in tables:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            # a cell too many is no fault in a workbook
            rows[name] = [row[:26] for row in csv.reader(file)]
    path = tmp_path / "submission.xlsx"
    path.write_bytes(xlsx(rows))

    def found(report: Report) -> set[tuple[object, ...]]:
        return {
            (f.code, f.table, f.field, f.row, f.message)
            for f in report.findings
            if f.code not in {"ragged-row", "encoding-fault"}
        }

    assert found(checked(path)) == found(checked(folder))


def test_every_reason_of_a_reader_has_its_words() -> None:
    code = "".join(path.read_text("utf-8") for path in READERS.glob("*.py"))
    given = set(re.findall(r'(?:reason=|"reason": )"([a-z0-9-]+)"', code))
    unpacking = (READERS / "compressed.py").read_text("utf-8")
    given |= set(re.findall(r'return "([a-z-]+)"$', unpacking, re.MULTILINE))
    # of an engine that stops the check itself tells, as it is asked late
    assert given | {"engine"} == set(REASONS)
    facts = {"cells": "3", "record": "1", "line": "2", "what": "it is not JSON", "seconds": "300"}
    for words in REASONS.values():
        assert words.format_map(facts).endswith(".")
