"""A fast look over a whole column: which texts can hold an identifier at all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import narwhals as nw

from validator.identifiers._linear import widened
from validator.identifiers._plain import DROPPED, FORMS, STRANGE
from validator.identifiers.recognise import kinds

if TYPE_CHECKING:
    from narwhals import Expr


def may_identify(column: Expr) -> Expr:
    """Whether a text may hold an identifier; linear in the text, portable, and never null."""
    text = column.str.replace_all(DROPPED, "")
    return nw.any_horizontal(*(text.str.contains(p) for p in patterns()), ignore_nulls=False)


@cache
def patterns() -> tuple[str, ...]:
    """A pattern for each kind, over texts as they are but for the marks that nobody sees.

    One pattern of them all would take ten times as long on notes of many words: what it has seen of
    one kind it must remember beside what it has seen of the others.
    """
    made = [kind.prefilter for kind in kinds().values()]
    made += [kind.listed() for kind in kinds().values() if kind.listed]
    return (STRANGE, *(widened(pattern, FORMS) for pattern in made))
