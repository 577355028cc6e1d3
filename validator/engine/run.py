"""Checks a submission: files to frames, one pass over each, then what spans them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from validator.engine import elsewhere
from validator.engine.batches import Batches
from validator.engine.findings import completeness, findings
from validator.engine.mapping import table_of
from validator.engine.plan import plan
from validator.engine.tables import CheckedTable
from validator.engine.tally import Tallies
from validator.model.disclosure import Audience
from validator.model.reading import ROW, Fault, Reading
from validator.model.report import Input, Report
from validator.model.standard import Severity, Standard
from validator.registry import (
    CellCheck,
    File,
    FileCheck,
    Hit,
    SubmissionCheck,
    View,
    checks_of,
)

BATCH = 150_000
"""Records a batch: large enough that planning costs nothing, small enough for memory."""


@dataclass(frozen=True)
class Options:
    """How a check is to be made. ``as_of`` is an ISO day."""

    as_of: str
    max_rows: int = 100
    fail_on: Severity = Severity.ERROR
    tables: Mapping[str, str] | None = None
    audience: Audience | None = None
    progress: Callable[[int], None] = lambda _records: None


def run(standard: Standard, readings: Sequence[Reading], options: Options) -> Report:
    """Check what the readers have read. The tables of files may be told in ``options.tables``."""
    return _Run(standard, readings, options).report()


class _Run:
    def __init__(self, standard: Standard, readings: Sequence[Reading], options: Options) -> None:
        self.standard, self.readings, self.options = standard, readings, options
        self.tallies = Tallies(options.max_rows)
        self.files: list[File] = []
        self.mapped: list[str] = []
        for reading in readings:
            told = (options.tables or {}).get(reading.path)
            table, how = table_of(standard, reading, told)
            self.files.append(
                File(
                    reading.path,
                    table,
                    reading.columns,
                    reading.records,
                    reading.sheet,
                    reading.cells,
                    reading.left,
                    reading.header,
                    reading.elsewhere is None,
                )
            )
            self.mapped.append(how)
        there = frozenset(file.table for file in self.files if file.table)
        kept = self._kept(there)
        self.tables = {
            name: CheckedTable(table, [*table.key, *kept.get(name, ())])
            for name, table in standard.by_name.items()
            if name in there
        }

    def _kept(self, there: frozenset[str]) -> Mapping[str, list[str]]:
        kept: dict[str, list[str]] = {}
        for check in checks_of(SubmissionCheck):
            for table, columns in check.keeps(self.standard, there, self.options.audience).items():
                kept.setdefault(table, []).extend(columns)
        return kept

    def report(self) -> Report:
        self._structure()
        for index, file in enumerate(self.files):
            if file.table is not None:
                self._pass(index, self.tables[file.table])
        view = View(
            self.standard,
            self.options.as_of,
            tuple(self.files),
            self.tables,
            self.options.max_rows,
            self.options.audience,
        )
        for check in checks_of(SubmissionCheck):
            self._across(check, view)
        unnumbered = {file.table for file in self.files if not file.numbered}
        results = tuple(
            tally.result(rows=tally.place[1] not in unnumbered)
            for tally in self.tallies.by_place.values()
        )
        return Report(
            standard_id=self.standard.id,
            standard_version=self.standard.version,
            standard_digest=self.standard.digest,
            inputs=self._inputs(),
            checks=results,
            findings=findings(self.standard, self.files, self.tables, self.tallies),
            completeness=completeness(self.standard, self.tables),
            max_rows=self.options.max_rows,
            fail_on=self.options.fail_on,
            as_of=self.options.as_of,
            notes=tuple(f"{_place(r)}: {note}" for r in self.readings for note in r.notes),
        )

    def _inputs(self) -> tuple[Input, ...]:
        return tuple(
            Input(reading.path, file.table, reading.records, reading.sha256, how, reading.sheet)
            for reading, file, how in zip(self.readings, self.files, self.mapped, strict=True)
        )

    def _structure(self) -> None:
        for check in checks_of(FileCheck):
            for index, file in enumerate(self.files):
                reading = self.readings[index]
                faults = [fault for fault in reading.faults if fault.code == check.code]
                exact = dict(reading.fault_counts).get(check.code, len(faults))
                try:
                    self._explain(check, index, file, faults, exact)
                except Exception as error:
                    self.tallies.fail(check, file.table, error)

    def _explain(
        self, check: FileCheck, index: int, file: File, faults: Sequence[Fault], exact: int
    ) -> None:
        tally = self.tallies.open(check, file.table)
        for fault in faults:
            rows = [] if fault.row is None else [fault.row]
            tally.add(check.explain(fault), 1, rows)
        # what the reader counted and did not keep is counted with the last kept
        if faults and exact > len(faults):
            tally.add(check.explain(faults[-1]), exact - len(faults))
        tally.keep(
            Hit(check.explain(f), file=index, row=f.row, value=f.name, column=f.column)
            for f in faults
        )

    def _pass(self, index: int, table: CheckedTable) -> None:
        reading = self.readings[index]
        stays = reading.elsewhere is not None
        frames = iter(()) if stays else _begun(reading.frames(BATCH))
        # where a heading repeats, the first column counts; the reader has reported the others
        position: dict[str, int] = {}
        for i, heading in enumerate(reading.columns):
            if heading in table.table.by_name:
                position.setdefault(heading, i)
        planned = plan(
            self.standard,
            table.table,
            list(position),
            self.options.as_of,
            lambda check, error: self.tallies.fail(check, table.table.name, error),
        )
        batches = Batches(
            planned, self.standard.missing_reasons, _cell_checks(), self.tallies, index
        )
        columns = {name: f"c{i}" for name, i in position.items()}
        names = [pl.col(column).alias(name) for name, column in columns.items()]
        seen = 0
        try:
            if stays:
                seen = self._sift(index, table, batches, columns)
            for frame, batch, flags in _ahead(frames, names, batches):
                batches.take(batch, frame, flags)
                table.keep(index, batch)
                seen += frame.height
                self.options.progress(frame.height)
        except pl.exceptions.PolarsError as error:
            self._lost(table, f"the parser stopped ({type(error).__name__})")
        if seen != reading.records:
            self._lost(
                table, f"the parser gave {seen:,} records where the file has {reading.records:,}"
            )
        table.close(batches.states, batches.rows - batches.blank_rows)

    def _sift(
        self, index: int, table: CheckedTable, batches: Batches, columns: Mapping[str, str]
    ) -> int:
        """Check a table that stays with another engine; how many records it has seen."""
        frame = self.readings[index].elsewhere
        names = [pl.col(column).alias(name) for name, column in columns.items()]
        common = batches.likely(elsewhere.sample(frame).select(*names))
        keep = [name for name in table.columns if name in columns]
        sifted = elsewhere.sift(frame, batches.plan, columns, common, keep)
        suspects = sifted.suspects.select(pl.col(ROW), *names)
        blank = sifted.counts[elsewhere.BLANK_ROWS]
        batches.take_suspects(suspects, sifted.suspects, sifted.records, sifted.counts, blank)
        for position in common:
            batches.states[position].common = sifted.counts[f"{elsewhere.COMMON}{position}"]
        table.keep(index, sifted.kept)
        table.keep_suspects(index, suspects)
        # rows have no numbers there, but blank ones are counted like any others
        check = next(c for c in checks_of(FileCheck) if c.code == "blank-row")
        faults = [Fault(check.code)] * min(blank, self.options.max_rows)
        self._explain(check, index, self.files[index], faults, blank)
        self.options.progress(sifted.records)
        return sifted.records

    def _lost(self, table: CheckedTable, why: str) -> None:
        check = next(c for c in checks_of(FileCheck) if c.code == "unreadable-file")
        self.tallies.open(check, table.table.name).failed = why

    def _across(self, check: SubmissionCheck, view: View) -> None:
        try:
            for outcome in check.run(view):
                tally = self.tallies.open(
                    check, outcome.table, outcome.field, outcome.rule, outcome.severity
                )
                tally.skipped = tally.skipped or outcome.skipped
                groups = outcome.groups or (
                    {outcome.hits[0].verdict: outcome.count} if _alike(outcome.hits) else {}
                )
                for verdict, count in groups.items():
                    rows = [h.row for h in outcome.hits if h.verdict == verdict and h.row]
                    tally.add(verdict, count, rows[:10])
                if not groups:
                    for hit in outcome.hits:
                        tally.add(hit.verdict, 1, [hit.row] if hit.row else [])
                    tally.count += outcome.count - len(outcome.hits)
                tally.keep(outcome.hits)
        except Exception as error:
            self.tallies.fail(check, None, error)


def _place(reading: Reading) -> str:
    return f"{reading.path}, {reading.sheet}" if reading.sheet else reading.path


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


def _alike(hits: Sequence[Hit]) -> bool:
    return len({hit.verdict for hit in hits}) == 1


def _cell_checks() -> tuple[CellCheck, ...]:
    return tuple(sorted(checks_of(CellCheck), key=lambda check: check.order))
