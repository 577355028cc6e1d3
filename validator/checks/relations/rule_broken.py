"""A record breaks a rule of the standard."""

from collections.abc import Iterable, Mapping

import narwhals as nw

from validator.expressions.conditions import compile_condition
from validator.expressions.relations import broken, crosses_tables, needs, refs_of, scope_of
from validator.expressions.rules import field_of, kept_for, missing_for, verdict_of
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Rule, Severity, Standard, Table
from validator.registry import FILE, Hit, Outcome, Probe, SubmissionCheck, View


def _probes(standard: Standard, table: Table, as_of: str) -> Iterable[Probe]:
    scope = scope_of(standard, table, as_of)
    for rule in standard.rules_of(table.name):
        if rule.then is None or crosses_tables(rule):
            continue
        fires = compile_condition(rule.then, scope).fails
        if rule.when is not None:
            fires = compile_condition(rule.when, scope).holds & fires
        yield Probe(
            table=table.name,
            field=field_of(rule),
            rule=rule.id,
            severity=rule.severity,
            expression=fires,
            reads=tuple(ref.field for ref in refs_of(rule)),
            verdict=verdict_of(rule),
        )


def _ours(rule: Rule) -> bool:
    return rule.count is None and crosses_tables(rule)


def _keeps(
    standard: Standard, there: frozenset[str], _audience: Audience | None
) -> Mapping[str, Iterable[str]]:
    return kept_for(standard, there, _ours)


def _run(view: View) -> Iterable[Outcome]:
    standard = view.standard
    for rule in filter(_ours, standard.rules):
        if rule.table not in view.tables:
            continue
        skipped = missing_for(view, needs(standard, rule))
        if skipped:
            yield Outcome(table=rule.table, rule=rule.id, severity=rule.severity, skipped=skipped)
            continue
        frames = {
            name: nw.from_native(view.tables[name].frame(columns))
            for name, columns in needs(standard, rule).items()
        }
        rows = broken(standard, rule, frames, view.as_of).select(FILE, ROW).sort(FILE, ROW)
        verdict = verdict_of(rule)
        yield Outcome(
            table=rule.table,
            field=field_of(rule),
            rule=rule.id,
            severity=rule.severity,
            hits=[Hit(verdict, file=f, row=r) for f, r in rows.head(view.max_rows).iter_rows()],
            count=len(rows),
        )


CHECK = SubmissionCheck(
    code="rule-broken",
    severity=Severity.ERROR,
    title="A record breaks a rule of the standard",
    means=(
        "Values that are each in order do not fit together. The finding names the rule; "
        "'accordant explain RULE' shows it with examples. A rule never speaks of a value that is "
        "missing or already reported."
    ),
    why="At least one of the values is wrong, and only those who hold the record can tell which.",
    mend="Compare the fields that the message names with your own record, and correct one.",
    probes=_probes,
    run=_run,
    keeps=_keeps,
)
