"""Rules as spreadsheet formulas, for Excel and for LibreOffice Calc.

Formulas look at one row with the first prepared row's number, which the program moves along.
"""

from __future__ import annotations

from collections.abc import Callable

from validator.model.condition import Op, Today
from validator.model.standard import CodeList, Field, Kind, Precision
from validator.targets._logic import (
    Among,
    Begins,
    Blank,
    Compare,
    Formula,
    Holds,
    Leaf,
    Matches,
    Measure,
    Recorded,
    Words,
    written,
)

Place = Callable[[Field], str]
"""The cell of a field in the row that is looked at, such as ``$C2``."""

_SIGNS = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">=", Op.EQ: "=", Op.NE: "<>"}
_TODAY = {
    Precision.YEAR: 'YEAR(TODAY())&""',
    Precision.QUARTER: 'YEAR(TODAY())&"-Q"&ROUNDUP(MONTH(TODAY())/3,0)',
    Precision.MONTH: 'YEAR(TODAY())&"-"&RIGHT("0"&MONTH(TODAY()),2)',
    Precision.DAY: "TODAY()",
}
_GUARD = ("IFERROR(", ",FALSE)")
LONGEST_TEXT = 250
"""A literal in a formula has at most 255 characters."""
MOST_PARTS = 200
"""A function takes at most 255 arguments."""


def is_day(field: Field) -> bool:
    """Whether a cell of the field holds a date of the spreadsheet, which is a number."""
    return field.kind is Kind.DATE and field.precision is Precision.DAY


def is_number(field: Field) -> bool:
    """Whether a value of the field is a number to a spreadsheet."""
    return field.kind in {Kind.INTEGER, Kind.NUMBER} or is_day(field)


def text(value: str) -> str:
    """A literal."""
    return '"' + value.replace('"', '""') + '"'


def day(value: str) -> str:
    """An ISO day as a spreadsheet's date."""
    year, month, of_month = (int(part) for part in value.split("-"))
    return f"DATE({year},{month},{of_month})"


def _in_order(field: Field) -> str:
    codes = field.codelist.by_code if field.codelist else ()
    return f"|{'|'.join(codes)}|"


def refusal(leaf: Leaf) -> str | None:
    """What a formula cannot say."""
    match leaf:
        case Compare(_, field) if leaf.measure is Measure.POSITION:
            fits = len(_in_order(field)) <= LONGEST_TEXT
            return None if fits else "Its code list is longer than a formula takes."

        case Begins(field) if is_number(field):
            return "It tests the text of what a spreadsheet holds as a number."
        case Matches():
            return "Spreadsheets have no patterns that every version knows."
        case _:
            return None


def condition(formula: Formula, reasons: CodeList, place: Place) -> str:
    """A formula of the record logic as one of a spreadsheet, without the equals sign."""
    words = Words(
        leaf=lambda leaf: _leaf(leaf, reasons, place),
        every=lambda parts: _call("AND", list(parts)),
        some=lambda parts: _call("OR", list(parts)),
        opposite=_opposite,
        always="TRUE",
        never="FALSE",
    )
    return written(formula, words)


def _opposite(part: str) -> str:
    """Not; but what cannot be compared is neither."""
    if part.startswith(_GUARD[0]) and part.endswith(_GUARD[1]):
        part = part.removeprefix(_GUARD[0]).removesuffix(_GUARD[1])
        return f"NOT({part})".join(_GUARD)
    return f"NOT({part})"


def _call(function: str, parts: list[str]) -> str:
    while len(parts) > MOST_PARTS:
        parts = [f"{function}({','.join(parts[:MOST_PARTS])})", *parts[MOST_PARTS:]]
    return parts[0] if len(parts) == 1 else f"{function}({','.join(parts)})"


def _among(cell: str, texts: tuple[str, ...]) -> str:
    # the equals sign would overlook capitals
    return _call("OR", [f"EXACT({cell},{text(value)})" for value in texts])


def _leaf(leaf: Leaf, reasons: CodeList, place: Place) -> str:
    cell = place(leaf.field)
    match leaf:
        case Among(field, texts) if is_day(field):
            # a day is a number here; a missing reason is a text
            days = [value for value in texts if value not in reasons.by_code]
            rest = tuple(value for value in texts if value in reasons.by_code)
            told = [f"IFERROR({cell}+0={day(value)},FALSE)" for value in days]
            return _call("OR", [*told, *([_among(cell, rest)] if rest else [])])
        case Among(_, texts):
            return _among(cell, texts)
        case Blank():
            return f'{cell}=""'
        case Recorded():
            present = f'{cell}<>""'
            if not reasons.codes:
                return present
            return f"AND({present},NOT({_among(cell, tuple(reasons.by_code))}))"
        case Begins(_, start, length):
            other = place(start) if isinstance(start, Field) else text(start)
            return f"EXACT(LEFT({cell},{length}),{other})"
        case Holds(field, codes):
            between = text(field.separator)
            whole = f"{between}&{cell}&{between}"
            held = (text(field.separator + code + field.separator) for code in codes)
            return _call("OR", [f"ISNUMBER(FIND({one},{whole}))" for one in held])
        case Compare(op, _, other):
            left, right = _side(leaf, leaf.field, place), _side(leaf, other, place)
            # a text where a number should be tells nothing
            return f"{left}{_SIGNS[op]}{right}".join(_GUARD)
        case Matches():
            raise TypeError  # because ``refusal`` keeps it out


def _side(compared: Compare, side: str | Field | Today, place: Place) -> str:
    field = compared.field
    if isinstance(side, Today):
        return _TODAY[field.precision]
    if isinstance(side, str):
        if compared.measure is Measure.NUMBER:
            return side
        return day(side) if is_day(field) else text(side)
    cell = place(side)
    if compared.measure is Measure.POSITION:
        # a list of values is not allowed in a condition: the place in a text grows alike
        return f'FIND("|"&{cell}&"|",{text(_in_order(side))})'

    # a sum is a number, or an error that tells nothing
    return f"({cell}+0)" if is_number(field) else f'{cell}&""'
