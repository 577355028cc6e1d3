"""Rules as Python expressions over a record ``r`` of a generated pydantic model."""

from __future__ import annotations

from keyword import iskeyword

from validator.model.condition import Op, Today
from validator.model.lexical import BOOLEANS
from validator.model.standard import CodeList, Field, Kind
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
from validator.targets._writing import number

_TAKEN = frozenset({"advice", "construct", "copy", "dict", "json", "rules", "schema", "validate"})
"""Names that a pydantic model, or ours, has for itself."""

_SIGNS = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">=", Op.EQ: "==", Op.NE: "!="}


def attribute(field: Field) -> str:
    """The field's name in Python: a trailing underscore keeps it apart from pydantic's own."""
    taken = iskeyword(field.name) or field.name in _TAKEN or field.name.startswith("model_")
    return f"{field.name}_" if taken else field.name


def refusal(leaf: Leaf) -> str | None:
    """What a generated module cannot say."""
    if isinstance(leaf, Matches | Begins) and leaf.field.kind in {Kind.INTEGER, Kind.NUMBER}:
        return "It tests the text of what the model holds as a number."
    if isinstance(leaf, Matches | Begins) and leaf.field.many:
        return "It tests the text of what the model holds as a list."
    if isinstance(leaf, Matches) and portable(leaf.pattern) is None:
        return "Its pattern has signs that engines read differently."
    return None


def value(field: Field, text: str, reasons: CodeList) -> str:
    """A cell's text as the model holds it, as a Python literal."""
    if text in reasons.by_code:
        return repr(text)
    if field.many:
        return repr([text])
    if field.kind is Kind.BOOLEAN:
        return repr(text == BOOLEANS[0])
    return repr(number(text)) if field.kind in {Kind.INTEGER, Kind.NUMBER} else repr(text)


def condition(formula: Formula, reasons: CodeList) -> str:
    """A formula as Python."""
    words = Words(
        leaf=lambda leaf: _leaf(leaf, reasons),
        every=lambda parts: f"({' and '.join(parts)})",
        some=lambda parts: f"({' or '.join(parts)})",
        opposite=lambda part: f"not ({part})",
        always="True",
        never="False",
    )
    return written(formula, words)


def _leaf(leaf: Leaf, reasons: CodeList) -> str:
    cell = f"r.{attribute(leaf.field)}"
    match leaf:
        case Among(field, texts):
            values = [value(field, text, reasons) for text in texts]
            return f"{cell} == {values[0]}" if len(values) == 1 else _within(cell, values)
        case Blank():
            return f"{cell} is None"
        case Recorded(field):
            present = f"{cell} is not None"
            absent = _within(cell, [repr(reason) for reason in field.missing])
            return f"({present} and not {absent})" if field.missing else present
        case Matches(_, pattern):
            found = portable(pattern)
            return f"re.fullmatch({(found.text if found else '')!r}, {cell})"
        case Begins(_, start, length):
            other = f"r.{attribute(start)}" if isinstance(start, Field) else repr(start)
            return f"{cell}[:{length}] == {other}"
        case Holds(_, codes):
            return f"any(code in {cell} for code in {codes!r})"
        case Compare(op, field, other):
            return f"{_side(leaf, field)} {_SIGNS[op]} {_side(leaf, other)}"


def _within(cell: str, values: list[str]) -> str:
    return f"({cell} in ({', '.join(values)},))"


def _side(compared: Compare, side: str | Field | Today) -> str:
    if isinstance(side, Today):
        return f"_today({str(compared.field.precision)!r})"
    if isinstance(side, str):
        return repr(number(side)) if compared.measure is Measure.NUMBER else repr(side)
    if compared.measure is Measure.POSITION:
        codes = tuple(side.codelist.by_code) if side.codelist else ()
        return f"{codes!r}.index(r.{attribute(side)})"
    return f"r.{attribute(side)}"
