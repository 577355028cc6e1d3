"""Too few records share one combination of fields that can single somebody out."""

from collections.abc import Iterable, Sequence

import polars as pl

from validator.checks.disclosure._groups import judged
from validator.measures.anonymity import Wanted, below_k, exposed, loosely
from validator.measures.suppression import Suppression, suppress
from validator.measures.wanted import columns, suppressing
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Severity
from validator.model.words import listed, many
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View


def _run(view: View) -> Iterable[Outcome]:
    return judged(view, _small)


def _small(
    view: View, table: str, frame: pl.DataFrame, want: Wanted, audience: Audience
) -> Iterable[Outcome]:
    small = frame.filter(below_k(frame, want.quasi, want.k))
    verdict = Verdict(_message(frame, small.height, want, audience) if small.height else "")
    hits = [
        Hit(verdict, file=file, row=row)
        for file, row in small.select(FILE, ROW).head(view.max_rows).iter_rows()
    ]
    yield Outcome(table=table, hits=hits, count=small.height)


def _message(frame: pl.DataFrame, small: int, want: Wanted, audience: Audience) -> str:
    text = (
        f"Fewer than {want.k} records agree with this one in {listed(want.quasi)}; somebody who "
        "knows the case could recognise it."
    )
    least = suppress(frame.select(*want.quasi, *want.sensitive), want)
    helps = least.left < int(exposed(frame, want).sum())
    text += f" {_cost(least, want, audience) if helps else _hopeless(want)}"
    without = _coarsen(frame, want)
    # without nearly all of them, little would be left to share
    if 0 < len(without) <= len(want.quasi) // 2:
        text += f" Or leave out {listed(without)}: then no group is too small."
    hidden = loosely(frame, want.quasi, want.k, want.withheld)
    if hidden is not None and hidden != small:
        text += (
            " Where a withheld cell counts as any value, groups that are too small hold "
            f"{many(hidden, 'record')}."
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


def _cost(least: Suppression, want: Wanted, audience: Audience) -> str:
    cells = sum(least.cells.values())
    most = sorted(least.cells.items(), key=lambda item: (-item[1], item[0]))
    shown = listed([f"{count:,} of {name}" for name, count in most])
    text = (
        f"'{suppressing(audience)}' writes a copy that withholds {many(cells, 'cell')} in "
        f"{many(least.records, 'record')} ({shown})."
    )
    if least.left:
        fixed = _fixed(want)
        stay = "stays" if least.left == 1 else "stay"
        within = f" that have the same {listed(fixed)}" if fixed else ""
        text += (
            f" Even so, {many(least.left, 'record')} {stay} in groups that are too small or too "
            f"uniform: there are too few records{within}."
        )
    return text


def _hopeless(want: Wanted) -> str:
    fixed = _fixed(want)
    why = f", and {listed(fixed)} cannot be withheld" if fixed else ""
    return f"No withheld cell helps: there are too few records{why}."


def _fixed(want: Wanted) -> Sequence[str]:
    return [name for name in want.quasi if name not in want.may_withhold]


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
