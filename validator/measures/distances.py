"""How far apart two distributions are, with what chance alone would give.

Counts in, numbers from 0 (the same) to 1 (nothing in common) out:

* total variation: the share of one that would have to be coded otherwise to give the other;
* earth mover's (Wasserstein) distance along an order, in steps, over the longest way possible;
* Kolmogorov's: the largest difference of the shares up to a value, whatever the unit.

Two samples of one population are never quite alike, and small ones look far apart. So what is
observed comes with ``chance``, the 99th percentile of the distances between two samples of these
sizes of both taken together; and with an estimate from which the bootstrap's own excess is taken
off, and its 95 % interval (Davison and Hinkley, Bootstrap Methods and their Application, 1997,
bias in chapter 2.1.3, the basic interval in chapter 5.2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Measure = Callable[[Shares, Shares], Shares]
"""Of shares along the last axis (samples along the first, if any); one number a sample."""

DRAWS = 999
CHANCE = 0.99


class Distance(NamedTuple):
    """What is observed, the estimate with its ends, and what chance reaches once in a hundred."""

    observed: float
    value: float
    low: float
    high: float
    chance: float


def total_variation(one: Shares, other: Shares) -> Shares:
    """Half the sum of the absolute differences."""
    found: Shares = np.abs(one - other).sum(axis=-1) / 2
    return found


def earth_movers(one: Shares, other: Shares) -> Shares:
    """The mean number of steps along the order, over the number of steps from end to end."""
    ways = max(one.shape[-1] - 1, 1)
    found: Shares = np.abs(np.cumsum(one - other, axis=-1)).sum(axis=-1) / ways
    return found


def kolmogorov(one: Shares, other: Shares) -> Shares:
    """The largest absolute difference of the cumulated shares."""
    found: Shares = np.abs(np.cumsum(one - other, axis=-1)).max(axis=-1)
    return found


def distance(
    one: Counts,
    other: Counts,
    measure: Measure,
    *,
    weights: tuple[float, float] = (1.0, 1.0),
    seed: int = 0,
    draws: int = DRAWS,
) -> Distance:
    """The distance of two rows of counts of the same categories, in the same order.

    ``weights`` below 1 say that records are alike in groups, so that they tell only as much as so
    many fewer. The same counts and seed give the same answer. Raises ValueError where one of them
    is empty.
    """
    if not one.sum() or not other.sum():
        message = "a distance needs something on both sides"
        raise ValueError(message)
    first, second = one / one.sum(), other / other.sum()
    sizes = tuple(max(round(c.sum() * w), 1) for c, w in zip((one, other), weights, strict=True))
    together = (first * sizes[0] + second * sizes[1]) / sum(sizes)
    drawn = np.random.default_rng(seed)

    def samples(of: Shares, beside: Shares) -> Shares:
        return measure(
            drawn.multinomial(sizes[0], of, draws) / sizes[0],
            drawn.multinomial(sizes[1], beside, draws) / sizes[1],
        )

    observed, again = float(measure(first, second)), samples(first, second)
    low, high = np.quantile(again, (0.025, 0.975))
    ends = np.clip(2 * observed - np.array([again.mean(), high, low]), 0.0, 1.0)
    chance = float(np.quantile(samples(together, together), CHANCE))
    value, least, most = map(float, ends)
    return Distance(observed, value, least, most, chance)
