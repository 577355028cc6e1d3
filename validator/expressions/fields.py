"""What a column's cells are, as Narwhals expressions: a value, a missing reason, a blank.

Columns hold text named after the field and are never null; a column whose texts can be listed may
also be an enumeration of them (``text`` brings it back). Everything is decided by pattern or
list before any cast, because engines disagree about what they take for a number or a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import narwhals as nw

from validator.expressions.values import SAYS_NOTHING, UNSEEN, matches
from validator.model.lexical import domain, literal, pattern_of, within
from validator.model.standard import CodeList, Field, Kind

if TYPE_CHECKING:
    from narwhals import Expr


def among(column: Expr, values: Iterable[str]) -> Expr:
    """Whether the column's text is one of ``values`` (false where there are none)."""
    listed = list(dict.fromkeys(values))
    if not listed:
        return column != column  # noqa: PLR0124 - false for every row, and never null
    return column == listed[0] if len(listed) == 1 else column.is_in(listed)


def whole_match(column: Expr, pattern: str) -> Expr:
    r"""Whether the whole text matches. ``\A`` and ``\z``: ``$`` means other things elsewhere."""
    return column.str.contains(rf"\A(?:{pattern})\z")


def text(column: Expr) -> Expr:
    """The column as text, also where it is an enumeration: for all but equality."""
    return column.cast(nw.String)


def blank(column: Expr) -> Expr:
    """Whether there is nothing in the cell."""
    return column == ""


def missing(column: Expr, reasons: CodeList) -> Expr:
    """Whether the cell holds one of the standard's missing reasons, allowed or not."""
    return among(column, reasons.by_code)


def recorded(column: Expr, field: Field, reasons: CodeList) -> Expr:
    """Whether the cell holds a valid value. Equal to ``values.is_value`` on every text."""
    listed = domain(field)
    if listed is not None:
        return among(column, (value for value in listed if value not in reasons.by_code))
    if field.many and field.codelist:
        if not field.codelist.current:
            return among(column, ())
        return whole_match(column, many_pattern(field)) & ~missing(column, reasons)
    pattern = pattern_of(field) or ""
    if field.kind is Kind.STRING:
        return _string(column, field, reasons, field.pattern)
    bounded = within(field)
    shaped = whole_match(column, bounded or pattern)
    # a missing reason such as -99 is no number
    alike = [reason for reason in reasons.by_code if matches(pattern, reason)]
    result = shaped & ~among(column, alike) if alike else shaped
    if bounded or (field.minimum is None and field.maximum is None):
        return result
    if field.kind is Kind.DATE:
        value, low, high = column, field.minimum, field.maximum
    else:
        # a cast of anything but a well-formed number stops some engines
        value = number(column, shaped, field)
        convert = int if field.kind is Kind.INTEGER else float
        low = convert(field.minimum) if field.minimum is not None else None  # type: ignore[assignment]  # because numbers and dates share the bounds
        high = convert(field.maximum) if field.maximum is not None else None  # type: ignore[assignment]  # because of the shared bounds
    if low is not None:
        result = result & (value >= low)
    if high is not None:
        result = result & (value <= high)
    return result.fill_null(False)


def number(column: Expr, shaped: Expr, field: Field) -> Expr:
    """The column as numbers where ``shaped`` holds, else null."""
    kind = nw.Int64 if field.kind is Kind.INTEGER else nw.Float64
    return nw.when(shaped).then(text(column)).otherwise(None).cast(kind)


def _string(column: Expr, field: Field, reasons: CodeList, pattern: str | None) -> Expr:
    # something visible must stand there, and no missing reason; a pattern usually sees to both
    open_to = [r for r in reasons.by_code if pattern is None or matches(pattern, r)]
    if pattern:
        result = whole_match(column, pattern)
        if any(matches(pattern, blank * length) for blank in _BLANKS for length in range(13)):
            result = result & ~whole_match(column, UNSEEN)
    elif field.free_text:
        result = ~whole_match(column, UNSEEN)
    else:
        result = ~whole_match(column.str.to_lowercase(), SAYS_NOTHING)
    if field.min_length is not None:
        result = result & (column.str.len_chars() >= field.min_length)
    if field.max_length is not None:
        result = result & (column.str.len_chars() <= field.max_length)
    return result & ~among(column, open_to) if open_to else result


_BLANKS = (" ", "\t", "\n", "\u00a0", "\u200b")
"""Texts that nobody sees, one of which a pattern that lets them through is sure to match."""


def many_pattern(field: Field) -> str:
    """The pattern of several codes with the field's separator between them."""
    codes = field.codelist.current if field.codelist else ()
    one = "|".join(literal(code) for code in codes)
    return f"(?:{one})(?:{literal(field.separator)}(?:{one}))*"


def accepted(column: Expr, field: Field, reasons: CodeList, is_recorded: Expr) -> Expr:
    """Whether no check of the cell can have anything to say.

    May be false for a cell that turns out to be in order; never true for one that is not.
    """
    result = is_recorded
    if field.missing:
        result = result | among(column, (r for r in field.missing if r in reasons.by_code))
    if field.optional:
        result = result | blank(column)
    return result
