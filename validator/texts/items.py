"""A clause as the reader sees it: phrases that mean something, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from validator.texts.terms import TermIndex
from validator.texts.tokenise import Clause, Word
from validator.texts.words import LONGEST, Phrases


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a phrase of a clause, with its tags.

    ``last`` is the last word of a phrase as the text spells it, ``joined`` the Arabic letter that
    is written onto its front, if any.
    """

    raw: str
    key: str
    tags: dict[str, Any]
    number: int | None = None
    mark: str = ""
    joined: str = ""
    last: str = ""

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
    keys = [next(_known(word, lexicon, index.phrases), word.key) for word in words]
    found: list[Item] = []
    position = 0
    while position < len(words):
        word = words[position]
        if word.mark:
            found.append(Item(word.raw, "", NOTHING, mark=word.raw))
            position += 1
            continue
        length, tags = _longest(words, keys, position, lexicon, index)
        if not tags:
            # a word of a longer phrase, which is not here, may look like and with another word
            for keys[position] in _known(word, lexicon, index.phrases):
                length, tags = _longest(words, keys, position, lexicon, index)
                if tags:
                    break
        raw = word.raw
        front = raw[0] if keys[position] != word.key and raw[0] in "وفبكل" else ""
        number = word.number if word.number is not None else tags.get("number")
        key = " ".join(keys[position : position + length])
        if number is not None and "adjective" in tags and found and found[-1].number is not None:
            # 17 unique images
            number = None
        if "name" in tags and (length == 1 or "term" not in tags):
            # New England is no England, but Guinea-Bissau has a code of its own
            tags, number = NOTHING, None
        last = words[position + length - 1].raw
        found.append(Item(raw, key, tags, number, joined=front, last=last))
        position += length
    return list(_numbers(found))


def _known(word: Word, lexicon: Phrases, terms: Phrases) -> Iterator[str]:
    for form in word.forms:
        if form in lexicon.vocabulary or form in terms.vocabulary:
            yield form


def _longest(
    words: Sequence[Word], keys: Sequence[str], start: int, lexicon: Phrases, index: TermIndex
) -> tuple[int, dict[str, Any]]:
    first = keys[start]
    most = max(lexicon.longest.get(first, 0), index.phrases.longest.get(first, 0))
    for length in range(min(most, LONGEST, len(words) - start), 0, -1):
        part = tuple(keys[start : start + length])
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
        if _repeated(number, found[position : position + 3]):
            item = replace(item, tags={"number": number})
            position += 3
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


def _repeated(number: int, after: Sequence[Item]) -> bool:
    """Whether digits in brackets say the number again: two (2)."""
    marks = "".join(part.mark for part in after)
    return marks == "()" and after[1].number == number


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
