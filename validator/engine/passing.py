"""The one pass over one file, and what it leaves behind: a value that others can be merged with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import polars as pl

from validator.engine import elsewhere
from validator.engine.batches import Batches
from validator.engine.plan import plan
from validator.engine.tally import Tallies
from validator.model.reading import ROW, Fault, Reading
from validator.model.standard import Standard, Table
from validator.registry import FILE, CellCheck, FieldCount, FileCheck, Hit, checks_of

BATCH = 150_000
"""Records a batch: large enough that planning costs nothing, small enough for memory."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a pass: ``reading`` is the input at ``file``, and it holds ``table``.

    ``columns`` are kept for the checks of the whole submission, ``as_of`` is an ISO day, and
    ``max_rows`` the hits kept of each check.
    """

    standard: Standard
    reading: Reading
    file: int
    table: Table
    columns: tuple[str, ...]
    as_of: str
    max_rows: int


@dataclass(frozen=True)
class Passed:
    """What the pass over one file leaves behind.

    ``counts`` are those of its fields, ``records`` those that are not wholly blank. ``kept`` are
    Polars frames of FILE, ROW and the columns asked for, in file order; ``suspects`` name the
    same records under the numbers that their findings have, where these are others.
    """

    tallies: Tallies
    counts: Mapping[str, FieldCount]
    records: int
    kept: Sequence[pl.DataFrame]
    suspects: Sequence[pl.DataFrame] = ()


def pass_over(asked: Asked, progress: Callable[[int], None]) -> Passed:
    """Check every record of a file by itself."""
    return _Pass(asked, progress).passed()


def explain(
    tallies: Tallies,
    check: FileCheck,
    file: int,
    table: str | None,
    faults: Sequence[Fault],
    exact: int,
) -> None:
    """Count the faults of a file that its reader has met; ``exact`` is their number."""
    tally = tallies.open(check, table)
    for fault in faults:
        rows = [] if fault.row is None else [fault.row]
        tally.add(check.explain(fault), 1, rows)
    # what the reader counted and did not keep is counted with the last kept
    if faults and exact > len(faults):
        tally.add(check.explain(faults[-1]), exact - len(faults))
    tally.keep(
        Hit(check.explain(f), file=file, row=f.row, value=f.name, column=f.column) for f in faults
    )


@dataclass
class _Pass:
    asked: Asked
    progress: Callable[[int], None]
    kept: list[pl.DataFrame] = field(default_factory=list)
    suspects: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tallies = Tallies(self.asked.max_rows)

    def passed(self) -> Passed:
        asked, reading, table = self.asked, self.asked.reading, self.asked.table
        stays = reading.elsewhere is not None
        frames = iter(()) if stays else _begun(reading.frames(BATCH))
        # where a heading repeats, the first column counts; the reader has reported the others
        position: dict[str, int] = {}
        for i, heading in enumerate(reading.columns):
            if heading in table.by_name:
                position.setdefault(heading, i)
        planned = plan(
            asked.standard,
            table,
            list(position),
            asked.as_of,
            lambda check, error: self.tallies.fail(check, table.name, error),
        )
        batches = Batches(
            planned, asked.standard.missing_reasons, _cell_checks(), self.tallies, asked.file
        )
        columns = {name: f"c{i}" for name, i in position.items()}
        names = [pl.col(column).alias(name) for name, column in columns.items()]
        seen = 0
        try:
            if stays:
                seen = self._sift(batches, columns)
            for frame, batch, flags in _ahead(frames, names, batches):
                batches.take(batch, frame, flags)
                self.kept.append(self._of(batch))
                seen += frame.height
                self.progress(frame.height)
        except pl.exceptions.PolarsError as error:
            self._lost(f"the parser stopped ({type(error).__name__})")
        except elsewhere.EngineStoppedError as error:
            stopped = Fault("unreadable-file", detail=(("reason", "engine"), ("what", str(error))))
            explain(self.tallies, _named(stopped.code), asked.file, table.name, [stopped], 1)
            seen = reading.records
        if seen != reading.records:
            self._lost(f"the parser gave {seen:,} records where the file has {reading.records:,}")
        counts = {state.field.name: state.counted() for state in batches.states}
        records = batches.rows - batches.blank_rows
        return Passed(self.tallies, counts, records, self.kept, self.suspects)

    def _of(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The asked columns of one batch; a column that the file lacks is blank."""
        kept = [
            pl.col(name) if name in batch.columns else pl.lit("").alias(name)
            for name in self.asked.columns
        ]
        number = pl.lit(self.asked.file, dtype=pl.Int32).alias(FILE)
        return batch.select(number, pl.col(ROW).cast(pl.Int64), *kept)

    def _sift(self, batches: Batches, columns: Mapping[str, str]) -> int:
        """Check a table that stays with another engine; how many records it has seen."""
        asked, frame = self.asked, self.asked.reading.elsewhere
        names = [pl.col(column).alias(name) for name, column in columns.items()]
        common = batches.likely(elsewhere.sample(frame).select(*names))
        keep = [name for name in asked.columns if name in columns]
        sifted = elsewhere.sift(frame, batches.plan, columns, common, keep)
        suspects = sifted.suspects.select(pl.col(ROW), *names)
        blank = sifted.counts[elsewhere.BLANK_ROWS]
        batches.take_suspects(suspects, sifted.suspects, sifted.records, sifted.counts, blank)
        for position in common:
            batches.states[position].common = sifted.counts[f"{elsewhere.COMMON}{position}"]
        self.kept.append(self._of(sifted.kept))
        self.suspects.append(self._of(suspects))
        # rows have no numbers there, but blank ones are counted like any others
        check = _named("blank-row")
        faults = [Fault(check.code)] * min(blank, asked.max_rows)
        explain(self.tallies, check, asked.file, asked.table.name, faults, blank)
        self.progress(sifted.records)
        return sifted.records

    def _lost(self, why: str) -> None:
        tally = self.tallies.open(_named("unreadable-file"), self.asked.table.name)
        # the first reason explains those that follow from it
        tally.failed = tally.failed or why


def _named(code: str) -> FileCheck:
    return next(check for check in checks_of(FileCheck) if check.code == code)


def _begun(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same frames; the parser sets to work at once, while the pass is planned."""
    beside = ThreadPoolExecutor(max_workers=1)
    first = beside.submit(next, frames, None)
    beside.shutdown(wait=False)

    def every() -> Iterator[pl.DataFrame]:
        if (frame := first.result()) is not None:
            yield frame
            yield from frames

    return every()


def _ahead(
    frames: Iterator[pl.DataFrame], names: Sequence[pl.Expr], batches: Batches
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]]:
    """Each frame, its fields by name, and its flags, which are worked out one batch ahead.

    So the parser, the flags and what is made of them keep both cores of a small machine busy.
    """
    before: tuple[pl.DataFrame, pl.DataFrame, Future[pl.DataFrame]] | None = None
    with ThreadPoolExecutor(max_workers=1) as beside:
        for frame in frames:
            batch = frame.select(pl.col(ROW), *names)
            now = (frame, batch, beside.submit(batches.flags.of, batch))
            if before is not None:
                yield before[0], before[1], before[2].result()
            before = now
        if before is not None:
            yield before[0], before[1], before[2].result()


def _cell_checks() -> tuple[CellCheck, ...]:
    return tuple(sorted(checks_of(CellCheck), key=lambda check: check.order))
