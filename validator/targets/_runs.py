"""Simple patterns as runs of characters, for languages without regular expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from validator.model.lexical import bare

_PART = re.compile(
    r"(?:\[(?P<set>(?:[0-9A-Za-z]-[0-9A-Za-z]|[0-9A-Za-z_ ])+)\]|\\?(?P<plain>[-_/ .])|"
    r"(?P<letter>[0-9A-Za-z]))(?:\{(?P<least>[0-9]+)(?:(?P<to>,)(?P<most>[0-9]+))?\})?"
)


@dataclass(frozen=True, slots=True)
class Run:
    """From ``least`` to ``most`` characters of a set, or of one character (``literal``)."""

    characters: str
    literal: bool
    least: int
    most: int


@cache
def runs(pattern: str) -> tuple[Run, ...] | None:
    """The runs that a pattern of whole values asks for.

    None where it is more than runs of fixed length with, at the end, one of varying length.
    """
    rest = bare(pattern)
    found: list[Run] = []
    while rest:
        part = _PART.match(rest)
        if part is None or part[0] == "." or part[0].startswith(".{"):
            return None
        rest = rest[part.end() :]
        least = int(part["least"] or 1)
        most = int(part["most"]) if part["to"] else least
        characters = part["set"] or part["plain"] or part["letter"]
        found.append(Run(characters, part["set"] is None, least, most))
    fixed = all(run.least == run.most for run in found[:-1])
    return tuple(found) if found and fixed else None
