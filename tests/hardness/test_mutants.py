"""Kills mutants of the engine and the checks that the other tests let live (docs/mutation.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from benchmarks import notes
from tests.engine.submissions import HEAD, SMALL, checked, found, statuses, written
from tests.readers.books import xlsx
from tests.strategies import loaded, standard_spec, table_spec
from validator import api
from validator.checks.structure import blank_row, encoding_fault, ragged_row, unreadable_file
from validator.model.reading import Fault
from validator.model.report import CheckStatus, Report
from validator.model.standard import Standard
from validator.registry import TextCheck, discovery


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


# --- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "says"), [("1", "The row is"), ("3", "From this row on 3 rows")])
def test_one_blank_row_and_several_are_told_apart(rows: str, says: str) -> None:
    verdict = blank_row.CHECK.explain(Fault("blank-row", 5, detail=(("rows", rows),)))
    assert verdict.message.startswith(says)


@pytest.mark.parametrize(
    ("check", "detail", "says"),
    [
        (ragged_row, {"got": "1", "expected": "3"}, "The row has 1 cell, and the header 3. Look"),
        (ragged_row, {"got": "4", "expected": "3"}, "The row has 4 cells, and the header 3. A sep"),
        (ragged_row, {"kind": "merged"}, "The cell is merged with others"),
        (encoding_fault, {"kind": "nul"}, "The row holds a character that no text has (NUL)."),
        (encoding_fault, {"kind": "invalid"}, "The row holds a character that cannot be read."),
        (encoding_fault, {"encoding": "windows-1252"}, "The file is not UTF-8; it was read as Win"),
        (unreadable_file, {"kind": "empty"}, "The file is empty, so nothing"),
        (unreadable_file, {"kind": "image"}, "The file was not checked: it is an image, whatever"),
        (unreadable_file, {"kind": "zip"}, "The file was not checked: it is a zip, whatever"),
        (unreadable_file, {}, "The file was not checked: it is not a table, whatever"),
        (unreadable_file, {"reason": "damaged"}, "The file was not checked. It is damaged."),
        (unreadable_file, {"reason": "formulas", "cells": "3"}, "The result of the formula"),
    ],
)
def test_a_fault_of_a_file_is_told_in_its_own_words(
    check: ModuleType, detail: dict[str, str], says: str
) -> None:
    fault = Fault(check.CHECK.code, 5, detail=tuple(detail.items()))
    assert check.CHECK.explain(fault).message.startswith(says)


@pytest.mark.parametrize(
    ("codes", "ends"),
    [(8, "code6, code7."), (9, "code6, code7 and 1 more."), (50, "code7 and 42 more.")],
)
def test_what_is_left_out_of_a_list_of_codes_is_counted_only_where_something_is(
    tmp_path: Path, codes: int, ends: str
) -> None:
    names = [f"code{number}" for number in range(codes)]
    spec = standard_spec(table_spec("things", {"a": {"codes": names}, "b": {"type": "string"}}))
    report = checked(written(tmp_path, "things.csv", "a,b", "zebra,x"), loaded(spec))
    (only,) = (f for f in report.findings if f.code == "unknown-code")
    assert only.message.endswith(ends)


TWO = {
    "codes": {
        "red": {"label": {"en": "Red"}},
        "old": {"label": {"en": "Old"}, "retired": {"since": "1.0.0", "use": "red"}},
    }
}
NUMBER, DAY, TEXT = {"type": "integer"}, {"type": "date", "precision": "day"}, {"type": "string"}
WITHHELD = {"missing": ["withheld"]}
OPTIONAL = {"optional": "true"}


@pytest.mark.parametrize(
    ("field", "cell", "code", "says"),
    [
        (NUMBER | {"minimum": "2", "maximum": "9"}, "1", "out-of-range", "between 2 and 9."),
        (NUMBER | {"minimum": "2"}, "1", "out-of-range", "must be 2 or more."),
        (NUMBER | {"maximum": "9"}, "10", "out-of-range", "must be 9 or less."),
        (DAY | {"minimum": "2020-01-01"}, "2019-12-31", "out-of-range", "2020-01-01 or later."),
        (DAY | {"maximum": "2020-01-01"}, "2020-01-02", "out-of-range", "2020-01-01 or earlier."),
        (NUMBER, "007", "wrong-type", "not a whole number"),
        (NUMBER, "1234567890123456789", "wrong-type", "more than 18 digits"),
        ({"type": "number"}, "1 000", "wrong-type", "not a number."),
        (DAY, "2023-02-30", "wrong-type", "The calendar has no such day"),
        (DAY, "30/01/2023", "wrong-type", "not a day written as YYYY-MM-DD. Type it like 2024"),
        ({"type": "boolean"}, "Oui", "wrong-type", "true or false. Type true."),
        ({"type": "boolean"}, "non", "wrong-type", "true or false. Type false."),
        ({"type": "boolean"}, "maybe", "wrong-type", "true or false. Type one of them."),
        (TEXT | {"min_length": "2", "max_length": "4"}, "abcde", "length-limit", "between 2 and 4"),
        (TEXT | {"max_length": "4"}, "abcde", "length-limit", "at most 4 characters. Shorten"),
        (TEXT | {"min_length": "2"}, "a", "length-limit", "at least 2 characters. Complete"),
        (NUMBER | WITHHELD, "tbc", "placeholder-text", "say why there is none: withheld."),
        (NUMBER | OPTIONAL, "tbc", "placeholder-text", "Leave it blank instead."),
        (NUMBER, "tbc", "placeholder-text", "says nothing. Type the value."),
        (NUMBER | OPTIONAL, "\u200b", "placeholder-text", "cannot be seen"),
        (NUMBER | WITHHELD, "not_recorded", "reason-not-allowed", "or one of: withheld."),
        (NUMBER | OPTIONAL, "withheld", "reason-not-allowed", "Leave the cell blank"),
        (NUMBER, "withheld", "reason-not-allowed", "it must hold a value"),
        (NUMBER | WITHHELD, "", "unexplained-blank", "say why there is none: withheld."),
        (NUMBER, "", "unexplained-blank", "must always hold a value"),
        (TWO, " red ", "noncanonical-code", "spaces before or after the code. Type only: red."),
        (TWO, "RED", "noncanonical-code", "not how the code is written. Type the code: red."),
        (TWO | WITHHELD, "Withheld", "noncanonical-code", "Type the code: withheld."),
        (TWO, "old", "retired-code", "is retired since version 1.0.0. Type red instead."),
        (TWO, "zebra", "unknown-code", "Type one of: red."),
        (TWO | WITHHELD, "zebra", "unknown-code", "type the reason: withheld."),
        (TWO, "redd", "unknown-code", "Did you mean red?"),
    ],
)
def test_a_message_says_what_this_field_asks_for(
    tmp_path: Path, field: dict[str, Any], cell: str, code: str, says: str
) -> None:
    spec = standard_spec(table_spec("things", {"a": field, "b": {"type": "string"}}))
    report = checked(written(tmp_path, "things.csv", "a,b", f"{cell},blue"), loaded(spec))
    assert [(f.code, f.field) for f in report.findings] == [(code, "a")]
    assert says in report.findings[0].message


# --- counts and places -------------------------------------------------------------------------


def test_columns_that_the_standard_lacks_are_counted_beyond_those_that_are_listed(
    tmp_path: Path, small: Standard
) -> None:
    path = written(
        tmp_path, "things.csv", f"{HEAD},one,two,three,four,five", "AAA-001,blue,5,,,,,,"
    )
    report = checked(path, small, max_rows=2)
    (unknown,) = (c for c in report.checks if c.code == "unknown-column")
    assert unknown.count == 5
    assert len([f for f in report.findings if f.code == "unknown-column"]) == 2


def test_a_fault_in_a_file_of_no_table_is_reported_without_a_key(
    tmp_path: Path, small: Standard
) -> None:
    written(tmp_path, "things.csv", HEAD, "AAA-001,blue,5,")
    written(tmp_path, "other.csv", "x,y,z", "1,2,3", "4,5")
    report = checked(tmp_path, small)
    assert ("other.csv", 3, None, "ragged-row") in found(report)
    assert [f.key for f in report.findings if f.code == "ragged-row"] == [None]


def test_a_row_of_a_workbook_that_is_at_fault_as_a_whole_has_no_cell(
    tmp_path: Path, small: Standard
) -> None:
    rows = [
        HEAD.split(","),
        ["AAA-001", "blue", "5", ""],
        ["", "", "", ""],
        ["AAA-002", "zebra", 5],
    ]
    path = tmp_path / "things.xlsx"
    path.write_bytes(xlsx({"things": rows}))
    cells = {f.code: (f.row, f.cell) for f in checked(path, small).findings}
    assert cells["blank-row"] == (3, None)
    assert cells["unknown-code"] == (4, "things!B4")


def test_a_required_table_is_missed_also_after_one_that_is_not_required(tmp_path: Path) -> None:
    field = {"a": {"type": "string"}, "b": {"type": "string"}}
    other = {"c": {"type": "string"}, "d": {"type": "string"}}
    spec = standard_spec(
        table_spec("optional", field), table_spec("needed", other, required="true")
    )
    report = checked(written(tmp_path, "optional.csv", "a,b", "x,y"), loaded(spec))
    assert [f.table for f in report.findings if f.code == "missing-table"] == ["needed"]


def test_rows_are_listed_with_the_finding_that_they_are_of(tmp_path: Path) -> None:
    spec = standard_spec(
        table_spec("things", {"ref": TEXT, "number": NUMBER}, key="ref"),
        table_spec("parts", {"part": TEXT, "ref": TEXT | {"references": "things.ref"}}),
        rules=[
            {
                "rule": "as-many-parts",
                "table": "things",
                "title": "There are as many parts",
                "count": {"table": "parts", "on": "ref", "equals": "number"},
            }
        ],
    )
    written(tmp_path, "things.csv", "ref,number", "A,1", "B,2", "C,1", "D,2")
    written(tmp_path, "parts.csv", "part,ref", "1,A", "2,A", "3,B", "4,C", "5,D")
    (counted,) = (c for c in checked(tmp_path, loaded(spec)).checks if c.code == "count-mismatch")
    rows = {group.message.partition(" too ")[2][:4]: group.rows for group in counted.groups}
    assert rows == {"many": (2,), "few ": (3, 5)}


def test_a_file_that_fits_no_table_is_not_said_to_fit_several(
    tmp_path: Path, small: Standard
) -> None:
    report = checked(written(tmp_path, "other.csv", "x,y,z", "1,2,3"), small)
    (of_file,) = report.inputs
    assert of_file.mapped_by == "neither its name nor its headings fit a table"


def test_a_default_is_suspected_from_the_whole_column_not_from_some_of_its_rows(
    tmp_path: Path, small: Standard
) -> None:
    colours = ["blue" if row in {0, 64} else "red" for row in range(100)]
    rows = [f"AAA-{row:03},{colour},5," for row, colour in enumerate(colours)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    (found_,) = (f for f in report.findings if f.code == "suspected-default")
    assert found_.message.startswith("The code red stands in 98.0 %")


def test_a_fault_of_a_file_of_no_table_hides_no_column_of_the_next_file(
    tmp_path: Path, small: Standard
) -> None:
    written(tmp_path, "aaa.csv", "x,y,z", "1,2,3")
    written(tmp_path, "things.csv", f"{HEAD},one", "AAA-001,blue,5,,q")
    assert ("things.csv", 1, None, "unknown-column") in found(checked(tmp_path, small))


def test_groups_of_findings_count_them_and_name_their_rows(tmp_path: Path, small: Standard) -> None:
    rows = ["AAA-001,blue,5,,x,y", "AAA-002,blue,5", "AAA-003,red,5"]
    report = checked(written(tmp_path, "things.csv", f"{HEAD},{'q' * 20},{'w' * 20}", *rows), small)
    groups = {c.code: c.groups for c in report.checks if c.groups}
    assert [(group.count, group.rows) for group in groups["ragged-row"]] == [(2, (3, 4))]
    assert [(group.count, group.rows) for group in groups["unknown-column"]] == [
        (1, (1,)),
        (1, (1,)),
    ]


def test_a_check_that_finds_nothing_is_shown_as_made_of_each_field(
    tmp_path: Path, small: Standard
) -> None:
    report = checked(written(tmp_path, "things.csv", HEAD, "AAA-001,blue,5,"), small)
    assert statuses(report, "unknown-code") == {"colour": CheckStatus.PASSED}
    assert statuses(report, "out-of-range") == {"size": CheckStatus.PASSED}


def test_a_rule_about_one_table_is_kept_after_one_about_two(tmp_path: Path) -> None:
    rule = {"table": "things", "severity": "warning"}
    spec = standard_spec(
        table_spec("things", {"ref": TEXT, "number": NUMBER}, key="ref"),
        table_spec("parts", {"part": TEXT, "ref": TEXT}),
        rules=[
            rule
            | {
                "rule": "as-many-parts",
                "title": "There are as many parts",
                "count": {"table": "parts", "on": "ref", "equals": "number"},
            },
            rule | {"rule": "few", "title": "Few", "then": {"number": {"lt": "5"}}},
        ],
    )
    report = checked(written(tmp_path, "things.csv", "ref,number", "A,9"), loaded(spec))
    assert [f.rule for f in report.findings if f.code == "rule-broken"] == ["few"]


def test_a_rule_of_a_table_that_is_absent_hides_no_later_rule(tmp_path: Path) -> None:
    def rule(name: str, table: str, other: str) -> dict[str, Any]:
        there = {"table": other, "on": "ref", "where": {"part": "2"}}
        return {"rule": name, "table": table, "title": name, "exists": there}

    spec = standard_spec(
        table_spec("things", {"ref": TEXT, "number": NUMBER}, key="ref"),
        table_spec("parts", {"part": TEXT, "ref": TEXT}),
        table_spec("tools", {"part": TEXT, "ref": TEXT}, key="ref"),
        rules=[
            rule("of-tools", "tools", "parts"),
            rule("by-tools", "things", "tools"),
            rule("of-things", "things", "parts"),
        ],
    )
    written(tmp_path, "things.csv", "ref,number", "A,9")
    written(tmp_path, "parts.csv", "part,ref", "1,A")
    report = checked(tmp_path, loaded(spec))
    assert [f.rule for f in report.findings if f.code == "rule-broken"] == ["of-things"]


def test_a_default_is_looked_for_in_coded_fields_alone(tmp_path: Path, small: Standard) -> None:
    rows = [f"AAA-{row:03},red,5," for row in range(60)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert statuses(report, "suspected-default") == {"colour": CheckStatus.FOUND}


def test_every_field_that_is_seldom_recorded_is_named(tmp_path: Path) -> None:
    absent = {"missing": ["not_recorded", "withheld", "not_applicable"]}
    fields = {"a": TEXT, "b": NUMBER | absent, "c": NUMBER | absent, "d": NUMBER | absent}
    spec = standard_spec(table_spec("things", fields))
    rows = ["x,not_applicable,not_recorded,not_recorded"] * 20
    report = checked(written(tmp_path, "things.csv", "a,b,c,d", *rows), loaded(spec))
    assert statuses(report, "low-completeness") == {
        "b": CheckStatus.SKIPPED,
        "c": CheckStatus.FOUND,
        "d": CheckStatus.FOUND,
    }


def test_a_sheet_of_no_table_is_called_a_sheet(tmp_path: Path, small: Standard) -> None:
    path = tmp_path / "book.xlsx"
    rows = [HEAD.split(","), ["AAA-001", "blue", "5", ""]]
    path.write_bytes(xlsx({"things": rows, "other": [["x", "y", "z"], ["1", "2", "3"]]}))
    (only,) = (f for f in checked(path, small).findings if f.code == "unknown-table")
    assert only.message.startswith("The sheet was not checked")


# --- checks that break -------------------------------------------------------------------------


def crash(*_anything: Any) -> Any:
    message = "a cell's text: CANARY"
    raise ValueError(message)


def with_one_broken(
    monkeypatch: pytest.MonkeyPatch, broken: Callable[[TextCheck], Callable[..., Any]]
) -> None:
    """The checks of texts, one of which asks for its readers in another way."""
    every = tuple(
        replace(c, readers=broken(c)) if c.code == "code-in-text" else c for c in discovery.checks()
    )
    monkeypatch.setattr(discovery, "checks", lambda: every)


def failures(*texts: str) -> tuple[Report, dict[str, str | None]]:
    """The report on records with these remarks, and which of its checks failed, and why."""
    standard = api.load("global-indicator")
    fields = standard.by_name["series"].by_name
    told = (notes.Note("", "en", text, {"contributor": "FRA"}, frozenset()) for text in texts)
    records = [notes.record(note, at, fields) for at, note in enumerate(told)]
    report = checked(pl.DataFrame(records), standard, table="series")
    failed = (check for check in report.checks if check.status is CheckStatus.FAILED)
    return report, {check.code: check.reason for check in failed}


@pytest.mark.parametrize("part", ["judge", "prefilter", "readers"])
def test_a_check_of_texts_that_crashes_is_shown_as_failed(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def broken(check: TextCheck) -> Callable[..., Any]:
        if part == "readers":
            return crash
        # without a few that are read anyway, the prefilter is made with the first text
        return lambda *asked: [replace(r, **{part: crash}, few=0) for r in check.readers(*asked)]

    with_one_broken(monkeypatch, broken)
    report, failed = failures("2 victims.")
    assert failed == {"code-in-text": "an internal error (ValueError)"}
    others = {check.code for check in discovery.checks_of(TextCheck)} - {"code-in-text"}
    assert others <= {check.code for check in report.checks}
    assert "CANARY" not in repr(report)


def test_the_prefilter_is_made_once_a_column_has_shown_more_than_a_few_shapes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(check: TextCheck) -> Callable[..., Any]:
        return lambda *asked: [replace(r, prefilter=crash, few=2) for r in check.readers(*asked)]

    with_one_broken(monkeypatch, broken)
    assert failures("2 victims.", "3 victims.", "Seen.")[1] == {}
    assert failures("2 victims.", "Seen again.", "Seen.")[1].keys() == {"code-in-text"}
