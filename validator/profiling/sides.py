"""Contributors side by side: one field, with what each of them counted, in rows that all share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from validator.measures.distances import (
    Counts,
    Distance,
    Measure,
    distance,
    earth_movers,
    kolmogorov,
    total_variation,
)
from validator.model.lexical import BOOLEANS, is_ordered
from validator.model.standard import CodeList, Field, Kind
from validator.profiling.bands import banded
from validator.profiling.counting import FieldCounts

STEPS = 100
"""Numbers of more different sizes are compared in so many equally filled steps."""


@dataclass(frozen=True, eq=False)
class Side:
    """What one contributor has in a field. ``counts`` is None where it has no such column.

    Records that belong to those of another table are alike within each: they count as many as
    the others are, which ``weight`` brings them down to.
    """

    name: str
    counts: FieldCounts | None
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Versus:
    """One contributor and all the others together, as numbers.

    ``others`` names them in a sentence. ``asked`` are the records for which the question arises,
    ``values`` the recorded ones by row.
    """

    name: str
    others: str
    weights: tuple[float, float]
    records: tuple[int, int]
    asked: tuple[int, int]
    recorded: tuple[int, int]
    blank: tuple[int, int]
    invalid: tuple[int, int]
    reasons: tuple[Counter[str], Counter[str]]
    values: tuple[Counts, Counts]


class Sides:
    """One field of all contributors that have it."""

    def __init__(self, of: Field, sides: Sequence[Side], reasons: CodeList) -> None:
        self.of = of
        self.all = tuple(sides)
        self.there = tuple(side for side in sides if side.counts is not None)
        self.inapplicable = frozenset(c.code for c in reasons.codes if c.inapplicable)
        self.telling = tuple(c.code for c in reasons.codes if not c.inapplicable)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The categories, in their order: current codes, bands, years, or the numbers."""
        if self.of.kind is Kind.CODES and self.of.codelist:
            return self.of.codelist.current
        if self.of.kind is Kind.BOOLEAN:
            return BOOLEANS
        used = set().union(*(self._values(side) for side in self.there))
        if self.banded:
            return (*self._figures, "other")
        return tuple(sorted(used, key=float))

    @property
    def _figures(self) -> tuple[str, ...]:
        return tuple(self.of.published.valid) if self.of.published else ()

    @property
    def banded(self) -> bool:
        """Whether numbers are counted in the bands of the published figures."""
        return self.of.kind in {Kind.INTEGER, Kind.NUMBER} and bool(self._figures)

    @property
    def numeric(self) -> bool:
        """Whether the rows are numbers, each by itself."""
        return self.of.kind in {Kind.INTEGER, Kind.NUMBER} and not self.banded

    @property
    def ordered(self) -> bool:
        """Whether the rows are a list of codes or bands in an order."""
        return self.banded or (self.of.kind is Kind.CODES and is_ordered(self.of))

    def _values(self, side: Side) -> dict[str, int]:
        counts = side.counts.values if side.counts else {}
        if self.banded:
            return banded(counts, self._figures)
        return dict(counts)

    def counts_of(self, side: Side) -> Counts:
        """How often a contributor has each of ``rows``."""
        values = self._values(side)
        return np.array([values.get(row, 0) for row in self.rows], dtype=np.int64)

    def versus(self) -> Iterator[Versus]:
        """Each contributor against the others together."""
        values = [self.counts_of(side) for side in self.there]
        every = np.sum(values, axis=0)
        for i, side in enumerate(self.there):
            own = side.counts
            rest = [s for s in self.there if s is not side and s.counts]
            others = [s.counts for s in rest if s.counts]
            if own is None or not others:
                continue
            away = sum((o.reasons for o in others), Counter[str]())
            size = max(sum(o.records for o in others), 1)
            theirs = sum(s.weight * s.counts.records for s in rest if s.counts) / size
            yield Versus(
                side.name,
                rest[0].name if len(rest) == 1 else "the others",
                (side.weight, theirs),
                (own.records, sum(o.records for o in others)),
                (self._asked(own), sum(map(self._asked, others))),
                (own.recorded, sum(o.recorded for o in others)),
                (own.blank, sum(o.blank for o in others)),
                (own.invalid, sum(o.invalid for o in others)),
                (own.reasons, away),
                (values[i], every - values[i]),
            )

    def _asked(self, counts: FieldCounts) -> int:
        return counts.records - sum(counts.reasons[code] for code in self.inapplicable)

    def distance(self, of: Versus, seed: int) -> Distance | None:
        """How far a contributor's recorded values are from the others'; None without any."""
        one, other = of.values
        if not one.sum() or not other.sum():
            return None
        if self.numeric:
            return distance(*_stepped(one, other), kolmogorov, weights=of.weights, seed=seed)
        return distance(one, other, total_variation, weights=of.weights, seed=seed)

    def steps(self, of: Versus) -> float | None:
        """The earth mover's distance along an ordered list, in steps of the list."""
        one, other = of.values
        if not self.ordered or not one.sum() or not other.sum():
            return None
        measure: Measure = earth_movers
        far = measure(one / one.sum(), other / other.sum())
        return float(far) * (len(self.rows) - 1)


def _stepped(one: Counts, other: Counts) -> tuple[Counts, Counts]:
    """Counts of many ordered values as counts of a hundred steps, equally filled by both."""
    if len(one) <= STEPS:
        return one, other
    both = one + other
    step = np.minimum((np.cumsum(both) - both / 2) * STEPS // both.sum(), STEPS - 1)
    places = step.astype(np.int64)
    first = np.bincount(places, weights=one, minlength=STEPS).astype(np.int64)
    return first, np.bincount(places, weights=other, minlength=STEPS).astype(np.int64)
