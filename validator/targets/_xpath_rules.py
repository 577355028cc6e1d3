"""Rules as XPath, in the dialect of XForms that field collection tools share."""

from __future__ import annotations

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
from validator.targets._patterns import portable

_SIGNS = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">=", Op.EQ: "=", Op.NE: "!="}
_TODAY = {
    Precision.YEAR: "format-date(today(), '%Y')",
    Precision.MONTH: "format-date(today(), '%Y-%m')",
    Precision.DAY: "format-date(today(), '%Y-%m-%d')",
}


def quoted(text: str) -> str | None:
    """A literal; XPath has none that holds both kinds of quotation marks."""
    if "'" not in text:
        return f"'{text}'"
    return f'"{text}"' if '"' not in text else None


def refusal(leaf: Leaf) -> str | None:
    """What a form cannot say."""
    match leaf:
        case Matches(_, pattern):
            found = portable(pattern)
            if found is None or quoted(found.anchored) is None:
                return "Its pattern has signs that engines read differently."
        case Compare(_, field, Today()) if field.precision is Precision.QUARTER:
            return "A form cannot tell today's quarter."
        case Compare(_, field, _) if leaf.measure is Measure.TEXT and leaf.op not in {
            Op.EQ,
            Op.NE,
        }:
            if field.kind is not Kind.DATE:
                return "Forms put numbers in order, and no texts."
    return None


def condition(formula: Formula, reasons: CodeList) -> str:
    """A formula as XPath."""
    words = Words(
        leaf=lambda leaf: _leaf(leaf, reasons),
        every=lambda parts: f"({' and '.join(parts)})",
        some=lambda parts: f"({' or '.join(parts)})",
        opposite=lambda part: f"not({part})",
        always="true()",
        never="false()",
    )
    return written(formula, words)


def _leaf(leaf: Leaf, reasons: CodeList) -> str:
    cell = f"${{{leaf.field.name}}}"
    match leaf:
        case Among(_, texts):
            return _among(cell, texts)
        case Blank():
            return f"{cell} = ''"
        case Recorded():
            present = f"{cell} != ''"
            listed = _among(cell, tuple(reasons.by_code))
            return f"({present} and not({listed}))" if reasons.codes else present
        case Matches(_, pattern):
            found = portable(pattern)
            return f"regex({cell}, {quoted(found.anchored if found else '')})"
        case Begins(_, start, length):
            other = f"${{{start.name}}}" if isinstance(start, Field) else quoted(start)
            return f"substr({cell}, 0, {length}) = {other}"
        case Holds(_, codes):
            held = [f"selected({cell}, {quoted(code)})" for code in codes]
            return f"({' or '.join(held)})" if len(held) > 1 else held[0]
        case Compare(op, _, other):
            return f"{_side(leaf, leaf.field)} {_SIGNS[op]} {_side(leaf, other)}"


def _among(cell: str, texts: tuple[str, ...]) -> str:
    parts = [f"{cell} = {quoted(text) or repr(text)}" for text in texts]
    return f"({' or '.join(parts)})" if len(parts) > 1 else parts[0]


def digits(text: str) -> str:
    """A date as a number that grows with it: its digits."""
    return f"number(translate(translate({text}, '-', ''), 'Q', ''))"


def _side(compared: Compare, side: str | Field | Today) -> str:
    field = compared.field
    if isinstance(side, Field):
        text = f"${{{side.name}}}"
    elif isinstance(side, Today):
        text = _TODAY[field.precision]
    else:
        text = side if compared.measure is Measure.NUMBER else quoted(side) or repr(side)
    if compared.measure is Measure.NUMBER:
        return text if isinstance(side, str) else f"number({text})"
    if compared.measure is Measure.POSITION and isinstance(side, Field):
        return _position(text, side)
    ordered = compared.op not in {Op.EQ, Op.NE}
    if field.kind is Kind.DATE and ordered:
        return digits(text)
    return text


def _position(text: str, field: Field) -> str:
    """How much of the list, written in its order, stands before the code."""
    codes = field.codelist.by_code if field.codelist else ()
    listed = quoted(f"|{'|'.join(codes)}|")
    return f"string-length(substring-before({listed}, concat('|', {text}, '|')))"
