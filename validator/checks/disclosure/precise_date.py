"""A date that is more exact than its readers need."""

from collections.abc import Iterable

from validator.measures.wanted import NO_AUDIENCE
from validator.model.standard import Kind, Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        dates = [field for field in there.table.fields if field.kind is Kind.DATE]
        if not dates:
            continue
        if view.audience is None:
            yield Outcome(table=name, skipped=NO_AUDIENCE)
            continue
        for field in dates:
            counts = there.counts.get(field.name)
            exact = field.precision not in view.audience.dates
            count = counts.recorded if counts and exact else 0
            coarser = view.audience.dates[-1]
            verdict = Verdict(
                f"The dates are exact to the {field.precision}, as the standard asks; for this "
                f"audience the {coarser} is enough. Leave the column {field.name} out of their "
                "copy."
            )
            hits = [Hit(verdict)] if count else []
            yield Outcome(table=name, field=field.name, hits=hits, count=len(hits))


CHECK = SubmissionCheck(
    code="precise-date",
    severity=Severity.WARNING,
    title="A date that is more exact than needed",
    means=(
        "The field holds dates to the day (for a partner), or to the day or month (for the public)."
    ),
    why="An exact date links a record to a news report or to another register.",
    mend=(
        "Leave the column out of the copy for this audience: with --audience it is not asked for. "
        "A coarser date in it would be none of this standard."
    ),
    run=_run,
)
