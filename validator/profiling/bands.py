"""Numbers as rows of a table, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MOST_ROWS = 20
"""Different numbers that are listed one by one; more of them go into bands."""
QUANTILES = {
    "smallest": 0.0,
    "5 %": 0.05,
    "lower quarter": 0.25,
    "median": 0.5,
    "upper quarter": 0.75,
    "95 %": 0.95,
    "largest": 1.0,
}


def within(band: str, number: float) -> bool:
    """Whether a band (``5``, ``5+`` or ``5-9``) holds a number."""
    if open_ended := re.fullmatch(r"(-?[0-9.]+)\+", band):
        return number >= float(open_ended[1])
    if both := re.fullmatch(r"(-?[0-9.]+)-(-?[0-9.]+)", band):
        return float(both[1]) <= number <= float(both[2])
    try:
        return number == float(band)
    except ValueError:
        return False


def banded(values: Mapping[str, int], published: Iterable[str]) -> dict[str, int]:
    """Counts by row: the published bands, or each number, or bands of powers of ten and halves.

    What no published band holds has a row of its own at the end (``other``).
    """
    bands = list(published)
    if bands:
        found = dict.fromkeys(bands, 0)
        for text, count in values.items():
            band = next((b for b in bands if within(b, float(text))), "other")
            found[band] = found.get(band, 0) + count
        return found
    if len(values) <= MOST_ROWS:
        return dict(sorted(values.items(), key=lambda item: float(item[0])))
    found = {}
    for text, count in sorted(values.items(), key=lambda item: float(item[0])):
        band = _decade(float(text))
        found[band] = found.get(band, 0) + count
    return found


def _decade(number: float) -> str:
    """``0``, ``1-4``, ``5-9``, ``10-49``, ``50-99`` and so on, by the whole part of the number."""
    size, low = int(abs(number)), 1
    if size == 0:
        return "0" if number == 0 else "between -1 and 1"
    while size >= 10 * low:
        low *= 10
    first, last = (low, 5 * low - 1) if size < 5 * low else (5 * low, 10 * low - 1)
    return f"{first}-{last}" if number > 0 else f"-{last} to -{first}"


def quantile(values: Mapping[str, int], at: float) -> float:
    """The smallest number that at least a share ``at`` of the counted ones does not exceed."""
    total, seen = sum(values.values()), 0
    numbers = sorted((float(text), count) for text, count in values.items())
    for number, count in numbers:
        seen += count
        if seen >= at * total:
            return number
    return numbers[-1][0]


def mean(values: Mapping[str, int]) -> float:
    """The arithmetic mean of the counted numbers."""
    return sum(float(text) * n for text, n in values.items()) / sum(values.values())
