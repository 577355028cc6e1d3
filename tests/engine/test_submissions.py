"""Files, tables, standards and data sets: what belongs together, and how that is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.engine.submissions import (
    AS_OF,
    CLEAN,
    FAULTY,
    HEAD,
    SMALL,
    checked,
    found,
    statuses,
    written,
)
from tests.strategies import loaded, standard_spec, table_spec
from validator import cli
from validator.errors import UsageError
from validator.model.report import CheckStatus, Report
from validator.model.standard import Standard


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


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
