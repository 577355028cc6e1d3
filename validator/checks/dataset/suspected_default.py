"""One code that fills nearly the whole column may be a default that nobody changed."""

from collections.abc import Iterable

from validator.model.standard import Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View

LEAST_RECORDED = 50
"""With fewer recorded values one code may well be all there is."""
SHARE = 0.98
"""From this share of the recorded values on, a code may be a default."""


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        for field in there.table.fields:
            counts = there.counts.get(field.name)
            # a default can only hide an unknown where an unknown could have been said
            if counts is None or field.codelist is None or field.many or not field.missing:
                continue
            if counts.recorded < LEAST_RECORDED:
                why = f"fewer than {LEAST_RECORDED} recorded values"
                yield Outcome(table=name, field=field.name, skipped=why)
                continue
            code, count = counts.commonest or ("", 0)
            found = count >= SHARE * counts.recorded
            verdict = Verdict(
                f"The code {code} stands in {100 * count / counts.recorded:.1f} % of the recorded "
                "cells. Check whether it is a default of the program that nobody changed."
            )
            yield Outcome(
                table=name, field=field.name, hits=[Hit(verdict)] if found else [], count=int(found)
            )


CHECK = SubmissionCheck(
    code="suspected-default",
    severity=Severity.NOTE,
    title="One code nearly everywhere",
    means=(
        f"One code fills at least {SHARE:.0%} of at least {LEAST_RECORDED} recorded cells, in a "
        "field that could have said that the value is unknown."
    ),
    why="A program's default looks like a fact, and hides how much is not known.",
    mend="Check how the value is entered. Where nobody chose it, type the missing reason.",
    run=_run,
)
