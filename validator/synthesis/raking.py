"""Weights under which a pool of records has the published marginals.

Iterative proportional fitting, where a unit may hold several records of a table (a series and
its media): each step moves a unit's weight by the geometric mean of its records' factors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS, CLOSE = 60, 1e-5
LARGEST = 10.0
"""No unit may weigh more than this many average ones: a few would stand for all."""


@dataclass(frozen=True)
class Margin:
    """The target shares of categories among records.

    ``unit`` and ``category`` give each record's unit and category (-1: not counted); ``shares``
    sum to 1. A category that no record is in is left out. ``at_least`` asks no more than that the
    last category has its share.
    """

    unit: NDArray[np.int64]
    category: NDArray[np.int64]
    shares: NDArray[np.float64]
    at_least: bool = False


def rake(units: int, margins: list[Margin]) -> NDArray[np.float64]:
    """Weights of ``units`` that sum to 1. Later margins win where margins contradict each other."""
    weights = np.full(units, 1 / max(units, 1))
    counted = []
    for margin in margins:
        known = margin.category >= 0
        unit, category = margin.unit[known], margin.category[known]
        records = np.maximum(np.bincount(unit, minlength=units), 1)
        counted.append((margin, unit, category, records))
    for _ in range(STEPS):
        furthest = 0.0
        for margin, unit, category, records in counted:
            held = np.bincount(category, weights[unit], len(margin.shares))
            there = held > 0
            wanted = np.where(there, margin.shares, 0.0)
            if not there.any() or not wanted.sum():
                continue
            share, wanted = held / held.sum(), wanted / wanted.sum()
            if margin.at_least and share[-1] >= wanted[-1]:
                continue
            furthest = max(furthest, float(np.abs(share - wanted).max()))
            factors = np.ones(len(share))
            factors[there] = np.maximum(wanted[there], 1e-12) / share[there]
            moved = np.bincount(unit, np.log(factors)[category], units) / records
            weights *= np.exp(moved)
            weights /= weights.sum()
            weights = np.minimum(weights, LARGEST / units)
            weights /= weights.sum()
        if furthest < CLOSE:
            break
    return weights
