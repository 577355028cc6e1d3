"""The main job: ``check`` says what is wrong, where, and what it could not check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engine.submissions import (
    AS_OF,
    CLEAN,
    FAULTY,
    HEAD,
    PLANTED,
    SMALL,
    checked,
    found,
    result,
    statuses,
    written,
)
from tests.strategies import loaded
from validator import api
from validator.engine import run as engine
from validator.model.reading import Reading
from validator.model.report import CheckStatus, Verdict
from validator.model.standard import Severity, Standard
from validator.opening import opened
from validator.registry import discovery as registry

# --- the shipped submissions -------------------------------------------------------------------


def test_the_clean_submission_passes_without_a_finding() -> None:
    report = checked(CLEAN)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS
    assert report.exit_code == 0
    assert [Path(item.path).name for item in report.inputs] == [
        "media.csv",
        "offenders.csv",
        "series.csv",
        "victims.csv",
    ]


def test_the_faulty_submission_gives_its_planted_faults_and_no_other() -> None:
    report = checked(FAULTY)
    assert found(report) == sorted(PLANTED, key=str)
    assert report.totals == {Severity.ERROR: 17, Severity.WARNING: 4, Severity.NOTE: 0}
    assert report.exit_code == 1


def test_a_report_is_the_same_every_time() -> None:
    assert checked(FAULTY) == checked(FAULTY)


def test_every_cell_of_a_field_is_counted_once() -> None:
    report = checked(FAULTY)
    for field in report.completeness:
        parts = field.recorded + field.missing + field.blank + field.invalid
        assert parts == field.records, field


# --- the main rules of counting ----------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


def test_totals_are_exact_though_rows_are_capped(tmp_path: Path, small: Standard) -> None:
    rows = [f"AAA-{i:03},{'mauve' if i % 2 else 'red'},99," for i in range(1000)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small, max_rows=5)
    unknown, range_ = (
        result(report, "unknown-code", "colour"),
        result(report, "out-of-range", "size"),
    )
    assert (unknown.count, range_.count) == (500, 1000)
    assert report.totals[Severity.ERROR] == 1500
    kept = [(f.code, f.row) for f in report.findings if f.severity is Severity.ERROR]
    assert sorted(kept) == [
        *(("out-of-range", row) for row in (2, 3, 4, 5, 6)),
        *(("unknown-code", row) for row in (3, 5, 7, 9, 11)),
    ]
    assert sum(group.count for group in unknown.groups) == 500


def test_one_fault_is_one_finding(tmp_path: Path, small: Standard) -> None:
    # an invalid size breaks no rule, a broken key is no duplicate, a blank row is no nine blanks
    rows = ["AAA-001,red,700,", "AAA-1,red,withheld,", "AAA-1,red,5,", " ,,,", "AAA-002,red,11,"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert [(f.row, f.code) for f in report.findings] == [
        (2, "out-of-range"),
        (3, "pattern-mismatch"),
        (4, "pattern-mismatch"),
        (5, "blank-row"),
        (6, "rule-broken"),
    ]


def test_a_row_with_text_in_an_unknown_column_alone_is_not_passed_over(
    tmp_path: Path, small: Standard
) -> None:
    rows = ["ref,colour,size,extra", "AAA-001,blue,5,", ",,,something"]
    report = checked(written(tmp_path, "things.csv", *rows), small)
    blanks = [f.field for f in report.findings if f.code == "unexplained-blank" and f.row == 3]
    assert blanks == ["colour", "ref", "size"]


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1)])
def test_fail_on_sets_what_fails(tmp_path: Path, small: Standard, fail_on: str, code: int) -> None:
    # an unknown column is a warning
    path = written(tmp_path, "things.csv", f"{HEAD},extra", "AAA-001,blue,5,,x")
    report = checked(path, small, fail_on=fail_on)
    assert report.totals[Severity.WARNING] == 1
    assert report.exit_code == code


# --- what could not be checked is said -----------------------------------------------------------


def broken_check(code: str, monkeypatch: pytest.MonkeyPatch, **change: Any) -> None:
    """Put a check that crashes in the place of the check of that code."""
    crashing = tuple(replace(c, **change) if c.code == code else c for c in registry.checks())
    monkeypatch.setattr(registry, "checks", lambda: crashing)


def crash(*_anything: Any) -> Any:
    message = "a cell's text: CANARY"
    raise ValueError(message)


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("unknown-code", "judge"),
        ("duplicate-key", "run"),
        ("ragged-row", "explain"),
        ("rule-broken", "probes"),
    ],
)
def test_a_check_that_crashes_is_shown_as_failed_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, code: str, part: str
) -> None:
    broken_check(code, monkeypatch, **{part: crash})
    report = checked(FAULTY)
    failed = {c.code: c.reason for c in report.checks if c.status is CheckStatus.FAILED}
    assert failed == {code: "an internal error (ValueError)"}
    assert report.verdict is Verdict.UNCHECKED
    assert report.exit_code == 2
    others = {place for place in PLANTED if place[3] != code}
    assert others <= set(found(report))


def test_an_expression_that_fails_is_shown_in_every_batch(
    tmp_path: Path, small: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    import narwhals as nw

    from validator.expressions import fields as cells

    sound = cells.recorded

    def failing(column: Any, field: Any, reasons: Any) -> Any:
        return nw.col("nowhere") if field.name == "size" else sound(column, field, reasons)

    monkeypatch.setattr(cells, "recorded", failing)
    monkeypatch.setattr("validator.engine.passing.BATCH", 2)
    rows = [f"AAA-{i:03},mauve,5," for i in range(7)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert statuses(report, "out-of-range") == {"size": CheckStatus.FAILED}
    assert result(report, "unknown-code", "colour").count == 7
    assert report.exit_code == 2


def losing(readings: list[Reading]) -> list[Reading]:
    """Readings whose parser drops the last row."""

    def of(reading: Reading) -> Reading:
        def frames(rows: int) -> Iterator[Any]:
            for frame in reading.frames(rows):
                yield frame.head(frame.height - 1)

        return replace(reading, frames=frames)

    return [of(reading) for reading in readings]


def test_a_record_that_the_parser_loses_leaves_the_submission_unchecked() -> None:
    standard = api.load("global-indicator")
    _, _, readings = opened(standard, CLEAN / "series.csv")
    report = engine.run(standard, losing(readings), engine.Options(as_of=AS_OF))
    (lost,) = (c for c in report.checks if c.status is CheckStatus.FAILED)
    assert lost.code == "unreadable-file"
    assert lost.reason == "the parser gave 39 records where the file has 40"
    assert report.exit_code == 2


def test_what_the_data_do_not_allow_is_skipped_with_its_reason(
    tmp_path: Path, small: Standard
) -> None:
    parts = written(tmp_path, "parts.csv", "part,ref,weight,made,whole", "P1,AAA-001,,,")
    report = checked(parts, small)
    skipped = {
        (c.code, c.field): c.reason for c in report.checks if c.status is CheckStatus.SKIPPED
    }
    assert skipped["orphan-reference", "ref"] == "the table things is not in the submission"
    assert [f.code for f in report.findings] == ["missing-table"]
