"""Finds the direct identifiers of a text: every kind looks, and the most specific one wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import re2

from validator.discovery import modules_of
from validator.identifiers._lazily import lazily
from validator.identifiers._plain import CHANGED, plain
from validator.identifiers.kind import Context, Kind, Span

MISTAKABLE = 50
"""Ranks below this have a shape that nothing else has, whatever words stand beside it."""

_TOKEN = lazily(r"[^\s,;:()\"'?!]*[^\s,;:()\"'?!.]")


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier: its kind and its place in the text."""

    kind: Kind
    span: Span


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind there is, by name."""
    modules = (m for _, m in modules_of("validator.identifiers") if hasattr(m, "KIND"))
    return {m.KIND.name: m.KIND for m in modules}


@cache
def prefilter() -> str:
    """One pattern in the portable subset: where it does not match, there is no identifier."""
    return "|".join([CHANGED, *(f"(?:{kind.prefilter})" for kind in kinds().values())])


@cache
def _filters() -> tuple[tuple[Kind, Any], ...]:
    # one by one: an RE2 set of them all was six times slower on texts that hold identifiers
    return tuple((kind, re2.compile(kind.prefilter)) for kind in kinds().values())


@lru_cache(maxsize=65_536)
def recognise(text: str, context: Context) -> tuple[Found, ...]:
    """The identifiers in ``text``, in order, none overlapping another."""
    read, places = plain(text)
    looking = [kind for kind, pattern in _filters() if pattern.search(read)]
    candidates = [Found(kind, span) for kind in looking for span in kind.find(read, context)]
    own = tuple(_own(read, context)) if candidates else ()
    chosen: list[Found] = []
    for found in sorted(candidates, key=_claim):
        taken = (*own, *((f.span.start, f.span.end) for f in chosen))
        if not any(found.span.start < end and start < found.span.end for start, end in taken):
            chosen.append(found)
    chosen.sort(key=lambda f: f.span.start)
    if places is None:
        return tuple(chosen)
    return tuple(Found(f.kind, _moved(f.span, places, len(text))) for f in chosen)


def _claim(found: Found) -> tuple[bool, bool, int, int, int]:
    """The strongest first: an unmistakable shape, a label, the more specific kind, the longer."""
    span, rank = found.span, found.kind.rank
    return (rank >= MISTAKABLE, not span.labelled, rank, span.start - span.end, span.start)


def _own(text: str, context: Context) -> Iterator[tuple[int, int]]:
    """Where the standard's own references stand: they identify nobody."""
    for token in _TOKEN.finditer(text):
        if any(_whole(pattern).search(token[0]) for pattern in context.references):
            yield token.span()


@cache
def _whole(pattern: str) -> Any:
    return re2.compile(rf"\A(?:{pattern})\z")


def _moved(span: Span, places: tuple[int, ...], length: int) -> Span:
    end = places[span.end] if span.end < len(places) else length
    return Span(places[span.start], end, span.labelled)
