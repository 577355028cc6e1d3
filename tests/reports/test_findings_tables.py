"""The findings alone: CSV for a spreadsheet, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.reports.report_samples import SAMPLES, clean, faulty, found, report
from validator.model.report import Show
from validator.registry import Rendering, formats

COLUMNS = [
    *("code", "severity", "table", "field", "rule", "file", "sheet", "row", "cell", "key"),
    *("message", "suggestion"),
]


def rows(of, show=Show.LOCATION):
    text = formats()["csv"].render(of, Rendering(show)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def objects(of, show=Show.LOCATION):
    text = formats()["jsonl"].render(of, Rendering(show)).decode()
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", SAMPLES)
def test_one_row_or_line_a_finding(name):
    assert len(rows(SAMPLES[name])) == len(objects(SAMPLES[name])) == len(SAMPLES[name].findings)


def test_the_headings_are_the_keys_of_the_json_report():
    assert list(rows(faulty)[0]) == COLUMNS
    assert list(rows(faulty, Show.SHAPE)[0]) == [*COLUMNS, "shape"]
    assert list(rows(faulty, Show.FULL)[0]) == [*COLUMNS, "value"]


def test_a_table_without_findings_has_its_headings():
    assert formats()["csv"].render(clean, Rendering()).decode("utf-8-sig").startswith('"code","')


def test_excel_is_told_that_the_text_is_utf_8():
    assert formats()["csv"].render(clean, Rendering()).startswith(b"\xef\xbb\xbf")


def test_what_could_be_a_formula_gets_an_apostrophe_and_numbers_stay_numbers():
    check, findings = found("wrong-type", {("=1+1", None): [17]}, field="victim_count")
    (row,) = rows(report((check, [replace(findings[0], key="@x")])))
    assert (row["message"], row["key"], row["row"]) == ("'=1+1", "'@x", "17")


def test_a_line_is_the_finding_of_the_json_report():
    document = json.loads(formats()["json"].render(faulty, Rendering()))
    assert objects(faulty) == document["findings"]
