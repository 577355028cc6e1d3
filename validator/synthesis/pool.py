"""A pool of whole units (a record and all that belongs to it) that keeps every rule.

The pool is drawn once, judged as if it were a submission, and weighted until its marginals are
the published ones. The records of a submission, however many, are then drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from validator.errors import UsageError
from validator.model.standard import Field
from validator.synthesis.blocks import PoolTable, Recipe, Units, generator_for
from validator.synthesis.children import rows_for
from validator.synthesis.constraints import constraints
from validator.synthesis.judge import ID, Judge
from validator.synthesis.keys import Sequence, sequence
from validator.synthesis.layout import Node, echoes
from validator.synthesis.marginals import FLOOR, Support, support
from validator.synthesis.raking import Margin, rake
from validator.synthesis.records import Sampler
from validator.synthesis.setting import Setting

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALLEST, LARGEST = 1 << 12, 1 << 16
LEAST_KEPT = 0.02
"""If fewer of the drawn units keep the rules, they leave too little room to call it a sample."""


def size_for(rows: int) -> int:
    """Units to draw for a pool that ``rows`` records will be taken from."""
    return min(max(SMALLEST, 1 << (rows - 1).bit_length() if rows > 1 else 1), LARGEST)


@dataclass(frozen=True)
class Pool:
    """Units with weights that sum to 1, and what else it takes to write records."""

    root: Node
    recipes: dict[str, Recipe]
    weights: NDArray[np.float64]

    def units(self, seed: int) -> Units:
        """A writer of units, from the first."""
        return Units(self.root, self.recipes, seed)


@dataclass(frozen=True)
class Maker:
    """Makes the pool of one tree of tables."""

    root: Node
    setting: Setting
    seed: int
    rows: int

    def pool(self) -> Pool:
        """The pool. Raises UsageError where the rules leave too little room."""
        generator = generator_for(self.seed, f"pool/{self.root.name}")
        tables = self._draw(size_for(self.rows), generator)
        good = self._good(tables)
        if good.sum() < LEAST_KEPT * size_for(self.rows):
            message = (
                f"Hardly any record of '{self.root.name}' that is drawn keeps all rules at once. "
                "Look whether two of them contradict each other ('accordant lint')."
            )
            raise UsageError(message)
        tables = self._kept(tables, good)
        weights = rake(int(good.sum()), self._margins(tables))
        return Pool(self.root, self._recipes(tables), weights)

    def _supports(self, fields: tuple[Field, ...]) -> tuple[Support, ...]:
        return tuple(support(f, self.setting.reasons, self.setting.as_of) for f in fields)

    def _draw(self, size: int, generator: np.random.Generator) -> dict[str, PoolTable]:
        found: dict[str, PoolTable] = {}
        frames: dict[str, pl.DataFrame] = {}
        dead = np.zeros(size, np.bool_)
        unit = {self.root.name: np.arange(size)}
        for node in self.root.walk():
            context = pl.DataFrame({"__unit__": np.arange(size)})
            parent, linked = np.arange(size), np.ones(size, np.bool_)
            if node.parent is not None:
                above = frames[node.parent.name]
                rows = rows_for(self.setting, node, above, generator)
                parent, linked = rows.parent, rows.linked
                context = self._context(node, above, rows.parts, parent, linked)
            unit[node.name] = unit[node.parent.name][parent] if node.parent else parent
            shared = echoes(node.table, node.parent.table) if node.parent else ()
            sampler = Sampler(
                self._supports(node.coupled),
                constraints(self.setting, node),
                {name: f"{node.parent.name}.{name}" for name in shared} if node.parent else {},
            )
            drawn, good = sampler.draw(context, generator)
            dead[unit[node.name][~good]] = True
            frames[node.name] = drawn
            columns = tuple(drawn[field.name].replace("", None) for field in node.coupled)
            found[node.name] = PoolTable(columns, parent, linked)
        return self._kept(found, ~dead)

    def _context(
        self,
        node: Node,
        above: pl.DataFrame,
        parts: pl.DataFrame,
        parent: NDArray[np.int64],
        linked: NDArray[np.bool_],
    ) -> pl.DataFrame:
        """What is known of rows before they are drawn: their parents' columns and their parts."""
        before = f"{node.parent.name}." if node.parent else ""
        blank = pl.lit("")
        rows = above[parent].select(
            pl.when(pl.Series(linked)).then(name).otherwise(blank).alias(f"{before}{name}")
            for name in (field.name for field in (node.parent.coupled if node.parent else ()))
        )
        if node.link is not None:
            # rules may ask whether there is a reference, so any valid one stands for it
            example = support(node.link, self.setting.reasons, self.setting.as_of).values[0]
            there = pl.when(pl.Series(linked)).then(pl.lit(example)).otherwise(pl.lit(""))
            rows = rows.with_columns(there.alias(node.link.name))
        return pl.concat([rows, parts], how="horizontal")

    def _recipes(self, tables: dict[str, PoolTable]) -> dict[str, Recipe]:
        found = {}
        units = self._units_of(tables)
        for node in self.root.walk():
            pool = tables[node.name]
            above = len(tables[node.parent.name].parent) if node.parent else len(pool.parent)
            first = np.searchsorted(pool.parent, np.arange(above + 1))
            most = int(np.bincount(units[node.name]).max(initial=1))
            numbered = (*node.numbered, *node.dangling)
            sequences = {name: self._sequence(node, name, self.rows * most) for name in numbered}
            single = self._supports(node.single)
            found[node.name] = Recipe(node, pool, sequences, single, first)
        return found

    def _sequence(self, node: Node, name: str, rows: int) -> Sequence:
        leads = node.prefix is not None and node.numbered[:1] == (name,)
        length = node.prefix.length if leads and node.prefix else 0
        return sequence(node.table.by_name[name], self.seed, rows, length)

    def _units_of(self, tables: dict[str, PoolTable]) -> dict[str, NDArray[np.int64]]:
        """The unit of each row of each table."""
        found: dict[str, NDArray[np.int64]] = {}
        for node in self.root.walk():
            parent = tables[node.name].parent
            found[node.name] = found[node.parent.name][parent] if node.parent else parent
        return found

    def _good(self, tables: dict[str, PoolTable]) -> NDArray[np.bool_]:
        """The units in which, written out as a submission, there is nothing to find."""
        count = len(tables[self.root.name].parent)
        written = Units(self.root, self._recipes(tables), self.seed).run(np.arange(count))
        frames = {
            name: table.frame.fill_null("").with_row_index(ID) for name, table in written.items()
        }
        good = np.ones(count, np.bool_)
        for found in Judge(self.setting).findings(frames):
            good[written[found.table].unit[found.ids]] = False
        return good

    def _kept(self, tables: dict[str, PoolTable], good: NDArray[np.bool_]) -> dict[str, PoolTable]:
        """The pool without the units that are not ``good``."""
        found: dict[str, PoolTable] = {}
        stay: dict[str, NDArray[np.bool_]] = {}
        for node in self.root.walk():
            pool = tables[node.name]
            if node.parent is None:
                keep, parent = good, np.arange(int(good.sum()))
            else:
                keep = stay[node.parent.name][pool.parent]
                renumbered = np.cumsum(stay[node.parent.name]) - 1
                parent = renumbered[pool.parent[keep]]
            stay[node.name] = keep
            columns = tuple(column.filter(pl.Series(keep)) for column in pool.columns)
            found[node.name] = PoolTable(columns, parent, pool.linked[keep])
        return found

    def _margins(self, tables: dict[str, PoolTable]) -> list[Margin]:
        """The published figures of the coupled fields, after the floors of the others."""
        floors: list[Margin] = []
        published: list[Margin] = []
        units = self._units_of(tables)
        for node in self.root.walk():
            unit = units[node.name]
            columns = {column.name: column for column in tables[node.name].columns}
            for item in self._supports(node.coupled):
                place = {value or None: index for index, value in enumerate(item.values)}
                at = (
                    columns[item.field.name]
                    .replace_strict(list(place), list(place.values()), return_dtype=pl.Int64)
                    .to_numpy()
                )
                recorded = item.is_recorded[at].astype(np.int64)
                if item.recorded is not None:
                    shares = np.array([1 - item.recorded, item.recorded])
                    published.append(Margin(unit, recorded, shares))
                elif item.field.missing and not item.field.optional:
                    floors.append(
                        Margin(unit, recorded, np.array([1 - FLOOR, FLOOR]), at_least=True)
                    )
                if len(item.shares):
                    published.append(Margin(unit, item.category[at], item.shares))
        return [*floors, *published]
