"""Which records of a small submission break which rules, in the standard's own terms.

The generator judges what it makes before it uses it. This covers what a record can do wrong in
relation to others, or between its cells; single cells are right by construction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl

from validator.expressions import fields as cells
from validator.expressions.relations import broken, crosses_tables, needs
from validator.expressions.rules import field_of
from validator.model.standard import Field, Rule, Table
from validator.synthesis.constraints import Constraint, within_record
from validator.synthesis.setting import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

ID = "__id__"
NO_KEY = "\ue001"
"""What the judge joins by where a key is invalid. It is in no text otherwise."""


@dataclass(frozen=True)
class Found:
    """Rows of ``table`` (by their ID) at which a finding falls."""

    code: str
    table: str
    field: str | None
    rule: str | None
    ids: NDArray[np.int64]


@dataclass(frozen=True)
class Judge:
    """Judges submissions of the tables of a setting, by the rules that need no others."""

    setting: Setting

    def findings(
        self, frames: Mapping[str, pl.DataFrame], changed: Mapping[str, set[str]] | None = None
    ) -> Iterator[Found]:
        """Every finding in frames of text columns (a blank is ""), each with an ID column.

        ``changed`` names the columns, by table, in which the frames differ from frames in which
        nothing was found: rules across tables that read none of them are left out then.
        """
        for table in self.setting.tables:
            frame = frames[table.name]
            yield from self._records(table, frame)
            yield from self._repeats(table, frame)
            yield from self._orphans(table, frame, frames)
        native = {name: nw.from_native(self._joinable(name, f)) for name, f in frames.items()}
        for rule, reads in self._across:
            if changed is not None and not any(reads.get(t, set()) & changed[t] for t in changed):
                continue
            ids = broken(self.setting.standard, rule, native, self.setting.as_of)[ID].to_numpy()
            code = "count-mismatch" if rule.count else "rule-broken"
            yield from _found(code, rule.table, field_of(rule), rule.id, ids)

    def _joinable(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with invalid keys made unlike any reference: they lead to no record."""
        table = self.setting.standard.by_name[name]
        if len(table.key) != 1:
            return frame
        key = table.by_name[table.key[0]]
        valid = cells.recorded(nw.col(key.name), key, self.setting.reasons)
        usable = nw.from_native(frame).select(valid.alias("valid")).to_native()["valid"]
        if usable.all():
            return frame
        kept = pl.when(usable).then(key.name).otherwise(pl.lit(NO_KEY)).alias(key.name)
        return frame.with_columns(kept)

    @cached_property
    def _across(self) -> tuple[tuple[Rule, Mapping[str, set[str]]], ...]:
        rules = filter(crosses_tables, self.setting.rules)
        return tuple((rule, needs(self.setting.standard, rule)) for rule in rules)

    @cached_property
    def _within(self) -> Mapping[str, tuple[Constraint, ...]]:
        """What records must keep by themselves; parents are not beside them here."""
        return {
            table.name: tuple(
                constraint
                for constraint in within_record(self.setting, table)
                if constraint.reads.issubset(table.by_name)
            )
            for table in self.setting.tables
        }

    def _records(self, table: Table, frame: pl.DataFrame) -> Iterator[Found]:
        kept = self._within[table.name]
        if not kept:
            return
        flags = [constraint.broken.alias(str(index)) for index, constraint in enumerate(kept)]
        broken_by = nw.from_native(frame).select(*flags).to_native()
        ids = frame[ID].to_numpy()
        for index, constraint in enumerate(kept):
            at = ids[broken_by[str(index)].to_numpy()]
            yield from _found(constraint.code, table.name, constraint.field, constraint.rule, at)

    def _valid(self, frame: pl.DataFrame, fields: tuple[Field, ...]) -> pl.DataFrame:
        reasons = self.setting.reasons
        usable = (cells.recorded(nw.col(f.name), f, reasons) for f in fields)
        kept: pl.DataFrame = (
            nw.from_native(frame).filter(nw.all_horizontal(*usable, ignore_nulls=False)).to_native()
        )
        return kept

    def _repeats(self, table: Table, frame: pl.DataFrame) -> Iterator[Found]:
        unique = [(f.name,) for f in table.fields if f.unique and (f.name,) != table.key]
        for names in ([table.key] if table.key else []) + unique:
            valid = self._valid(frame, tuple(table.by_name[name] for name in names))
            ids = valid.filter(~pl.struct(names).is_first_distinct())[ID].to_numpy()
            field = names[0] if len(names) == 1 else None
            yield from _found("duplicate-key", table.name, field, None, ids)

    def _orphans(
        self, table: Table, frame: pl.DataFrame, frames: Mapping[str, pl.DataFrame]
    ) -> Iterator[Found]:
        for field in table.fields:
            if field.references and field.references.table in frames:
                known = frames[field.references.table][field.references.field]
                valid = self._valid(frame, (field,))
                ids = valid.filter(~pl.col(field.name).is_in(known.implode()))[ID].to_numpy()
                yield from _found("orphan-reference", table.name, field.name, None, ids)


def _found(
    code: str, table: str, field: str | None, rule: str | None, ids: NDArray[np.int64]
) -> Iterator[Found]:
    if len(ids):
        yield Found(code, table, field, rule, ids)
