"""Rules as SQL: the condition of the records that break one."""

from __future__ import annotations

from validator.model.condition import Op, Today
from validator.model.standard import CodeList, Field
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
    Refusal,
    Words,
    written,
)
from validator.targets._sql_cells import Dialect, among, as_number, collated, matching, name, text

_SIGNS = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">=", Op.EQ: "=", Op.NE: "<>"}


def refusal(dialect: Dialect) -> Refusal:
    """What a constraint of the dialect cannot say."""

    def refused(leaf: Leaf) -> str | None:
        match leaf:
            case Compare(_, _, Today()):
                return "A constraint must not depend on the day."
            case Matches(field, pattern) if matching(dialect, name(field.name), pattern) is None:
                return f"Its pattern is beyond {_TITLES[dialect]}."
            case _:
                return None

    return refused


_TITLES = {Dialect.POSTGRESQL: "PostgreSQL's patterns", Dialect.SQLITE: "SQLite, which has none"}


def condition(formula: Formula, reasons: CodeList, dialect: Dialect) -> str:
    """A formula as SQL. It may be NULL where it is false: a constraint lets both pass."""
    words = Words(
        leaf=lambda leaf: _leaf(leaf, reasons, dialect),
        every=lambda parts: f"({' AND '.join(parts)})",
        some=lambda parts: f"({' OR '.join(parts)})",
        opposite=lambda part: f"NOT ({part})",
        always="TRUE",
        never="FALSE",
    )
    return written(formula, words)


def _leaf(leaf: Leaf, reasons: CodeList, dialect: Dialect) -> str:
    column = name(leaf.field.name)
    match leaf:
        case Among(_, (only,)):
            return f"{column} = {text(only)}"
        case Among(_, texts):
            return among(column, texts)
        case Blank():
            return f"{column} IS NULL"
        case Recorded():
            present = f"{column} IS NOT NULL"
            listed = ", ".join(text(reason) for reason in reasons.by_code)
            return f"({present} AND {column} NOT IN ({listed}))" if listed else present
        case Matches(_, pattern):
            return matching(dialect, column, pattern) or "FALSE"
        case Begins(_, start, length):
            other = name(start.name) if isinstance(start, Field) else text(start)
            return f"substr({column}, 1, {length}) = {other}"
        case Holds(field, codes):
            whole = f"{text(field.separator)} || {column} || {text(field.separator)}"
            found = "strpos" if dialect is Dialect.POSTGRESQL else "instr"
            parts = [
                f"{found}({whole}, {text(field.separator + code + field.separator)}) > 0"
                for code in codes
            ]
            return f"({' OR '.join(parts)})" if len(parts) > 1 else parts[0]
        case Compare(op, field, other):
            return f"{_side(leaf, field, dialect)} {_SIGNS[op]} {_side(leaf, other, dialect)}"


def _side(compared: Compare, side: str | Field | Today, dialect: Dialect) -> str:
    if isinstance(side, Today):
        raise TypeError  # because ``refusal`` keeps it out
    if isinstance(side, str):
        return side if compared.measure is Measure.NUMBER else text(side)
    match compared.measure:
        case Measure.NUMBER:
            return f"({as_number(side, dialect)})"
        case Measure.POSITION:
            return _position(side)
        case Measure.TEXT:
            return collated(name(side.name), dialect)


def _position(field: Field) -> str:
    codes = field.codelist.by_code if field.codelist else ()
    ranks = " ".join(f"WHEN {text(code)} THEN {rank}" for rank, code in enumerate(codes))
    return f"(CASE {name(field.name)} {ranks} END)"
