"""A number does not agree with the rows that it counts."""

from collections.abc import Iterable, Mapping

import narwhals as nw

from validator.expressions.relations import SIDE, broken, needs
from validator.expressions.rules import field_of, kept_for, missing_for, verdict_of
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Rule, Severity, Standard
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View


def _ours(rule: Rule) -> bool:
    return rule.count is not None


def _keeps(
    standard: Standard, there: frozenset[str], _audience: Audience | None
) -> Mapping[str, Iterable[str]]:
    return kept_for(standard, there, _ours)


def _verdicts(rule: Rule) -> Mapping[int, Verdict]:
    table = rule.count.table if rule.count else ""
    return {
        1: verdict_of(rule, f"There are too many rows in {table}."),
        -1: verdict_of(rule, f"There are too few rows in {table}."),
    }


def _run(view: View) -> Iterable[Outcome]:
    standard = view.standard
    for rule in filter(_ours, standard.rules):
        if rule.table not in view.tables:
            continue
        wanted = needs(standard, rule)
        skipped = missing_for(view, wanted)
        if skipped:
            yield Outcome(table=rule.table, rule=rule.id, severity=rule.severity, skipped=skipped)
            continue
        frames = {n: nw.from_native(view.tables[n].frame(c)) for n, c in wanted.items()}
        rows = broken(standard, rule, frames, view.as_of).select(FILE, ROW, SIDE).sort(FILE, ROW)
        verdicts = _verdicts(rule)
        yield Outcome(
            table=rule.table,
            field=field_of(rule),
            rule=rule.id,
            severity=rule.severity,
            hits=[
                Hit(verdicts[side], file=file, row=row)
                for file, row, side in rows.head(view.max_rows).iter_rows()
            ],
            groups={
                verdict: len(rows.filter(nw.col(SIDE) == s)) for s, verdict in verdicts.items()
            },
            count=len(rows),
        )


CHECK = SubmissionCheck(
    code="count-mismatch",
    severity=Severity.WARNING,
    title="A number does not agree with the rows that it counts",
    means=(
        "A record says how many rows another table holds for it, and that table holds more or "
        "fewer. Checked where both tables are in the submission."
    ),
    why="Either a row was lost on the way, or the number was not brought up to date.",
    mend="Add the missing rows, delete the surplus ones, or correct the number.",
    run=_run,
    keeps=_keeps,
)
