"""Thinks up faults for a unit: what to change, and which finding that is meant to lead to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import polars as pl

from validator.expressions.conditions import today
from validator.expressions.rules import field_of
from validator.expressions.values import is_value
from validator.model.condition import Condition, FieldRef, fields_of, tests_of
from validator.model.standard import Field, Kind, Rule
from validator.synthesis.judge import ID
from validator.synthesis.keys import Sequence
from validator.synthesis.layout import Node
from validator.synthesis.marginals import support
from validator.synthesis.setting import Setting
from validator.synthesis.spoiling import SPOILERS, Spoiler
from validator.synthesis.write import QUOTE_HERE, Alter

Record = Mapping[str, str]
Unit = Mapping[str, list[dict[str, str]]]
"""The records of one unit by table, each with its ID; a blank is empty text."""

FAR, NEAR = 3000, 400
"""Days after the day of the check that make a date a future one."""
ATTEMPTS_A_CODE = 6
_BARE = f"Counts {QUOTE_HERE}confirmed"


@dataclass(frozen=True)
class Plan:
    """A fault at a record: ``edits`` are new texts by field of the record ``edited``.

    The finding falls on row ``row`` of ``table`` (rows count from 0 within the run of units).
    ``judged`` says that the judge names the finding, else it must have nothing to say at all.
    """

    code: str
    table: str
    row: int
    field: str | None = None
    rule: str | None = None
    edited: tuple[str, int] = ("", 0)
    edits: Mapping[str, str] | None = None
    alter: Alter | None = None
    judged: bool = False


@dataclass(frozen=True)
class _Target:
    """One way to reach a finding: a field to spoil, or a rule to break."""

    node: Node
    field: Field | None = None
    rule: Rule | None = None


class Planner:
    """Plans faults of every kind that the standard has room for, each as often as the others."""

    def __init__(
        self,
        setting: Setting,
        root: Node,
        sequences: Mapping[str, Mapping[str, Sequence]],
    ) -> None:
        self._setting = setting
        self._root = root
        self._sequences = sequences
        self._spoiler = Spoiler(setting.reasons)
        self._nodes = {node.name: node for node in root.walk()}
        self._values = {
            (node.name, field.name): tuple(self._candidates(field))
            for node in self._nodes.values()
            for field in node.coupled + node.single
        }
        self._targets = {code: found for code, found in self._reachable().items() if found}
        self._ways: dict[str, Callable[[str, _Target, Unit, int, Random], Plan | None]] = {
            **dict.fromkeys(SPOILERS, self._cell),
            "other-unspecified": self._unspecified,
            "duplicate-key": self._duplicate,
            "orphan-reference": self._orphan,
            "count-mismatch": self._miscount,
            "rule-broken": self._break,
            **dict.fromkeys(_ALTERED, self._alter),
        }

    @property
    def root(self) -> str:
        """The table whose records are the units."""
        return self._root.name

    def plan(
        self, unit: Unit, number: int, attempt: int, random: Random, first: int
    ) -> Plan | None:
        """A fault for the unit of that number; each few attempts are at another code.

        ``first`` picks the code to begin with. None where nothing came to mind.
        """
        if not self._targets:
            return None
        codes = Random(first).sample(sorted(self._targets), len(self._targets))  # noqa: S311 - reproducible on purpose
        code = codes[(attempt // ATTEMPTS_A_CODE) % len(codes)]
        for _ in range(ATTEMPTS_A_CODE):
            target = random.choice(self._targets[code])
            if unit[target.node.name]:
                plan = self._ways[code](code, target, unit, number, random)
                if plan is not None:
                    return plan
        return None

    def _reachable(self) -> dict[str, list[_Target]]:
        found: dict[str, list[_Target]] = {}
        for node in self._nodes.values():
            fields = node.table.fields
            for code in SPOILERS:
                tries = [Random(n) for n in range(4)]  # noqa: S311 - reproducible on purpose
                found.setdefault(code, []).extend(
                    _Target(node, field)
                    for field in fields
                    if any(self._spoiler.text(code, field, "A", random) for random in tries)
                )
            found.setdefault("other-unspecified", []).extend(
                _Target(node, f)
                for f in fields
                if f.specify and node.table.by_name[f.specify].optional
            )
            if node.numbered:
                key = node.table.by_name[node.numbered[0]]
                found.setdefault("duplicate-key", []).append(_Target(node, key))
            if node.link:
                found.setdefault("orphan-reference", []).append(_Target(node, node.link))
            found.setdefault("ragged-row", []).append(_Target(node))
            if len(fields) > 1:
                found.setdefault("blank-row", []).append(_Target(node))
            found.setdefault("stray-quote", []).extend(
                _Target(node, field) for field in fields if field.free_text
            )
        for rule in self._setting.rules:
            code = "count-mismatch" if rule.count else "rule-broken"
            if not rule.count or isinstance(rule.count.number, FieldRef):
                target = _Target(self._nodes[rule.table], rule=rule)
                found.setdefault(code, []).append(target)
        return found

    def _candidates(self, field: Field) -> Iterator[str]:
        """Cells without a fault of their own that could still break a rule."""
        reasons = self._setting.reasons
        yield from support(field, reasons, self._setting.as_of).values
        literals = {
            operand
            for rule in self._setting.rules
            for test in (*tests_of(rule.when), *tests_of(rule.then))
            for operand in test.operands
            if isinstance(operand, str) and test.field.field == field.name
        }
        if field.kind is Kind.INTEGER:
            literals |= {
                str(int(t) + s) for t in literals if t.lstrip("-").isdigit() for s in (-1, 1)
            }
        if field.kind is Kind.DATE:
            day = dt.date.fromisoformat(self._setting.as_of)
            literals |= {
                today((day + dt.timedelta(days)).isoformat(), field.precision)
                for days in (NEAR, FAR)
            }
        yield from (text for text in sorted(literals) if is_value(field, text, reasons))

    def _cell(
        self, code: str, target: _Target, unit: Unit, _number: int, random: Random
    ) -> Plan | None:
        if target.field is None:
            return None
        record = random.choice(unit[target.node.name])
        name = target.field.name
        text = self._spoiler.text(code, target.field, record[name], random)
        return None if text is None else _edit(code, target.node.name, record, {name: text}, name)

    def _unspecified(
        self, code: str, target: _Target, unit: Unit, _number: int, random: Random
    ) -> Plan | None:
        field = target.field
        if field is None or field.specify is None or not field.others:
            return None
        records = unit[target.node.name]
        record = random.choice([r for r in records if r[field.name] in field.others] or records)
        edits = {field.name: record[field.name], field.specify: ""}
        if record[field.name] not in field.others:
            edits[field.name] = random.choice(sorted(field.others))
        plan = _edit(code, target.node.name, record, edits, field.specify)
        return replace(plan, judged=True)

    def _duplicate(
        self, code: str, target: _Target, unit: Unit, _number: int, random: Random
    ) -> Plan | None:
        """A root record is there twice; another record takes the key of one before it."""
        name, field = target.node.name, target.field
        records = unit[name]
        if field is None:
            return None
        key = field.name if target.node.table.key in {(), (field.name,)} or field.unique else None
        if target.node.parent is None:
            return _alter(code, name, records[0], Alter.COPY_AFTER, key, judged=True)
        if len(records) < 2:
            return None
        first, second = sorted(random.sample(range(len(records)), 2))
        edits = {field.name: records[first][field.name]}
        return replace(_edit(code, name, records[second], edits, key), judged=True)

    def _orphan(
        self, code: str, target: _Target, unit: Unit, number: int, random: Random
    ) -> Plan | None:
        field, parent = target.field, target.node.parent
        if field is None or field.references is None or parent is None:
            return None
        sequence = self._sequences[parent.name].get(field.references.field)
        if sequence is None or sequence.capacity < 2 * sequence.wanted:
            return None
        record = random.choice(unit[target.node.name])
        # keys are given from the first number on, so that those from the last one back are free
        free = np.array([sequence.capacity - 1 - number], np.uint64)
        like = record[field.name] or record[target.node.numbered[0]]
        before = pl.Series([like[: sequence.prefix]]) if sequence.prefix else None
        key = sequence.text(free, before)[0]
        return replace(
            _edit(code, target.node.name, record, {field.name: key}, field.name), judged=True
        )

    def _miscount(
        self, code: str, target: _Target, unit: Unit, _number: int, random: Random
    ) -> Plan | None:
        rule = target.rule
        if rule is None or rule.count is None or not isinstance(rule.count.number, FieldRef):
            return None
        field = target.node.table.by_name[rule.count.number.field]
        record = random.choice(unit[target.node.name])
        if not is_value(field, record[field.name], self._setting.reasons):
            return None
        text = str(int(record[field.name]) + random.choice((-1, 1, 2)))
        if not is_value(field, text, self._setting.reasons):
            return None
        plan = _edit(code, target.node.name, record, {field.name: text}, field_of(rule))
        return replace(plan, rule=rule.id, judged=True)

    def _break(
        self, code: str, target: _Target, unit: Unit, _number: int, random: Random
    ) -> Plan | None:
        """One or two of a rule's fields get other values, or those of an example that fails."""
        rule = target.rule
        if rule is None:
            return None
        places = list(self._places(rule))
        name = random.choice(sorted({table for table, _ in places}))
        names = sorted({field for table, field in places if table == name})
        if not unit[name] or not names:
            return None
        record = random.choice(unit[name])
        edits = self._example(rule, name, names, random)
        if not edits:
            changed = random.sample(names, min(len(names), random.choice((1, 1, 2))))
            edits = {field: random.choice(self._values[name, field]) for field in changed}
        edits = {field: text for field, text in edits.items() if text != record[field]}
        if not edits:
            return None
        plan = _edit(code, name, record, edits, field_of(rule))
        return replace(plan, rule=rule.id, judged=True)

    def _places(self, rule: Rule) -> Iterator[tuple[str, str]]:
        """The fields whose change can break a rule: of its record, or of the rows it asks for."""
        conditions: list[tuple[str, Condition | None]] = [
            (rule.table, rule.when),
            (rule.table, rule.then),
        ]
        if rule.exists:
            conditions.append((rule.exists.table, rule.exists.where))
        for owner, condition in conditions:
            for ref in fields_of(condition):
                if (owner, ref.field) in self._values and ref.table in {None, owner}:
                    yield owner, ref.field

    @staticmethod
    def _example(rule: Rule, table: str, names: list[str], random: Random) -> dict[str, str]:
        if not rule.failing or random.random() < 0.5:
            return {}
        records = random.choice(rule.failing).get(table, ())
        record = random.choice(records) if records else {}
        return {name: record[name] for name in names if name in record}

    @staticmethod
    def _alter(code: str, target: _Target, unit: Unit, _number: int, random: Random) -> Plan | None:
        record = random.choice(unit[target.node.name])
        plan = _alter(code, target.node.name, record, _ALTERED[code], None)
        if target.field is None:
            return plan
        return replace(plan, edits={target.field.name: _BARE})


_ALTERED = {
    "ragged-row": Alter.EXTRA_CELL,
    "blank-row": Alter.BLANK_AFTER,
    "stray-quote": Alter.BARE_QUOTE,
}


def _edit(
    code: str, table: str, record: Record, edits: Mapping[str, str], field: str | None
) -> Plan:
    row = int(record[ID])
    return Plan(code, table, row, field, edited=(table, row), edits=edits)


def _alter(
    code: str, table: str, record: Record, how: Alter, field: str | None, *, judged: bool = False
) -> Plan:
    row = int(record[ID])
    return Plan(code, table, row, field, edited=(table, row), alter=how, judged=judged)
