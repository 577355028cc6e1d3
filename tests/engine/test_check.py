"""The main job: ``check`` says what is wrong, where, and what it could not check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.strategies import loaded, standard_spec, table_spec
from validator import api, cli, registry
from validator.engine import run as engine
from validator.errors import UnreadableInput, UsageError
from validator.model.reading import Reading
from validator.model.report import CheckResult, CheckStatus, Report, Verdict
from validator.model.standard import Severity, Standard
from validator.opening import opened

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN, FAULTY = EXAMPLES / "submission", EXAMPLES / "submission-with-faults"
AS_OF = "2026-01-31"

PLANTED = [
    ("media.csv", 1, None, "unknown-column"),
    ("media.csv", 142, "media_ref", "pattern-mismatch"),
    ("media.csv", 144, "series_ref", "orphan-reference"),
    ("series.csv", 3, "victim_age_group", "unknown-code"),
    ("series.csv", 5, "victim_gender", "rule-broken"),
    ("series.csv", 6, "confirmed_country", "placeholder-text"),
    ("series.csv", 10, "confirmed_country", "rule-broken"),
    ("series.csv", 12, "victim_count", "count-mismatch"),
    ("series.csv", 14, "victim_status", "stale-status"),
    ("series.csv", 15, "victim_ethnicity_other", "other-unspecified"),
    ("series.csv", 16, "victim_gender", "noncanonical-code"),
    ("series.csv", 21, None, "rule-broken"),
    ("series.csv", 24, "age_basis", "rule-broken"),
    ("series.csv", 25, "victim_ethnicity", "unexplained-blank"),
    ("series.csv", 30, None, "ragged-row"),
    ("series.csv", 32, "received_period", "wrong-type"),
    ("series.csv", 33, "paraphilic_theme", "reason-not-allowed"),
    ("series.csv", 37, "suspected_country", "noncanonical-code"),
    ("series.csv", 40, "victim_count", "out-of-range"),
    ("series.csv", 42, "series_ref", "duplicate-key"),
    ("victims.csv", 2, "gender", "rule-broken"),
]
"""Every fault of the shipped faulty submission: file, row, field, code."""


def checked(data: Any, standard: Any = "global-indicator", **options: Any) -> Report:
    return api.check(standard, data, as_of=AS_OF, **options)


def found(report: Report) -> list[tuple[str, int | None, str | None, str]]:
    """The findings, by place: file, row, field, code."""
    places = ((Path(f.file or "").name, f.row, f.field, f.code) for f in report.findings)
    return sorted(places, key=str)


def statuses(report: Report, code: str) -> dict[str | None, CheckStatus]:
    """The status of a check by field (or table, for checks that have none)."""
    return {c.field or c.table: c.status for c in report.checks if c.code == code}


def result(report: Report, code: str, field: str) -> CheckResult:
    (only,) = (c for c in report.checks if (c.code, c.field) == (code, field))
    return only


def written(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


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

SMALL = standard_spec(
    table_spec(
        "things",
        {
            "ref": {"type": "string", "pattern": "[A-Z]{3}-[0-9]{3}", "required": "true"},
            "colour": {"codes": "colour", "missing": ["not_recorded", "withheld"]},
            "size": {"type": "integer", "minimum": "1", "maximum": "50", "missing": ["withheld"]},
            "note": {"type": "string", "free_text": "true", "optional": "true"},
        },
        key="ref",
        required="true",
    ),
    table_spec(
        "parts",
        {
            "part": {"type": "string", "pattern": "P[0-9]+", "required": "true"},
            "ref": {"type": "string", "references": "things.ref", "optional": "true"},
            "weight": {"type": "number", "optional": "true"},
            "made": {"type": "date", "optional": "true"},
            "whole": {"type": "boolean", "optional": "true"},
        },
        key="part",
    ),
    rules=[
        {
            "rule": "red-is-small",
            "table": "things",
            "title": "What is red is small",
            "when": {"colour": "red"},
            "then": {"size": {"le": "10"}},
        }
    ],
)
HEAD = "ref,colour,size,note"


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
    monkeypatch.setattr(engine, "BATCH", 2)
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


# --- data in memory ----------------------------------------------------------------------------


def relation(frame: pl.DataFrame) -> Any:
    """The same data as a DuckDB relation."""
    table = frame.to_arrow()
    return duckdb.connect().from_arrow(table)


FRAMES = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": relation,
}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_data_frame_is_checked_as_its_file_is(kind: str) -> None:
    frames = {
        path.stem: pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
        for path in sorted(FAULTY.glob("*.csv"))
    }
    report = checked({name: FRAMES[kind](frame) for name, frame in frames.items()})
    # a frame cannot have a row of more cells than columns
    expected = [
        (name.removesuffix(".csv"), *rest) for name, *rest in PLANTED if rest[2] != "ragged-row"
    ]
    assert found(report) == sorted(expected, key=str)


TYPED = pl.DataFrame(
    {"part": ["P1", "P2", "P3"], "weight": [1.0, None, 2.5], "whole": [True, False, None]}
).with_columns(
    pl.lit(None, dtype=pl.String).alias("ref"),
    pl.Series("made", ["2024-05-17", None, "2020-02-29"]).str.to_date(),
)


@pytest.mark.parametrize("kind", FRAMES)
def test_typed_columns_are_read_as_a_standard_writes_them(kind: str, small: Standard) -> None:
    report = checked(FRAMES[kind](TYPED), small, table="parts")
    assert [f.code for f in report.findings] == ["missing-table"]
    recorded = {c.field: c.recorded for c in report.completeness}
    assert recorded == {"part": 3, "ref": 0, "weight": 2, "made": 2, "whole": 2}


def test_numbers_that_pandas_widened_are_whole_numbers_still(small: Standard) -> None:
    things = pd.DataFrame(
        {
            "ref": ["AAA-001", "AAA-002", "AAA-003"],
            "colour": pd.Categorical(["blue", "green", None]),
            "size": [3, None, float("inf")],
            "note": [None, None, None],
        }
    )
    report = checked(things, small, table="things")
    assert found(report) == [
        ("data", 3, "size", "unexplained-blank"),
        ("data", 4, "colour", "unexplained-blank"),
        ("data", 4, "size", "wrong-type"),
    ]


def test_a_blank_row_of_a_frame_is_reported(small: Standard) -> None:
    things = pl.DataFrame({"ref": ["AAA-001", ""], "colour": ["blue", None], "size": ["5", " "]})
    report = checked(things, small, table="things")
    assert found(report) == [("data", 3, None, "blank-row")]


def test_a_frame_that_repeats_a_column_is_one_clear_error(small: Standard) -> None:
    table = pa.table([pa.array(["AAA-001"]), pa.array(["AAA-002"])], names=["ref", "ref"])
    with pytest.raises(UnreadableInput, match="a column name is there twice"):
        checked(table, small, table="things")


def test_what_is_no_data_is_one_clear_error(small: Standard) -> None:
    with pytest.raises(UnreadableInput, match="int is neither a path nor a data frame"):
        checked(17, small)


# --- files, tables and standards -----------------------------------------------------------------


def test_files_of_one_table_are_checked_together(tmp_path: Path, small: Standard) -> None:
    first = written(tmp_path, "things.2024.csv", HEAD, "AAA-001,blue,5,", "AAA-002,blue,5,")
    second = written(tmp_path, "things.2025.csv", HEAD, "AAA-003,blue,5,", "AAA-001,blue,5,")
    report = checked([first, second], small)
    assert found(report) == [("things.2025.csv", 3, "ref", "duplicate-key")]
    assert {(c.field, c.records) for c in report.completeness if c.field == "ref"} == {("ref", 4)}


def test_a_column_that_only_one_of_the_files_has_counts_for_its_rows(
    tmp_path: Path, small: Standard
) -> None:
    first = written(tmp_path, "things_a.csv", HEAD, "AAA-001,blue,5,")
    second = written(tmp_path, "things_b.csv", "ref,colour,note", "AAA-002,blue,")
    report = checked([first, second], small)
    assert found(report) == [("things_b.csv", 1, "size", "missing-column")]


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("things.csv", "by its name"),
        ("FRA_things_2024-05.csv", "by its name"),
        ("THINGS.CSV", "by its name"),
        ("export 17.csv", "by its headings"),
    ],
)
def test_a_file_is_mapped_by_its_name_or_its_headings(
    tmp_path: Path, small: Standard, name: str, how: str
) -> None:
    report = checked(written(tmp_path, name, HEAD, "AAA-001,blue,5,"), small)
    (item,) = report.inputs
    assert (item.table, item.mapped_by) == ("things", how)
    assert report.exit_code == 0


def test_a_file_that_fits_no_table_is_reported_and_not_taken_for_checked(
    tmp_path: Path, small: Standard
) -> None:
    written(tmp_path, "things.csv", HEAD, "AAA-001,blue,5,")
    written(tmp_path, "other.csv", "x,y", "1,2")
    report = checked(tmp_path, small)
    assert found(report) == [("other.csv", None, None, "unknown-table")]
    assert {Path(item.path).name: item.table for item in report.inputs} == {
        "other.csv": None,
        "things.csv": "things",
    }


def test_the_standard_is_found_in_accordant_yaml(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(json.dumps(SMALL), "utf-8")
    (tmp_path / "accordant.yaml").write_text("standard: own.yaml\n", "utf-8")
    path = written(tmp_path, "things.csv", HEAD, "AAA-001,blue,5,")
    report = checked(path, None)
    assert report.standard_id == "random"
    assert report.standard_found_by == f"named in {tmp_path / 'accordant.yaml'}"


def test_the_standard_is_found_in_a_data_package(tmp_path: Path) -> None:
    package = tmp_path / "datapackage.json"
    package.write_text(json.dumps({"accordant": {"standard": "global-indicator"}}), "utf-8")
    shutil.copy(CLEAN / "series.csv", tmp_path)
    report = checked(tmp_path, None)
    assert report.standard_found_by == f"named in {package}"
    assert report.exit_code == 0


def test_the_standard_is_the_only_one_that_fits(tmp_path: Path) -> None:
    report = checked(CLEAN, None)
    assert report.standard_id == "global-indicator"
    assert report.standard_found_by == "the only standard whose tables fit"
    with pytest.raises(UsageError, match="No standard fits these files"):
        checked(written(tmp_path, "x.csv", "a,b", "1,2"), None)


def test_the_command_says_which_standard_and_how_files_were_mapped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main(["check", str(FAULTY), "--as-of", AS_OF])
    shown = " ".join(capsys.readouterr().out.split())
    assert exit_.value.code == 1
    assert "global-indicator 1.0.0 (the only standard whose tables fit)" in shown
    assert "series.csv: table series (by its name), 41 records" in shown


# --- the data set as a whole ---------------------------------------------------------------------

WIDE = standard_spec(
    table_spec(
        "t",
        {
            "code": {"codes": "colour", "missing": ["not_recorded", "not_applicable"]},
            "status": {"codes": "level", "missing": ["not_recorded"]},
            "reviewed": {"type": "date", "precision": "month", "missing": ["not_recorded"]},
        },
        stale=[{"field": "status", "codes": ["low"], "reviewed": "reviewed", "months": "12"}],
    )
)


def of_wide(folder: Path, rows: list[str], **options: Any) -> Report:
    path = written(folder, "t.csv", "code,status,reviewed", *rows)
    return checked(path, loaded(WIDE), **options)


@pytest.mark.parametrize(
    ("recorded", "records", "status"),
    [
        (2, 20, CheckStatus.PASSED),  # 10 % is enough
        (1, 20, CheckStatus.FOUND),
        (1, 19, CheckStatus.SKIPPED),  # too few to judge
    ],
)
def test_low_completeness_starts_below_ten_per_cent_of_twenty_records(
    tmp_path: Path, recorded: int, records: int, status: CheckStatus
) -> None:
    rows = ["red,high,2026-01"] * recorded + ["not_recorded,high,2026-01"] * (records - recorded)
    # records to which the field does not apply are not asked
    rows += ["not_applicable,high,2026-01"] * 50
    assert statuses(of_wide(tmp_path, rows), "low-completeness")["code"] is status


@pytest.mark.parametrize(
    ("same", "others", "status"),
    [
        (49, 1, CheckStatus.FOUND),  # 98 %
        (97, 3, CheckStatus.PASSED),
        (49, 0, CheckStatus.SKIPPED),  # fewer than 50
    ],
)
def test_a_default_is_suspected_from_ninety_eight_per_cent_of_fifty_values(
    tmp_path: Path, same: int, others: int, status: CheckStatus
) -> None:
    rows = ["blue,high,2026-01"] * same + ["red,high,2026-01"] * others
    rows += ["not_recorded,high,2026-01"] * 30  # what is not recorded has no part in it
    assert statuses(of_wide(tmp_path, rows), "suspected-default")["code"] is status


def test_a_status_is_stale_from_the_month_before_the_limit(tmp_path: Path) -> None:
    rows = ["red,low,2025-01", "red,low,2024-12", "red,high,2020-01", "red,low,not_recorded"]
    report = of_wide(tmp_path, rows)
    assert found(report) == [("t.csv", 3, "status", "stale-status")]
    assert report.exit_code == 0
