"""What the tests of ``check`` share: a small standard, the shipped submissions, short words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.strategies import standard_spec, table_spec
from validator import api
from validator.model.report import CheckResult, CheckStatus, Report

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
