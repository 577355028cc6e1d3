"""Patterns whose texts can name nobody, so that the fields that keep them need not be read."""

from __future__ import annotations

import re
from functools import cache

from validator.expressions.values import matches
from validator.model.lexical import bare

_ATOM = re.compile(
    r"(?P<atom>\[(?:\\.|[^\]\\])*\]|\\.|[^\\()|*+?{}^$])(?P<times>[*+?]|\{[0-9]+(?:,[0-9]*)?\})?"
)
_SEPARATORS = " @.:/\\,;#'é\u0641"
"""With one of these a text may be an address, a name, a path or words."""

SHORTEST_NUMBER, SHORTEST_HASH = 7, 22


@cache
def is_opaque(pattern: str) -> bool:
    """Whether every text of the pattern is one short token that no kind of identifier looks like.

    It has letters, digits, hyphens and underscores alone, is shorter than a digest, and has a
    letter that must be there or fewer digits than a number has. Patterns with groups are not
    looked into: their fields are read.
    """
    body = bare(pattern)
    longest = digits = 0
    lettered = False
    end = 0
    for found in _ATOM.finditer(body):
        if found.start() != end:
            return False
        end = found.end()
        least, most = _times(found["times"])
        if any(matches(found["atom"], c) for c in _SEPARATORS):
            return False
        numeric = any(matches(found["atom"], c) for c in "0123456789")
        longest += most
        digits += most if numeric else 0
        lettered = lettered or (not numeric and least > 0 and found["atom"] not in "-_")
    return end == len(body) and longest < SHORTEST_HASH and (lettered or digits < SHORTEST_NUMBER)


def _times(text: str | None) -> tuple[int, int]:
    """The least and the greatest number of repeats (a thousand stands for no limit)."""
    match text:
        case None:
            return 1, 1
        case "?":
            return 0, 1
        case "*" | "+":
            return int(text == "+"), 1000
        case _:
            low, comma, high = text.strip("{}").partition(",")
            return int(low), int(high) if high else (1000 if comma else int(low))
