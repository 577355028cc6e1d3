"""How many rows a record has in another table, and what each of them is there for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl

from validator.expressions.conditions import compile_condition
from validator.expressions.relations import scope_of
from validator.expressions.values import is_value
from validator.model.condition import FieldRef, fields_of
from validator.model.standard import Bound, Rule
from validator.synthesis.constraints import ANY_ROW, SLOT, UNGROUPED, shown, shows, slots, totals
from validator.synthesis.layout import Node
from validator.synthesis.setting import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = (0.25, 0.4, 0.25, 0.1)
"""The shares of 0, 1, 2 and 3 rows where nothing says how many there are."""
UNGROUPED_SHARE = 0.05
"""Rows that belong to no record, for each record, where the reference may be left blank."""
_UNSAID = -1


@dataclass(frozen=True)
class Rows:
    """The rows to be drawn: the parent's index of each, and the columns that say their parts."""

    parent: NDArray[np.int64]
    linked: NDArray[np.bool_]
    parts: pl.DataFrame


def rows_for(
    setting: Setting, node: Node, parents: pl.DataFrame, generator: np.random.Generator
) -> Rows:
    """The rows of a node's table for each record in ``parents``, in the records' order."""
    n = parents.height
    counted = slots(setting, node)
    numbers = [_number(setting, by, parents, generator) for _, by in counted]
    total = _number(setting, totals(setting, node), parents, generator)
    left = np.where(total >= 0, np.maximum(total - _sum(numbers, n), 0), 0 if counted else _UNSAID)
    for number in numbers:
        # where only the whole is known, its parts are not told: the rest is of any kind
        few = np.where(total >= 0, 0, _few(generator, n))
        number[number < 0] = few[number < 0]
    left = np.where(left == _UNSAID, _few(generator, n), left)
    loose = np.zeros(n, np.int64)
    if node.link is not None and node.link.optional:
        loose = (generator.random(n) < UNGROUPED_SHARE).astype(np.int64)
    groups = [*enumerate(numbers), (ANY_ROW, left), (UNGROUPED, loose)]
    parent = np.concatenate([np.repeat(np.arange(n), count) for _, count in groups])
    slot = np.concatenate([np.full(int(count.sum()), index) for index, count in groups])
    order = np.argsort(parent, kind="stable")
    parent, slot = parent[order], slot[order]
    rows = Rows(parent, slot != UNGROUPED, pl.DataFrame({SLOT: slot}))
    return replace(
        rows, parts=rows.parts.with_columns(_shown(setting, node, parents, rows, generator))
    )


def _sum(numbers: list[NDArray[np.int64]], n: int) -> NDArray[np.int64]:
    return sum((np.maximum(number, 0) for number in numbers), np.zeros(n, np.int64))


def _few(generator: np.random.Generator, n: int) -> NDArray[np.int64]:
    return generator.choice(len(FEW), n, p=FEW)


def _number(
    setting: Setting, by: list[Rule], parents: pl.DataFrame, generator: np.random.Generator
) -> NDArray[np.int64]:
    """How many rows the rules ask for; -1 where they leave it open."""
    found = np.full(parents.height, _UNSAID)
    for rule in by:
        count = rule.count
        if count is None:
            continue
        number = np.full(parents.height, _UNSAID)
        if isinstance(count.number, FieldRef):
            field = setting.standard.by_name[rule.table].by_name[count.number.field]
            column = parents[field.name]
            known = {v: int(v) for v in column.unique() if is_value(field, v, setting.reasons)}
            number = (
                column.replace_strict(known, default=_UNSAID, return_dtype=pl.Int64)
                .to_numpy()
                .copy()
            )
        else:
            number[:] = count.number
        number[~_applies(setting, rule, parents)] = _UNSAID
        few = np.where(found < 0, _few(generator, parents.height), found)
        match count.bound:
            case Bound.EQUALS:
                asked = number
            case Bound.AT_LEAST:
                asked = np.maximum(few, number)
            case Bound.AT_MOST:
                asked = np.minimum(few, number)
        found = np.where(number < 0, found, asked)
    return found


def _applies(setting: Setting, rule: Rule, parents: pl.DataFrame) -> NDArray[np.bool_]:
    if rule.when is None:
        return np.ones(parents.height, np.bool_)
    table = setting.standard.by_name[rule.table]
    truth = compile_condition(rule.when, scope_of(setting.standard, table, setting.as_of))
    found = nw.from_native(parents).select(truth.holds.alias("holds")).to_native()
    return np.asarray(found["holds"].to_numpy(), np.bool_)


def _shown(
    setting: Setting,
    node: Node,
    parents: pl.DataFrame,
    rows: Rows,
    generator: np.random.Generator,
) -> list[pl.Series]:
    """For each rule that asks for a row, the row that is to be it.

    Rules on the same fields take different rows in turn, so that they do not meet in one.
    """
    asked = shows(setting, node)
    parent, linked = rows.parent, rows.linked
    size = np.bincount(parent[linked], minlength=parents.height)
    first = np.cumsum(size) - size
    ordinal = np.where(linked, np.cumsum(linked) - 1 - first[parent], -1)
    shift = generator.integers(0, 1 << 30, parents.height)
    ranks: dict[object, int] = {}
    found = []
    for index, rule in enumerate(asked):
        about = fields_of(rule.exists.where if rule.exists else None)
        rank = ranks[about] = ranks.get(about, -1) + 1
        chosen = (rank + shift) % np.maximum(size, 1)
        wanted = _applies(setting, rule, parents)
        here = linked & wanted[parent] & (ordinal == chosen[parent])
        found.append(pl.Series(shown(index), here))
    return found
