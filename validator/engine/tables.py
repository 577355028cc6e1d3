"""One table after the pass: its counts, and the columns that later checks asked to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from validator.engine.batches import FieldState
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

    def keep(self, file: int, batch: pl.DataFrame) -> None:
        """Keep the asked columns of one batch; a column that its file lacks is blank."""
        self._parts.append(self._asked(file, batch))

    def keep_suspects(self, file: int, batch: pl.DataFrame) -> None:
        """Keep the keys of records which, under other numbers, are among those kept as well."""
        self._suspects.append(self._asked(file, batch))

    def _asked(self, file: int, batch: pl.DataFrame) -> pl.DataFrame:
        kept = [
            pl.col(name) if name in batch.columns else pl.lit("").alias(name)
            for name in self.columns
        ]
        number = pl.lit(file, dtype=pl.Int32).alias(FILE)
        return batch.select(number, pl.col(ROW).cast(pl.Int64), *kept)

    def close(self, states: Sequence[FieldState], rows: int) -> None:
        """Add the counts of one file, whose non-blank records are ``rows``."""
        self.present |= {state.field.name for state in states}
        self.records += rows
        for state in states:
            before = self.counts.get(state.field.name, FieldCount(0, 0, 0, 0))
            common = self._common(state, before)
            self.counts[state.field.name] = FieldCount(
                before.recorded + state.recorded,
                before.missing + state.missing,
                before.blank + state.blank,
                before.invalid + state.invalid,
                before.inapplicable + state.inapplicable,
                common,
            )

    @staticmethod
    def _common(state: FieldState, before: FieldCount) -> tuple[str, int] | None:
        if state.candidate is None:
            return before.commonest
        if before.commonest is None:
            return (state.candidate, state.common)
        code, count = before.commonest
        if code == state.candidate:
            return (code, count + state.common)
        return max(before.commonest, (state.candidate, state.common), key=lambda pair: pair[1])

    def frame(self, columns: Iterable[str]) -> pl.DataFrame:
        """The kept columns with FILE and ROW, in file order."""
        return _together(self._parts, columns)

    def by_number(self, columns: Iterable[str]) -> pl.DataFrame:
        """The kept columns of every record that a finding may name by FILE and ROW."""
        return _together([*self._parts, *self._suspects], columns)


def _together(parts: Sequence[pl.DataFrame], columns: Iterable[str]) -> pl.DataFrame:
    wanted = [FILE, ROW, *dict.fromkeys(columns)]
    if not parts:
        text = dict.fromkeys(wanted[2:], pl.String)
        return pl.DataFrame(schema={FILE: pl.Int32, ROW: pl.Int64, **text})
    return pl.concat([part.select(wanted) for part in parts])
