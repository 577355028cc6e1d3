"""Intervals for a proportion, and for the difference of two.

Wilson's score interval (E. B. Wilson, Probable inference, the law of succession, and statistical
inference, JASA 22, 1927, 209-212) stays within 0 and 1, and says something where a count is 0; the
usual mean plus or minus two standard errors does neither. For differences: Newcombe's method 10
(R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics
in Medicine 17, 1998, 873-890), which puts two of Wilson's together.
"""

from __future__ import annotations

from functools import cache
from math import hypot, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
"""How often such an interval holds the true share, in the long run."""


class Interval(NamedTuple):
    """Both ends, as proportions (for a difference: from -1 to 1)."""

    low: float
    high: float


@cache
def _quantile(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(count: float, total: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for ``count`` of ``total``; from 0 to 1 where there is nothing.

    Numbers need not be whole: records that are alike in groups count for less than one each.
    """
    if not total:
        return Interval(0.0, 1.0)
    z2 = _quantile(confidence) ** 2
    rate, weight = count / total, 1 + z2 / total
    middle = (rate + z2 / (2 * total)) / weight
    half = sqrt(z2 * (rate * (1 - rate) + z2 / (4 * total)) / total) / weight
    # the ends of none and of all are exact; only rounding could miss them
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return Interval(low, 1.0 if count == total else min(1.0, middle + half))


def difference(
    count: float,
    total: float,
    other_count: float,
    other_total: float,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Newcombe's interval for ``count / total - other_count / other_total``.

    From -1 to 1 where one of the two has nothing.
    """
    if not total or not other_total:
        return Interval(-1.0, 1.0)
    one, other = count / total, other_count / other_total
    first, second = wilson(count, total, confidence), wilson(other_count, other_total, confidence)
    return Interval(
        one - other - hypot(one - first.low, second.high - other),
        one - other + hypot(first.high - one, other - second.low),
    )
