"""Which table a name or headings tell of, and names of columns as a spreadsheet shows them."""

import re
from collections.abc import Collection
from pathlib import PurePath

from validator.expressions.values import fold
from validator.model.standard import Table

ENOUGH = 0.5
"""Headings that cover at least this share of a table's fields may be that table's."""


def cover(table: Table, headings: Collection[str]) -> float:
    """The share of a table's fields that stand among the headings (0 to 1)."""
    return sum(field.name in headings for field in table.fields) / len(table.fields)


def called_after(names: Collection[str], path: str) -> str | None:
    """The one of these tables whose name is a word of a file's or sheet's name, if only one is."""
    stem = PurePath(path).name.split(".")[0].casefold()
    words = set(re.split(r"[^a-z0-9]+", stem)) | {stem}
    found = [name for name in names if name.casefold() in words]
    return found[0] if len(found) == 1 else None


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
