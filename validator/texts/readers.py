"""What the checks of free text have in common: who speaks for which field, with a prefilter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from validator.model.standard import Field, Speaks, Table
from validator.texts.prefilter import may_speak
from validator.texts.speaker import Speaker, Stated


class Reading:
    """One text field of a table. What it takes to read is made when a text is first met."""

    def __init__(self, table: Table, text: Field) -> None:
        self.table, self.text = table, text
        self._states: dict[str, Callable[[str], bool]] = {}

    @cached_property
    def _speaker(self) -> Speaker:
        return Speaker(self.table, self.text)

    @cached_property
    def prefilter(self) -> Callable[[], Any]:
        """Makes the portable expression that is false where nothing is stated."""
        return lambda: may_speak(self.text.name, self._speaker.index)

    def states(self, field: str) -> Callable[[str], bool]:
        """The question whether a text states anything for a field: one function for each."""
        return self._states.setdefault(field, lambda text: field in self.says(text))

    def says(self, text: str) -> Mapping[str, Stated]:
        """What a text states, by field."""
        return self._speaker.says(text)


@dataclass(frozen=True)
class Pair:
    """A text field, a field that it speaks for, and what finds out what it says."""

    text: Field
    about: Field
    speaks: Speaks
    reading: Reading

    def stated(self, text: str) -> Stated | None:
        """What a text states for the field."""
        return self.reading.says(text).get(self.about.name)


class _Place:
    """A text field of a table as the key of a cache: one table equals itself alone."""

    def __init__(self, table: Table, text: Field) -> None:
        self.table, self.text = table, text

    def __hash__(self) -> int:
        return hash((id(self.table), self.text.name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and (
            self.table is other.table and self.text.name == other.text.name
        )


@lru_cache(maxsize=64)
def _reading(place: _Place) -> Reading:
    return Reading(place.table, place.text)


def pairs(table: Table, there: frozenset[str]) -> Iterator[Pair]:
    """Every text of the table with every field that it may speak for, where both are there."""
    for text in table.fields:
        if text.name not in there or not text.speaks_for:
            continue
        reading = _reading(_Place(table, text))
        for speaks in text.speaks_for:
            if speaks.field in there and speaks.field in table.by_name:
                yield Pair(text, table.by_name[speaks.field], speaks, reading)
