"""Texts by what they are but for their digits.

Remarks differ by ticket numbers, dates and totals far more than by their words, and what is looked
for in them seldom depends on which digits stand there. So it is looked for once in a shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_OTHERS = "123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
"""The digits of texts in four languages; those of other scripts stay as they are."""
_TABLE = bytes.maketrans(b"123456789", b"0" * 9)
_BEYOND = re.compile(f"[{_OTHERS[9:]}]")


@dataclass(frozen=True)
class Shapes:
    """The shapes of some texts: ``names`` without repeats, and for each text the index of its."""

    names: Sequence[str]
    codes: pl.Series


def shape(text: str) -> str:
    """The text with 0 for each digit."""
    if not text.isascii():
        text = _BEYOND.sub("0", text)
    # no other character has a byte of these in it
    return text.encode("utf-8", "surrogatepass").translate(_TABLE).decode("utf-8", "surrogatepass")


def shapes(texts: pl.Series, known: dict[str, str] | None = None) -> Shapes:
    """The shapes of a column.

    ``known`` are those that were met before, and are added to: a shape that is one object wherever
    it is met is found far sooner.
    """
    import polars as pl

    found = texts.str.replace_many(list(_OTHERS), ["0"] * len(_OTHERS))
    names = found.unique()
    codes = found.cast(pl.Enum(names)).to_physical()
    same = {} if known is None else known
    return Shapes([same.setdefault(name, name) for name in names.to_list()], codes)
