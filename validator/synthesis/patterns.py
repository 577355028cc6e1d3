"""Texts that match a pattern, numbered: which characters may stand at each place.

A pattern of the portable subset is unrolled to a row of places, each with its alphabet. That
is a part of what the pattern matches, and all that is needed to write any number of distinct
texts. Python's own parser reads the pattern, so that no second grammar is kept here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod
from re import _constants as words  # type: ignore[attr-defined]  # the parser's own names, without types
from re import _parser as parser  # type: ignore[attr-defined]  # the same
from typing import Any

from validator.errors import UsageError
from validator.expressions.values import matches

PRINTABLE = "".join(map(chr, range(32, 127)))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""What is written where a pattern takes any character."""
_CATEGORIES = {
    words.CATEGORY_DIGIT: "0123456789",
    words.CATEGORY_WORD: LETTERS + "abcdefghijklmnopqrstuvwxyz_",
    words.CATEGORY_SPACE: " ",
}
ENOUGH = 1 << 32
"""Texts that are ever needed: the numbers are scattered by 64-bit products of two such."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One alphabet, repeated ``least`` to ``most`` times."""

    alphabet: str
    least: int
    most: int


def places(
    pattern: str, needed: int = 1, *, fixed: int = 0, max_length: int | None = None
) -> tuple[str, ...]:
    """The alphabet of each place of texts that match ``pattern``.

    Repeats are as short as the pattern allows, then lengthened until the places after the first
    ``fixed`` tell ``needed`` texts apart (or none can be lengthened). Raises UsageError for a
    pattern that cannot be followed.
    """
    try:
        parts = list(_parts(parser.parse(pattern)))
    except (re.error, NotImplementedError):
        parts = []
    times = [part.least for part in parts]
    found = _unroll(parts, times)
    for index, part in enumerate(parts):
        most = min(part.most, part.least + 64)
        while (
            times[index] < most
            and prod(map(len, found[fixed:])) < needed
            and (max_length is None or len(found) < max_length)
        ):
            times[index] += 1
            found = _unroll(parts, times)
    if not parts or not matches(pattern, "".join(place[0] for place in found)):
        message = f"No text can be made for the pattern '{pattern}'. Write it in a simpler way."
        raise UsageError(message)
    return found


def _unroll(parts: list[_Part], times: list[int]) -> tuple[str, ...]:
    return tuple(p.alphabet for p, n in zip(parts, times, strict=True) for _ in range(n))


def _parts(tokens: Iterable[tuple[Any, Any]]) -> Iterator[_Part]:
    for kind, value in tokens:
        if kind is words.LITERAL:
            yield _Part(chr(value), 1, 1)
        elif kind is words.IN:
            yield _Part(_alphabet(value), 1, 1)
        elif kind is words.ANY:
            yield _Part(LETTERS, 1, 1)
        elif kind is words.NOT_LITERAL:
            yield _Part(LETTERS.replace(chr(value), ""), 1, 1)
        elif kind is words.SUBPATTERN:
            yield from _parts(value[-1])
        elif kind is words.BRANCH:
            # one branch is enough, and the first is the plainest
            yield from _parts(value[1][0])
        elif kind in {words.MAX_REPEAT, words.MIN_REPEAT}:
            least, most, inner = value
            body = list(_parts(inner))
            if len(body) == 1 and (body[0].least, body[0].most) == (1, 1):
                yield _Part(body[0].alphabet, least, int(most))
            else:
                yield from body * least
        elif kind is not words.AT:
            raise NotImplementedError


def _alphabet(items: Iterable[tuple[Any, Any]]) -> str:
    """The characters of a class, in order; of a negated one, those that can be printed."""
    found: dict[str, None] = {}
    negated = False
    for kind, value in items:
        if kind is words.NEGATE:
            negated = True
        elif kind is words.LITERAL:
            found[chr(value)] = None
        elif kind is words.RANGE:
            found.update(dict.fromkeys(map(chr, range(value[0], value[1] + 1))))
        elif kind is words.CATEGORY and value in _CATEGORIES:
            found.update(dict.fromkeys(_CATEGORIES[value]))
        else:
            raise NotImplementedError
    if negated:
        return "".join(c for c in LETTERS if c not in found) or "".join(
            c for c in PRINTABLE if c not in found
        )
    return "".join(found)
