"""A fast look over a whole column: which texts can hold an identifier, and which hold the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import narwhals as nw

from validator.identifiers._linear import widened
from validator.identifiers._made import made_before
from validator.identifiers._plain import DROPPED, FORMS, STRANGE
from validator.identifiers.recognise import Look, kinds, look

if TYPE_CHECKING:
    import polars as pl
    from narwhals import Expr

    from validator.identifiers.kind import Kind
    from validator.model.shapes import Shapes

MOST = 65_536
"""Shapes that are remembered; when there are more, all are forgotten and learnt anew."""
EACH = -1
"""The number of a shape whose texts are read one by one."""


class Alike:
    """Texts by the kinds of identifiers in them: see ``engine.texts.Sorting``."""

    def __init__(self, references: tuple[str, ...]) -> None:
        self._references = references
        self._numbers: dict[tuple[str, ...], int] = {(): 0}
        self._by_shape: dict[str, int] = {}

    @property
    def settled(self) -> int:
        """The texts of smaller numbers hold the same whichever country they come from."""
        return len(self._numbers)

    def __call__(self, text: str) -> bool:
        """Whether a text holds an identifier, or may in some country."""
        return self._held(look(text, self._references)) != 0

    def alike(self, texts: pl.Series, shapes: Shapes) -> pl.Series:
        """Texts of one number hold the same kinds; those of number 0 none."""
        import numpy as np
        import polars as pl

        codes = shapes.codes.to_numpy()
        there, first = np.unique(codes, return_index=True)
        names = [shapes.names[code] for code in there.tolist()]
        by_code = np.zeros(len(shapes.names), dtype=np.int64)
        by_code[there] = list(map(self._of_shape, names, texts.gather(first).to_list()))
        numbers = by_code[codes]
        alone = np.flatnonzero(numbers == EACH)
        numbers[alone] = np.arange(self.settled, self.settled + len(alone))
        return pl.Series(numbers, dtype=pl.UInt32)

    def _of_shape(self, name: str, text: str) -> int:
        if name not in self._by_shape:
            if len(self._by_shape) >= MOST:
                self._by_shape.clear()
            seen = look(text, self._references)
            self._by_shape[name] = EACH if seen.by_digits else self._held(seen)
        return self._by_shape[name]

    def _held(self, seen: Look) -> int:
        if seen.by_country:
            return EACH
        names = tuple(dict.fromkeys(one.kind.name for one in seen.found))
        return self._numbers.setdefault(names, len(self._numbers))


def may_identify(column: Expr) -> Expr:
    """Whether a text may hold an identifier; linear in the text, portable, and never null.

    It says the same of all texts of a shape.
    """
    text = column.str.replace_all(DROPPED, "")
    return nw.any_horizontal(*(text.str.contains(p) for p in patterns()), ignore_nulls=False)


@cache
def patterns() -> tuple[str, ...]:
    """A pattern for each kind, over texts as they are but for the marks that nobody sees.

    One pattern of them all would take ten times as long on notes of many words: what it has seen of
    one kind it must remember beside what it has seen of the others.
    """
    known = made_before()["patterns"]
    found = (known.get(name) or made(kind) for name, kind in kinds().items())
    return (STRANGE, *(pattern for of_one in found for pattern in of_one))


def made(kind: Kind) -> list[str]:
    """The patterns of one kind."""
    raw = [kind.prefilter, *([kind.listed()] if kind.listed else [])]
    return [widened(pattern, FORMS) for pattern in raw]
