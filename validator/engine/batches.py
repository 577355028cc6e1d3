"""One batch of records: the flags are computed together, and only failing rows are explained."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

import narwhals as nw
import polars as pl

from validator.engine.flags import Flags
from validator.engine.plan import ACCEPTED, BLANK, INAPPLICABLE, PROBE, RECORDED, TEXT, Plan
from validator.engine.tally import FIRST_ROWS, Tallies, Tally
from validator.engine.texts import Texts
from validator.model.lexical import listing
from validator.model.reading import ROW
from validator.model.standard import CodeList, Field
from validator.registry import Cell, CellCheck, FieldCount, Hit, Verdict

FIELD, VALUE, FIRST = "__field__", "__value__", "__first__"
"""The position of a field, a distinct text of it, and the first rows that hold it."""
LIKELY = 0.9
"""A code with at least this share of the first batch is followed as the commonest."""


class FieldState:
    """What has been counted of one field of one file."""

    def __init__(self, field: Field, checks: tuple[CellCheck, ...]) -> None:
        self.field = field
        self.checks = checks
        self.recorded = self.missing = self.blank = self.invalid = self.inapplicable = 0
        self.candidate: str | None = None
        self.common = 0
        self.judged: dict[str, tuple[CellCheck | None, Verdict | None]] = {}

    def counted(self) -> FieldCount:
        """What has been counted, as a value."""
        common = None if self.candidate is None else (self.candidate, self.common)
        numbers = (self.recorded, self.missing, self.blank, self.invalid, self.inapplicable)
        return FieldCount(*numbers, common)


class Batches:
    """Takes the batches of one file, one after the other."""

    def __init__(
        self,
        plan: Plan,
        reasons: CodeList,
        cell_checks: tuple[CellCheck, ...],
        tallies: Tallies,
        file: int,
    ) -> None:
        self.plan, self.reasons, self.tallies, self.file = plan, reasons, tallies, file
        self.states = [
            FieldState(f, tuple(c for c in cell_checks if c.applies(f))) for f in plan.fields
        ]
        self.rows = self.blank_rows = 0
        listed = ((field.name, listing(field, reasons)) for field in plan.fields)
        lists = {name: texts for name, texts in listed if texts is not None}
        self.flags = Flags(plan, lists, self._flag_failed)
        self.texts = Texts(plan, tallies, file)
        for state in self.states:
            for check in state.checks:
                tallies.open(check, plan.table.name, state.field.name)
        for planned in plan.probes:
            probe = planned.probe
            tally = tallies.open(
                planned.check, probe.table, probe.field, probe.rule, probe.severity
            )
            if planned.absent:
                absent = ", ".join(planned.absent)
                tally.skipped = f"{probe.table} has no column {absent}"

    def take(self, batch: pl.DataFrame, whole: pl.DataFrame, flags: pl.DataFrame) -> None:
        """Count one batch: text columns named after the fields, never null, and ROW.

        ``whole`` are the same rows with every column of the file, ``flags`` what ``self.flags``
        makes of the batch.
        """
        first = self.rows == 0
        sums, blank = self._judged(batch, whole, flags)
        self._count(batch.height, sums, blank)
        self._follow(batch, first=first)

    def take_suspects(
        self,
        batch: pl.DataFrame,
        whole: pl.DataFrame,
        records: int,
        counts: Mapping[str, int],
        blank: int,
    ) -> None:
        """Judge the records of a table that may be at fault, where another engine has counted.

        ``counts`` are numbers of all records by flag, as ``take`` would count them.
        """
        self._judged(batch, whole, self.flags.of(batch))
        self._count(records, counts, blank)

    def likely(self, batch: pl.DataFrame) -> Mapping[int, str]:
        """The code that stands out in some records, by the position of its field."""
        self._follow(batch, first=True)
        return {i: state.candidate for i, state in enumerate(self.states) if state.candidate}

    def _judged(
        self, batch: pl.DataFrame, whole: pl.DataFrame, flags: pl.DataFrame
    ) -> tuple[Mapping[str, int], int]:
        """Explain what fails; how many rows each flag holds in, and how many rows are blank."""
        sums: Mapping[str, int] = (
            flags.select(pl.all().sum()).row(0, named=True) if flags.width else {}
        )
        height = batch.height
        unclear = [i for i in range(len(self.states)) if sums[self.plan.flag(ACCEPTED, i)] < height]
        fired = [i for i in range(len(self.plan.probes)) if sums.get(f"{PROBE}{i}")]
        blank_rows = self._blank_rows(whole, flags, unclear)
        if unclear:
            self._explain(batch, flags, unclear, blank_rows)
        for i in fired:
            self._locate(i, batch, flags.get_column(f"{PROBE}{i}"), blank_rows)
        self.texts.take(batch, flags, sums, blank_rows)
        return sums, 0 if blank_rows is None else int(blank_rows.sum())

    def _flag_failed(self, name: str, kind: str) -> None:
        """Show the checks that a broken flag belongs to as failed."""
        reason = f"an internal error ({kind})"
        position = int(name[1:])
        if name.startswith(PROBE):
            planned = self.plan.probes[position]
            probe = planned.probe
            self.tallies.open(planned.check, probe.table, probe.field, probe.rule).failed = reason
        elif name.startswith(TEXT):
            self.texts.fail(position, reason)
        else:
            state = self.states[position]
            for check in state.checks:
                self.tallies.open(check, self.plan.table.name, state.field.name).failed = reason

    def _blank_rows(
        self, whole: pl.DataFrame, flags: pl.DataFrame, unclear: list[int]
    ) -> pl.Series | None:
        """Which rows hold nothing at all: the reader has reported them; None where none do."""
        required = [i for i in unclear if not self.states[i].field.optional]
        if not required:
            return None
        accepted = [self.plan.flag(ACCEPTED, i) for i in required]
        maybe = flags.select(~pl.any_horizontal(accepted)).to_series()
        if not maybe.any():
            return None
        # blank as the readers mean it: a column that no field has speaks too
        blank = pl.concat_str(pl.exclude(ROW)).str.strip_chars(" \t") == ""
        empty = whole.filter(maybe).filter(blank).get_column(ROW)
        return None if empty.is_empty() else whole.get_column(ROW).is_in(empty.implode())

    def _explain(
        self,
        batch: pl.DataFrame,
        flags: pl.DataFrame,
        unclear: list[int],
        blank_rows: pl.Series | None,
    ) -> None:
        """Judge the cells that are not plainly accepted, each distinct text of a field once."""
        accepted = [self.plan.flag(ACCEPTED, i) for i in unclear]
        some = flags.select(~pl.all_horizontal(accepted)).to_series()
        if blank_rows is not None:
            some &= ~blank_rows
        # few rows fail as a rule: the rest is left behind once, not once a field
        rows = pl.concat(
            [batch.filter(some), flags.select(accepted).filter(some)], how="horizontal"
        )
        most = max(FIRST_ROWS, self.tallies.max_rows)
        cells = pl.concat(
            _refused(i, *map(rows.get_column, (self.states[i].field.name, ROW, flag)))
            for i, flag in zip(unclear, accepted, strict=True)
        )
        groups = cells.group_by(FIELD, VALUE, maintain_order=True).agg(
            pl.len(), pl.col(ROW).head(most).alias(FIRST)
        )
        speaking: dict[Tally, list[tuple[int, str, Verdict]]] = {}
        for i, value, count, first in groups.iter_rows():
            state = self.states[i]
            check, verdict = self._judge(state, value)
            self._sort_in(state, value, check, count)
            if check is not None and verdict is not None:
                tally = self.tallies.open(check, self.plan.table.name, state.field.name)
                tally.add(verdict, count, first[:FIRST_ROWS])
                places = ((row, value, verdict) for row in first[: tally.room])
                speaking.setdefault(tally, []).extend(places)
        for tally, found in speaking.items():
            found.sort(key=itemgetter(0))
            tally.keep(Hit(v, file=self.file, row=row, value=value) for row, value, v in found)

    def _judge(self, state: FieldState, value: str) -> tuple[CellCheck | None, Verdict | None]:
        if value in state.judged:
            return state.judged[value]
        cell = Cell(value, state.field, self.reasons)
        found: tuple[CellCheck | None, Verdict | None] = (None, None)
        for check in state.checks:
            try:
                verdict = check.judge(cell)
            except Exception as error:
                tally = self.tallies.open(check, self.plan.table.name, state.field.name)
                tally.failed = f"an internal error ({type(error).__name__})"
                continue
            if verdict is not None:
                found = (check, verdict)
                break
        if len(state.judged) < 100_000:
            state.judged[value] = found
        return found

    def _sort_in(self, state: FieldState, value: str, check: CellCheck | None, count: int) -> None:
        if value in self.reasons.by_code:
            state.missing += count
        elif check is None or check.code == "unexplained-blank":
            state.blank += count
        else:
            state.invalid += count

    def _locate(
        self, position: int, batch: pl.DataFrame, firing: pl.Series, blank: pl.Series | None
    ) -> None:
        planned = self.plan.probes[position]
        probe = planned.probe
        if blank is not None:
            firing &= ~blank
        rows = batch.get_column(ROW).filter(firing)
        if probe.confirm is not None:
            found = nw.from_native(batch.filter(firing)).filter(probe.confirm).to_native()
            rows = found.get_column(ROW)
        tally = self.tallies.open(planned.check, probe.table, probe.field, probe.rule)
        tally.add(probe.verdict, rows.len(), rows.head(FIRST_ROWS))
        kept = rows.head(tally.room)
        tally.keep(Hit(probe.verdict, file=self.file, row=row) for row in kept)

    def _count(self, rows: int, sums: Mapping[str, int], blank_rows: int) -> None:
        """Count what the flags alone tell; ``_explain`` has sorted in the rest."""
        self.rows += rows
        self.blank_rows += blank_rows
        for i, state in enumerate(self.states):
            recorded = sums[f"{RECORDED}{i}"]
            accepted = sums[self.plan.flag(ACCEPTED, i)]
            blank = sums.get(f"{BLANK}{i}", 0)
            state.recorded += recorded
            state.inapplicable += sums.get(f"{INAPPLICABLE}{i}", 0)
            state.missing += accepted - recorded - blank
            # a wholly blank row is no record: it counts for no field
            state.blank += blank - (blank_rows if state.field.optional else 0)

    def _follow(self, batch: pl.DataFrame, *, first: bool) -> None:
        """Count the code that stood out in the first batch, in this one and all later ones.

        A code that fills 98 % of a file has at least 90 % of its first batch unless the file is
        some fifty times longer and sorted; then nothing is suspected.
        """
        for state in self.states:
            field = state.field
            if field.codelist is None or field.many or not field.missing:
                continue
            column = batch.get_column(field.name)
            if first:
                state.candidate = _candidate(column, field.codelist)
            if state.candidate is not None:
                state.common += int((column == state.candidate).sum())


def _refused(
    position: int, values: pl.Series, rows: pl.Series, accepted: pl.Series
) -> pl.DataFrame:
    """FIELD, VALUE and ROW of the cells of one field that are not accepted."""
    there = rows.filter(~accepted)
    field = pl.Series(FIELD, [position]).new_from_index(0, there.len())
    return pl.DataFrame([field, values.filter(~accepted).alias(VALUE), there])


def _candidate(column: pl.Series, codes: CodeList) -> str | None:
    sample = column.gather_every(max(column.len() // 2000, 1))
    known = sample.filter(sample.is_in(list(codes.current)))
    if known.is_empty():
        return None
    code, count = known.value_counts(sort=True).row(0)
    return str(code) if count >= LIKELY * known.len() else None
