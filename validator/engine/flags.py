"""Computes the flags of a batch together; a flag that breaks fails alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from validator.engine.plan import PROBE, TEXT, Plan

OTHER = "\0"
"""Stands for every text that is not listed. No listed text holds a NUL."""


class Query:
    """Named expressions, worked out together over one batch after the other.

    Written once: to translate the expressions anew for each batch costs as much as a third of
    working them out. A lazy frame also shares what several flags have in common. ``columns`` are
    put in the place of the batch's own; every batch has the same.
    """

    def __init__(self, named: Iterable[tuple[str, Any]], columns: Sequence[pl.Expr] = ()) -> None:
        self.named, self.columns = dict(named), columns
        self.held = pl.DataFrame()
        self.query: pl.LazyFrame | None = None

    def of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """What the expressions make of the batch: a column of each."""
        if not self.named:
            return batch.select()
        self.held = batch
        if self.query is None:
            batches = register_io_source(self._batch, schema=batch.schema)
            lazy = nw.from_native(batches.with_columns(self.columns))
            wanted = (expression.alias(name) for name, expression in self.named.items())
            query: pl.LazyFrame = lazy.select(*wanted).to_native()
            self.query = query
        return self.query.collect(engine="in-memory")

    def drop(self, name: str) -> None:
        """Leave an expression out from now on."""
        del self.named[name]
        self.query = None

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
        self.failed = failed
        self.broken: set[str] = set()
        self.dense = Query(plan.flags, [_enumerated(name, texts) for name, texts in lists.items()])
        self.sparse = {
            column: Query((name, e) for name, e, where, _ in plan.sparse if where == column)
            for _, _, column, _ in plan.sparse
        }
        self.elsewhere = {name: elsewhere for name, _, _, elsewhere in plan.sparse}

    def of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """One column of true and false for each flag. Every batch has the same columns."""
        dense = self._computed(self.dense, batch)
        sparse = [flag for column in self.sparse for flag in self._sparse(batch, column)]
        # cells that could not be judged are not accused: their checks are shown as failed
        missing = [
            pl.lit(not name.startswith((PROBE, TEXT))).alias(name) for name in sorted(self.broken)
        ]
        whole = dense if dense.width else batch.select()
        return whole.with_columns(*sparse, *missing)

    def _sparse(self, batch: pl.DataFrame, column: str) -> Iterator[pl.Series]:
        """The flags of a mostly blank column, from the rows where it is not blank."""
        filled = batch.get_column(column) != ""
        rows = batch.select(column).filter(filled)
        for found in self._computed(self.sparse[column], rows):
            flag = filled.alias(found.name)
            if self.elsewhere[found.name]:
                flag = _constant(found.name, batch.height)
            # as a rule nothing is out of order
            yield flag if found.all() else flag.scatter(filled.arg_true().filter(~found), False)

    def _computed(self, query: Query, batch: pl.DataFrame) -> pl.DataFrame:
        """What the query makes of the batch; what breaks is left out from now on."""
        try:
            return query.of(batch)
        except Exception:  # whatever it was, it must not silence the other checks
            return pl.DataFrame(list(self._one_by_one(query, batch)))

    def _one_by_one(self, query: Query, batch: pl.DataFrame) -> Iterator[pl.Series]:
        for name, expression in list(query.named.items()):
            try:
                yield Query([(name, expression)], query.columns).of(batch).to_series()
            except Exception as error:
                query.drop(name)
                self.broken.add(name)
                self.failed(name, type(error).__name__)


def _enumerated(name: str, texts: Sequence[str]) -> pl.Expr:
    known = pl.Enum([*texts, OTHER])
    # a plain text to fill with would make the planner take the column for text
    return pl.col(name).cast(known, strict=False).fill_null(pl.lit(OTHER, dtype=known))


def _constant(name: str, height: int) -> pl.Series:
    return pl.Series(name, [True]).new_from_index(0, height)
