"""Bootstrap intervals of coefficients of agreement: units are drawn again, with replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from validator.measures.agreement import COEFFICIENTS, Floats, Ratings, Samples

AT_ONCE = 2_000_000
"""Cells of samples x patterns that are held in memory together."""
MOST_LOST = 0.05
"""Where more of the samples than this do not determine a coefficient, it has no interval."""
FEWEST_UNITS = 10
"""Where fewer units have two codes, samples of them say too little."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How samples are drawn, and how much of them an interval covers (0 to 1)."""

    seed: int = 1
    samples: int = 1000
    confidence: float = 0.95


def intervals(
    ratings: Ratings, names: Sequence[str], how: Bootstrap, of: str = ""
) -> dict[str, tuple[float, float]]:
    """The percentile interval of each coefficient that has one, by its name.

    The same seed gives the same interval, in whatever order the units come; ``of`` (a field's
    name) gives each field samples of its own, which another field cannot change.
    """
    patterns = ratings.patterns
    if patterns.units < FEWEST_UNITS or not how.samples:
        return {}
    random = np.random.default_rng([how.seed, crc32(of.encode())])
    units = int(patterns.counts.sum())
    found: dict[str, list[Floats]] = {name: [] for name in names}
    step = max(1, AT_ONCE // len(patterns.counts))
    for first in range(0, how.samples, step):
        size = min(step, how.samples - first)
        drawn = random.multinomial(units, patterns.counts / units, size=size)
        samples = Samples(patterns, drawn.astype(float))
        for name in names:
            found[name].append(COEFFICIENTS[name](samples))
    tail = (1 - how.confidence) / 2
    result = {}
    for name, parts in found.items():
        values = np.concatenate(parts)
        known = values[np.isfinite(values)]
        if known.size >= (1 - MOST_LOST) * how.samples:
            low, high = np.quantile(known, [tail, 1 - tail])
            result[name] = (float(low), float(high))
    return result
