"""How far coders agree: percent agreement, Cohen, Fleiss, Krippendorff, Gwet.

Every coefficient is a function of how often each *pattern* occurs, where a pattern is one
combination of codes that a unit got from its coders. Units with the same pattern count alike, so
that a bootstrap sample is only another row of weights: all samples are worked out at once, from
arrays of samples x patterns, whatever the number of units.

Sources: Cohen (1960); Fleiss (1971), with missing ratings as Gwet (2014) has it; Krippendorff,
*Content Analysis* (ordinal distances are those of mid-ranks); Gwet (2008, 2014), AC1, and AC2 with
ordinal weights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from operator import attrgetter

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NO_CODE = -1
"""Stands where a coder gave a unit no code."""
NOTHING = 1e-12
"""A share of disagreement below this is rounding: there is none to be expected."""


class Level(StrEnum):
    """What the distance of two codes means: differ or not, steps of an order, a difference."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Ratings:
    """What the coders of one field gave.

    ``codes`` is units x coders: positions in the list of ``categories`` codes that a coder could
    choose from, in its order, or NO_CODE. ``values`` gives each position its number, where the
    level is interval or ratio.
    """

    codes: Codes
    categories: int
    level: Level = Level.NOMINAL
    values: Floats | None = None

    @cached_property
    def patterns(self) -> Patterns:
        """The different patterns, and how many units have each. Units without a code are left."""
        rated = self.codes[(self.codes != NO_CODE).any(axis=1)]
        codes, counts = np.unique(rated, axis=0, return_counts=True)
        return Patterns(codes, counts, self)


class Patterns:
    """The patterns of one field (patterns x coders), and what holds of each whatever its weight."""

    def __init__(self, codes: Codes, counts: Codes, ratings: Ratings) -> None:
        self.codes, self.counts, self.ratings = codes, counts, ratings
        self.given = codes != NO_CODE
        self.number = self.given.sum(axis=1)
        self.paired = self.number > 1
        self.pairs = tuple(combinations(range(codes.shape[1]), 2))
        self.both = [self.given[:, a] & self.given[:, b] for a, b in self.pairs]

    @property
    def units(self) -> int:
        """Units with codes from two coders or more."""
        return int(self.counts[self.paired].sum())

    @property
    def used(self) -> int:
        """How many different codes occur in those units."""
        codes = self.codes[self.paired]
        return len(np.unique(codes[codes != NO_CODE]))

    @cached_property
    def seen(self) -> Codes:
        """The codes that occur at all, in the order of the list."""
        return np.unique(self.codes[self.given])

    @cached_property
    def at(self) -> Codes:
        """Where each pattern's codes stand among those that occur (0 where there is none)."""
        found: Codes = np.searchsorted(self.seen, np.where(self.given, self.codes, self.seen[0]))
        return found

    @cached_property
    def known(self) -> Floats:
        """The number of each code that occurs."""
        if self.ratings.values is None:
            message = "an interval or ratio level needs the value of each code"
            raise ValueError(message)
        return self.ratings.values[self.seen]

    def agreement(self, of: Callable[[Codes, Codes], Floats]) -> Floats:
        """The mean agreement (0 to 1) of each pattern's pairs of coders; 0 where there is none."""
        agreed = np.zeros(len(self.codes))
        for (a, b), both in zip(self.pairs, self.both, strict=True):
            agreed += np.where(both, of(self.codes[:, a], self.codes[:, b]), 0.0)
        pairs = self.number * (self.number - 1) / 2
        mean: Floats = np.divide(agreed, pairs, out=np.zeros(len(agreed)), where=self.paired)
        return mean


class Samples:
    """Every coefficient of weighted patterns: one number for each row of samples x patterns.

    Not a number where a sample does not determine the coefficient.
    """

    def __init__(self, patterns: Patterns, weights: Floats) -> None:
        self.patterns, self.weights = patterns, weights

    @cached_property
    def percent(self) -> Floats:
        """The mean share of pairs of coders who gave a unit the same code (0 to 1)."""
        return self._mean(self.patterns.agreement(lambda a, b: (a == b).astype(float)))

    @property
    def cohen(self) -> Floats:
        """Cohen's kappa of two coders; of more, the mean over their pairs."""
        every = []
        codes, size = self.patterns.at, len(self.patterns.seen)
        for (a, b), both in zip(self.patterns.pairs, self.patterns.both, strict=True):
            if not both.any():
                continue
            weights, one, other = self.weights[:, both], codes[both, a], codes[both, b]
            units = weights.sum(axis=1)
            of_one, of_other = _totals(weights, one, size), _totals(weights, other, size)
            agreed = _ratio(weights @ (one == other).astype(float), units)
            every.append(_beyond_chance(agreed, _ratio((of_one * of_other).sum(axis=1), units**2)))
        if not every:
            return np.full(len(self.weights), np.nan)
        mean: Floats = np.mean(every, axis=0)
        return mean

    @property
    def fleiss(self) -> Floats:
        """Fleiss' kappa; coders may differ from unit to unit, and units may lack some."""
        return _beyond_chance(self.percent, (self._shares**2).sum(axis=1))

    @property
    def ac1(self) -> Floats:
        """Gwet's AC1. The number of codes to choose from counts, used or not."""
        return _beyond_chance(self.percent, self._by_guess(self.patterns.ratings.categories))

    @property
    def ac2(self) -> Floats:
        """Gwet's AC2 with ordinal weights: codes that stand close in the list agree in part."""
        q = self.patterns.ratings.categories

        def near(steps: Codes) -> Floats:
            # with less than two codes there is nothing to be near to
            closeness: Floats = 1 - steps * (steps + 1) / max(q * (q - 1), 1)
            return closeness

        steps = np.arange(1, q)
        closeness = q + 2 * float(((q - steps) * near(steps)).sum())
        agreed = self._mean(self.patterns.agreement(lambda a, b: near(np.abs(a - b))))
        return _beyond_chance(agreed, self._by_guess(closeness))

    @property
    def alpha(self) -> Floats:
        """Krippendorff's alpha at the level of the field."""
        codes, at = self.patterns.codes, self.patterns.at
        totals = self._totals_of(self.weights * self.patterns.paired)
        ratings = totals.sum(axis=1)
        match self.patterns.ratings.level:
            case Level.NOMINAL:
                observed = self._apart(lambda a, b: codes[:, a] != codes[:, b])
                expected = (ratings**2 - (totals**2).sum(axis=1)) / 2
            case Level.ORDINAL:
                # the ratings from one code to another, half of each end: the distance of mid-ranks
                ranks = np.cumsum(totals, axis=1) - totals / 2 - ratings[:, None] / 2
                observed = self._apart(lambda a, b: (ranks[:, at[:, a]] - ranks[:, at[:, b]]) ** 2)
                expected = ratings * (totals * ranks**2).sum(axis=1)
            case Level.INTERVAL:
                known = self.patterns.known
                x = known[at]
                observed = self._apart(lambda a, b: (x[:, a] - x[:, b]) ** 2)
                # from the mean of each sample, or large numbers lose their small differences
                apart = known - _ratio(totals @ known, ratings)[:, None]
                expected = ratings * (totals * apart**2).sum(axis=1)
            case Level.RATIO:
                known = self.patterns.known
                x = known[at]
                observed = self._apart(lambda a, b: _proportion(x[:, a], x[:, b]))
                between = _proportion(known[:, None], known[None, :])
                expected = ((totals @ between) * totals).sum(axis=1) / 2
        return 1 - _ratio((ratings - 1) * observed, expected, nothing=NOTHING * ratings)

    def _mean(self, agreement: Floats) -> Floats:
        """The mean over the units with two codes of what holds for each pattern."""
        return _ratio(self.weights @ agreement, self.weights @ self.patterns.paired.astype(float))

    @cached_property
    def _shares(self) -> Floats:
        """The share of each code, where every unit counts alike however many coders it had."""
        given = self._totals_of(self.weights / self.patterns.number)
        return _ratio(given, self.weights.sum(axis=1)[:, None])

    def _by_guess(self, closeness: float) -> Floats:
        """Gwet's chance agreement; ``closeness`` sums the weights of all pairs of codes."""
        q = self.patterns.ratings.categories
        if q < 2:
            return np.full(len(self.weights), np.nan)
        shares = self._shares
        guessed: Floats = closeness / (q * (q - 1)) * (shares * (1 - shares)).sum(axis=1)
        return guessed

    def _totals_of(self, weights: Floats) -> Floats:
        """How often each code that occurs was given: samples x codes."""
        codes, given, size = self.patterns.at, self.patterns.given, len(self.patterns.seen)
        found = np.zeros((len(weights), size))
        for coder in range(codes.shape[1]):
            here = given[:, coder]
            found += _totals(weights[:, here], codes[here, coder], size)
        return found

    def _apart(self, distance: Callable[[int, int], npt.NDArray[np.generic]]) -> Floats:
        """The sum of the distances within units, each unit's divided by its coders less one."""
        found = np.zeros(len(self.weights))
        others = np.maximum(self.patterns.number - 1, 1)
        for (a, b), both in zip(self.patterns.pairs, self.patterns.both, strict=True):
            each = np.where(both, distance(a, b), 0.0) / others
            found += (self.weights * each).sum(axis=1) if each.ndim > 1 else self.weights @ each
        return found


COEFFICIENTS: Mapping[str, Callable[[Samples], Floats]] = {
    "percent_agreement": attrgetter("percent"),
    "cohen_kappa": attrgetter("cohen"),
    "fleiss_kappa": attrgetter("fleiss"),
    "krippendorff_alpha": attrgetter("alpha"),
    "gwet_ac1": attrgetter("ac1"),
    "gwet_ac2": attrgetter("ac2"),
}
"""The coefficients by the names under which they are reported."""


def coefficient(name: str, ratings: Ratings) -> float | None:
    """One coefficient of all units; None where the codes do not determine it."""
    patterns = ratings.patterns
    if not patterns.units:
        return None
    whole = Samples(patterns, patterns.counts[None, :].astype(float))
    value = float(COEFFICIENTS[name](whole)[0])
    return value if np.isfinite(value) else None


def _totals(weights: Floats, codes: Codes, size: int) -> Floats:
    """The weight of each code: samples x ``size``, from samples x patterns and a code for each."""
    found = np.zeros((len(weights), size))
    if codes.size:
        order = np.argsort(codes, kind="stable")
        there, starts = np.unique(codes[order], return_index=True)
        found[:, there] = np.add.reduceat(weights[:, order], starts, axis=1)
    return found


def _ratio(part: Floats, whole: Floats, nothing: float | Floats = 0.0) -> Floats:
    """A quotient that is not a number where the whole is (next to) nothing."""
    some = np.broadcast_to(whole > nothing, np.broadcast_shapes(part.shape, whole.shape))
    found: Floats = np.divide(part, whole, out=np.full(some.shape, np.nan), where=some)
    return found


def _beyond_chance(agreed: Floats, chance: Floats) -> Floats:
    """The share of the agreement that chance leaves open which the coders reached."""
    return _ratio(agreed - chance, 1 - chance, NOTHING)


def _proportion(one: Floats, other: Floats) -> Floats:
    """The squared distance of two numbers in proportion to their sum; 0 of 0 and 0."""
    total = np.broadcast_to(one + other, np.broadcast_shapes(one.shape, other.shape))
    share = np.divide(one - other, total, out=np.zeros(total.shape), where=total != 0)
    squared: Floats = share**2
    return squared
