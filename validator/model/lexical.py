"""How values are written: one spelling for each kind, so that equal values are equal text.

The patterns are portable (no look-around, no back-references, explicit classes) and describe
the whole value; each engine anchors them in its own way.
"""

from __future__ import annotations

from functools import cache

from validator.model.standard import Field, Kind, Precision

INTEGER = r"(?:0|-?[1-9][0-9]{0,17})"
"""At most 18 digits, so that every engine holds it in 64 bits; no leading zeros, no plus."""

NUMBER = r"(?:-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?)"
"""Decimal point, no exponent, no thousands separator."""

_YEAR = r"[12][0-9]{3}"
_LEAP = r"(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
DATES = {
    Precision.YEAR: _YEAR,
    Precision.QUARTER: rf"{_YEAR}-Q[1-4]",
    Precision.MONTH: rf"{_YEAR}-(?:0[1-9]|1[0-2])",
    # the calendar is in the pattern: 30-day months, and 29 February in leap years alone
    Precision.DAY: (
        rf"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
        rf"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
    ),
}
"""ISO 8601 (and YYYY-Qn) for the years 1000 to 2999. Such texts sort as their dates do."""

DATE_SHAPES = {
    Precision.YEAR: "YYYY",
    Precision.QUARTER: "YYYY-Qn",
    Precision.MONTH: "YYYY-MM",
    Precision.DAY: "YYYY-MM-DD",
}
BOOLEANS = ("true", "false")

LARGEST_DOMAIN = 1000
"""A bounded integer field of at most this many values is treated as a list of values."""


def literal(text: str) -> str:
    """A pattern for exactly ``text``. Escapes no more than every engine lets one escape."""
    return "".join(f"\\{c}" if c in r"\.^$*+?()[]{}|" else c for c in text)


def pattern_of(field: Field) -> str | None:
    """The pattern of a field's whole value by its kind; None where any text will do."""
    match field.kind:
        case Kind.INTEGER:
            return INTEGER
        case Kind.NUMBER:
            return NUMBER
        case Kind.DATE:
            return DATES[field.precision]
        case Kind.STRING:
            return field.pattern
        case _:
            return None


def domain(field: Field) -> tuple[str, ...] | None:
    """Every value that a single-valued field may hold, in order, where they can be listed."""
    if field.many:
        return None
    match field.kind:
        case Kind.CODES if field.codelist:
            return field.codelist.current
        case Kind.BOOLEAN:
            return BOOLEANS
        case Kind.INTEGER if field.minimum is not None and field.maximum is not None:
            return _integers(field.minimum, field.maximum)
        case _:
            return None


@cache
def _integers(minimum: str, maximum: str) -> tuple[str, ...] | None:
    least, most = int(minimum), int(maximum)
    if most - least >= LARGEST_DOMAIN:
        return None
    return tuple(str(number) for number in range(least, most + 1))


def is_ordered(field: Field) -> bool:
    """Whether less and more mean something for the field."""
    if field.kind is Kind.CODES:
        return bool(field.codelist and field.codelist.ordered and not field.many)
    return field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}
