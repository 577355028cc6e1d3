"""Conditions and rules in plain English."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from validator.model.standard import Bound, Count, Exists, Kind, Rule, Standard, Table
from validator.model.words import listed

_BOUNDS = {
    Bound.EQUALS: "is {}",
    Bound.AT_LEAST: "is at least {}",
    Bound.AT_MOST: "is at most {}",
}
_SAYS = {
    # what holds, and what holds where that does not
    Op.EQ: ("is {}", "is not {}"),
    Op.NE: ("is not {}", "is {}"),
    Op.IN: ("is {}", "is not {}"),
    Op.NOT_IN: ("is not {}", "is {}"),
    Op.LT: ("is less than {}", "is {} or more"),
    Op.LE: ("is at most {}", "is more than {}"),
    Op.GT: ("is more than {}", "is at most {}"),
    Op.GE: ("is at least {}", "is less than {}"),
    Op.MATCHES: ("has the form {}", "does not have the form {}"),
    Op.STARTS_WITH: ("begins with {}", "does not begin with {}"),
}
_DATES = {
    Op.LT: ("is before {}", "is not before {}"),
    Op.LE: ("is not after {}", "is after {}"),
    Op.GT: ("is after {}", "is not after {}"),
    Op.GE: ("is not before {}", "is before {}"),
}

FieldKind = Callable[[FieldRef], Kind | None]


def sentence(standard: Standard, rule: Rule) -> str:
    """What a rule asks, as one sentence."""
    table = standard.by_name[rule.table]
    must = _must(standard, table, rule)
    if rule.when is None:
        return f"{_capital(must)}."
    return f"Where {_words(rule.when, _kinds(standard, table))}, {must}."


def _must(standard: Standard, table: Table, rule: Rule) -> str:
    if rule.then is not None:
        return _words(rule.then, _kinds(standard, table))
    if rule.count is not None:
        bound = str(rule.count.number)
        number = f"`{bound}`" if isinstance(rule.count.number, FieldRef) else bound
        rows = _rows(standard, rule.count)
        return f"the number of rows {rows} {_BOUNDS[rule.count.bound].format(number)}"
    if rule.exists is not None:
        rows = _rows(standard, rule.exists).rstrip(",")
        return f"there is at least one row {rows} (if there are any rows)"
    return "nothing is asked"


def _rows(standard: Standard, part: Count | Exists) -> str:
    rows = f"in `{part.table}` with the same `{part.on}`"
    if part.where is None:
        return rows
    other = standard.by_name[part.table]
    return f"{rows} in which {_words(part.where, _kinds(standard, other))},"


def _kinds(standard: Standard, table: Table) -> FieldKind:
    def kind(ref: FieldRef) -> Kind | None:
        owner = standard.by_name.get(ref.table or table.name)
        field = owner.by_name.get(ref.field) if owner else None
        return field.kind if field else None

    return kind


def _words(
    condition: Condition, kind: FieldKind, *, holds: bool = True, inner: bool = False
) -> str:
    """The condition in words, or its contrary; ``inner`` where it is a part of another."""
    match condition:
        case Test():
            return _test(condition, kind, holds=holds)
        case Not(part):
            return _words(part, kind, holds=not holds, inner=inner)
        case All(parts):
            word, all_parts = ("and" if holds else "or"), parts
        case AnyOf(parts):
            word, all_parts = ("or" if holds else "and"), parts
    said = [_words(part, kind, holds=holds, inner=True) for part in all_parts]
    if len(said) == 1:
        return said[0]
    if word == "or":
        # 'either' shows where the alternatives begin
        text = f"either {', or '.join(said)}"
    else:
        text = listed(said) if len(said) == 2 else f"{', '.join(said[:-1])}, and {said[-1]}"
    return f"({text})" if inner else text


def _test(test: Test, kind: FieldKind, *, holds: bool) -> str:
    field = f"`{test.field}`" if test.field.table is None else _parents(test.field)
    operands = list(test.operands)
    if test.op is Op.RECORDED:
        present = (operands == ["true"]) is holds
        return f"{field} holds a value" if present else f"{field} holds no value"
    if test.op is Op.MISSING:
        return f"{field} {_missing(operands, holds=holds)}"
    says = {**_SAYS, **_DATES} if kind(test.field) is Kind.DATE else _SAYS
    text = says[test.op][0 if holds else 1]
    values = listed((_operand(operand) for operand in operands), "or")
    return f"{field} {text.format(values)}"


def _missing(operands: Sequence[Operand], *, holds: bool) -> str:
    reasons = listed((f"`{reason}`" for reason in operands), "or") if operands else ""
    if not reasons:
        return "holds a missing reason" if holds else "holds no missing reason"
    return f"is {reasons}" if holds else f"is anything but {reasons}"


def _operand(operand: Operand) -> str:
    match operand:
        case Today():
            return "the day of the check"
        case FieldRef(_, None):
            return f"`{operand}`"
        case FieldRef():
            return _parents(operand)
        case _:
            return f"`{operand}`"


def _parents(ref: FieldRef) -> str:
    return f"`{ref.field}` of its `{ref.table}` record"


def _capital(text: str) -> str:
    return text if text.startswith("`") else text[:1].upper() + text[1:]
