"""Finds the direct identifiers of a text: every kind looks, and the most specific one wins."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import entry_points
from itertools import takewhile
from typing import Any

import re2

from validator.discovery import modules_of
from validator.errors import UsageError
from validator.identifiers._lazily import lazily, sign_of
from validator.identifiers._linear import widened
from validator.identifiers._made import made_before
from validator.identifiers._plain import is_odd, plain
from validator.identifiers.kind import Context, Kind, Passage, Span
from validator.model.shapes import shape

MISTAKABLE = 50
"""Ranks below this have a shape that nothing else has, whatever words stand beside it."""
PLUGINS = "accordant.identifiers"
"""The group of entry points under which packages offer modules with a ``KIND``."""
REMEMBERED = 65_536
"""How many answers are kept."""
ROOM = 64 << 20
"""Bytes that a set of patterns may take. Where the room is too small it begins anew each time, and
takes a hundred times as long."""
TOGETHER = 12_000
"""Characters of patterns that share a set."""

_TOKEN = lazily(r"[^\s,;:()\"'?!]*[^\s,;:()\"'?!.]")
_WITHIN = lazily(r"[^\s,;:()\"'?!]")


@dataclass(frozen=True, slots=True)
class Found:
    """One identifier: its kind and its place in the text."""

    kind: Kind
    span: Span


@cache
def own_kinds() -> Mapping[str, Kind]:
    """Our own kinds, by name."""
    ours = (m for _, m in modules_of("validator.identifiers") if hasattr(m, "KIND"))
    return {module.KIND.name: module.KIND for module in ours}


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind there is, by name: ours, and those of installed plug-ins.

    Raises UsageError where a plug-in offers no kind, or one under a name that is taken.
    """
    found = {**own_kinds()}
    for point in entry_points(group=PLUGINS):
        kind = getattr(point.load(), "KIND", None)
        if not isinstance(kind, Kind) or kind.name in found:
            raise UsageError(
                f"The plug-in {point.value} (group {PLUGINS}) offers no kind of identifier with a "
                "name of its own, so that texts cannot be read. Mend it, or uninstall it."
            )
        found[kind.name] = kind
    return found


_BLIND = dict.fromkeys("0123456789", "0-9")
"""For patterns that match whichever digits a text has."""

_known: dict[tuple[str, tuple[str, ...], str | None], tuple[Found, ...]] = {}
"""Answers by text, references, and country: None where they are the same for every country."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is found in a text, and what it depends on.

    ``by_country`` tells whether the contributor's country was asked for, and ``by_digits`` whether
    it may change with which digits stand in the text.
    """

    found: tuple[Found, ...]
    by_country: bool
    by_digits: bool


def recognise(text: str, context: Context) -> tuple[Found, ...]:
    """The identifiers in ``text``, in order, none overlapping another. Answers are remembered."""
    everywhere = (text, context.references, None)
    there = (text, context.references, context.country or "")
    known = _known.get(everywhere)
    if known is None:
        known = _known.get(there)
    if known is None:
        if len(_known) >= REMEMBERED:
            _known.clear()
        asking = Context(context.country, context.references)
        known = _recognised(text, asking)
        _known[there if asking.asked else everywhere] = known
    return known


def look(text: str, references: tuple[str, ...]) -> Look:
    """The identifiers in ``text`` of no known country, and whether others may hold the same."""
    context = Context(None, references)
    read, places = plain(text)
    opened = _opened(read)
    candidates = _candidates(opened, context)
    # where none stands whichever digits it has, none stands
    own = bool(candidates and references and _own(shape(read), _blind(references), candidates))
    found = _chosen(candidates, read, references if own else ())
    by_digits = own or context.exact or any(kind.digits for kind, _ in opened)
    return Look(_placed(found, places, text), context.asked, by_digits)


@cache
def _blind(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(widened(pattern, _BLIND) for pattern in patterns)


def _recognised(text: str, context: Context) -> tuple[Found, ...]:
    read, places = plain(text)
    candidates = _candidates(_opened(read), context)
    return _placed(_chosen(candidates, read, context.references), places, text)


def _candidates(opened: Opened, context: Context) -> list[Found]:
    return [Found(kind, span) for kind, passage in opened for span in kind.find(passage, context)]


def _chosen(candidates: Sequence[Found], read: str, references: tuple[str, ...]) -> list[Found]:
    """Of those that overlap the strongest."""
    if not candidates:
        return []
    taken = _own(read, references, candidates)
    chosen: list[Found] = []
    for found in sorted(candidates, key=_claim):
        start, end = found.span.start, found.span.end
        # what is taken stands in order, and none of it overlaps another
        at = bisect(taken, (start, end))
        before, after = taken[max(at - 1, 0) : at], taken[at : at + 1]
        if not any(start < other_end and other < end for other, other_end in before + after):
            chosen.append(found)
            taken.insert(at, (start, end))
    return sorted(chosen, key=lambda f: f.span.start)


def _placed(found: Sequence[Found], places: tuple[int, ...] | None, text: str) -> tuple[Found, ...]:
    """The same where they stand in the text itself."""
    if places is None:
        return tuple(found)
    return tuple(Found(f.kind, _moved(f.span, places, len(text))) for f in found)


Opened = Sequence[tuple[Kind, Passage]]
"""The kinds that may be in a plain text, with what may match for each."""


def _opened(read: str) -> Opened:
    if is_odd(read):
        everything = Passage(read)
        return [(kind, everything) for kind in kinds().values()]
    return [(kind, Passage(read, patterns)) for kind, patterns in _open(shape(read))]


@lru_cache(maxsize=REMEMBERED)
def _open(read: str) -> tuple[tuple[Kind, frozenset[re.Pattern[str]]], ...]:
    """The kinds that may be in the plain texts of a shape, with the patterns that may match."""
    encoded = read.encode("utf-8", "replace")
    opened: dict[str, list[re.Pattern[str]]] = {}
    for signs, places in _signs():
        for number in signs.Match(encoded) or ():
            name, pattern = places[number]
            opened.setdefault(name, []).append(pattern)
    return tuple((kinds()[name], frozenset(patterns)) for name, patterns in opened.items())


Places = tuple[tuple[str, re.Pattern[str]], ...]
"""Whose patterns those of a set are, by number: names of kinds and patterns."""


@cache
def _signs() -> tuple[tuple[Any, Places], ...]:
    """Sets of the patterns that find: the small kinds together, the large ones apart.

    A set must remember what it has seen of each pattern beside what it has seen of every other: one
    set of them all meets something new in nearly every text.
    """
    made = {name: signs_of(kind) for name, kind in kinds().items()}
    sizes = {name: sum(map(len, signs)) for name, signs in made.items()}
    groups: list[list[str]] = [[]]
    for name in sorted(kinds(), key=lambda name: sizes[name]):
        if sum(sizes[other] for other in groups[-1]) + sizes[name] > TOGETHER:
            groups.append([])
        groups[-1].append(name)
    return tuple(_set_of({name: made[name] for name in sorted(group)}) for group in groups)


def signs_of(kind: Kind) -> Sequence[str]:
    """For each pattern of a kind one that matches the shape of each text in which it finds any."""
    known = made_before()["signs"].get(kind.name) if own_kinds().get(kind.name) is kind else None
    return known or signs_made(kind)


def signs_made(kind: Kind) -> list[str]:
    """The same, made anew."""
    return [widened(sign_of(pattern), _BLIND) for pattern in kind.patterns]


def _set_of(signs: Mapping[str, Sequence[str]]) -> tuple[Any, Places]:
    options = re2.Options()
    options.max_mem = ROOM
    made = re2.Set.SearchSet(options)
    places: list[tuple[str, re.Pattern[str]]] = []
    for name, some in signs.items():
        for sign, pattern in zip(some, kinds()[name].patterns, strict=True):
            made.Add(sign)
            places.append((name, pattern))
    made.Compile()
    return made, tuple(places)


def _claim(found: Found) -> tuple[bool, bool, int, int, int]:
    """The strongest first: an unmistakable shape, a label, the more specific kind, the longer."""
    span, rank = found.span, found.kind.rank
    return (rank >= MISTAKABLE, not span.labelled, rank, span.start - span.end, span.start)


def _own(
    text: str, references: tuple[str, ...], candidates: Sequence[Found]
) -> list[tuple[int, int]]:
    """Where the standard's own references stand among candidates: they identify nobody."""
    if not references:
        return []
    first, last = min(f.span.start for f in candidates), max(f.span.end for f in candidates)
    while first and _WITHIN.match(text, first - 1):
        first -= 1
    near = takewhile(lambda token: token.start() < last, _TOKEN.finditer(text, first))
    return [t.span() for t in near if _is_reference(t[0], references)]


@lru_cache(maxsize=REMEMBERED)
def _is_reference(token: str, patterns: tuple[str, ...]) -> bool:
    return any(_whole(pattern).search(token) for pattern in patterns)


@cache
def _whole(pattern: str) -> Any:
    return re2.compile(rf"\A(?:{pattern})\z")


def _moved(span: Span, places: tuple[int, ...], length: int) -> Span:
    end = places[span.end] if span.end < len(places) else length
    return Span(places[span.start], end, span.labelled)
