"""The checks of free text: each distinct text of a batch is looked at once.

Rows without a text are left out first. The prefilters then run over the distinct texts alone, and
only the rows whose text came through are grouped by what a check reads of them. Where a check can
tell which texts it reads alike (``Sorting``), these are grouped together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast, runtime_checkable

import narwhals as nw
import polars as pl

from validator.engine.plan import TEXT, Plan, PlannedText, TextColumn
from validator.engine.tally import FIRST_ROWS, Tallies
from validator.model.reading import ROW
from validator.registry import Hit, Verdict

FIRST, NUMBER, ALIKE = "__first__", "__number__", "__alike__"
"""The first rows of each distinct combination, the numbers of their texts, and what they share."""

MOSTLY = 0.5
"""A column with a larger share of different texts is looked at row by row."""


@runtime_checkable
class Sorting(Protocol):
    """An ``about`` that can look at many texts together."""

    def alike(self, texts: pl.Series) -> pl.Series:
        """Texts of one number lead to the same verdicts; those of number 0 to none."""


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
        where = filled.arg_true()
        texts, numbers = _numbered(batch.get_column(column.name).gather(where))
        through: dict[int, tuple[pl.Series, pl.Series, pl.DataFrame]] = {}
        groups: dict[tuple[int, int, tuple[str, ...]], pl.DataFrame] = {}
        for reader in column.readers:
            try:
                made = id(reader.prefilter)
                if made not in through:
                    passed = _through(reader, texts)
                    some = passed.gather(numbers)
                    names = dict.fromkeys(
                        n for r in column.readers if id(r.prefilter) == made for n in _reads(r)
                    )
                    rows = batch.select(ROW, *names)[where.filter(some)]
                    rows = rows.with_columns(numbers.filter(some).alias(NUMBER))
                    through[made] = passed.arg_true(), texts.filter(passed), rows
                places, chosen, rows = through[made]
                # two checks that ask the same of the same fields look at the same rows
                same = (made, id(reader.about), reader.reads)
                if same not in groups:
                    alike = _alike(reader, texts.len(), places, chosen)
                    groups[same] = self._grouped(reader, rows, alike)
                self._judge(reader, groups[same], texts)
            except Exception as error:  # a check that breaks is shown as failed
                self._fail(reader, f"an internal error ({type(error).__name__})")

    def _grouped(self, reader: PlannedText, rows: pl.DataFrame, alike: pl.Series) -> pl.DataFrame:
        """Each distinct combination of like texts and what is read: how often, and where."""
        most, reads = max(FIRST_ROWS, self.tallies.max_rows), _reads(reader)
        like = alike.gather(rows.get_column(NUMBER)).alias(ALIKE)
        named = rows.lazy().select(ROW, NUMBER, *reads, like)
        groups = named.filter(pl.col(ALIKE) > 0).group_by(ALIKE, *reads)
        first = pl.col(ROW).head(most).alias(FIRST), pl.col(NUMBER).head(most)
        return groups.agg(pl.len(), *first).drop(ALIKE).collect()

    def _judge(self, reader: PlannedText, groups: pl.DataFrame, texts: pl.Series) -> None:
        own, table = reader.field.name, self.plan.table.name
        if groups.is_empty():
            return
        if reader.rows is not None:
            groups = nw.from_native(groups).filter(reader.rows).to_native()
        found: dict[str, list[tuple[int, Verdict, int]]] = {}
        for record in groups.iter_rows(named=True):
            count, where, numbers = record.pop("len"), record.pop(FIRST), record.pop(NUMBER)
            for said in reader.judge({own: texts[numbers[0]], **record}):
                tally = self.tallies.open(reader.check, table, said.field)
                tally.add(said.verdict, count, where[:FIRST_ROWS])
                found.setdefault(said.field, []).extend(
                    (row, said.verdict, number)
                    for row, number in zip(where[: tally.room], numbers, strict=False)
                )
        for name, places in found.items():
            tally = self.tallies.open(reader.check, table, name, severity=reader.severity)
            places.sort(key=lambda place: place[0])
            tally.keep(
                Hit(verdict, file=self.file, row=row, value=texts[number])
                for row, verdict, number in places
            )


def _reads(reader: PlannedText) -> list[str]:
    return [name for name in dict.fromkeys(reader.reads) if name != reader.field.name]


def _numbered(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The texts that are looked at, and for each row the number of its own."""
    distinct = texts.unique()
    if distinct.len() > MOSTLY * texts.len():
        # where few repeat, it costs more to find the same again than to look twice
        return texts, pl.int_range(texts.len(), dtype=pl.UInt32, eager=True)
    return distinct, texts.cast(pl.Enum(distinct)).to_physical()


def _through(reader: PlannedText, texts: pl.Series) -> pl.Series:
    """Which of the texts the prefilter lets through."""
    prefilter = reader.prefilter() if callable(reader.prefilter) else reader.prefilter
    lazy = nw.from_native(texts.to_frame(reader.field.name).lazy()).select(prefilter.alias(TEXT))
    result: pl.Series = lazy.to_native().collect().to_series()
    return result


def _alike(reader: PlannedText, height: int, places: pl.Series, texts: pl.Series) -> pl.Series:
    """A number for each of ``height`` texts, 0 for those that cannot lead to a finding.

    ``texts`` are those that the prefilter let through, and ``places`` where they stand.
    """
    about, sorting = reader.about, cast("object", reader.about)
    if isinstance(sorting, Sorting):
        numbers = sorting.alike(texts)
    else:
        # every text is like itself alone
        numbers = pl.int_range(1, texts.len() + 1, dtype=pl.UInt32, eager=True)
        if about is not None:
            numbers = numbers * pl.Series(map(about, texts), dtype=pl.Boolean)
    return pl.zeros(height, dtype=pl.UInt32, eager=True).scatter(places, numbers)
