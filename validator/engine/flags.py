"""Computes the flags of a batch together; a flag that breaks fails alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from validator.engine.plan import PROBE, TEXT


class Flags:
    """The named expressions of a plan. ``failed`` is called once with each name that breaks."""

    def __init__(
        self, flags: Sequence[tuple[str, Any]], failed: Callable[[str, str], None]
    ) -> None:
        self.flags, self.failed = flags, failed
        self.broken: set[str] = set()

    def of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """One column of true and false for each flag."""
        # a lazy frame shares what several flags have in common
        lazy = nw.from_native(batch.lazy())
        wanted = [(name, e) for name, e in self.flags if name not in self.broken]
        try:
            computed = self._collect(lazy, wanted)
        except Exception:  # whatever it was, it must not silence the other checks
            computed = self._one_by_one(lazy, wanted)
        # cells that could not be judged are not accused: their checks are shown as failed
        missing = (
            pl.lit(not name.startswith((PROBE, TEXT))).alias(name) for name in sorted(self.broken)
        )
        if computed.width == 0:
            return batch.select(missing)
        return computed.with_columns(missing)

    @staticmethod
    def _collect(lazy: Any, wanted: Sequence[tuple[str, Any]]) -> pl.DataFrame:
        chosen = lazy.select(*(expression.alias(name) for name, expression in wanted))
        result: pl.DataFrame = chosen.to_native().collect()
        return result

    def _one_by_one(self, lazy: Any, wanted: Sequence[tuple[str, Any]]) -> pl.DataFrame:
        columns = []
        for name, expression in wanted:
            try:
                columns.append(self._collect(lazy, [(name, expression)]).to_series())
            except Exception as error:
                self.broken.add(name)
                self.failed(name, type(error).__name__)
        return pl.DataFrame(columns)
