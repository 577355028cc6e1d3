"""A fast look over a whole column: which texts can hold an identifier at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import narwhals as nw

from validator.identifiers._linear import widened
from validator.identifiers._plain import DROPPED, FORMS, STRANGE
from validator.identifiers.recognise import kinds

if TYPE_CHECKING:
    from narwhals import Expr

    from validator.identifiers.kind import Kind

PATTERNS = "columns.json"


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
    known = _made_before()
    found = (known.get(name) or made(kind) for name, kind in kinds().items())
    return (STRANGE, *(pattern for of_one in found for pattern in of_one))


def made(kind: Kind) -> list[str]:
    """The patterns of one kind."""
    raw = [kind.prefilter, *([kind.listed()] if kind.listed else [])]
    return [widened(pattern, FORMS) for pattern in raw]


@cache
def _made_before() -> Mapping[str, list[str]]:
    """The patterns of our own kinds: to make them takes longer than to check a small file.

    ``validator.reference`` writes them, and sees that they are those that would be made.
    """
    text = (files(__package__) / PATTERNS).read_text("utf-8")
    found: Mapping[str, list[str]] = json.loads(text)["patterns"]
    return found
