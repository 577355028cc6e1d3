"""All records of a group share one sensitive value: who is in the group is enough to know it."""

from collections.abc import Iterable, Sequence

import polars as pl

from validator.checks.disclosure._groups import judged
from validator.measures.anonymity import Wanted, below_l
from validator.measures.wanted import columns, suppressing
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Severity
from validator.model.words import listed
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View

HOPELESS = "__hopeless__"


def _run(view: View) -> Iterable[Outcome]:
    return judged(view, _uniform, sensitive=True)


def _uniform(
    view: View, table: str, frame: pl.DataFrame, want: Wanted, audience: Audience
) -> Iterable[Outcome]:
    fixed = [name for name in want.quasi if name not in want.may_withhold]
    for field in want.sensitive:
        uniform = frame.with_columns(_hopeless(fixed, field, want)).filter(
            below_l(frame, want.quasi, field, want.least)
        )
        verdicts = {
            hopeless: Verdict(_message(want, fixed, audience, hopeless=hopeless))
            for hopeless in (False, True)
        }
        # one after the other, so that each is counted and shown with its own rows
        for hopeless, verdict in verdicts.items():
            places = uniform.filter(pl.col(HOPELESS) == hopeless).select(FILE, ROW)
            hits = [Hit(verdict, file=f, row=row) for f, row in places.head(view.max_rows).rows()]
            yield Outcome(table=table, field=field, hits=hits, count=places.height)


def _hopeless(fixed: Sequence[str], field: str, want: Wanted) -> pl.Expr:
    """Whether even all records that agree in what cannot be withheld have too few values."""
    values = pl.col(field).n_unique()
    return ((values.over(fixed) if fixed else values) < want.least).alias(HOPELESS)


def _message(want: Wanted, fixed: Sequence[str], audience: Audience, *, hopeless: bool) -> str:
    """What is said, the same for each sensitive field, so that a report can say it once."""
    few = "the same value" if want.least == 2 else f"fewer than {want.least} values"
    if hopeless:
        alike = f"All records with this {listed(fixed)}" if fixed else "All records of the table"
        return (
            f"{alike} have {few} here, so whoever is known to be among them has it too. No "
            "withheld cell changes that: leave the column or these records out."
        )
    shown = [*want.quasi[:2], f"{len(want.quasi) - 2} more"] if len(want.quasi) > 3 else want.quasi
    return (
        f"The records that agree with this one in {listed(shown)} have {few} here, so whoever is "
        f"known to be among them has it too. '{suppressing(audience)}' withholds cells; or leave "
        "the column out."
    )


CHECK = SubmissionCheck(
    code="uniform-group",
    severity=Severity.WARNING,
    title="A group with one sensitive value",
    means=(
        "Within a group of records that share their quasi-identifiers, a field that the standard "
        "marks as sensitive takes fewer than l values (2, or what --l says)."
    ),
    why="The group may be large: if all of it has one value, its members hide nothing.",
    mend="Withhold cells of the quasi-identifiers, or leave one of these fields out.",
    run=_run,
    keeps=columns,
)
