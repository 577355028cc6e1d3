"""A clause as the reader sees it: phrases that mean something, in order."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from validator.texts.terms import TermIndex
from validator.texts.tokenise import RANK, Clause, Word
from validator.texts.words import LONGEST, Phrases


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a phrase of a clause, with its tags.

    ``joined`` is the Arabic letter that is written onto its front, if any.
    """

    raw: str
    key: str
    tags: dict[str, Any]
    number: int | None = None
    mark: str = ""
    joined: str = ""

    def has(self, *kinds: str) -> bool:
        """Whether it has one of the tags."""
        return bool(self.tags) and not self.tags.keys().isdisjoint(kinds)

    @property
    def values(self) -> dict[str, str]:
        """The codes that it names, by the identifier of the list."""
        tags = self.tags
        return {
            **tags.get("quoted", NOTHING),
            **tags.get("demonym", NOTHING),
            **tags.get("term", NOTHING),
        }

    @property
    def role(self) -> str | None:
        """Whom or what it names."""
        role: str | None = self.tags.get("role")
        return role

    @property
    def joins(self) -> bool:
        """Whether it says ``and``, or has it written onto it."""
        return self.joined == "و" or self.mark in {"&", "+"} or self.has("and")


NOTHING: dict[str, Any] = {}
PEOPLE = frozenset({"victim", "offender"})


def items(clause: Clause, lexicon: Phrases, index: TermIndex) -> list[Item]:
    """The items of a clause, the longest phrases first."""
    words = clause.words
    keys = [_known(word, lexicon, index.phrases) for word in words]
    found: list[Item] = []
    position = 0
    while position < len(words):
        word = words[position]
        if word.mark:
            found.append(Item(word.raw, "", NOTHING, mark=word.raw))
            position += 1
            continue
        length, tags = _longest(words, keys, position, lexicon, index)
        raw = word.raw
        front = raw[0] if keys[position] != word.key and raw[0] in "وفبكل" else ""
        number = word.number if word.number is not None else tags.get("number")
        key = " ".join(keys[position : position + length])
        if "name" in tags:
            tags, number = NOTHING, None
        found.append(Item(raw, key, tags, number, joined=front))
        position += length
    return list(_numbers(list(_behind(found, index))))


def _behind(found: Sequence[Item], index: TermIndex) -> Iterator[Item]:
    """Items that only mean something beside others: F and M, a known identity, suspects."""
    person: str | None = None
    split: Item | None = None
    for at, item in enumerate(found):
        before = found[at - 1] if at else None
        if item.role in PEOPLE:
            person = item.role
        if item.key in index.letters and item.raw.isupper() and before is not None:
            letter = {"term": index.letters[item.key]}
            heads = found[at - 2] if before.mark in {":", "="} and at > 1 else before
            if before.raw.isdigit() and person is not None and _listed(found, at - 1, index.letters):
                item = replace(item, tags={**letter, "role": person, "many": True})
            elif heads.has("lettered"):
                item = replace(item, tags=letter)
        if item.has("suspect") and _beside_place(found, at, index.places):
            item = replace(item, tags={"suspects": True})
        if item.key == RANK and at + 1 < len(found) and _ranked(found[at + 1]):
            item = replace(item, tags={"partial": True})
        if item.has("identity"):
            split = item
        elif item.mark in {",", "،"}:
            split = None
        elif split is not None:
            term = index.phrases.tags.get((split.key, *item.key.split(" ")), NOTHING).get("term")
            if term is not None and "term" not in item.tags:
                item = replace(item, tags={**item.tags, "term": term})
                split = None
        yield item


def _ranked(after: Item) -> bool:
    """Whether what follows an ordinal is no month."""
    return after.role is not None or after.has("term", "negates")


def _listed(found: Sequence[Item], at: int, letters: Container[str]) -> bool:
    """Whether nothing but numbers, letters and marks stand between a person and ``at``."""
    for count, letter in pairwise(found):
        if count.number is not None and len(letter.raw) == 1 and letter.raw.isupper():
            if letter.key not in letters:
                return False
    for part in reversed(found[max(at - 8, 0) : at]):
        if part.role in PEOPLE:
            return True
        if not (part.mark or part.joins or part.number is not None or len(part.raw) == 1):
            return False
    return False


def _beside_place(found: Sequence[Item], at: int, places: Set[str]) -> bool:
    """Whether a country stands beside the item: suspects Peru, Peru (suspect)."""
    before = at - 2 if at > 1 and found[at - 1].mark == "(" else at - 1
    return any(
        not places.isdisjoint(found[position].tags.get("term", NOTHING))
        for position in (before, at + 1)
        if 0 <= position < len(found)
    )


def _known(word: Word, lexicon: Phrases, terms: Phrases) -> str:
    for form in word.forms:
        if form in lexicon.vocabulary or form in terms.vocabulary:
            return form
    return word.key


def _longest(
    words: Sequence[Word], keys: Sequence[str], start: int, lexicon: Phrases, index: TermIndex
) -> tuple[int, dict[str, Any]]:
    first = keys[start]
    most = max(lexicon.longest.get(first, 0), index.phrases.longest.get(first, 0))
    for length in range(min(most, LONGEST, len(words) - start), 0, -1):
        part = tuple(keys[start : start + length])
        if "" in part:
            continue
        ours, theirs = lexicon.tags.get(part), index.phrases.tags.get(part)
        if theirs and first in index.capitals and length == 1 and not words[start].raw.isupper():
            theirs = None
        if ours or theirs:
            return length, {**(theirs or NOTHING), **(ours or NOTHING)}
    return 1, NOTHING


def _numbers(found: Sequence[Item]) -> Iterator[Item]:
    """Joins number words: twenty-one, treinta y cinco, cent vingt, خمسة وعشرون."""
    position = 0
    while position < len(found):
        item = found[position]
        position += 1
        if item.number is None or item.raw.isdigit():
            yield item
            continue
        number = item.number
        while position < len(found):
            step = 1
            after = found[position]
            if after.has("and") and after.number is None and position + 1 < len(found):
                after, step = found[position + 1], 2
            if after.number is None or after.raw.isdigit() or not _adds(number, after, step):
                break
            number = number * 100 if after.number == 100 and number < 10 else number + after.number
            position += step
        yield replace(item, number=number)


def _adds(number: int, after: Item, step: int) -> bool:
    more = after.number or 0
    if more == 100:
        return number < 10 and step == 1
    if after.joined == "و":
        return number < 10 <= more or number >= 100
    tens = number >= 20 and number % 10 == 0 and 0 < more < 10 and number < 100
    sixty = number in {60, 80} and 10 <= more < 20 and step == 1
    hundreds = number >= 100 and number % 100 == 0 and more < 100
    return tens or sixty or hundreds
