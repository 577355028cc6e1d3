"""Checks a submission: files to frames, one pass over each, then what spans them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from validator.engine.findings import completeness, findings
from validator.engine.mapping import table_of
from validator.engine.passing import Asked, Passed, explain, pass_over
from validator.engine.tables import CheckedTable
from validator.engine.tally import Tallies
from validator.model.disclosure import Audience
from validator.model.reading import Reading
from validator.model.report import Input, Report
from validator.model.standard import Severity, Standard
from validator.registry import File, FileCheck, Hit, SubmissionCheck, View, checks_of

Known = Callable[[Asked, Callable[[], Passed]], Passed]
"""Gives what a pass leaves behind, as it is known from before or by calling what makes the pass."""


@dataclass(frozen=True)
class Options:
    """How a check is to be made. ``as_of`` is an ISO day; ``passed`` may know passes already."""

    as_of: str
    max_rows: int = 100
    fail_on: Severity = Severity.ERROR
    tables: Mapping[str, str] | None = None
    audience: Audience | None = None
    progress: Callable[[int], None] = lambda _records: None
    passed: Known | None = None


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
                    explain(self.tallies, check, index, file.table, faults, exact)
                except Exception as error:
                    self.tallies.fail(check, file.table, error)

    def _pass(self, index: int, table: CheckedTable) -> None:
        options = self.options
        asked = Asked(
            self.standard,
            self.readings[index],
            index,
            table.table,
            table.columns,
            options.as_of,
            options.max_rows,
        )
        make = partial(pass_over, asked, options.progress)
        passed = options.passed(asked, make) if options.passed else make()
        self.tallies.take(passed.tallies)
        table.take(passed)

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


def _alike(hits: Sequence[Hit]) -> bool:
    return len({hit.verdict for hit in hits}) == 1
