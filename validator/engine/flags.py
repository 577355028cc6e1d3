"""Computes the flags of a batch together; a flag that breaks fails alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from validator.engine.plan import PROBE, TEXT, Plan

OTHER = "\0"
"""Stands for every text that is not listed. No listed text holds a NUL."""


class Flags:
    """The named expressions of a plan.

    ``lists`` holds the texts that a column is compared with, where they can be listed: the column
    becomes an enumeration of them, and each comparison one of small numbers (some ten times
    faster). ``failed`` is called once with each name that breaks.
    """

    def __init__(
        self,
        plan: Plan,
        lists: Mapping[str, Sequence[str]],
        failed: Callable[[str, str], None],
    ) -> None:
        self.flags, self.failed = plan.flags, failed
        self.sparse: dict[str, list[tuple[str, Any, bool]]] = {}
        for name, expression, column, elsewhere in plan.sparse:
            self.sparse.setdefault(column, []).append((name, expression, elsewhere))
        self.broken: set[str] = set()
        self.held = pl.DataFrame()
        self.query: pl.LazyFrame | None = None
        self.columns = [_enumerated(name, texts) for name, texts in lists.items()]

    def of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """One column of true and false for each flag. Every batch has the same columns."""
        self.held = batch
        try:
            computed = self._planned(batch.schema).collect(engine="in-memory")
        except Exception:  # whatever it was, it must not silence the other checks
            wanted = [(name, e) for name, e in self.flags if name not in self.broken]
            lazy = nw.from_native(batch.lazy().with_columns(self.columns))
            computed = self._one_by_one(lazy, wanted)
            self.query = None
        sparse = [flag for column in self.sparse for flag in self._sparse(batch, column)]
        # cells that could not be judged are not accused: their checks are shown as failed
        missing = [
            pl.lit(not name.startswith((PROBE, TEXT))).alias(name) for name in sorted(self.broken)
        ]
        whole = computed if computed.width else batch.select()
        return whole.with_columns(*sparse, *missing)

    def _planned(self, schema: pl.Schema) -> pl.LazyFrame:
        """The flags as one query over whatever batch is held.

        Written once: to translate the expressions anew for each batch costs as much as a third of
        working them out. A lazy frame also shares what several flags have in common.
        """
        if self.query is None:
            batches = register_io_source(self._batch, schema=schema)
            lazy = nw.from_native(batches.with_columns(self.columns))
            wanted = (e.alias(name) for name, e in self.flags if name not in self.broken)
            query: pl.LazyFrame = lazy.select(*wanted).to_native()
            self.query = query
        return self.query

    def _batch(
        self,
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,
    ) -> Iterator[pl.DataFrame]:
        """The held batch, as Polars asks a source for it; the query neither filters nor cuts."""
        del predicate, n_rows, batch_size
        yield self.held if with_columns is None else self.held.select(with_columns)

    def _sparse(self, batch: pl.DataFrame, column: str) -> Iterator[pl.Series]:
        """The flags of a mostly blank column, from the rows where it is not blank."""
        filled = batch.get_column(column) != ""
        wanted = [item for item in self.sparse[column] if item[0] not in self.broken]
        rows = nw.from_native(batch.select(column).filter(filled).lazy())
        named = [(name, expression) for name, expression, _ in wanted]
        try:
            computed = self._collect(rows, named)
        except Exception:  # the same
            computed = self._one_by_one(rows, named)
        place = (filled.cum_sum().cast(pl.Int64) - 1).clip(0)
        for name, _, elsewhere in wanted:
            if name in self.broken:
                continue
            flag = computed.get_column(name)
            if flag.all():
                # nothing but what is in order: the usual case, and the cheap one
                yield _constant(name, batch.height) if elsewhere else filled.alias(name)
            elif elsewhere:
                yield (flag.gather(place) | ~filled).alias(name)
            else:
                yield (flag.gather(place) & filled).alias(name)

    @staticmethod
    def _collect(lazy: Any, wanted: Sequence[tuple[str, Any]]) -> pl.DataFrame:
        chosen = lazy.select(*(expression.alias(name) for name, expression in wanted))
        result: pl.DataFrame = chosen.to_native().collect(engine="in-memory")
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


def _enumerated(name: str, texts: Sequence[str]) -> pl.Expr:
    known = pl.Enum([*texts, OTHER])
    # a plain text to fill with would make the planner take the column for text
    return pl.col(name).cast(known, strict=False).fill_null(pl.lit(OTHER, dtype=known))


def _constant(name: str, height: int) -> pl.Series:
    return pl.Series(name, [True]).new_from_index(0, height)
