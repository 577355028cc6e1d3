"""The checks of free text: each distinct text of a batch is looked at once.

Rows without a text are left out first. The prefilters then run over the distinct texts alone, and
only the rows whose text came through are grouped by what a check reads of them.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from validator.engine.plan import TEXT, Plan, PlannedText, TextColumn
from validator.engine.tally import FIRST_ROWS, Tallies
from validator.model.reading import ROW
from validator.registry import Hit, Verdict

FIRST, NUMBER = "__first__", "__number__"
"""The first rows of each distinct combination, and the number of its text."""


class Texts:
    """Takes the text columns of the batches of one file."""

    def __init__(self, plan: Plan, tallies: Tallies, file: int) -> None:
        self.plan, self.tallies, self.file = plan, tallies, file
        for column in plan.texts:
            for reader in column.readers:
                for name in reader.speaks:
                    tallies.open(reader.check, plan.table.name, name, severity=reader.severity)

    def fail(self, position: int, reason: str) -> None:
        """Show the checks of a text column as failed wherever they could have spoken."""
        for reader in self.plan.texts[position].readers:
            self._fail(reader, reason)

    def _fail(self, reader: PlannedText, reason: str) -> None:
        for name in reader.speaks:
            self.tallies.open(reader.check, self.plan.table.name, name).failed = reason

    def take(
        self,
        batch: pl.DataFrame,
        flags: pl.DataFrame,
        sums: Mapping[str, int],
        blank: pl.Series | None,
    ) -> None:
        """Judge the texts of a batch."""
        for position, column in enumerate(self.plan.texts):
            if sums.get(f"{TEXT}{position}"):
                filled = flags.get_column(f"{TEXT}{position}")
                self._column(column, batch, filled if blank is None else filled & ~blank)

    def _column(self, column: TextColumn, batch: pl.DataFrame, filled: pl.Series) -> None:
        names = dict.fromkeys(n for r in column.readers for n in r.reads if n != column.name)
        rows = batch.lazy().select(ROW, column.name, *names).filter(filled).collect()
        distinct = rows.select(pl.col(column.name).unique())
        # the texts as numbers: what is decided of a text is looked up for its rows
        texts = distinct.get_column(column.name)
        numbers = rows.get_column(column.name).cast(pl.Enum(texts)).to_physical().alias(NUMBER)
        rows = rows.drop(column.name).with_columns(numbers)
        through: dict[int, pl.Series] = {}
        groups: dict[tuple[int, int, tuple[str, ...]], pl.DataFrame] = {}
        for reader in column.readers:
            try:
                made = id(reader.prefilter)
                if made not in through:
                    through[made] = _through(reader, distinct)
                # two checks that ask the same of the same fields look at the same rows
                same = (made, id(reader.about), reader.reads)
                if same not in groups:
                    chosen = _about(reader, texts, through[made])
                    groups[same] = self._grouped(reader, rows, chosen, numbers)
                self._judge(reader, groups[same], texts)
            except Exception as error:  # a check that breaks is shown as failed
                self._fail(reader, f"an internal error ({type(error).__name__})")

    def _grouped(
        self, reader: PlannedText, rows: pl.DataFrame, chosen: pl.Series, numbers: pl.Series
    ) -> pl.DataFrame:
        """Each distinct combination of a chosen text and what is read: how often, and where."""
        most = max(FIRST_ROWS, self.tallies.max_rows)
        reads = _reads(reader)
        named = rows.lazy().select(ROW, NUMBER, *reads).filter(chosen.gather(numbers))
        groups = named.group_by(NUMBER, *reads)
        return groups.agg(pl.len(), pl.col(ROW).head(most).alias(FIRST)).collect()

    def _judge(self, reader: PlannedText, groups: pl.DataFrame, texts: pl.Series) -> None:
        own, table = reader.field.name, self.plan.table.name
        if groups.is_empty():
            return
        if reader.rows is not None:
            groups = nw.from_native(groups).filter(reader.rows).to_native()
        found: dict[str, list[tuple[int, Verdict, str]]] = {}
        for record in groups.iter_rows(named=True):
            count, where = record.pop("len"), record.pop(FIRST)
            text = texts[record.pop(NUMBER)]
            for said in reader.judge({own: text, **record}):
                tally = self.tallies.open(reader.check, table, said.field)
                tally.add(said.verdict, count, where[:FIRST_ROWS])
                found.setdefault(said.field, []).extend(
                    (row, said.verdict, text) for row in where[: tally.room]
                )
        for name, places in found.items():
            tally = self.tallies.open(reader.check, table, name, severity=reader.severity)
            places.sort(key=lambda place: place[0])
            tally.keep(Hit(verdict, file=self.file, row=r, value=t) for r, verdict, t in places)


def _reads(reader: PlannedText) -> list[str]:
    return [name for name in dict.fromkeys(reader.reads) if name != reader.field.name]


def _through(reader: PlannedText, distinct: pl.DataFrame) -> pl.Series:
    """Which of the distinct texts the prefilter lets through."""
    prefilter = reader.prefilter() if callable(reader.prefilter) else reader.prefilter
    lazy = nw.from_native(distinct.lazy()).select(prefilter.alias(TEXT))
    result: pl.Series = lazy.to_native().collect().to_series()
    return result


def _about(reader: PlannedText, texts: pl.Series, through: pl.Series) -> pl.Series:
    """Which of the distinct texts may lead to a finding."""
    if reader.about is None or not through.any():
        return through
    wanted = [i for i in through.arg_true() if reader.about(texts[i])]
    return pl.select(pl.int_range(texts.len()).is_in(wanted)).to_series()
