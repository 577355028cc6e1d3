"""Items that mean something beside others only: F and M, 2nd, suspects, an identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import Any

from validator.texts.items import NOTHING, PEOPLE, Item
from validator.texts.terms import TermIndex
from validator.texts.tokenise import NUMERO, RANK

SIGNS = frozenset({RANK, NUMERO})
CHANGING = frozenset({"identity", "suspect", "kin", "partial"})
"""Tags of words that mean something else beside others, or change what others mean."""
LIST = 8
"""Items from a person to the last letter of a list: victims 3F, 1M."""
LINKS = ("label", "definite", "kin", "and", "article")
"""What may stand between children and the sisters that they are."""
REACH = 5
"""Items from a word such as established to the identity that is."""
HEADING = 5
"""Items from a word such as sex to its letter."""


def in_company(found: Sequence[Item], index: TermIndex) -> list[Item]:
    """The items of a clause, with what each means where it stands."""
    if not any(map(_changes(index), found)):
        return list(found)
    person: str | None = None
    identity: Item | None = None
    read: list[Item] = []
    for at, item in enumerate(found):
        if item.role in PEOPLE:
            person = item.role
        tags = _beside(found, at, person, index)
        if item.has("identity"):
            identity = item
        elif identity is not None:
            term = index.phrases.tags.get((identity.key, *item.key.split(" ")), NOTHING).get("term")
            if term is None and item.has("known", "unknown"):
                term = _status(index, known=item.has("known"))
            if term is not None and "term" not in item.tags:
                tags = {**item.tags, "term": term}
            other = item.role not in {None, *PEOPLE} or item.has("matter")
            if term is not None or other or item.mark in {",", "،"}:
                identity = None
        read.append(item if tags is None else replace(item, tags=dict(tags)))
    return read


def _beside(
    found: Sequence[Item], at: int, person: str | None, index: TermIndex
) -> Mapping[str, Any] | None:
    """What an item means beside the others; None where that is what it means alone."""
    item = found[at]
    if item.key in index.letters and item.raw.isupper():
        return _letter(found, at, person, index)
    if item.key in SIGNS and at + 1 < len(found) and _ranked(item, found[at + 1]):
        return {"partial": True}
    if item.has("suspect") and _beside_place(found, at, index.places):
        return {"suspects": True, "says": True}
    if item.has("kin"):
        return _kin(found, at)
    if item.has("known", "unknown") and "term" not in item.tags:
        knows = _knows(found, at)
        return None if knows is None else {**item.tags, "term": _status(index, known=knows)}
    if item.has("partial") and item.raw >= "\u0600" and at and found[at - 1].role == "other":
        # المرمز الثاني
        return NOTHING
    return None


def _changes(index: TermIndex) -> Callable[[Item], bool]:
    """Whether an item may mean something else, or make others do: few do."""
    letters = index.letters

    def may(item: Item) -> bool:
        tags = item.tags
        if item.key in SIGNS or item.key in letters:
            return True
        return bool(tags) and not CHANGING.isdisjoint(tags)

    return may


def _letter(
    found: Sequence[Item], at: int, person: str | None, index: TermIndex
) -> Mapping[str, Any] | None:
    """What a capital stands for: persons in a list of them, or a sex."""
    letter = {"term": index.letters[found[at].key]}
    if person is not None and at and found[at - 1].raw.isdigit() and _listed(found, at, index):
        return {**letter, "role": person, "many": True}
    return letter if _lettered(found, at) else None


def _listed(found: Sequence[Item], at: int, index: TermIndex) -> bool:
    """Whether nothing but numbers, letters and marks stand between a person and ``at``.

    Where a letter of the list means nothing known (2F 1X), none of it does.
    """
    for count, letter in pairwise(found[max(at - LIST, 0) : at + LIST]):
        short = count.number is not None and len(letter.raw) == 1 and letter.raw.isupper()
        if short and letter.key not in index.letters:
            return False
    for part in reversed(found[max(at - LIST, 0) : at]):
        if part.role in PEOPLE:
            return True
        if not (part.mark or part.joins or part.number is not None or len(part.raw) == 1):
            return False
    return False


def _lettered(found: Sequence[Item], at: int) -> bool:
    """Whether the letter stands for a sex: sex F, sexe de la victime : F."""
    for part in reversed(found[max(at - HEADING, 0) : at]):
        if part.has("lettered"):
            return True
        mark = part.mark in {":", "=", "/"} or part.joins or len(part.raw) == 1
        if not (mark or part.role in PEOPLE or part.has("definite", "of", "from")):
            return False
    return False


def _ranked(rank: Item, after: Item) -> bool:
    """Whether it tells which: no. 2; 2nd and no month after it."""
    if rank.key == NUMERO:
        return after.number is not None
    return after.role is not None or after.has("term", "negates")


def _kin(found: Sequence[Item], at: int) -> Mapping[str, Any] | None:
    """Sisters that are counted are the children, where children are named before them.

    The sister of a victim is none, nor are her two sisters.
    """
    before = found[:at]
    named = [position for position, part in enumerate(before) if part.role == "victim"]
    start = at - 1
    while start > 0 and found[start].number is None and found[start].has("adjective"):
        start -= 1
    pair = any(part.has("kin") for part in (*found[max(at - 3, 0) : at], *found[at + 1 : at + 4]))
    counted = found[at].has("double") or found[start].number is not None or pair
    between = before[named[-1] + 1 : start if found[start].number else at] if named else ()
    apart = any(not part.mark and part.number is None and not part.has(*LINKS) for part in between)
    if not named or not counted or apart:
        return None
    return {**found[at].tags, "role": "victim"}


def _knows(found: Sequence[Item], at: int) -> bool | None:
    """Whether the identity behind it is known; None where none is: establish the identity."""
    knows = found[at].has("known")
    for part in found[at + 1 : at + REACH]:
        if part.has("identity"):
            return knows
        if part.mark or part.role is not None:
            return None
        if part.has("negates"):
            # on ne connaît pas l'identité
            knows = not knows
    return None


def _status(index: TermIndex, *, known: bool) -> Mapping[str, str]:
    """The code for who is identified in each list that has one, or its opposite."""
    found: dict[str, str] = {}
    for of, opposites in index.opposites.items():
        for code, opposite in opposites.items():
            found.setdefault(of, code if known else opposite)
    return found


def _beside_place(found: Sequence[Item], at: int, places: Set[str]) -> bool:
    """Whether a country stands beside the item: suspects Peru, Peru (suspect)."""
    before = at - 2 if at > 1 and found[at - 1].mark == "(" else at - 1
    return any(
        not places.isdisjoint(found[position].tags.get("term", NOTHING))
        for position in (before, at + 1)
        if 0 <= position < len(found)
    )
