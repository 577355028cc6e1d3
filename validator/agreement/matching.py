"""Lays the files of several coders beside one another, record by record, by the table's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import narwhals as nw
import polars as pl

from validator.agreement.report import Coder
from validator.engine.mapping import table_of
from validator.errors import UnreadableInput, UsageError
from validator.expressions.fields import recorded
from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Identifies, Kind, Standard, Table

BATCH = 150_000
KEY = "__key__"
JOIN = " / "
"""Between the parts of a key of several fields."""
INSIDE = "\x1f"
"""The same while records are matched: no key holds it, for a key with a control is not valid."""
CHECK_FIRST = "Run 'accordant check' on the files first: it names each cell."


@dataclass(frozen=True)
class Matched:
    """Records that stand in two files or more, in the order of their keys.

    ``frames`` has one for each coder, of equal height: the fields that the file has, as text, and
    ROW; null where the coder has no such record.
    """

    table: Table
    key: tuple[str, ...]
    keys: tuple[str, ...]
    shows_keys: bool
    coders: tuple[Coder, ...]
    frames: tuple[pl.DataFrame, ...]


def matched(
    standard: Standard, readings: Sequence[Sequence[Reading]], table: str | None, key: Sequence[str]
) -> Matched:
    """The records of several coders, each of whom has one or several readings.

    Raises UsageError where the table or its key cannot be told, and UnreadableInput where a
    file does not hold them or holds no record that another has.
    """
    chosen = _table(standard, readings, table)
    files = [_reading_of(standard, mine, chosen, table) for mine in readings]
    fields = _key(chosen, key, files)
    names = [field.name for field in fields]
    frames = [_frame(reading, chosen) for reading in files]
    keyed = [_keyed(frame, fields, standard) for frame in frames]
    repeated = pl.concat([_repeated(frame) for frame in keyed]).unique()
    sound = [frame.join(repeated, on=KEY, how="anti") for frame in keyed]
    often = pl.concat([frame.select(KEY) for frame in sound]).group_by(KEY).len()
    units = often.filter(pl.col("len") > 1).select(KEY).sort(KEY)
    labels = _labels([reading.path for reading in files])
    coders = []
    for reading, frame, usable, kept, label in zip(
        files, frames, keyed, sound, labels, strict=True
    ):
        compared = kept.join(units, on=KEY, how="semi").height
        coders.append(
            Coder(
                name=label,
                path=reading.path,
                sheet=reading.sheet,
                sha256=reading.sha256,
                records=frame.height,
                compared=compared,
                alone=kept.height - compared,
                repeated=usable.height - kept.height,
                keyless=frame.height - usable.height,
                faults=sum(count for _, count in reading.fault_counts),
            )
        )
    return Matched(
        table=chosen,
        key=tuple(names),
        keys=tuple(text.replace(INSIDE, JOIN) for text in units.get_column(KEY)),
        shows_keys=all(_may_show(field, chosen) for field in fields),
        coders=tuple(coders),
        frames=tuple(
            units.join(frame, on=KEY, how="left", maintain_order="left").drop(KEY)
            for frame in sound
        ),
    )


def _table(standard: Standard, readings: Sequence[Sequence[Reading]], named: str | None) -> Table:
    """The table to compare: the one named, or the only one that all the coders have."""
    if named is not None:
        if named not in standard.by_name:
            raise UsageError(
                f"There is no table '{named}'. There are: {', '.join(standard.by_name)}."
            )
        return standard.by_name[named]
    have = [{table_of(standard, reading)[0] for reading in mine} for mine in readings]
    common = [name for name in standard.by_name if all(name in tables for tables in have)]
    if len(common) > 1:
        raise UsageError(
            f"All coders have the tables {', '.join(common)}. Say which to compare: "
            f"--table {common[0]}."
        )
    if not common:
        raise UsageError(
            "The files do not hold one table of the standard that all have: neither their names "
            f"nor their headings tell. Name it: --table {next(iter(standard.by_name))}."
        )
    return standard.by_name[common[0]]


def _reading_of(
    standard: Standard, readings: Sequence[Reading], table: Table, named: str | None
) -> Reading:
    """The reading of one coder that holds the table."""
    usable = [reading for reading in readings if reading.columns]
    if len(usable) == 1 and named is not None:
        return usable[0]
    found = [item for item in usable if table_of(standard, item)[0] == table.name]
    if len(found) == 1:
        return found[0]
    path = readings[0].path if readings else "a folder"
    if not usable:
        raise UnreadableInput(f"{path} cannot be read as a table. Run 'accordant check' on it.")
    if not found:
        raise UnreadableInput(f"{path} holds no table {table.name}. Name each coder's own file.")
    raise UnreadableInput(
        f"{path} and {found[1].path} both hold the table {table.name} of one coder. Name one file "
        "for each coder."
    )


def _key(table: Table, asked: Sequence[str], files: Sequence[Reading]) -> tuple[Field, ...]:
    names = tuple(asked) or table.key
    if not names:
        raise UsageError(
            f"The table {table.name} has no key, so that nothing tells which records belong "
            "together. Name the field that does: --key FIELD."
        )
    for name in names:
        if name not in table.by_name:
            raise UsageError(
                f"The table {table.name} has no field '{name}'. There are: "
                f"{', '.join(table.by_name)}."
            )
        if table.by_name[name].free_text:
            raise UsageError(f"{name} is free text, and cannot tell records apart.")
        for reading in files:
            if name not in reading.columns:
                raise UnreadableInput(
                    f"{reading.path} has no column {name}, by which records are matched. Add it, "
                    "or name another field that all files have: --key FIELD."
                )
    return tuple(table.by_name[name] for name in names)


def _frame(reading: Reading, table: Table) -> pl.DataFrame:
    """The table's fields of one file, as text, with ROW; wholly blank records are left out."""
    position: dict[str, int] = {}
    for i, heading in enumerate(reading.columns):
        # where a heading repeats the first column counts, as in a check
        if heading in table.by_name:
            position.setdefault(heading, i)
    columns = [pl.col(f"c{i}").alias(name) for name, i in position.items()]
    try:
        parts = [frame.select(pl.col(ROW), *columns) for frame in reading.frames(BATCH)]
    except pl.exceptions.PolarsError:
        parts = None
    if parts is None or sum(part.height for part in parts) != reading.records:
        raise UnreadableInput(
            f"{reading.path} could not be read whole. Run 'accordant check' on it."
        )
    if not parts:
        schema = {ROW: pl.Int64, **dict.fromkeys(position, pl.String)}
        return pl.DataFrame(schema=schema)
    whole: pl.DataFrame = pl.concat(parts)
    return whole.filter(pl.any_horizontal(pl.col(name) != "" for name in position))


def _keyed(frame: pl.DataFrame, fields: Sequence[Field], standard: Standard) -> pl.DataFrame:
    """The records with a valid key, and the key in KEY."""
    valid = [recorded(nw.col(f.name), f, standard.missing_reasons) for f in fields]
    kept = nw.from_native(frame).filter(nw.all_horizontal(*valid, ignore_nulls=False)).to_native()
    parts = [pl.col(field.name) for field in fields]
    return kept.with_columns(pl.concat_str(parts, separator=INSIDE).alias(KEY))


def _repeated(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.group_by(KEY).len().filter(pl.col("len") > 1).select(KEY)


def _may_show(field: Field, table: Table) -> bool:
    """Whether a valid key may be shown: a pseudonym, a code, or what the standard takes as key."""
    if field.identifies is Identifies.DIRECT:
        return False
    return (
        field.name in table.key
        or field.identifies is Identifies.PSEUDONYM
        or field.kind is Kind.CODES
    )


def _labels(paths: Sequence[str]) -> list[str]:
    """Short names of files that tell them apart."""
    names = [PurePath(path).name or path for path in paths]
    return names if len(set(names)) == len(names) else [str(Path(path)) for path in paths]
