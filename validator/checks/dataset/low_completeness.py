"""A field that is recorded much less often than it should be."""

from collections.abc import Iterable

from validator.model.standard import Field, Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View

LEAST_RECORDS = 20
"""In fewer records a rate says little."""
USUAL = 10.0
"""Per cent expected of a field for which the source publishes no recorded rate."""
MARGIN = 10.0
"""Percentage points below a published rate that are still taken for chance."""


def _expected(field: Field) -> float:
    if field.published is None or field.published.recorded is None:
        return USUAL
    return float(field.published.recorded) - MARGIN


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        for field in there.table.fields:
            counts = there.counts.get(field.name)
            if counts is None or field.optional or field.required or not field.missing:
                continue
            asked = there.records - counts.inapplicable
            if asked < LEAST_RECORDS:
                why = f"fewer than {LEAST_RECORDS} records"
                yield Outcome(table=name, field=field.name, skipped=why)
                continue
            rate, expected = 100 * counts.recorded / asked, _expected(field)
            held = f"Only {rate:.1f} % of the records hold" if rate else "No record holds"
            verdict = Verdict(
                f"{held} a value, where at least {expected:.1f} % is expected. "
                "Check whether the values are known and were left out."
            )
            hits = [Hit(verdict)] if rate < expected else []
            yield Outcome(table=name, field=field.name, hits=hits, count=len(hits))


CHECK = SubmissionCheck(
    code="low-completeness",
    severity=Severity.NOTE,
    title="A field that is seldom recorded",
    means=(
        f"The share of records that hold a valid value is more than {MARGIN:.0f} percentage points "
        f"below the rate that the standard's source publishes; where it publishes none, below "
        f"{USUAL:.0f} %. Records to which the field does not apply, or in which it is "
        f"withheld, are left out, and fewer than {LEAST_RECORDS} records are not judged."
    ),
    why="A field that most records lack cannot be compared, and may point to a lost column.",
    mend="Check whether the values are known and were left out when the file was made.",
    run=_run,
)
