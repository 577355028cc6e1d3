"""Names of columns as a spreadsheet shows them, and how headings are compared."""

from collections.abc import Collection

from validator.expressions.values import fold
from validator.model.standard import Table

ENOUGH = 0.5
"""Headings that cover at least this share of a table's fields may be that table's."""


def cover(table: Table, headings: Collection[str]) -> float:
    """The share of a table's fields that stand among the headings (0 to 1)."""
    return sum(field.name in headings for field in table.fields) / len(table.fields)


def column_letters(position: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def same_heading(one: str, other: str) -> bool:
    """Whether two headings differ in nothing but capitals, accents, spaces and underscores."""
    return fold(one) == fold(other)
