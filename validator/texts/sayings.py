"""Sentences, and texts cut into sentences, by what they say whatever their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from validator.texts.speaker import Heard, Stated


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose digits are all zeros.

    ``votes`` are those of its words for the languages, ``known`` the languages that know any of its
    words: it says the same in others. ``speaks`` tells whether it may say anything, and
    ``counts`` tells for each run of digits whether it may be the number of something. ``whole``
    ones have no number in parts (1,250). An ``odd`` one can only be read with the whole text.
    """

    votes: int
    known: frozenset[str]
    speaks: bool
    counts: tuple[bool, ...]
    whole: bool
    odd: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """What a sentence says in some languages, whatever its numbers.

    ``runs`` are the places of the runs of digits that matter. ``heard`` has stand-ins for them, in
    this order; it is None where how they compare changes what is said (2 of 5, two (2)), so that
    ``shape`` must be read with its numbers, in ``names``. Those of one ``number`` say the same.
    """

    number: int
    runs: tuple[int, ...]
    heard: Heard | None
    shape: str
    names: frozenset[str]


class Shape(NamedTuple):
    """The texts that differ in their digits alone: their meaning, or what finds it.

    ``runs`` are the places of the runs of digits that matter, in order, and ``key`` equals that of
    all that with the same numbers say the same.
    """

    meaning: int
    says: tuple[Saying, ...] = ()
    runs: tuple[int, ...] = ()
    key: tuple[int, ...] = ()


class Form(NamedTuple):
    """What some sentences state whatever their numbers; ``places`` tells which a field has."""

    stated: Mapping[str, Stated]
    places: Mapping[str, int]

    def filled(self, numbers: Sequence[str]) -> Mapping[str, Stated]:
        """The same with these numbers."""
        own = dict(self.stated)
        for name, at in self.places.items():
            one = own[name]
            own[name] = Stated((str(int(numbers[at])),), one.certain, one.whole)
        return own


def with_numbers(heard: Heard, numbers: Mapping[int, int]) -> Heard:
    """The same with other numbers for some."""
    counts = tuple(
        replace(one, number=numbers.get(one.number, one.number)) if one.number is not None else one
        for one in heard.counts
    )
    return replace(heard, counts=counts)
