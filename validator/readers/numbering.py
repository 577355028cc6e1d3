"""The row numbers of a batch of records."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from validator.model.reading import ROW

if TYPE_CHECKING:
    import polars as pl


def numbered(batch: pl.DataFrame, first: int) -> pl.DataFrame:
    """The batch with ROW: ``first``, ``first`` + 1 and so on.

    The numbers lie in as many pieces as the parser's columns do. Were they one piece, each look at
    the batch would first copy every column into one.
    """
    import polars as pl

    lengths = batch.get_column(batch.columns[0]).chunk_lengths() if batch.width else []
    pieces = (
        pl.int_range(start, stop, dtype=pl.UInt32, eager=True)
        for start, stop in pairwise(accumulate(lengths, initial=first))
    )
    none = pl.Series(dtype=pl.UInt32)
    return batch.with_columns(pl.concat([none, *pieces], rechunk=False).alias(ROW))
