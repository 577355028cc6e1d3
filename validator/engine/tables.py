"""One table after the pass: its counts, and the columns that later checks asked to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from validator.engine.passing import Passed
from validator.model.reading import ROW
from validator.model.standard import Table
from validator.registry import FILE, FieldCount


class CheckedTable:
    """Gathers what the files of one table leave behind. Implements ``registry.TableView``."""

    def __init__(self, table: Table, columns: Iterable[str]) -> None:
        self.table = table
        self.columns = tuple(dict.fromkeys(columns))
        self.present: frozenset[str] = frozenset()
        self.records = 0
        self.counts: dict[str, FieldCount] = {}
        self._parts: list[pl.DataFrame] = []
        self._suspects: list[pl.DataFrame] = []

    def take(self, passed: Passed) -> None:
        """Add what the pass over one more file has left behind."""
        self.present |= passed.counts.keys()
        self.records += passed.records
        for name, count in passed.counts.items():
            before = self.counts.get(name)
            self.counts[name] = count if before is None else _sum(before, count)
        self._parts += passed.kept
        self._suspects += passed.suspects

    def frame(self, columns: Iterable[str]) -> pl.DataFrame:
        """The kept columns with FILE and ROW, in file order."""
        return _together(self._parts, columns)

    def by_number(self, columns: Iterable[str]) -> pl.DataFrame:
        """The kept columns of every record that a finding may name by FILE and ROW."""
        return _together([*self._parts, *self._suspects], columns)


def _sum(one: FieldCount, other: FieldCount) -> FieldCount:
    return FieldCount(
        one.recorded + other.recorded,
        one.missing + other.missing,
        one.blank + other.blank,
        one.invalid + other.invalid,
        one.inapplicable + other.inapplicable,
        _commonest(one.commonest, other.commonest),
    )


def _commonest(
    one: tuple[str, int] | None, other: tuple[str, int] | None
) -> tuple[str, int] | None:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        return one[0], one[1] + other[1]
    return max(one, other, key=lambda pair: pair[1])


def _together(parts: Sequence[pl.DataFrame], columns: Iterable[str]) -> pl.DataFrame:
    wanted = [FILE, ROW, *dict.fromkeys(columns)]
    if not parts:
        text = dict.fromkeys(wanted, pl.String)
        return pl.DataFrame(schema={**text, FILE: pl.Int32, ROW: pl.Int64})
    return pl.concat([part.select(wanted) for part in parts])
