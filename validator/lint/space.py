"""The finite space of records that a standard's conditions can tell apart.

A condition is judged by the engine's own expressions over a frame that holds every combination
of ``samples``. Two things are made simpler first, so that *more* records seem possible than are:
what cannot happen in the space cannot happen at all.

- A test of text (a pattern, a prefix, a comparison with other text) becomes a fact of its own
  that is true or false.
- A field of several codes becomes one fact for each code that a test names: held or not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

from validator.expressions.conditions import Scope, Truth, compile_condition
from validator.expressions.values import is_value
from validator.lint.samples import ABSENCE, samples, turning_points
from validator.model.condition import (
    All,
    AnyOf,
    Condition,
    FieldRef,
    Not,
    Op,
    Test,
    fields_of,
    tests_of,
)
from validator.model.standard import Code, CodeList, Field, Kind, Rule, Severity, Standard
from validator.model.text import Origin
from validator.registry import LintFinding
from validator.standards.conditions import reference

if TYPE_CHECKING:
    import polars as pl

LARGEST = 200_000
"""Combinations that are tried at most; past that nothing is decided, and a note says so."""

_NEGATED = (Op.NE, Op.NOT_IN)
_ANOTHER = "another text"


@dataclass(frozen=True)
class Lowered:
    """A rule whose references all name their table, with its text tests made into facts."""

    rule: Rule
    when: Condition | None
    then: Condition | None
    where: Condition | None

    @property
    def asked(self) -> frozenset[str]:
        """The fields that ``when`` reads."""
        return names(self.when)

    @property
    def reads(self) -> frozenset[str]:
        """The fields that ``when`` and ``then`` read."""
        return names(self.when, self.then)


def names(*conditions: Condition | None) -> frozenset[str]:
    """The columns that conditions read."""
    return frozenset(str(ref) for condition in conditions for ref in fields_of(condition))


class TooLarge(Exception):
    """The space has more combinations than are tried. ``args[0]`` is their number."""


class Space:
    """Every field that a standard's conditions read, with the values that stand for all."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.as_of = dt.datetime.now(dt.UTC).date().isoformat()
        self.fields: dict[str, Field] = {}
        self.facts: dict[str, FieldRef] = {}
        self.rules = tuple(self._rule(rule) for rule in standard.rules)

    def _rule(self, rule: Rule) -> Lowered:
        counted = rule.count or rule.exists
        where = self._lower(counted.where, counted.table) if counted else None
        when, then = self._lower(rule.when, rule.table), self._lower(rule.then, rule.table)
        return Lowered(rule, when, then, where)

    def _lower(self, condition: Condition | None, table: str) -> Any:
        match condition:
            case None:
                return None
            case All(parts):
                return All(tuple(self._lower(part, table) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self._lower(part, table) for part in parts))
            case Not(part):
                return Not(self._lower(part, table))
            case Test():
                return self._test(condition, table)

    def _test(self, test: Test, table: str) -> Condition:
        def full(operand: Any) -> Any:
            own = isinstance(operand, FieldRef) and operand.table is None
            return replace(operand, table=table) if own else operand

        operands = tuple(full(operand) for operand in test.operands)
        test = replace(test, field=full(test.field), operands=operands)
        field = self._field(test.field)
        others = [operand for operand in operands if isinstance(operand, FieldRef)]
        text = field.kind is Kind.STRING and (
            bool(others) or test.op not in {Op.EQ, Op.NE, Op.IN, Op.NOT_IN, *ABSENCE}
        )
        if text or (field.many and test.op in {Op.MATCHES, Op.STARTS_WITH}):
            words = " ".join((test.op.replace("_", " "), *map(str, operands)))
            return self._fact(f"{test.field} {words}", test)
        if field.many and test.op not in ABSENCE:
            held = AnyOf(tuple(self._fact(f"{test.field} holds {o}", test) for o in operands))
            return Not(held) if test.op in _NEGATED else held
        for ref in (test.field, *others):
            self.fields.setdefault(str(ref), self._field(ref))
        return test

    def _field(self, ref: FieldRef) -> Field:
        return self.standard.by_name[str(ref.table)].by_name[ref.field]

    def _fact(self, name: str, test: Test) -> Test:
        self.fields[name] = Field(name, Kind.BOOLEAN)
        self.facts[name] = test.field
        return Test(FieldRef(name), Op.EQ, ("true",), test.origin)

    @cached_property
    def tests(self) -> Mapping[str, tuple[Test, ...]]:
        """Every test of the standard, by the column that it reads."""
        found: dict[str, list[Test]] = {name: [] for name in self.fields}
        for rule in self.rules:
            for condition in (rule.when, rule.then, rule.where):
                for test in tests_of(condition):
                    found[str(test.field)].append(test)
        return {name: tuple(tests) for name, tests in found.items()}

    @cached_property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The recorded values of each column that stand for all others."""
        peers: dict[str, set[str]] = {name: set() for name in self.fields}
        for name, tests in self.tests.items():
            for test in tests:
                for other in (str(o) for o in test.operands if isinstance(o, FieldRef)):
                    peers[name].add(other)
                    peers[other].add(name)
        return {name: self._samples(name, peers[name]) for name in self.fields}

    def _samples(self, name: str, peers: Iterable[str]) -> tuple[str, ...]:
        field, tests = self.fields[name], self.tests[name]
        if field.kind is Kind.STRING:
            named = (str(o) for t in tests if t.op not in ABSENCE for o in t.operands)
            reasons = self.standard.missing_reasons
            valid = (text for text in named if is_value(field, text, reasons))
            return tuple(dict.fromkeys((*valid, _ANOTHER)))
        if field.many:
            return field.codelist.current[:1] if field.codelist else ()
        turning = [
            point
            for peer in sorted(peers)
            for point in turning_points(self.fields[peer], self.tests[peer], self.as_of)
        ]
        return tuple(samples(field, tests, self.as_of, turning))

    @cached_property
    def scope(self) -> Scope:
        """What compiles the space's conditions. Text stands there as a list of its samples."""
        fields = dict(self.fields)
        for name, field in self.fields.items():
            if field.kind is Kind.STRING:
                codes = tuple(Code(value) for value in self.values[name])
                fields[name] = Field(name, Kind.CODES, CodeList(name, codes))
        return Scope(fields, self.standard.missing_reasons, self.as_of)

    def truth(self, condition: Condition) -> Truth:
        """A condition as expressions over a frame of the space."""
        return compile_condition(condition, self.scope)

    def fires(self, rule: Lowered) -> Any:
        """Where a rule of one record fires, as an expression."""
        if rule.then is None:
            raise TypeError(rule.rule.id)
        fails = self.truth(rule.then).fails
        return self.truth(rule.when).holds & fails if rule.when else fails

    def frame(self, *conditions: Condition | None, blanks: bool = False) -> pl.DataFrame:
        """Every combination of what the conditions read.

        A field is absent, for a reason that it allows, only where one of the conditions asks
        whether it is: the others say nothing of an absent value. It is blank where that is an
        answer (``optional``), or with ``blanks`` where it is not required. Raises TooLarge.
        """
        import polars as pl

        tests = [test for condition in conditions for test in tests_of(condition)]
        asked = {str(test.field) for test in tests if test.op in ABSENCE}
        columns = {
            name: (
                *self.values[name],
                *(self._absent(name, blanks=blanks) if name in asked else ()),
            )
            for name in sorted(names(*conditions))
        }
        size = prod(len(values) for values in columns.values())
        if size > LARGEST:
            raise TooLarge(size)
        frame = pl.DataFrame({"": [""]})
        for name, values in columns.items():
            column = pl.DataFrame({name: list(values)}, schema={name: pl.String})
            frame = frame.join(column, how="cross")
        return self._coherent(frame)

    def _coherent(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Without rows that cannot be: facts of a cell that is absent, or that holds no code."""
        import polars as pl

        facts: dict[str, list[str]] = {}
        for name in set(frame.columns).intersection(self.facts):
            facts.setdefault(str(self.facts[name]), []).append(name)
        for name, about in facts.items():
            field = self._field(self.facts[about[0]])
            if field.many and field.codelist and len(about) == len(field.codelist.current):
                frame = frame.filter(pl.any_horizontal(pl.col(fact) == "true" for fact in about))
            if name in frame.columns:
                absent = pl.col(name).is_in(["", *field.missing])
                unknown = (
                    pl.when(absent).then(pl.lit("")).otherwise(fact).alias(fact) for fact in about
                )
                frame = frame.with_columns(*unknown).unique(maintain_order=True)
        return frame

    def is_open(self, given: Iterable[str]) -> bool:
        """Whether the columns say two things of one text, which may exclude one another."""
        about = [str(self.facts.get(name, name)) for name in given]
        return any(
            count > 1 and self._field(reference(name)).kind is Kind.STRING
            for name, count in Counter(about).items()
        )

    def _absent(self, name: str, *, blanks: bool) -> tuple[str, ...]:
        field = self.fields[name]
        blank = field.optional or (blanks and not field.required)
        return (*field.missing, "") if blank else field.missing

    def plain(self, values: Mapping[str, str]) -> dict[str, str]:
        """A row's values under short names: without the table, where there is only one."""
        tables = {name.partition(".")[0] for name in values}
        return {
            (name.partition(".")[2] if len(tables) == 1 else name): value
            for name, value in values.items()
        }

    def undecided(self, origin: Origin, what: str, size: TooLarge) -> LintFinding:
        """The note that says that nothing was decided."""
        why = f"{size.args[0]:,} combinations of values would have to be tried"
        cure = f"At most {LARGEST:,} are. Read it through by hand, or compare fewer fields."
        return LintFinding(origin, f"{what} was not decided: {why}.", cure, severity=Severity.NOTE)
