"""Values that stand for all others: a field's values, one for each way that the tests see them.

Two values that meet the same tests are one to every condition, so that one of them is enough. A
field that is compared with another field needs a few more: the values at which either changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.expressions.conditions import satisfies, today
from validator.expressions.values import is_value
from validator.model.condition import Op, Test, Today
from validator.model.lexical import domain
from validator.model.standard import CodeList, Field, Kind, Precision

FEW = 12
"""A field that is compared with another keeps all its values up to this many."""

ABSENCE = (Op.RECORDED, Op.MISSING)


def samples(field: Field, tests: Iterable[Test], as_of: str, peers: Sequence[str]) -> list[str]:
    """Values of ``field`` that between them meet the tests in every way that can be met.

    ``peers`` are values at which a field that it is compared with changes; none, if it is
    compared with no other.
    """
    read = [_literals(field, test, as_of) for test in tests if test.op not in ABSENCE]
    facts = [(test, texts) for test, texts in read if texts]
    points = {text for _, texts in facts for text in texts} | set(peers)
    known = domain(field)
    listed = _around(field, points, as_of) if known is None else known
    if peers and len(listed) <= FEW:
        return list(listed)
    classes: dict[tuple[bool, ...], list[str]] = {}
    for value in listed:
        seen = tuple(satisfies(test.op, field, value, texts) for test, texts in facts)
        classes.setdefault(seen, []).append(value)
    if not peers:
        return [values[0] for values in classes.values()]
    ends = {value for values in classes.values() for value in (*values[:3], *values[-3:])}
    return [value for value in listed if value in ends or value in peers]


def _literals(field: Field, test: Test, as_of: str) -> tuple[Test, list[str]]:
    texts = [
        today(as_of, field.precision) if isinstance(operand, Today) else operand
        for operand in test.operands
    ]
    plain = [text for text in texts if isinstance(text, str)]
    return test, plain if len(plain) == len(texts) else []


def turning_points(field: Field, tests: Iterable[Test], as_of: str) -> list[str]:
    """The values at which the field's tests, or its bounds, may change their answer."""
    listed = domain(field)
    if listed is not None and len(listed) <= FEW:
        return list(listed)
    named = {text for test in tests for text in _literals(field, test, as_of)[1]}
    bounds = {bound for bound in (field.minimum, field.maximum) if bound is not None}
    if listed is not None:
        return list(dict.fromkeys((*listed[:3], *sorted(named.intersection(listed)), *listed[-3:])))
    return list(_around(field, named | bounds, as_of))


def _around(field: Field, points: set[str], as_of: str) -> tuple[str, ...]:
    """The points that are values of the field, and those beside them, in order."""
    nobody = CodeList("", ())
    bounds = {bound for bound in (field.minimum, field.maximum) if bound is not None}
    usual = today(as_of, field.precision) if field.kind is Kind.DATE else "0"
    points = {p for p in points | bounds if is_value(field, p, nobody)} or {usual}
    steps = sorted(_number(field, point) for point in points)
    between: list[Decimal] = []
    if field.kind is Kind.NUMBER:
        between = [(low + high) / 2 for low, high in pairwise(steps)]
    one = Decimal(1)
    beside = {number + by for number in steps for by in (-one, one)}
    numbers = sorted({*steps, *beside, *between})
    texts = (_text(field, number) for number in numbers)
    return tuple(text for text in texts if is_value(field, text, nobody))


_PARTS = {Precision.YEAR: 1, Precision.QUARTER: 4, Precision.MONTH: 12}


def _number(field: Field, text: str) -> Decimal:
    """A value as a number of its own smallest steps."""
    if field.kind is not Kind.DATE:
        return Decimal(text)
    if field.precision is Precision.DAY:
        return Decimal(dt.date.fromisoformat(text).toordinal())
    year, _, part = text.replace("Q", "").partition("-")
    return Decimal(int(year) * _PARTS[field.precision] + int(part or 1) - 1)


def _text(field: Field, number: Decimal) -> str:
    if field.kind is not Kind.DATE:
        return f"{number.normalize():f}"
    if field.precision is Precision.DAY:
        return dt.date.fromordinal(int(number)).isoformat()
    year, part = divmod(int(number), _PARTS[field.precision])
    match field.precision:
        case Precision.YEAR:
            return f"{year:04}"
        case Precision.QUARTER:
            return f"{year:04}-Q{part + 1}"
        case _:
            return f"{year:04}-{part + 1:02}"
