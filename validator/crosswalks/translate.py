"""Translates files through a crosswalk, batch by batch, and measures what that costs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar

import polars as pl

from validator.crosswalks import plan as plans
from validator.crosswalks.judge import check_choices
from validator.crosswalks.losses import Losses
from validator.crosswalks.report import Source, Translation, Written
from validator.crosswalks.write import Folder
from validator.errors import UnreadableInput, UsageError
from validator.model.crosswalk import Column, Crosswalk, End, Row, TableMap
from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Kind, Table
from validator.readers.discovery import read
from validator.readers.files import sources

Made = TypeVar("Made")

BATCH = 150_000
"""Records a batch: large enough that planning costs nothing, small enough for memory."""

UNREADABLE = "it could not be read as a table"
DOUBTFUL = {
    "unreadable-file": "cannot be read as a table",
    "ragged-row": "has rows with too many or too few cells",
    "stray-quote": "has stray quotes",
    "duplicate-column": "has two columns with one heading",
}
"""Faults that leave it open which cell is whose: what is doubtful is not translated."""


@dataclass(frozen=True)
class Options:
    """How a translation is to be made.

    ``prefer`` names documented choices; ``columns`` is the heading of each of the crosswalk's
    columns where it is another; ``table`` the table that a single file holds.
    """

    prefer: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    table: str | None = None
    progress: Callable[[int], None] = lambda _records: None


def translate(
    crosswalk: Crosswalk, paths: Sequence[str | Path], output: Path, options: Options | None = None
) -> Translation:
    """Translate files and folders into CSV files in ``output``, all of them or none.

    Raises UsageError for an unknown choice or column, or where a file would replace itself, and
    UnreadableInput where a file cannot be read with certainty.
    """
    options = options or Options()
    check_choices(crosswalk, options.prefer)
    crosswalk = _renamed(crosswalk, options.columns)
    known = [plans.as_table(item) for item in crosswalk.tables] or [_headings_of(crosswalk)]
    readings = [found for source in sources(paths) for found in read(source, known)]
    originals = {Path(reading.path).resolve() for reading in readings}
    losses = Losses(crosswalk, options.prefer)
    inputs = []
    with Folder(output) as folder:
        for reading in readings:
            table, why = _table(crosswalk, reading, options.table)
            inputs.append(
                Source(reading.path, table, reading.records, reading.sha256, "" if table else why)
            )
            if table is not None:
                _refuse_doubtful(reading)
                _apply(crosswalk, reading, table, folder, losses, options, originals)
        if not folder.files:
            raise UsageError(_nothing(crosswalk, inputs, options.columns))
        outputs = []
        for name, file in folder.files.items():
            file.close()
            table = PurePath(name).stem
            outputs.append(Written(str(output / name), table, file.rows, file.digest()))
    return losses.report(tuple(inputs), tuple(outputs))


def _apply(
    crosswalk: Crosswalk,
    reading: Reading,
    table: str,
    folder: Folder,
    losses: Losses,
    options: Options,
    originals: Collection[Path],
) -> None:
    position: dict[str, int] = {}
    for index, heading in enumerate(reading.columns):
        position.setdefault(heading, index)
    if crosswalk.tables:
        found = next(item for item in crosswalk.tables if item.subject == table)
        plan = plans.of_table(crosswalk, found, options.prefer, position)
        name = f"{plan.target}.csv"
    else:
        plan = plans.of_codes(crosswalk, options.prefer, reading.columns)
        name = f"{table}.csv"
        if name in folder.files:
            message = f"Two files would be written as {name}. Translate them one at a time."
            raise UsageError(message)
    _refuse_replacing(folder, name, originals)
    file = folder.file(name)
    seen = 0
    for whole in _beside(_filled(plan, reading, position), lambda made: file.append(made[1])):
        seen += whole[0]
        options.progress(whole[0])
    if seen != reading.records:
        message = (
            f"{reading.path}: the parser gave {seen:,} records where the file has "
            f"{reading.records:,}. Nothing was written."
        )
        raise UnreadableInput(message)
    losses.add(plan, table if plan.passes else plan.target, reading)


def _filled(
    plan: plans.Plan, reading: Reading, position: Mapping[str, int]
) -> Iterator[tuple[int, pl.DataFrame]]:
    """For each batch the number of its records, and what is written for them.

    A wholly blank row is no record, and is not written. Steps know nothing of each other, so
    that two threads keep both cores of a small machine busy.
    """
    blank_rows = any(code == "blank-row" for code, _ in reading.fault_counts)
    blank = pl.all_horizontal(pl.exclude(ROW).str.strip_chars(" \t") == "")
    with ThreadPoolExecutor(max_workers=2) as threads:
        for whole in reading.frames(BATCH):
            batch = whole.filter(~blank) if blank_rows else whole
            steps = threads.map(lambda step, of=batch: step.fill(of, position), plan.steps)
            filled = {series.name: series for made in steps for series in made}
            kept = position.items() if plan.passes else ()
            columns = [batch.get_column(f"c{index}").alias(name) for name, index in kept]
            yield whole.height, pl.DataFrame([*columns, *(filled[name] for name in plan.order)])


def _beside(made: Iterator[Made], use: Callable[[Made], None]) -> Iterator[Made]:
    """Each thing that is made, once it was used; it is used while the next one is made."""
    before: tuple[Made, Future[None]] | None = None
    with ThreadPoolExecutor(max_workers=1) as thread:
        for item in made:
            now = (item, thread.submit(use, item))
            if before is not None:
                before[1].result()
                yield before[0]
            before = now
        if before is not None:
            before[1].result()
            yield before[0]


def _renamed(crosswalk: Crosswalk, columns: Mapping[str, str]) -> Crosswalk:
    """The crosswalk with the file's own headings for its columns."""
    if not columns:
        return crosswalk
    if crosswalk.tables:
        message = f"'{crosswalk.id}' names its own headings. --column is for a crosswalk of codes."
        raise UsageError(message)
    names = {*crosswalk.subject.by_name, *crosswalk.object.by_name}
    if unknown := [name for name in columns if name not in names]:
        message = (
            f"'{crosswalk.id}' has no column '{unknown[0]}'. It has: {', '.join(sorted(names))}."
        )
        raise UsageError(message)

    def end(old: End) -> End:
        return End(
            tuple(
                Column(columns.get(c.name, c.name), _named(c.field, columns), c.scheme)
                for c in old.columns
            )
        )

    def row(old: Row) -> Row:
        key = {columns.get(name, name): codes for name, codes in old.key.items()}
        return replace(old, key=key, target=columns.get(old.target, old.target))

    conditional = [r for r in crosswalk.rows if r.when is not None]
    if conditional and any(name in crosswalk.subject.by_name for name in columns):
        message = f"'{crosswalk.id}' has conditions: rename the file's headings instead."
        raise UsageError(message)
    choices = tuple(
        replace(
            choice,
            picks=tuple(
                replace(
                    pick,
                    key={columns.get(name, name): codes for name, codes in pick.key.items()},
                    target=columns.get(pick.target, pick.target),
                )
                for pick in choice.picks
            ),
        )
        for choice in crosswalk.choices
    )
    return replace(
        crosswalk,
        subject=end(crosswalk.subject),
        object=end(crosswalk.object),
        rows=tuple(map(row, crosswalk.rows)),
        choices=choices,
    )


def _named(old: Field, columns: Mapping[str, str]) -> Field:
    return replace(old, name=columns.get(old.name, old.name))


def _headings_of(crosswalk: Crosswalk) -> Table:
    fields = tuple(Field(c.name, Kind.STRING) for c in crosswalk.subject.columns)
    return Table(crosswalk.id, fields)


def _table(crosswalk: Crosswalk, reading: Reading, named: str | None) -> tuple[str | None, str]:
    """The subject's table that a file holds; or None, and why."""
    if not reading.columns:
        return None, UNREADABLE
    stem = reading.sheet if reading.sheet is not None else PurePath(reading.path).name.split(".")[0]
    if not crosswalk.tables:
        if any(column.name not in reading.columns for column in crosswalk.subject.columns):
            return None, "it has none of the columns"
        return _file_name(named or stem), ""
    names = [item.subject for item in crosswalk.tables]
    if named is not None:
        if named not in names:
            message = f"There is no table '{named}'. There are: {', '.join(names)}."
            raise UsageError(message)
        return named, ""
    words = set(re.split(r"[^\w]+|_", stem.casefold())) | {stem.casefold()}
    by_name = [name for name in names if name.casefold() in words]
    if len(by_name) == 1:
        return by_name[0], ""
    fits = [item.subject for item in crosswalk.tables if _fits(item, reading.columns)]
    if len(fits) == 1:
        return fits[0], ""
    return None, "neither its name nor its headings fit a table of the crosswalk"


def _file_name(stem: str) -> str:
    """A name for a file, from that of a file or sheet, which may hold what leads elsewhere."""
    return re.sub(r"[^\w.-]+", "_", stem).strip("._-") or "data"


def _fits(table_map: TableMap, columns: Sequence[str]) -> bool:
    return all(name in columns for name in table_map.headings)


def _refuse_doubtful(reading: Reading) -> None:
    found = dict(reading.fault_counts) or {fault.code: 1 for fault in reading.faults}
    for code, what in DOUBTFUL.items():
        if found.get(code):
            message = (
                f"{reading.path} {what}, so that cells may stand in the wrong column. Mend them "
                "by hand first: 'accordant check' shows each. Nothing was written."
            )
            raise UnreadableInput(message)


def _refuse_replacing(folder: Folder, name: str, originals: Collection[Path]) -> None:
    """Raise UsageError where a file that was read, translated or not, would be replaced."""
    if (folder.folder / name).resolve() in originals:
        message = "The translation would replace the original. Choose another --output."
        raise UsageError(message)


def _nothing(crosswalk: Crosswalk, inputs: Sequence[Source], columns: Mapping[str, str]) -> str:
    if inputs and all(item.why == UNREADABLE for item in inputs):
        return f"{inputs[0].path} cannot be read as a table. Run 'accordant check' on it."
    if not crosswalk.tables and inputs:
        wanted = ", ".join(f"'{column.name}'" for column in crosswalk.subject.columns)
        # the crosswalk's own name of the column, whatever --column has made of it
        own = {heading: name for name, heading in columns.items()}
        first = own.get(crosswalk.subject.columns[0].name, crosswalk.subject.columns[0].name)
        return (
            f"No file has the columns that '{crosswalk.id}' reads: {wanted}. Say which heading it "
            f"is: --column {first}=HEADING."
        )
    names = ", ".join(item.subject for item in crosswalk.tables)
    return (
        f"No file is a table of '{crosswalk.id}', which has: {names}. Name the files after them, "
        "or say which it is with --table."
    )
