"""The checks of free text: each distinct text of a batch is looked at once.

Rows without a text are left out first. The prefilters then run over the distinct texts alone, and
only the rows whose text came through are grouped by what a check reads of them. Where a check can
tell which texts it reads alike (``Sorting``), these are grouped together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol, cast, runtime_checkable

import narwhals as nw
import polars as pl

from validator.engine.plan import TEXT, Plan, PlannedText, TextColumn
from validator.engine.tally import FIRST_ROWS, Tallies
from validator.model.reading import ROW
from validator.model.shapes import Shapes, shapes
from validator.registry import Hit, Verdict

FIRST, NUMBER, ALIKE = "__first__", "__number__", "__alike__"
"""The first rows of each distinct combination, the numbers of their texts, and what they share."""

MOST = 100_000
"""Shapes that are remembered; when there are more, all are forgotten and learnt anew."""
MOSTLY = 0.5
"""A column with a larger share of different texts is looked at row by row."""


Asks = tuple[int, int, tuple[str, ...]]


@runtime_checkable
class Sorting(Protocol):
    """An ``about`` that can look at many texts together."""

    @property
    def settled(self) -> int:
        """Texts of smaller numbers lead to the same verdicts whatever is read beside them."""

    def alike(self, texts: pl.Series, shapes: Shapes) -> pl.Series:
        """Texts of one number lead to the same verdicts; those of number 0 to none.

        ``shapes`` are theirs: see ``model.shapes``.
        """


@dataclass(frozen=True)
class Through:
    """The texts that a prefilter let through, and their shapes.

    ``rows`` are the places in the batch that hold one, ``numbers`` which of the texts it is.
    """

    texts: pl.Series
    shapes: Shapes
    rows: pl.Series
    numbers: pl.Series


class Texts:
    """Takes the text columns of the batches of one file."""

    def __init__(self, plan: Plan, tallies: Tallies, file: int) -> None:
        self.plan, self.tallies, self.file = plan, tallies, file
        self._names: dict[str, str] = {}
        self._passes: dict[int, dict[str, bool]] = {}
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
        if len(self._names) > MOST:
            self._names.clear()
        spelt = shapes(texts, self._names)
        through: dict[int, Through] = {}
        groups: dict[Asks, list[pl.DataFrame]] = {}
        for reader in column.readers:
            try:
                made = id(reader.prefilter)
                if made not in through:
                    passed = self._passed(reader, texts, spelt)
                    some = passed.gather(numbers)
                    through[made] = Through(
                        texts.filter(passed),
                        Shapes(spelt.names, spelt.codes.filter(passed)),
                        where.filter(some),
                        (passed.cum_sum() - 1).gather(numbers.filter(some)),
                    )
                same = _asks(reader)
                if same not in groups:
                    room = self._room(other for other in column.readers if _asks(other) == same)
                    groups[same] = list(self._grouped(reader, batch, through[made], room))
                self._judge(reader, groups[same], through[made].texts)
            except Exception as error:  # a check that breaks is shown as failed
                self._fail(reader, f"an internal error ({type(error).__name__})")

    def _passed(self, reader: PlannedText, texts: pl.Series, spelt: Shapes) -> pl.Series:
        """Which of the texts the prefilter lets through; it looks at a shape once in a file.

        A few shapes are all let through: see ``registry.TextReader``.
        """
        if reader.digits:
            return _through(reader, texts)
        known = self._passes.setdefault(id(reader.prefilter), {})
        if len(known) > MOST:
            known.clear()
        names = spelt.names
        new = [name for name in names if name not in known]
        if len(known) + len(new) <= reader.few:
            known.update(dict.fromkeys(new, True))
        elif new:
            passes = _through(reader, pl.Series(new, dtype=pl.String))
            known.update(zip(new, passes.to_list(), strict=True))
        return pl.Series([known[name] for name in names], dtype=pl.Boolean).gather(spelt.codes)

    def _room(self, readers: Iterable[PlannedText]) -> int:
        """How many more findings are kept of some checks in one field."""
        table = self.plan.table.name
        places = ((reader.check, name) for reader in readers for name in reader.speaks)
        rooms = (self.tallies.open(check, table, name).room for check, name in places)
        return max(rooms, default=0)

    def _grouped(
        self, reader: PlannedText, batch: pl.DataFrame, through: Through, room: int
    ) -> Iterator[pl.DataFrame]:
        """Each distinct combination of like texts and what is read: how often, and where.

        The text of one is under the name of its field.
        """
        most, reads = max(FIRST_ROWS, room), _reads(reader)
        alike, settled = _alike(reader, through)
        like = alike.gather(through.numbers)
        some = like > 0
        if not some.any():
            return
        rows = batch.select(ROW, *reads)[through.rows.filter(some)].lazy()
        named = rows.with_columns(
            like.filter(some).alias(ALIKE), through.numbers.filter(some).alias(NUMBER)
        )
        first = pl.col(ROW).head(most).alias(FIRST), pl.col(NUMBER).head(most)
        parts = [(named, reads)]
        if settled > 1 and reader.rows is None:
            by_itself = pl.col(ALIKE) < settled
            parts = [(named.filter(by_itself), []), (named.filter(~by_itself), reads)]
        for part, by in parts:
            # in the order of the file, so that a report is the same each time
            groups = part.group_by(ALIKE, *by, maintain_order=True)
            found = groups.agg(pl.len(), *first).drop(ALIKE).collect()
            example = through.texts.gather(found.get_column(NUMBER).list.first())
            yield found.with_columns(example.alias(reader.field.name))

    def _judge(self, reader: PlannedText, groups: Sequence[pl.DataFrame], texts: pl.Series) -> None:
        table = self.plan.table.name
        found: dict[str, list[tuple[int, Verdict, int]]] = {}
        for record in chain.from_iterable(_records(reader, some) for some in groups):
            count, where, numbers = record.pop("len"), record.pop(FIRST), record.pop(NUMBER)
            for said in reader.judge(record):
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


def _asks(reader: PlannedText) -> Asks:
    """Equal for two checks that ask the same of the same fields: they look at the same rows."""
    return id(reader.prefilter), id(reader.about), reader.reads


def _reads(reader: PlannedText) -> list[str]:
    return [name for name in dict.fromkeys(reader.reads) if name != reader.field.name]


def _numbered(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The texts that are looked at, and for each row the number of its own."""
    distinct = texts.unique()
    if distinct.len() > MOSTLY * texts.len():
        # where few repeat, it costs more to find the same again than to look twice
        return texts, pl.int_range(texts.len(), dtype=pl.UInt32, eager=True)
    return distinct, texts.cast(pl.Enum(distinct)).to_physical()


def _records(reader: PlannedText, groups: pl.DataFrame) -> Iterator[dict[str, Any]]:
    if reader.rows is not None and not groups.is_empty():
        groups = nw.from_native(groups).filter(reader.rows).to_native()
    return groups.iter_rows(named=True)


def _through(reader: PlannedText, texts: pl.Series) -> pl.Series:
    """Which of the texts the prefilter lets through."""
    prefilter = reader.prefilter() if callable(reader.prefilter) else reader.prefilter
    lazy = nw.from_native(texts.to_frame(reader.field.name).lazy()).select(prefilter.alias(TEXT))
    result: pl.Series = lazy.to_native().collect().to_series()
    return result


def _alike(reader: PlannedText, through: Through) -> tuple[pl.Series, int]:
    """A number for each text, 0 for those that cannot lead to a finding; from where none settles.

    See ``Sorting``.
    """
    about, sorting, texts = reader.about, cast("object", reader.about), through.texts
    if isinstance(sorting, Sorting):
        numbers = sorting.alike(texts, through.shapes)
        return numbers, sorting.settled
    # every text is like itself alone
    numbers = pl.int_range(1, texts.len() + 1, dtype=pl.UInt32, eager=True)
    if about is not None:
        numbers = numbers * pl.Series(map(about, texts), dtype=pl.Boolean)
    return numbers, 0
