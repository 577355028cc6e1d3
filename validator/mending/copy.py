"""Writes a file again, with changes: every record kept.

A delimited text becomes UTF-8, with its own separator and headings. Of a workbook only the
changed cells are touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

import polars as pl

from validator.mending.changes import Change
from validator.mending.workbook import WORKBOOKS, formulas, place, workbook
from validator.model.reading import ROW, Reading
from validator.readers.separated import SUFFIXES

BATCH = 200_000
NEW = "__new__"


def positions(reading: Reading) -> dict[str, str]:
    """The frame's column of each heading; where a heading repeats, the first."""
    found: dict[str, str] = {}
    for index, heading in enumerate(reading.columns):
        found.setdefault(heading, f"c{index}")
    return found


def changed_frames(reading: Reading, changes: Sequence[Change]) -> Iterator[pl.DataFrame]:
    """The records of a reading with their changed cells, in file order."""
    edits = _edits(positions(reading), changes)
    for frame in reading.frames(BATCH):
        changed: pl.DataFrame = frame
        for column, edit in edits.items():
            rows = edit.with_columns(pl.col(ROW).cast(changed.schema[ROW]))
            joined = changed.join(rows, on=ROW, how="left", maintain_order="left")
            changed = joined.with_columns(pl.coalesce(NEW, column).alias(column)).drop(NEW)
        yield changed


def writes(path: str) -> bool:
    """Whether files of that kind can be written again."""
    return PurePath(path).suffix.lower() in {*SUFFIXES, *WORKBOOKS}


def computed(reading: Reading) -> frozenset[tuple[int, int]]:
    """Row and column of the cells that cannot be rewritten, because a formula computes them."""
    is_workbook = PurePath(reading.path).suffix.lower() in WORKBOOKS
    return formulas(reading) if is_workbook else frozenset()


def changeable(
    reading: Reading, changes: Sequence[Change], carried: Mapping[int, bytes]
) -> list[Change]:
    """The changes without those to a carried row, or to a formula, whose parts are to be mended."""
    changes = [change for change in changes if change.row not in carried]
    if not changes:
        return []
    kept = computed(reading)
    return [change for change in changes if not kept or place(reading, change) not in kept]


def copy(
    readings: Sequence[Reading],
    changes: Sequence[Sequence[Change]],
    carried: Mapping[int, bytes],
) -> bytes:
    """One file, with the changes of each of its tables.

    ``readings`` are all its tables: several only where it is a workbook. ``carried`` are the rows
    of a delimited text that stay as they are, with the text of each.
    """
    if PurePath(readings[0].path).suffix.lower() in WORKBOOKS:
        return workbook(readings, changes)
    return _delimited(readings[0], changes[0], carried)


def _delimited(reading: Reading, changes: Sequence[Change], carried: Mapping[int, bytes]) -> bytes:
    """A delimited text. Quotes stand only where they are needed."""
    to = io.BytesIO()
    heading = io.StringIO()
    csv.writer(heading, delimiter=reading.separator, lineterminator="\n").writerow(reading.columns)
    to.write(heading.getvalue().encode())
    for frame in changed_frames(reading, changes):
        cells = frame.select(_blank_as_null(f"c{i}") for i in range(len(reading.columns)))
        start = 0
        if carried:
            rows = frame.get_column(ROW)
            for at in rows.is_in(list(carried)).arg_true():
                _write(cells[start:at], reading.separator, to)
                to.write(carried[rows[at]] + b"\n")
                start = at + 1
        _write(cells[start:], reading.separator, to)
    return to.getvalue()


def _write(cells: pl.DataFrame, separator: str, to: io.BytesIO) -> None:
    cells.write_csv(to, include_header=False, separator=separator, null_value="")


def _blank_as_null(column: str) -> pl.Expr:
    # an empty text would be written as two quotes
    return pl.when(pl.col(column) != "").then(pl.col(column)).alias(column)


def _edits(columns: dict[str, str], changes: Iterable[Change]) -> dict[str, pl.DataFrame]:
    found: dict[str, list[tuple[int, str]]] = {}
    for change in changes:
        found.setdefault(columns[change.field], []).append((change.row, change.after))
    schema = {ROW: pl.Int64, NEW: pl.String}
    return {name: pl.DataFrame(rows, schema=schema, orient="row") for name, rows in found.items()}
