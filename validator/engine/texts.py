"""The checks of free text: a fast filter over the column, then each distinct text once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from validator.engine.plan import TEXT, Plan
from validator.engine.tally import FIRST_ROWS, Tallies
from validator.model.reading import ROW
from validator.registry import Hit, Said

FIRST = "__first__"
"""The first rows of each distinct text."""


class Texts:
    """Takes the text columns of the batches of one file."""

    def __init__(self, plan: Plan, tallies: Tallies, file: int) -> None:
        self.plan, self.tallies, self.file = plan, tallies, file
        for planned in plan.texts:
            for name in planned.speaks:
                tallies.open(planned.check, plan.table.name, name)

    def fail(self, position: int, reason: str) -> None:
        """Show a text check as failed wherever it could have spoken."""
        planned = self.plan.texts[position]
        for name in planned.speaks:
            self.tallies.open(planned.check, self.plan.table.name, name).failed = reason

    def take(
        self,
        batch: pl.DataFrame,
        flags: pl.DataFrame,
        sums: Mapping[str, int],
        blank: pl.Series | None,
    ) -> None:
        """Judge the texts of a batch that the filters let through."""
        for position in range(len(self.plan.texts)):
            if sums.get(f"{TEXT}{position}"):
                through = flags.get_column(f"{TEXT}{position}")
                self._judge(position, batch, through if blank is None else through & ~blank)

    def _judge(self, position: int, batch: pl.DataFrame, through: pl.Series) -> None:
        planned = self.plan.texts[position]
        names = list(dict.fromkeys((planned.field.name, *planned.reads)))
        rows = batch.lazy().select(ROW, *names).filter(through).collect()
        distinct = rows.group_by(names, maintain_order=True).agg(
            pl.len(), pl.col(ROW).sort().alias(FIRST)
        )
        for record in distinct.iter_rows(named=True):
            count, where = record.pop("len"), record.pop(FIRST)
            try:
                said = list(planned.judge(record))
            except Exception as error:  # a check that breaks is shown as failed
                self.fail(position, f"an internal error ({type(error).__name__})")
                return
            for one in said:
                self._add(position, one, record[planned.field.name], count, where)

    def _add(self, position: int, said: Said, text: str, count: int, where: list[int]) -> None:
        check = self.plan.texts[position].check
        tally = self.tallies.open(check, self.plan.table.name, said.field)
        tally.add(said.verdict, count, where[:FIRST_ROWS])
        tally.keep(Hit(said.verdict, file=self.file, row=row, value=text) for row in where)
