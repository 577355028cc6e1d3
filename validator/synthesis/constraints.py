"""What records must not do, as expressions for the columns that a sampler has drawn so far.

Besides the record rules of a standard these are the demands of its checks (a stale status, an
unexplained ``other``) and the parts that rows play for the rules that count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from validator.expressions.conditions import Scope, compile_condition
from validator.expressions.relations import scope_of
from validator.expressions.rules import field_of
from validator.model.condition import Condition, FieldRef, Op, fields_of, tests_of
from validator.model.standard import Rule, Table
from validator.registry import SubmissionCheck, checks_of
from validator.synthesis.layout import Node
from validator.synthesis.setting import Setting

SLOT = "__slot__"
"""Which counted condition a row is there for: its index, ANY_ROW for none, UNGROUPED."""
ANY_ROW, UNGROUPED = -1, -2


def shown(index: int) -> str:
    """The column that says whether a row is the one that meets the table's ``index``-th exists."""
    return f"__shows_{index}__"


@dataclass(frozen=True, slots=True)
class Constraint:
    """True where a record goes wrong, once all the columns that it ``reads`` are there.

    ``code``, ``field`` and ``rule`` are those of the finding; rows' parts have no code.
    """

    reads: frozenset[str]
    broken: Any
    code: str = ""
    field: str | None = None
    rule: str | None = None


def constraints(setting: Setting, node: Node) -> tuple[Constraint, ...]:
    """All that the records of a node's table must keep by themselves, or beside their parent."""
    scope = scope_of(setting.standard, node.table, setting.as_of)
    own = {*node.numbered, *([node.link.name] if node.link else [])}
    found = [
        constraint
        for constraint in within_record(setting, node.table)
        # keys are written so that they begin as they must
        if not own & constraint.reads or not _of_key(setting, constraint, own)
    ]
    if node.parent is not None:
        found += _slots(slots(setting, node), scope)
        found += _shows(shows(setting, node), scope)
    return tuple(found)


def within_record(setting: Setting, table: Table) -> tuple[Constraint, ...]:
    """What a record of ``table`` must keep by itself, or beside its parents (``parent.field``)."""
    scope = scope_of(setting.standard, table, setting.as_of)
    return (
        *_rules(table, setting.rules, scope),
        *_demands(setting, table),
    )


def slots(setting: Setting, node: Node) -> tuple[tuple[Condition, list[Rule]], ...]:
    """The conditions under which a node's rows are counted, each with the rules that do it."""
    found: dict[object, tuple[Condition, list[Rule]]] = {}
    for rule in setting.rules:
        if rule.count and rule.count.table == node.name and rule.count.where:
            where = rule.count.where
            found.setdefault(_meaning(where), (where, []))[1].append(rule)
    return tuple(found.values())


def totals(setting: Setting, node: Node) -> list[Rule]:
    """The rules that count all rows of a node's table."""
    counts = [rule for rule in setting.rules if rule.count and rule.count.table == node.name]
    return [rule for rule in counts if rule.count and rule.count.where is None]


def shows(setting: Setting, node: Node) -> list[Rule]:
    """The rules that ask for a row of a node's table."""
    return [rule for rule in setting.rules if rule.exists and rule.exists.table == node.name]


def _meaning(condition: Condition) -> object:
    """A condition without its places in the YAML."""
    return tuple((test.field, test.op, test.operands) for test in tests_of(condition))


def _names(*refs: FieldRef) -> frozenset[str]:
    return frozenset(str(ref) for ref in refs)


def _of_key(setting: Setting, constraint: Constraint, own: set[str]) -> bool:
    rule = next((rule for rule in setting.rules if rule.id == constraint.rule), None)
    tests = (*tests_of(rule.when), *tests_of(rule.then)) if rule else ()
    return any(test.op is Op.STARTS_WITH and test.field.field in own for test in tests)


def _rules(table: Table, rules: tuple[Rule, ...], scope: Scope) -> Iterator[Constraint]:
    for rule in rules:
        if rule.table != table.name or rule.then is None:
            continue
        broken = compile_condition(rule.then, scope).fails
        if rule.when is not None:
            broken = compile_condition(rule.when, scope).holds & broken
        reads = _names(*fields_of(rule.when), *fields_of(rule.then))
        yield Constraint(reads, broken, "rule-broken", field_of(rule), rule.id)


def _demands(setting: Setting, table: Table) -> Iterator[Constraint]:
    """What the checks other than the rules ask of a record by itself."""
    for check in checks_of(SubmissionCheck):
        if check.code != "rule-broken":
            for probe in check.probes(setting.standard, table, setting.as_of):
                reads = frozenset(probe.reads)
                broken = probe.expression
                if probe.confirm is not None:
                    broken = broken & probe.confirm
                yield Constraint(reads, broken, check.code, probe.field, probe.rule)


def _slots(counted: tuple[tuple[Condition, list[Rule]], ...], scope: Scope) -> Iterator[Constraint]:
    """A row meets the condition that it is counted under, and certainly no other."""
    slot = nw.col(SLOT)
    for index, (where, _) in enumerate(counted):
        truth = compile_condition(where, scope)
        other = (slot != index) & (slot != UNGROUPED)
        broken = ((slot == index) & ~truth.holds) | (other & ~truth.fails)
        yield Constraint(_names(*fields_of(where)) | {SLOT}, broken)


def _shows(asked: list[Rule], scope: Scope) -> Iterator[Constraint]:
    for index, rule in enumerate(asked):
        where = rule.exists.where if rule.exists else None
        if where is not None:
            broken = nw.col(shown(index)) & ~compile_condition(where, scope).holds
            yield Constraint(_names(*fields_of(where)) | {shown(index)}, broken)
