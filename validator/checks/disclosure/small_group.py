"""Too few records share one combination of fields that can single somebody out."""

from collections.abc import Iterable, Sequence

import polars as pl

from validator.measures.anonymity import Suppression, Wanted, below_k, loosely, suppress
from validator.measures.wanted import columns, wanted
from validator.model.reading import ROW
from validator.model.standard import Severity
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View

NO_AUDIENCE = "nobody said for whom: add --audience partner or --audience public"


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        if not any(field.quasi_identifier for field in there.table.fields):
            continue
        if view.audience is None:
            yield Outcome(table=name, skipped=NO_AUDIENCE)
            continue
        want = wanted(view.standard, there.table, there.present, view.audience)
        if want is None:
            yield Outcome(table=name, skipped="the identifying columns are not there")
            continue
        frame: pl.DataFrame = there.frame((*want.quasi, *want.sensitive))
        small = frame.filter(below_k(frame, want.quasi, want.k))
        verdict = Verdict("")
        if small.height:
            verdict = Verdict(_message(frame, small.height, want))
        yield Outcome(
            table=name,
            hits=[
                Hit(verdict, file=file, row=row)
                for file, row in small.select(FILE, ROW).head(view.max_rows).iter_rows()
            ],
            count=small.height,
        )


def _message(frame: pl.DataFrame, small: int, want: Wanted) -> str:
    together = ", ".join(want.quasi)
    text = (
        f"Fewer than {want.k} records share this record's combination of {together}; somebody who "
        "knows the case could recognise it."
    )
    without = _coarsen(frame, want)
    if without:
        text += f" Leaving out {' and '.join(without)} would bring all records in order."
    least = suppress(frame.select(*want.quasi, *want.sensitive), want)
    text += f" {_cost(least, want)}"
    hidden = loosely(frame, want.quasi, want.k, want.withheld)
    if hidden != small:
        text += (
            f" If a withheld cell may agree with any value, {hidden:,} records are in such groups."
        )
    return text


def _coarsen(frame: pl.DataFrame, want: Wanted) -> Sequence[str]:
    """The fewest fields, taken greedily, without which no group is too small."""
    kept, left = list(want.quasi), []
    while len(kept) > 1:
        tries = {
            name: int(below_k(frame, [k for k in kept if k != name], want.k).sum()) for name in kept
        }
        name = min(tries, key=lambda n: (tries[n], n))
        kept.remove(name)
        left.append(name)
        if tries[name] == 0:
            return left
    return []


def _cost(least: Suppression, want: Wanted) -> str:
    cells = sum(least.cells.values())
    shown = ", ".join(f"{count:,} of {name}" for name, count in least.cells.items())
    if least.left or not cells:
        return f"Withholding is not enough: the table has too few records for groups of {want.k}."
    return (
        f"Or withhold {cells:,} cells in {least.records:,} records ({shown}): "
        "'accordant fix --suppress' writes such a copy."
    )


CHECK = SubmissionCheck(
    code="small-group",
    severity=Severity.ERROR,
    title="Too few records share a combination of identifying fields",
    means=(
        "The fields that the standard marks as quasi-identifiers (contributor, gender, age group, "
        "ethnicity, countries) single out a group of fewer than k records: k is 5 for a partner "
        "(--audience partner) and 11 for the public, or what --k says. Missing reasons count as "
        "values. A withheld cell counts as a value as well; where the figure would differ if it "
        "could stand for any value, the message gives both."
    ),
    why="A combination that only a few records have can lead to the person behind one of them.",
    mend=(
        "Leave out a field, or withhold cells, as the message proposes. 'accordant fix --suppress' "
        "writes a copy in which no group is too small."
    ),
    run=_run,
    keeps=columns,
)
