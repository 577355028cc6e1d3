"""Suspected local conventions: one code of an ordered list holds what is beside it elsewhere.

Where others spread a share over levels 6, 7 and 8, and one contributor has nearly all of it in 7,
the levels together agree and each by itself does not. That may be a rule of the house; the data
cannot prove it, so it is put as a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.measures.distances import Counts
from validator.measures.intervals import difference

LEAST = 0.05
"""Points of all recorded values that one code must surely have more than elsewhere (0.05: five)."""
RETURNED = 0.25
"""How far the neighbours' loss may be from that gain, as a share of it."""
LEFT = 0.5
"""The neighbours are used at most half as often as elsewhere."""
TAKEN = 0.75
"""And elsewhere the code itself has at most so much of what it has here."""


@dataclass(frozen=True, slots=True)
class Convention:
    """``code`` has ``share`` of the values, and ``elsewhere`` in the other data; neighbours too."""

    code: str
    neighbours: tuple[str, ...]
    share: float
    elsewhere: float
    share_of_neighbours: float
    neighbours_elsewhere: float


def suspected(
    codes: Sequence[str], one: Counts, other: Counts, weights: tuple[float, float] = (1.0, 1.0)
) -> Iterator[Convention]:
    """What ``one`` may put into a code of the ordered list that ``other`` spreads around it.

    ``weights`` are those of ``measures.distances.distance``.
    """
    size, others = int(one.sum()), int(other.sum())
    if not size or not others:
        return
    for j, code in enumerate(codes):
        gain = one[j] / size - other[j] / others
        ours, theirs = weights
        sure = difference(one[j] * ours, size * ours, other[j] * theirs, others * theirs).low
        if sure < LEAST or other[j] / others > TAKEN * one[j] / size:
            continue
        around = [[j - 1, j + 1], [j - 1], [j + 1]]
        fitting = []
        for places in around:
            near = [i for i in places if 0 <= i < len(codes)]
            if len(near) < len(places):
                continue
            here, there = one[near].sum() / size, other[near].sum() / others
            if here <= LEFT * there and abs(there - here - gain) <= RETURNED * gain:
                fitting.append((abs(there - here - gain), near, here, there))
        if fitting:
            _, near, here, there = min(fitting, key=lambda each: each[0])
            yield Convention(
                code,
                tuple(codes[i] for i in near),
                float(one[j] / size),
                float(other[j] / others),
                float(here),
                float(there),
            )
