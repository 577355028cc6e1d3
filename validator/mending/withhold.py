"""Which cells to withhold so that nobody is exposed to an audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from validator.measures.suppression import suppress
from validator.measures.wanted import wanted
from validator.mending.changes import Change, Of
from validator.mending.copy import changed_frames, positions
from validator.model.disclosure import Audience
from validator.model.reading import ROW, Reading
from validator.model.standard import Standard, Table
from validator.registry import FILE


def withholding(
    standard: Standard,
    audience: Audience,
    tables: Mapping[str, Sequence[Reading]],
    made: Mapping[Of, Sequence[Change]],
) -> tuple[list[Change], Mapping[str, int]]:
    """The cells to withhold, and by table the records that stay exposed all the same.

    ``tables`` holds the readings of each table, ``made`` the changes already made to each.
    """
    found: list[Change] = []
    left: dict[str, int] = {}
    for name, readings in tables.items():
        table = standard.by_name[name]
        frame = _records(table, readings, made)
        want = wanted(standard, table, frozenset(frame.columns), audience)
        if want is None or frame.is_empty():
            continue
        result = suppress(frame.select(*want.quasi, *want.sensitive), want)
        left[name] = result.left
        kept = frame.with_columns(result.frame.get_column(field) for field in result.cells)
        kept = kept.with_columns(_words(table, frame, kept))
        for field in kept.columns:
            changed = frame.select(
                FILE, ROW, pl.col(field).alias("before"), kept.get_column(field).alias("after")
            ).filter(pl.col("before") != pl.col("after"))
            found += [
                Change(
                    readings[file].path,
                    row,
                    field,
                    "small-group",
                    before,
                    after,
                    readings[file].sheet,
                )
                for file, row, before, after in changed.iter_rows()
            ]
    return found, left


def _words(table: Table, before: pl.DataFrame, after: pl.DataFrame) -> list[pl.Expr]:
    """Blanks the words for the code "other" where the code is now withheld: they would tell it."""
    found = []
    for field in table.fields:
        if field.specify in after.columns and field.name in after.columns:
            same = before.get_column(field.name) == after.get_column(field.name)
            words = pl.when(same).then(pl.col(field.specify)).otherwise(pl.lit(""))
            found.append(words.alias(field.specify))
    return found


def _records(
    table: Table, readings: Sequence[Reading], made: Mapping[Of, Sequence[Change]]
) -> pl.DataFrame:
    """All records of a table under its fields' names, without wholly blank rows."""
    parts = []
    for index, reading in enumerate(readings):
        columns = {f: c for f, c in positions(reading).items() if f in table.by_name}
        chosen = [pl.col(column).alias(name) for name, column in columns.items()]
        number = pl.lit(index, dtype=pl.Int32).alias(FILE)
        for frame in changed_frames(reading, made.get((reading.path, reading.sheet), ())):
            filled = frame.filter(pl.any_horizontal(pl.exclude(ROW) != ""))
            parts.append(filled.select(number, pl.col(ROW), *chosen))
    return pl.concat(parts, how="diagonal").fill_null("") if parts else pl.DataFrame()
