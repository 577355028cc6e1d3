"""Carries a submission from one version of a standard to another."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.engine.mapping import table_of
from validator.errors import UsageError
from validator.model.migration import Add, Drop, Rename
from validator.model.reading import Reading
from validator.model.standard import Standard
from validator.versions.cells import Deed, Done, Recoding, Tally
from validator.versions.resolving import find, former

if TYPE_CHECKING:
    import polars as pl

BATCH = 200_000
CERTAIN = frozenset({"blank-row"})
"""Faults of a file's structure that leave no doubt about what stands where."""

Operation = Callable[["pl.DataFrame", Tally], "pl.DataFrame"]


@dataclass(frozen=True)
class Migrated:
    """``files`` holds each new CSV by its name, ``tally`` the records of each thing done.

    ``inputs`` gives the path, the sheet, the table and the records of what went into each file;
    ``left_out`` the files that are no table of the older version, and why.
    """

    versions: tuple[Standard, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, tuple[str, str | None, str, int]] = field(default_factory=dict)
    tally: Tally = field(default_factory=Counter)
    left_out: Sequence[tuple[str, str]] = ()

    @property
    def losses(self) -> Mapping[Done, int]:
        """What the new records say less, or not yet, by the number of records."""
        return {done: number for done, number in self.tally.items() if done.deed.is_loss}

    @property
    def unfinished(self) -> bool:
        """Whether somebody must look at records."""
        return any(done.deed is Deed.REVIEW for done in self.tally)


def migrate(versions: tuple[Standard, ...], readings: Sequence[Reading]) -> Migrated:
    """Carry every table through the versions, in their order (see ``route``).

    Raises UsageError where a file is no certain table, or has a column that a new field needs.
    """
    old = versions[0]
    tables: dict[str, list[Reading]] = {}
    left_out: list[tuple[str, str]] = []
    for reading in readings:
        table, how = table_of(old, reading)
        if table is None:
            left_out.append((reading.path, how))
        else:
            _certain(reading)
            tables.setdefault(table, []).append(reading)
    if not tables:
        message = f"No file holds a table of {old.id} {old.version}: {', '.join(old.by_name)}."
        raise UsageError(message)
    result = Migrated(versions, {}, {}, Counter(), left_out)
    files: dict[str, bytes] = {}
    inputs: dict[str, tuple[str, str | None, str, int]] = {}
    for table, several in tables.items():
        for number, reading in enumerate(several, start=1):
            name = f"{table}.csv" if len(several) == 1 else f"{table}-{number}.csv"
            files[name] = _file(versions, table, reading, result.tally)
            inputs[name] = (reading.path, reading.sheet, table, reading.records)
    return Migrated(versions, files, inputs, result.tally, left_out)


def _certain(reading: Reading) -> None:
    """Refuse a file in which it is not certain what stands where."""
    unsure = [code for code, _ in reading.fault_counts if code not in CERTAIN]
    if unsure:
        message = (
            f"In {reading.path} it is not certain what stands where ({', '.join(unsure)}). Nothing "
            "was written. 'accordant check' shows the rows; mend them first."
        )
        raise UsageError(message)


def _file(versions: tuple[Standard, ...], table: str, reading: Reading, tally: Tally) -> bytes:
    import polars as pl

    headings: list[str | None] = list(reading.columns)
    operations: list[Operation] = []
    for old, new in pairwise(versions):
        if table not in new.by_name:
            message = f"Version {new.version} has no table '{table}'. Leave its file out."
            raise UsageError(message)
        operations += _hop(old, new, table, headings)
    to = io.BytesIO()
    kept = [(f"c{index}", name) for index, name in enumerate(headings) if name is not None]
    top = io.StringIO()
    csv.writer(top, lineterminator="\n").writerow([name for _, name in kept])
    to.write(top.getvalue().encode())
    for frame in reading.frames(BATCH):
        changed: pl.DataFrame = frame
        for operation in operations:
            changed = operation(changed, tally)
        # an empty text would be written as two quotes
        cells = (pl.when(pl.col(column) != "").then(pl.col(column)) for column, _ in kept)
        changed.select(
            cell.alias(column) for cell, (column, _) in zip(cells, kept, strict=True)
        ).write_csv(to, include_header=False, null_value="")
    return to.getvalue()


def _hop(
    old: Standard, new: Standard, table: str, headings: list[str | None]
) -> Iterator[Operation]:
    """What one migration does to one file; changes its headings on the way.

    Column i of the file stands in ``c{i}``; a heading of None is written no more.
    """
    migration = new.migration
    places = {name: index for index, name in enumerate(headings) if name is not None}
    if migration is None:
        return
    for drop in migration.of(Drop, table):
        if (at := places.get(drop.field.field)) is not None:
            headings[at] = None
            yield _dropping(old, drop, at)
    moves = {
        at: step
        for step in migration.of(Rename, table)
        if (at := places.get(step.field.field)) is not None
    }
    for at in moves:
        headings[at] = None  # so that two fields can change their names with each other
    for at, step in moves.items():
        _refuse_twice(old, step.to, headings)
        headings[at] = step.to
        yield _noting(Done(Deed.RENAMED, f"{table}.{step.to}", f"{step.field.field} to {step.to}"))
    for later in new.by_name[table].fields:
        earlier = find(old, table, former(migration, table, later.name))
        place = places.get(former(migration, table, later.name))
        if earlier is not None and place is not None:
            recoding = Recoding(earlier, later, new, table)
            if recoding.changes:
                yield _recoding(recoding, place)
    for add in migration.of(Add, table):
        _refuse_twice(old, add.field.field, headings)
        headings.append(add.field.field)
        yield _adding(add, len(headings) - 1)


def _refuse_twice(old: Standard, name: str, headings: Sequence[str | None]) -> None:
    """Refuse to write a second column of one name: nobody could tell the two apart."""
    if name in headings:
        message = (
            f"There is a column {name} already, which {old.id} {old.version} does not know. Rename "
            "or delete it: the migration writes a column of that name."
        )
        raise UsageError(message)


def _noting(done: Done) -> Operation:
    def operation(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
        tally[done] += frame.height
        return frame

    return operation


def _adding(step: Add, at: int) -> Operation:
    done = Done(Deed.ADDED, str(step.field), step.value or "blank")

    def operation(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
        import polars as pl

        tally[done] += frame.height
        return frame.with_columns(pl.lit(step.value).alias(f"c{at}"))

    return operation


def _dropping(old: Standard, step: Drop, at: int) -> Operation:
    done = Done(Deed.DROPPED, str(step.field), "recorded values")
    silent = ["", *old.missing_reasons.by_code]

    def operation(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
        tally[done] += frame.height - int(frame.get_column(f"c{at}").is_in(silent).sum())
        return frame

    return operation


def _recoding(recoding: Recoding, at: int) -> Operation:
    def operation(frame: pl.DataFrame, tally: Tally) -> pl.DataFrame:
        column = frame.get_column(f"c{at}")
        changed: dict[str, str] = {}
        # each text once, however many records have it
        for text, number in column.value_counts().iter_rows():
            new, deeds = recoding.cell(text)
            for done in deeds:
                tally[done] += number
            if new != text:
                changed[text] = new
        if not changed:
            return frame
        return frame.with_columns(column.replace(changed))

    return operation
