"""What the checks of free text have in common: who speaks for which field, with a prefilter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from validator.model.standard import Field, Speaks, Table
from validator.texts.columns import Columns
from validator.texts.prefilter import may_speak
from validator.texts.speaker import Speaker, Stated

if TYPE_CHECKING:
    import polars as pl

    from validator.model.shapes import Shapes


FEW = 200
"""So many shapes of texts are read sooner than the prefilter of all words is made."""


class Reading:
    """One text field of a table. What it takes to read is made when a text is first met."""

    def __init__(self, table: Table, text: Field) -> None:
        self.table, self.text = table, text
        self._states: dict[str, States] = {}
        self._last: tuple[pl.Series, pl.Series] | None = None
        self._read: dict[str, int] = {}

    @cached_property
    def _speaker(self) -> Speaker:
        return Speaker(self.table, self.text)

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self._speaker)

    @cached_property
    def prefilter(self) -> Callable[[], Any]:
        """Makes the portable expression that is false where nothing is stated."""
        speaker = self._speaker
        return lambda: may_speak(self.text.name, speaker.index, speaker.roles)

    def states(self, field: str) -> States:
        """The question whether a text states anything for a field: one object for each."""
        return self._states.setdefault(field, States(self, field))

    def says(self, text: str) -> Mapping[str, Stated]:
        """What a text states, by field."""
        meaning = self._read.get(text)
        return self._speaker.says(text) if meaning is None else self._columns.stated[meaning]

    def column(
        self, texts: pl.Series, shapes: Shapes
    ) -> tuple[pl.Series, Sequence[Mapping[str, Stated]]]:
        """For each text a number, and by these numbers what is stated. Kept for the next field."""
        if self._last is None or self._last[0] is not texts:
            self._last = texts, self._columns.meanings(texts, shapes)
            says = self._last[1] > 0
            said, meanings = (column.filter(says).to_list() for column in self._last)
            self._read = dict(zip(said, meanings, strict=True))
        return self._last[1], self._columns.stated


class States:
    """Whether a text states anything for a field."""

    def __init__(self, reading: Reading, field: str) -> None:
        self.reading, self.field = reading, field
        self._stated: Sequence[Mapping[str, Stated]] = ()
        self._numbers: dict[Stated | None, int] = {}
        self._by_meaning: list[int] = []

    def __call__(self, text: str) -> bool:
        """Whether the text does."""
        return self.field in self.reading.says(text)

    @property
    def settled(self) -> int:
        """None: what the field holds is always read beside the text."""
        return 0

    def alike(self, texts: pl.Series, shapes: Shapes) -> pl.Series:
        """The texts that state the same have the same number; 0 where nothing is stated."""
        import polars as pl

        meanings, stated = self.reading.column(texts, shapes)
        if stated is not self._stated:  # what was read before is forgotten
            self._stated, self._numbers, self._by_meaning = stated, {None: 0}, []
        numbers, known = self._numbers, self._by_meaning
        for one in stated[len(known) :]:
            known.append(numbers.setdefault(one.get(self.field), len(numbers)))
        return pl.Series(known, dtype=pl.UInt32).gather(meanings)


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
