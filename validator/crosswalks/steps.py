"""Cells to cells, a batch at a time: each distinct combination is judged once, and counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from validator.crosswalks.judge import Judged, Outcome
from validator.model.crosswalk import Move
from validator.model.reading import ROW

DISTINCT = 50_000
"""Distinct combinations of one step that are told apart; what comes later is counted together."""
FIRST_ROWS = 10
COUNT, PLACE = "__count__", "__place__"

Cells = tuple[str, ...]
OTHERS: Cells = ()
"""Stands for all combinations beyond the limit."""


@dataclass
class Target:
    """One field that a step fills. ``keep`` is a field for the original code where ``other``."""

    name: str
    move: Move
    judge: Callable[[Cells], Judged]
    keep: str | None = None
    kept: Callable[[Cells, Judged], str] | None = None


@dataclass
class Step:
    """Fills fields that read the same columns, and counts what becomes of each combination."""

    columns: Sequence[str]
    targets: Sequence[Target]
    counts: dict[Cells, int] = field(default_factory=dict)
    judged: dict[Cells, tuple[Judged, ...]] = field(default_factory=dict)
    rows: dict[Cells, list[int]] = field(default_factory=dict)
    others: dict[tuple[Outcome, ...], int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def fill(self, batch: pl.DataFrame, position: Mapping[str, int]) -> list[pl.Series]:
        """The columns that are written for a batch (``c0``, ... and ROW), by their names."""
        names = [f"c{position[name]}" for name in self.columns]
        combinations, counts, places = self._distinct(batch, names)
        answers = [self._judge(cells) for cells in combinations]
        for cells, answer, count in zip(combinations, answers, counts, strict=True):
            if count:
                self._count(cells, answer, count)
        self._remember_rows(batch, names, combinations, answers)
        return self._spread(combinations, answers, places)

    def _distinct(
        self, batch: pl.DataFrame, names: list[str]
    ) -> tuple[list[Cells], list[int], pl.Series]:
        """The combinations of a batch, how often each is there, and which one each record has."""
        if len(names) > 1:
            found = batch.group_by(names).agg(pl.len().alias(COUNT)).with_row_index(PLACE)
            joined = batch.select(names).join(found, on=names, how="left", maintain_order="left")
            cells = list(found.select(names).iter_rows())
            return cells, found.get_column(COUNT).to_list(), joined.get_column(PLACE)
        column = batch.get_column(names[0])
        # a few known texts are told apart by their place in a list, which hashes each cell once
        places = column.cast(pl.Enum(self.texts), strict=False).to_physical()
        if places.null_count():
            fresh = column.filter(places.is_null()).unique().to_list()
            if len(self.texts) + len(fresh) > DISTINCT:
                self.texts = []
                fresh = column.unique().to_list()
            self.texts = [*self.texts, *fresh]
            places = column.cast(pl.Enum(self.texts)).to_physical()
        counts = dict(places.value_counts().iter_rows())
        often = [counts.get(place, 0) for place in range(len(self.texts))]
        return [(text,) for text in self.texts], often, places

    def _judge(self, cells: Cells) -> tuple[Judged, ...]:
        known = self.judged.get(cells)
        if known is None:
            known = tuple(target.judge(cells) for target in self.targets)
            if len(self.judged) < DISTINCT:
                self.judged[cells] = known
        return known

    def _count(self, cells: Cells, answer: tuple[Judged, ...], count: int) -> None:
        if cells in self.judged:
            self.counts[cells] = self.counts.get(cells, 0) + count
        else:
            kinds = tuple(item.outcome for item in answer)
            self.others[kinds] = self.others.get(kinds, 0) + count

    def _remember_rows(
        self,
        batch: pl.DataFrame,
        names: list[str],
        combinations: list[Cells],
        answers: list[tuple[Judged, ...]],
    ) -> None:
        """The first rows of what leaves a gap, as long as there is room for them."""
        wanted = [
            cells
            for cells, answer in zip(combinations, answers, strict=True)
            if cells in self.judged
            and len(self.rows.get(cells, ())) < FIRST_ROWS
            and any(item.outcome.is_gap or item.outcome is Outcome.NARROWED for item in answer)
        ]
        if not wanted:
            return
        asked = pl.DataFrame(wanted, schema=dict.fromkeys(names, pl.String), orient="row")
        found = (
            batch.lazy()
            .select(ROW, *names)
            .join(asked.lazy(), on=names, how="semi")
            .group_by(names)
            .agg(pl.col(ROW).sort().head(FIRST_ROWS))
            .collect()
        )
        for *cells, rows in found.iter_rows():
            kept = self.rows.setdefault(tuple(cells), [])
            kept += rows[: FIRST_ROWS - len(kept)]

    def _spread(
        self, combinations: list[Cells], answers: list[tuple[Judged, ...]], places: pl.Series
    ) -> list[pl.Series]:
        filled: dict[str, list[str]] = {}
        for i, target in enumerate(self.targets):
            filled[target.name] = [answer[i].text for answer in answers]
            if target.keep and target.kept:
                filled[target.keep] = [
                    target.kept(cells, answer[i])
                    for cells, answer in zip(combinations, answers, strict=True)
                ]
        return [
            pl.Series(name, texts, pl.String).gather(places).alias(name)
            for name, texts in filled.items()
        ]


@dataclass
class Copy:
    """A column as it stands, but for what stands for no value."""

    column: str
    name: str
    move: Move
    absent: Mapping[str, str]
    blank: str
    recorded: int = 0
    empty: int = 0

    def fill(self, batch: pl.DataFrame, position: Mapping[str, int]) -> list[pl.Series]:
        """The column that is written for a batch."""
        cell = batch.get_column(f"c{position[self.column]}")
        nothing = cell.is_in(["", *self.absent])
        # spaces alone are blank too, and rare: looking for them costs more than it finds
        spaced = cell.str.starts_with(" ") | cell.str.starts_with("\t")
        if spaced.any():
            nothing |= cell.str.strip_chars(" \t") == ""
        empty = int(nothing.sum())
        self.recorded += batch.height - empty
        self.empty += empty
        if empty and (self.absent or self.blank):
            words = {"": self.blank, **self.absent}
            texts = cell.filter(nothing).str.strip_chars(" \t")
            reasons = texts.replace_strict(list(words), list(words.values()), default="")
            # scatter writes into the series itself, which another field may read too
            cell = cell.clone().scatter(nothing.arg_true(), reasons)
        return [cell.alias(self.name)]


@dataclass
class Fixed:
    """One text in every record: a constant, or the reason why the files hold no such field."""

    name: str
    move: Move
    text: str
    records: int = 0

    def fill(self, batch: pl.DataFrame, _position: Mapping[str, int]) -> list[pl.Series]:
        """The column that is written for a batch."""
        self.records += batch.height
        return [pl.Series(self.name, [self.text], pl.String).new_from_index(0, batch.height)]


AnyStep = Step | Copy | Fixed
