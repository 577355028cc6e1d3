"""Counts a submission in one pass: for each field what its cells are, and how often each value.

Nothing is kept but counts. A column whose texts can be listed becomes an enumeration, and is
counted as small numbers; the others are judged by the expressions of the checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl

from validator.engine.mapping import table_of
from validator.errors import UnreadableInput, UsageError
from validator.expressions import fields as cells
from validator.expressions.values import UNSEEN
from validator.model.lexical import domain, listing
from validator.model.reading import ROW, Reading
from validator.model.standard import CodeList, Field, Kind, Standard, Table

BATCH = 150_000
"""Records counted together."""
MOST_NUMBERS = 20_000
"""Different numbers of one field that are kept apart; from there on three digits each must do."""

Group = str
"""What records are counted by (a contributor); "" where all are counted together."""
Places = npt.NDArray[np.int64]
"""For each record of a batch the number of its group."""
PLACE, VALUE = "place", "value"


@dataclass
class FieldCounts:
    """What the cells of one field are.

    ``records`` = ``recorded`` + all ``reasons`` + ``blank`` + ``invalid``: the records of files
    that have the column. ``values`` counts codes (each once a record), numbers as text, or the
    years of dates; it stays empty for texts. ``rounded`` tells that numbers are cut to 3 digits.
    """

    field: Field
    records: int = 0
    recorded: int = 0
    blank: int = 0
    invalid: int = 0
    reasons: Counter[str] = made(default_factory=Counter)
    values: Counter[str] = made(default_factory=Counter)
    rounded: bool = False

    def add(self, values: Counter[str]) -> None:
        """Add to ``values``, which stay bounded whatever the numbers are."""
        self.values.update(values)
        if len(self.values) > MOST_NUMBERS and self.field.kind in {Kind.INTEGER, Kind.NUMBER}:
            self.rounded = True
            whole, self.values = self.values, Counter()
            for text, count in whole.items():
                self.values[f"{float(text):.3g}"] += count


@dataclass
class TableCounts:
    """One table, or the part of it that one contributor submitted."""

    table: Table
    records: int = 0
    blank_rows: int = 0
    fields: dict[str, FieldCounts] = made(default_factory=dict)


@dataclass(frozen=True)
class CountedFile:
    """One file or sheet: the table that it was taken for, and why."""

    path: str
    sheet: str | None
    table: str | None
    records: int
    mapped_by: str


@dataclass
class Counted:
    """A whole submission: tables by name, for each group of records."""

    standard: Standard
    files: list[CountedFile]
    groups: dict[Group, dict[str, TableCounts]]
    without: dict[str, int]
    """Records by table that belong to no group: the field that tells it holds no value."""
    ungrouped: list[str]
    """Tables that lack the field by which records are grouped."""
    wanted: frozenset[str] = frozenset()
    """The fields that were counted; none: all."""


def counted(
    standard: Standard,
    readings: Sequence[Reading],
    *,
    table: str | None = None,
    by: str | None = None,
    wanted: frozenset[str] = frozenset(),
    progress: Callable[[int], None] = lambda _records: None,
) -> Counted:
    """Count what the readers have read. ``by`` names a coded field that tells records apart.

    ``table`` is the one that every file holds; ``wanted`` are the fields to count (none: all).
    Raises UnreadableInput where a file cannot be read, or none holds a table of the standard.
    """
    result = Counted(standard, [], {}, {}, [], wanted)
    _refuse_twice(readings)
    for reading in readings:
        if any(fault.code == "unreadable-file" for fault in reading.faults):
            message = (
                f"{reading.path} cannot be read, so that figures would leave it out. "
                "'accordant check' says why. Mend it, or name the other files."
            )
            raise UnreadableInput(message)
        name, how = table_of(standard, reading, table)
        file = CountedFile(reading.path, reading.sheet, name, reading.records, how)
        result.files.append(file)
        if name is not None:
            _Pass(result, standard.by_name[name], reading, by, wanted).run(progress)
    if not any(file.table for file in result.files):
        names = ", ".join(standard.by_name)
        message = (
            f"None of the files holds a table of {standard.id} ({names}). Name each file after its "
            "table, or say which table it is with --table."
        )
        raise UnreadableInput(message)
    return result


def _refuse_twice(readings: Sequence[Reading]) -> None:
    """Raise UsageError where a file is named twice: its records would be counted twice."""
    seen: set[tuple[Path, str | None]] = set()
    for reading in readings:
        place = (Path(reading.path).resolve(), reading.sheet)
        if place in seen:
            message = (
                f"{reading.path} is named twice, and its records would be counted twice. Name each "
                "file once, and no file beside the folder that it is in."
            )
            raise UsageError(message)
        seen.add(place)


class _Pass:
    """The pass over one file."""

    def __init__(
        self, to: Counted, table: Table, reading: Reading, by: str | None, wanted: frozenset[str]
    ) -> None:
        self.to, self.table, self.reading = to, table, reading
        # where a heading repeats, the first column counts
        self.position: dict[str, int] = {}
        for i, heading in enumerate(reading.columns):
            if heading in table.by_name:
                self.position.setdefault(heading, i)
        fields = [f for f in table.fields if f.name in self.position]
        self.by = None if by is None else table.by_name.get(by)
        self.fields = [f for f in fields if not wanted or f.name in wanted]
        self.there = by is None or (self.by is not None and self.by in fields)
        reasons = to.standard.missing_reasons
        self.columns: list[_Listed | _Open] = []
        for each in self.fields:
            texts = listing(each, reasons)
            self.columns.append(
                _Open(each, reasons) if texts is None else _Listed(each, texts, reasons)
            )

    def run(self, progress: Callable[[int], None]) -> None:
        if not self.there:
            if self.table.name not in self.to.ungrouped:
                self.to.ungrouped.append(self.table.name)
            return
        if self.by is None:
            self._counts("")  # a file without records has its place too
        seen = 0
        names = [pl.col(f"c{i}").alias(name) for name, i in self.position.items()]
        try:
            for frame in self.reading.frames(BATCH):
                seen += frame.height
                whole = _without_blank_rows(frame)
                batch = whole.select(names)
                self._take(batch)
                if self.by is None:
                    self._counts("").blank_rows += frame.height - whole.height
                progress(frame.height)
        except pl.exceptions.PolarsError as error:
            message = (
                f"{self.reading.path}: the parser stopped ({type(error).__name__}). "
                "'accordant check' says more."
            )
            raise UnreadableInput(message) from None
        if seen != self.reading.records:
            message = (
                f"{self.reading.path}: the parser gave {seen:,} records where the file has "
                f"{self.reading.records:,}. 'accordant check' says more."
            )
            raise UnreadableInput(message)

    def _grouped(self, batch: pl.DataFrame) -> tuple[pl.DataFrame, list[Group], Places]:
        """The records that belong to a group, the groups, and which of them each record is in."""
        if self.by is None:
            return batch, [""], np.zeros(batch.height, dtype=np.int64)
        column = batch.get_column(self.by.name)
        codes = frozenset(domain(self.by) or ()) - self.to.standard.missing_reasons.by_code.keys()
        names = sorted(codes.intersection(column.unique()))
        number = column.cast(pl.Enum(names), strict=False).to_physical().cast(pl.Int64)
        known = number.is_not_null()
        if left := batch.height - int(known.sum()):
            without = self.to.without
            without[self.table.name] = without.get(self.table.name, 0) + left
            batch, number = batch.filter(known), number.filter(known)
        return batch, names, number.to_numpy()

    def _counts(self, group: Group) -> TableCounts:
        tables = self.to.groups.setdefault(group, {})
        return tables.setdefault(self.table.name, TableCounts(self.table))

    def _take(self, batch: pl.DataFrame) -> None:
        batch, groups, places = self._grouped(batch)
        tables = [self._counts(group) for group in groups]
        for table, records in zip(tables, _tally(places, len(groups)), strict=True):
            table.records += records
        listed = [c for c in self.columns if isinstance(c, _Listed)]
        # together, so that both cores of a small machine are busy
        numbers = batch.select(column.expression for column in listed)
        for column in self.columns:
            name, of = column.field.name, column.field
            to = [table.fields.setdefault(name, FieldCounts(of)) for table in tables]
            for counts, records in zip(to, _tally(places, len(groups)), strict=True):
                counts.records += records
            if isinstance(column, _Listed):
                column.take(batch.get_column(name), numbers.get_column(name), places, to)
            else:
                column.take(batch.get_column(name), places, to)


class _Listed:
    """A column whose texts can be listed."""

    def __init__(self, of: Field, texts: Sequence[str], reasons: CodeList) -> None:
        self.field, self.texts, self.reasons = of, tuple(texts), reasons
        self.domain = frozenset(domain(of) or ()) - reasons.by_code.keys()
        enumeration = pl.col(of.name).cast(pl.Enum(self.texts), strict=False)
        self.expression = enumeration.to_physical().cast(pl.Int64).fill_null(len(self.texts))

    def take(
        self, column: pl.Series, numbers: pl.Series, places: Places, to: Sequence[FieldCounts]
    ) -> None:
        """Count a column into ``to``: the group of each cell is in ``places``."""
        width, found = len(self.texts) + 1, numbers.to_numpy()
        sums = _tally(places * width + found, width * len(to))
        for group, counts in enumerate(to):
            self._add(sums[group * width : (group + 1) * width], counts)
        strange = found == width - 1
        if strange.any():
            _add_unusable(column.filter(pl.Series(strange)), places[strange], to)

    def _add(self, sums: Sequence[int], to: FieldCounts) -> None:
        values: Counter[str] = Counter()
        for text, count in zip(self.texts, sums, strict=False):
            if not count:
                continue
            if text in self.domain:
                to.recorded += count
                values[text[:4] if self.field.kind is Kind.DATE else text] += count
            elif text in self.reasons.by_code:
                to.reasons[text] += count
            elif text == "":
                to.blank += count
            else:
                to.invalid += count  # a retired code
        to.add(values)


class _Open:
    """A column whose texts cannot be listed: a text, several codes, a number without bounds."""

    def __init__(self, of: Field, reasons: CodeList) -> None:
        self.field, self.reasons = of, reasons
        self.recorded = cells.recorded(nw.col(of.name), of, reasons)

    def take(self, column: pl.Series, places: Places, to: Sequence[FieldCounts]) -> None:
        """Count a column into ``to``: the group of each cell is in ``places``."""
        is_filled = (column != "").to_numpy()
        filled, places, blank = (
            column.filter(pl.Series(is_filled)),
            places[is_filled],
            places[~is_filled],
        )
        flags = nw.from_native(filled.to_frame()).select(self.recorded).to_native().to_series()
        there = flags.to_numpy()
        for counts, empty, recorded in zip(
            to, _tally(blank, len(to)), _tally(places[there], len(to)), strict=True
        ):
            counts.blank += empty
            counts.recorded += recorded
        for group, values in _by_group(self._values(filled.filter(flags), places[there])):
            to[group].add(values)
        rest, places = filled.filter(~flags), places[~there]
        if rest.is_empty():
            return
        absent = rest.is_in(list(self.reasons.by_code))
        given = absent.to_numpy()
        for group, reasons in _by_group(_placed(rest.filter(absent), places[given])):
            to[group].reasons.update(reasons)
        _add_unusable(rest.filter(~absent), places[~given], to)

    def _values(self, column: pl.Series, places: Places) -> pl.DataFrame:
        """What is counted of each value, with its group; nothing of a text."""
        frame = _placed(column, places)
        if self.field.many:
            codes = pl.col(VALUE).str.split(self.field.separator).list.unique()
            return frame.with_columns(codes).explode(VALUE)
        match self.field.kind:
            case Kind.DATE:
                return frame.with_columns(pl.col(VALUE).str.head(4))
            case Kind.INTEGER | Kind.NUMBER:
                return frame
            case _:
                return frame.clear()


def _tally(numbers: Places, size: int) -> list[int]:
    """How often each number from 0 to ``size`` (not included) is there."""
    found: list[int] = np.bincount(numbers, minlength=size).tolist()
    return found


def _placed(column: pl.Series, places: Places) -> pl.DataFrame:
    return pl.DataFrame({PLACE: places, VALUE: column})


def _by_group(frame: pl.DataFrame) -> Iterator[tuple[int, Counter[str]]]:
    """How often each value is there, group by group."""
    found: dict[int, Counter[str]] = {}
    for place, value, count in frame.group_by(PLACE, VALUE).len().iter_rows():
        found.setdefault(place, Counter())[value] = count
    yield from found.items()


def _add_unusable(column: pl.Series, places: Places, to: Sequence[FieldCounts]) -> None:
    """Count cells that are neither a value nor a reason: blank where a reader sees nothing."""
    seen = cells.whole_match(nw.col(column.name), UNSEEN)
    blank = nw.from_native(column.to_frame()).select(seen).to_native().to_series().to_numpy()
    for counts, empty, every in zip(
        to, _tally(places[blank], len(to)), _tally(places, len(to)), strict=True
    ):
        counts.blank += empty
        counts.invalid += every - empty


def _without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """The records: a row in which nothing stands is none (the readers have reported it)."""
    columns = [name for name in frame.columns if name != ROW]
    maybe = frame.get_column(columns[0]).str.strip_chars(" \t") == ""
    if not maybe.any():
        return frame
    blank = pl.all_horizontal(pl.col(columns).str.strip_chars(" \t") == "")
    return frame.filter(~frame.select(blank).to_series())
