"""The faults of one file: the first of each code are kept, all are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from validator.model.reading import Fault, Reading
from validator.readers.source import Source

KEPT = 1000
"""How many faults of one code are held in memory; the counts stay exact beyond it."""


class FaultLog:
    """Faults in the order in which they are met."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._counts: Counter[str] = Counter()

    def add(
        self,
        code: str,
        row: int | None = None,
        *,
        column: int | None = None,
        name: str | None = None,
        **detail: object,
    ) -> None:
        """Count one fault, and keep it while there is room for its code."""
        self._counts[code] += 1
        if self._counts[code] <= KEPT:
            facts = tuple((key, str(value)) for key, value in detail.items())
            self._kept.append(Fault(code, row, column, name, facts))

    @property
    def kept(self) -> tuple[Fault, ...]:
        """The faults that were kept."""
        return tuple(self._kept)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The exact number of faults of each code that was met."""
        return tuple(sorted(self._counts.items()))


def unusable(
    source: Source, detail: Mapping[str, object], sheet: str | None = None, *, digest: bool = True
) -> Reading:
    """The reading of what is no table: one ``unreadable-file`` fault, and nothing else.

    ``detail`` says why, as ``validator.checks.structure.unreadable_file`` words it. Without
    ``digest`` not a byte of it is read.
    """
    facts = tuple((key, str(value)) for key, value in detail.items())
    return Reading(
        path=source.name,
        columns=(),
        records=0,
        frames=lambda _rows: iter(()),
        faults=(Fault("unreadable-file", detail=facts),),
        fault_counts=(("unreadable-file", 1),),
        sha256=source.digest() if digest and not source.url else None,
        sheet=sheet,
    )
