"""What may be typed into a cell of a template: formats, dropdowns, checks and the words beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from validator.expressions.forms import in_words
from validator.model.lexical import DATE_SHAPES, domain
from validator.model.standard import CodeList, Field, Kind, Precision
from validator.targets._excel_formulas import day, is_day, text
from validator.targets._runs import runs

LONGEST_FORMULA = 255
"""Excel takes no longer formula in a check of what is typed."""
LONGEST_MESSAGE, LONGEST_TITLE = 255, 32
LISTED = 20
"""A bounded integer or date is offered as a list up to this many values."""
FIRST_DAY = "1900-03-01"
"""Spreadsheets count days from 1900, and Excel has a 29 February in that year."""
LAST_DAY = "2999-12-31"


@dataclass(frozen=True)
class Typing:
    """How a cell is checked as it is typed, as XlsxWriter takes it; and what that leaves out."""

    options: dict[str, Any] = field(default_factory=dict)
    lost: tuple[tuple[str, str], ...] = ()


def number_format(field_: Field) -> str:
    """The format of a column: text wherever a spreadsheet would change what is typed."""
    if is_day(field_):
        return "yyyy-mm-dd"
    if field_.kind is Kind.INTEGER and not _offered_values(field_):
        return "0"
    return "General" if field_.kind is Kind.NUMBER else "@"


def offered(item: Field, reasons: CodeList) -> tuple[str, ...]:
    """What a dropdown offers: the values that can be listed, and the missing reasons."""
    values = [value for value in _offered_values(item) if value not in reasons.by_code]
    return (*values, *item.missing)


def _offered_values(item: Field) -> tuple[str, ...]:
    if item.many and item.codelist:
        return item.codelist.current
    listed = domain(item) or ()
    return listed if item.kind in {Kind.CODES, Kind.BOOLEAN} or len(listed) <= LISTED else ()


def typing(item: Field, cell: str, dropdown: str | None) -> Typing:
    """The check of what is typed; ``dropdown`` is the range of what is offered, if any."""
    if dropdown and _offered_values(item):
        kind: dict[str, Any] = {"validate": "list", "source": f"={dropdown}"}
        if not item.many:
            return Typing(kind)
        why = "A dropdown chooses one code: several, with the separator, are typed and not checked."
        return Typing(kind | {"show_error": False}, (("many", why),))
    checks, lost = _checked(item, cell)
    if not checks:
        return Typing({}, tuple(lost))
    formula = checks[0] if len(checks) == 1 else f"AND({','.join(checks)})"
    if dropdown:
        formula = f"OR(IFERROR({formula},FALSE),ISNUMBER(MATCH({cell},{dropdown},0)))"
    if len(formula) >= LONGEST_FORMULA:
        lost.append(("typing", "The check is longer than Excel takes, and is left out."))
        return Typing({}, tuple(lost))
    return Typing({"validate": "custom", "value": f"={formula}"}, tuple(lost))


def _checked(item: Field, cell: str) -> tuple[list[str], list[tuple[str, str]]]:
    match item.kind:
        case Kind.INTEGER:
            return [f"ISNUMBER({cell})", f"{cell}=INT({cell})", *_bounds(item, cell)], []
        case Kind.NUMBER:
            return [f"ISNUMBER({cell})", *_bounds(item, cell)], []
        case Kind.DATE if is_day(item):
            low = max(item.minimum or FIRST_DAY, FIRST_DAY)
            high = item.maximum or LAST_DAY
            lost = [] if low == item.minimum else [("early dates", _EARLY)]
            checks = [f"ISNUMBER({cell})", f"{cell}>={day(low)}", f"{cell}<={day(high)}"]
            return [*checks, f"{cell}=INT({cell})"], lost
        case Kind.DATE:
            span = [
                f"{cell}{sign}{text(limit)}"
                for sign, limit in ((">=", item.minimum), ("<=", item.maximum))
                if limit
            ]
            return [*_shape(item.precision, cell), *span], []
        case _:
            return _string(item, cell)


_EARLY = "A spreadsheet has no dates before 1 March 1900 that every program counts alike."


def _bounds(item: Field, cell: str) -> Iterator[str]:
    if item.minimum is not None:
        yield f"{cell}>={item.minimum}"
    if item.maximum is not None:
        yield f"{cell}<={item.maximum}"


def _shape(precision: Precision, cell: str) -> list[str]:
    year = f"ISNUMBER(-LEFT({cell},4))"
    match precision:
        case Precision.QUARTER:
            fourth = f'ISNUMBER(FIND(RIGHT({cell}),"1234"))'
            return [f"LEN({cell})=7", year, f'MID({cell},5,2)="-Q"', fourth]
        case Precision.MONTH:
            # from 1 to 12; an error, which refuses, where there is no number
            month = f"ABS(RIGHT({cell},2)-6.5)<6"
            return [f"LEN({cell})=7", year, f'MID({cell},5,1)="-"', month]
        case _:
            return [f"LEN({cell})=4", year]


def _string(item: Field, cell: str) -> tuple[list[str], list[tuple[str, str]]]:
    low, high = item.min_length, item.max_length
    checks: list[str] = []
    lost: list[tuple[str, str]] = []
    if item.pattern:
        found = runs(item.pattern)
        if found is None:
            lost.append(("pattern", "Spreadsheets have no patterns; the text may be any."))
        else:
            why = "Of the pattern, only the length and the fixed signs are checked."
            lost.append(("pattern", why))
            low = max(low or 0, sum(run.least for run in found))
            most = sum(run.most for run in found)
            high = most if high is None else min(high, most)
            at = 1
            for run in found:
                if run.literal and run.least == run.most:
                    signs = text(run.characters * run.least)
                    checks.append(f"EXACT(MID({cell},{at},{run.least}),{signs})")
                at += run.least
    elif not item.free_text:
        lost.append(("placeholder", "Texts that only fill the cell (n/a, tbc) can be typed."))
    if low is not None:
        checks.insert(0, f"LEN({cell})>={low}")
    if high is not None:
        checks.insert(0, f"LEN({cell})<={high}")
    return checks, lost


def what_to_type(item: Field) -> str:
    """What may be typed into a field, in plain words."""
    parts = [_values_in_words(item)]
    if item.missing:
        parts.append(f"Or why it is missing: {', '.join(item.missing)}.")
    if item.optional:
        parts.append("May be left blank.")
    return " ".join(part for part in parts if part)


def _values_in_words(item: Field) -> str:
    low, high = item.minimum, item.maximum
    span = f" from {low} to {high}" if low and high else ""
    span = span or (f" of {low} or more" if low else f" of {high} or less" if high else "")
    match item.kind:
        case Kind.CODES if item.many:
            return f"One or more codes with '{item.separator}' between them, without spaces."
        case Kind.CODES | Kind.BOOLEAN:
            return "Choose from the list."
        case Kind.INTEGER:
            return f"A whole number{span}."
        case Kind.NUMBER:
            return f"A number{span}."
        case Kind.DATE:
            span = f", from {low}" if low else ""
            span += f", to {high}" if high else ""
            return f"A date as {DATE_SHAPES[item.precision]}{span}."
        case _:
            said = in_words(item.pattern) if item.pattern else None
            most = f"At most {item.max_length} characters." if item.max_length else ""
            return f"{said[:1].upper()}{said[1:]}." if said else most or "A text."


def cut(words: str, most: int) -> str:
    """The words, ended with an ellipsis where there are more than fit."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
