"""Texts by what they are but for their digits.

Remarks differ by ticket numbers, dates and totals far more than by their words, and what is looked
for in them seldom depends on which digits stand there. So it is looked for once in a shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_OTHERS = "123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
"""The digits of texts in four languages; those of other scripts stay as they are."""
_TABLE = bytes.maketrans(b"123456789", b"0" * 9)
_BEYOND = re.compile(f"[{_OTHERS[9:]}]")
_BLOCKS = ("[٠-٩]", "[۰-۹]")
_CUT = "\x1f"


@dataclass(frozen=True)
class Shapes:
    """The shapes of some texts: ``names`` without repeats, and for each text the index of its."""

    names: pl.Series
    codes: pl.Series


def shape(text: str) -> str:
    """The text with 0 for each digit."""
    if not text.isascii():
        text = _BEYOND.sub("0", text)
    # no other character has a byte of these in it
    return text.encode("utf-8", "surrogatepass").translate(_TABLE).decode("utf-8", "surrogatepass")


def shapes(texts: pl.Series) -> Shapes:
    """The shapes of a column."""
    import polars as pl

    found = _spelt(texts)
    names = found.unique()
    return Shapes(names, found.cast(pl.Enum(names)).to_physical())


def _spelt(texts: pl.Series) -> pl.Series:
    import polars as pl

    whole = texts.str.join(_CUT)
    if not any(whole.str.contains(block).any() for block in _BLOCKS):
        # all of them in one go, which takes half the time
        bare = pl.Series([whole.cast(pl.Binary)[0].translate(_TABLE)], dtype=pl.Binary)
        found = bare.cast(pl.String).str.split(_CUT).explode()
        if len(found) == len(texts):  # in which nothing else was cut
            return found
    return texts.str.replace_many(list(_OTHERS), ["0"] * len(_OTHERS))
