"""How values are written: one spelling for each kind, so that equal values are equal text.

The patterns are portable (no look-around, no back-references, explicit classes) and describe
the whole value; each engine anchors them in its own way.
"""

from __future__ import annotations

import re
from functools import cache

from validator.model.standard import CodeList, Field, Kind, Precision

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

_FIRST = re.compile(r"\A\^(?![*+?{])")
_LAST = re.compile(r"(?<!\\)((?:\\\\)*)\$\Z")

LARGEST_DOMAIN = 4000
"""A bounded field of at most this many numbers or dates is treated as a list of values."""


def literal(text: str) -> str:
    """A pattern for exactly ``text``. Escapes no more than every engine lets one escape."""
    return "".join(f"\\{c}" if c in r"\.^$*+?()[]{}|" else c for c in text)


@cache
def bare(pattern: str) -> str:
    r"""A pattern without the anchors around it, which say nothing where the whole value counts.

    ``^a|b$`` is ``a|b``: whichever branch matches, it does so from the first character to the
    last. A sign is left where it may be no anchor: ``\$``, and any ``$`` where ``\Q`` quotes signs.
    """
    without = _FIRST.sub("", pattern)
    return without if r"\Q" in without else _LAST.sub(r"\1", without)


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


def within(field: Field) -> str | None:
    """The pattern of an integer field's values, bounds and all; None where no pattern tells them.

    Numbers from 0 or 1 upwards, or of so many digits at most, are told by how they look.
    """
    low, high = field.minimum, field.maximum
    nines = high is None or set(high) == {"9"}
    if field.kind is not Kind.INTEGER or low not in {"0", "1"} or not nines:
        return None
    more = 17 if high is None else len(high) - 1
    positive = f"[1-9][0-9]{{0,{more}}}"
    return f"(?:0|{positive})" if low == "0" else positive


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
        case Kind.DATE if field.minimum is not None and field.maximum is not None:
            return _dates(field.minimum, field.maximum, field.precision)
        case _:
            return None


@cache
def _integers(minimum: str, maximum: str) -> tuple[str, ...] | None:
    least, most = int(minimum), int(maximum)
    if most - least >= LARGEST_DOMAIN:
        return None
    return tuple(str(number) for number in range(least, most + 1))


@cache
def _dates(minimum: str, maximum: str, precision: Precision) -> tuple[str, ...] | None:
    parts = {
        Precision.YEAR: [""],
        Precision.QUARTER: [f"-Q{quarter}" for quarter in range(1, 5)],
        Precision.MONTH: [f"-{month:02d}" for month in range(1, 13)],
    }.get(precision)
    years = range(int(minimum[:4]), int(maximum[:4]) + 1)
    if parts is None or len(parts) * len(years) > LARGEST_DOMAIN:
        return None
    every = (f"{year}{part}" for year in years for part in parts)
    return tuple(date for date in every if minimum <= date <= maximum)


def listing(field: Field, reasons: CodeList) -> tuple[str, ...] | None:
    """Every text that a cell of the field is ever compared with, where they can be listed.

    Its values, its retired codes, the standard's missing reasons, and the blank.
    """
    values = domain(field)
    if values is None:
        return None
    codes = field.codelist.by_code if field.codelist else ()
    return tuple(dict.fromkeys((*values, *codes, *reasons.by_code, "")))


def is_ordered(field: Field) -> bool:
    """Whether less and more mean something for the field."""
    if field.kind is Kind.CODES:
        return bool(field.codelist and field.codelist.ordered and not field.many)
    return field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}
