"""Conditions as pairs of expressions: where they certainly hold, and where they certainly fail.

A test on a value that is missing, blank or invalid does neither, so a rule never speaks of a
fault that another check has already named. Only the tests ``recorded`` and ``missing`` are
about absence itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import narwhals as nw

from validator.expressions import fields as cells
from validator.expressions.values import matches
from validator.model.condition import (
    All,
    AnyOf,
    Condition,
    FieldRef,
    Not,
    Op,
    Operand,
    Test,
    Today,
)
from validator.model.lexical import INTEGER, domain, is_ordered, literal, pattern_of
from validator.model.standard import CodeList, Field, Kind, Precision

if TYPE_CHECKING:
    from narwhals import Expr


@dataclass(frozen=True)
class Truth:
    """Where something certainly holds, and where it certainly fails. Neither is ever null."""

    holds: Expr
    fails: Expr


@dataclass(frozen=True)
class Scope:
    """What a condition can read: fields by the names of the frame's columns.

    A parent's field stands in a column ``table.field``. ``as_of`` is an ISO day.
    """

    fields: Mapping[str, Field]
    reasons: CodeList
    as_of: str

    def field(self, ref: FieldRef) -> Field:
        """The field that a reference names."""
        return self.fields[str(ref)]

    def column(self, ref: FieldRef) -> Expr:
        """Its column."""
        return nw.col(str(ref))

    def recorded(self, ref: FieldRef) -> Expr:
        """Where it holds a valid value."""
        return cells.recorded(self.column(ref), self.field(ref), self.reasons)


def today(as_of: str, precision: Precision) -> str:
    """The day of the check as a date field of that precision writes it."""
    day = dt.date.fromisoformat(as_of)
    match precision:
        case Precision.YEAR:
            return f"{day:%Y}"
        case Precision.QUARTER:
            return f"{day:%Y}-Q{(day.month + 2) // 3}"
        case Precision.MONTH:
            return f"{day:%Y-%m}"
        case Precision.DAY:
            return as_of


def compile_condition(condition: Condition, scope: Scope) -> Truth:
    """The truth of a condition over a frame with the scope's columns."""
    match condition:
        case All(parts):
            truths = [compile_condition(part, scope) for part in parts]
            holds, fails = (t.holds for t in truths), (t.fails for t in truths)
            return Truth(reduce(and_, holds), reduce(or_, fails))
        case AnyOf(parts):
            truths = [compile_condition(part, scope) for part in parts]
            holds, fails = (t.holds for t in truths), (t.fails for t in truths)
            return Truth(reduce(or_, holds), reduce(and_, fails))
        case Not(part):
            truth = compile_condition(part, scope)
            return Truth(truth.fails, truth.holds)
        case Test():
            return _test(condition, scope)


def _test(test: Test, scope: Scope) -> Truth:
    column, field = scope.column(test.field), scope.field(test.field)
    if test.op is Op.RECORDED:
        present = scope.recorded(test.field)
        absent = cells.blank(column) | cells.among(column, scope.reasons.telling)
        return Truth(present, absent) if test.operands == ("true",) else Truth(absent, present)
    if test.op is Op.MISSING:
        return _missing(test, scope)
    operands = [_literal(operand, field, scope) for operand in test.operands]
    listed = domain(field)
    if all(isinstance(operand, str) for operand in operands):
        literals = [operand for operand in operands if isinstance(operand, str)]
        if listed is not None:
            # a field whose values can be listed needs no cast, whatever the test
            values = [value for value in listed if value not in scope.reasons.by_code]
            true = {value for value in values if satisfies(test.op, field, value, literals)}
            false = (value for value in values if value not in true)
            return Truth(cells.among(column, sorted(true)), cells.among(column, sorted(false)))
        few = _whole_numbers(test.op, scope, test.field, literals)
        return few or _guarded(scope, (test.field,), _against(test.op, scope, test.field, literals))
    others = [operand for operand in operands if isinstance(operand, FieldRef)]
    if len(others) == len(operands) == 1:
        found = _listed(test.op, scope, test.field, others[0])
        if found is not None:
            return found
        compared = _fields(test.op, scope, test.field, others[0])
        return _guarded(scope, (test.field, others[0]), compared)
    # a list that mixes values and fields: one of them
    parts = tuple(Test(test.field, Op.EQ, (item,), test.origin) for item in test.operands)
    either: Condition = AnyOf(parts)
    return compile_condition(Not(either) if test.op is Op.NOT_IN else either, scope)


FEW_VALUES = 24
"""Fields of up to this many values are compared value by value, without a cast."""


def _listed(op: Op, scope: Scope, left: FieldRef, right: FieldRef) -> Truth | None:
    """Two fields of few values each, value by value; None where there are too many."""
    one, other = scope.field(left), scope.field(right)
    values, against = domain(one), domain(other)
    if not values or not against or max(len(values), len(against)) > FEW_VALUES:
        return None
    if op is Op.STARTS_WITH or (one.codelist is not other.codelist and is_ordered(one)):
        return None
    holds, fails = [], []
    for value in values:
        true = [item for item in against if satisfies(op, one, value, [item])]
        here = cells.among(scope.column(left), (value,))
        holds.append(here & cells.among(scope.column(right), true))
        rest = (item for item in against if item not in true)
        fails.append(here & cells.among(scope.column(right), rest))
    return Truth(reduce(or_, holds), reduce(or_, fails))


def _whole_numbers(op: Op, scope: Scope, ref: FieldRef, literals: list[str]) -> Truth | None:
    """An integer with a minimum against small numbers, by the few texts on one side of the test.

    Beyond the largest literal every number answers alike. None where it cannot be told so.
    """
    field, column = scope.field(ref), scope.column(ref)
    if field.kind is not Kind.INTEGER or field.minimum is None or field.maximum is not None:
        return None
    if op in {Op.MATCHES, Op.STARTS_WITH} or not all(matches(INTEGER, item) for item in literals):
        return None
    first, beyond = int(field.minimum), max(map(int, literals)) + 1
    if not 0 <= beyond - first <= FEW_VALUES:
        return None
    values = [str(number) for number in range(first, beyond)]
    tail = satisfies(op, field, str(beyond), literals)
    apart = (value for value in values if satisfies(op, field, value, literals) is not tail)
    some = cells.among(column, apart)
    rest = scope.recorded(ref) & ~some
    return Truth(rest, some) if tail else Truth(some, rest)


def _guarded(scope: Scope, refs: Iterable[FieldRef], compared: Expr) -> Truth:
    known = reduce(and_, (scope.recorded(ref) for ref in refs))
    compared = compared.fill_null(False)
    return Truth(known & compared, known & ~compared)


def _missing(test: Test, scope: Scope) -> Truth:
    column = scope.column(test.field)
    telling = scope.reasons.telling
    asked = tuple(str(operand) for operand in test.operands) or telling
    rest = (reason for reason in telling if reason not in asked)
    held = scope.recorded(test.field) | cells.among(column, rest)
    return Truth(cells.among(column, asked), held)


def _literal(operand: Operand, field: Field, scope: Scope) -> str | FieldRef:
    return today(scope.as_of, field.precision) if isinstance(operand, Today) else operand


_COMPARE: Mapping[Op, Callable[[object, object], bool]] = {
    Op.LT: lambda a, b: a < b,  # type: ignore[operator]  # because both sides are of one kind
    Op.LE: lambda a, b: a <= b,  # type: ignore[operator]  # because both sides are of one kind
    Op.GT: lambda a, b: a > b,  # type: ignore[operator]  # because both sides are of one kind
    Op.GE: lambda a, b: a >= b,  # type: ignore[operator]  # because both sides are of one kind
    Op.EQ: lambda a, b: a == b,
    Op.NE: lambda a, b: a != b,
}


def satisfies(op: Op, field: Field, value: str, literals: list[str]) -> bool:
    """Whether one listed value meets a test against literals (plain Python, at planning time)."""
    match op:
        case Op.IN:
            return value in literals
        case Op.NOT_IN:
            return value not in literals
        case Op.MATCHES:
            return matches(literals[0], value)
        case Op.STARTS_WITH:
            return value.startswith(literals[0])
        case _:
            return _COMPARE[op](_rank(field, value), _rank(field, literals[0]))


def _rank(field: Field, text: str) -> object:
    """What a value is compared by."""
    if field.kind is Kind.CODES and field.codelist and field.codelist.ordered:
        return list(field.codelist.by_code).index(text)
    return {Kind.INTEGER: int, Kind.NUMBER: float}.get(field.kind, str)(text)


def _comparable(scope: Scope, ref: FieldRef) -> Expr:
    """A column as what it is compared by; null where it holds no number."""
    column, field = scope.column(ref), scope.field(ref)
    if field.kind in {Kind.INTEGER, Kind.NUMBER}:
        return cells.number(column, cells.whole_match(column, pattern_of(field) or ""), field)
    if field.kind is Kind.CODES and field.codelist and field.codelist.ordered:
        return _position(column, tuple(field.codelist.by_code))
    return cells.text(column)


def _position(column: Expr, codes: tuple[str, ...]) -> Expr:
    """Where in an ordered list a code stands; null or zero where it is no code."""
    if all(matches(INTEGER, code) for code in codes) and list(codes) == sorted(codes, key=int):
        # codes that are numbers in their order need no counting (ten times faster)
        known = cells.among(column, codes)
        return nw.when(known).then(cells.text(column)).otherwise(None).cast(nw.Int64)
    steps = (cells.among(column, codes[i:]).cast(nw.Int64) for i in range(len(codes)))
    return reduce(lambda a, b: a + b, steps)


def _against(op: Op, scope: Scope, ref: FieldRef, literals: list[str]) -> Expr:
    column, field = scope.column(ref), scope.field(ref)
    first = literals[0]
    if op is Op.MATCHES:
        return cells.whole_match(column, first)
    if op is Op.STARTS_WITH:
        return column.str.starts_with(first)
    if field.many:
        held = column.str.contains(_holds_one_of(field, literals))
        return ~held if op in {Op.NE, Op.NOT_IN} else held
    if field.kind in {Kind.INTEGER, Kind.NUMBER}:
        convert = int if field.kind is Kind.INTEGER else float
        numbers = [convert(literal) for literal in literals]
        compared = _comparable(scope, ref)
        if op in {Op.IN, Op.NOT_IN}:
            found = compared.is_in(numbers)
            return found if op is Op.IN else ~found
        return _compare(op, compared, numbers[0])
    if op in {Op.IN, Op.NOT_IN}:
        found = cells.among(column, literals)
        return found if op is Op.IN else ~found
    return _compare(op, column, first)


def _holds_one_of(field: Field, codes: list[str]) -> str:
    between = literal(field.separator)
    one = "|".join(literal(code) for code in codes)
    return rf"(?:\A|{between})(?:{one})(?:{between}|\z)"


def _fields(op: Op, scope: Scope, left: FieldRef, right: FieldRef) -> Expr:
    if op is Op.STARTS_WITH:
        return scope.column(left).str.starts_with(cells.text(scope.column(right)))
    if op is Op.IN:
        op = Op.EQ
    if op is Op.NOT_IN:
        op = Op.NE
    same = scope.field(left).kind is Kind.CODES and op in {Op.EQ, Op.NE}
    if same:
        return _compare(op, cells.text(scope.column(left)), cells.text(scope.column(right)))
    return _compare(op, _comparable(scope, left), _comparable(scope, right))


def _compare(op: Op, left: Expr, right: object) -> Expr:
    match op:
        case Op.LT:
            return left < right
        case Op.LE:
            return left <= right
        case Op.GT:
            return left > right
        case Op.GE:
            return left >= right
        case Op.NE:
            return left != right
        case _:
            return left == right
