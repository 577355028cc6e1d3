"""Writes out the records of a run of units from a pool: any run, in any order, always the same.

A unit is a record of a root table with all that belongs to it. Every draw comes from a
counter-based generator (Philox) at the place that the record's number gives, so that the cut of
the blocks cannot be seen in what they hold.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from validator.synthesis.keys import Sequence
from validator.synthesis.layout import Node
from validator.synthesis.marginals import Support

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PER_STEP = 4
"""Philox gives four numbers for each step of its counter."""


def uniform(seed: int, name: str, start: int, count: int) -> NDArray[np.float64]:
    """The ``start``-th to the ``start + count``-th number in [0, 1) of a named stream."""
    key = int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:16], "big")
    skipped = start % _PER_STEP
    generator = np.random.Generator(np.random.Philox(key=key, counter=start // _PER_STEP))
    return generator.random(count + skipped)[skipped:]


def generator_for(seed: int, name: str) -> np.random.Generator:
    """A generator of a named part, for draws that are made once."""
    key = int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:16], "big")
    return np.random.Generator(np.random.Philox(key=key))


@dataclass(frozen=True)
class PoolTable:
    """A table's coupled columns in the pool (a blank is null), ordered by parent.

    ``parent`` is the pool row of the record that a row belongs to, ``linked`` whether it says so.
    """

    columns: tuple[pl.Series, ...]
    parent: NDArray[np.int64]
    linked: NDArray[np.bool_]


@dataclass(frozen=True)
class Recipe:
    """What decides the columns of a node's table that are not in the pool."""

    node: Node
    pool: PoolTable
    sequences: dict[str, Sequence]
    single: tuple[Support, ...]
    first: NDArray[np.int64]
    """For each pool row of the parent, its first row here, and one past the last at the end."""


@dataclass
class Written:
    """One table of a run of units. ``unit`` gives each row's unit, from 0 within the run."""

    frame: pl.DataFrame
    unit: NDArray[np.int64]
    pooled: NDArray[np.int64] = attribute(repr=False)


class Units:
    """The units of one tree of tables. Runs must be asked for in order, from the first unit."""

    def __init__(self, root: Node, recipes: dict[str, Recipe], seed: int) -> None:
        self.root = root
        self.recipes = recipes
        self.seed = seed
        self.next = dict.fromkeys(recipes, 0)

    def run(self, drawn: NDArray[np.int64]) -> dict[str, Written]:
        """The tables of the next ``len(drawn)`` units; ``drawn`` are their rows in the pool."""
        found: dict[str, Written] = {}
        for node in self.root.walk():
            above = found[node.parent.name] if node.parent else None
            found[node.name] = self._table(node, drawn, above)
        return found

    def _table(self, node: Node, drawn: NDArray[np.int64], above: Written | None) -> Written:
        recipe, start = self.recipes[node.name], self.next[node.name]
        pooled, unit, parents = drawn, np.arange(len(drawn)), None
        if above is not None:
            sizes = recipe.first[above.pooled + 1] - recipe.first[above.pooled]
            owner = np.repeat(np.arange(len(sizes)), sizes)
            before = np.cumsum(sizes) - sizes
            pooled = np.arange(len(owner)) + (recipe.first[above.pooled] - before)[owner]
            unit, parents = above.unit[owner], _Parents(above.frame, owner.astype(np.uint32))
        count = len(pooled)
        self.next[node.name] = start + count
        gather = pooled.astype(np.uint32)
        columns = {column.name: column.gather(gather) for column in recipe.pool.columns}
        for support in recipe.single:
            columns[support.field.name] = self._single(node, support, start, count)
        if node.link is not None and node.link.references and parents:
            linked = pl.Series("linked", recipe.pool.linked[pooled])
            key = parents.column(node.link.references.field).alias("key")
            named = pl.select(pl.when(linked).then(key).alias(node.link.name))
            columns[node.link.name] = named.to_series()
        numbers = np.arange(start, start + count, dtype=np.uint64)
        for name, sequence in recipe.sequences.items():
            front = _front(node, columns, parents) if sequence.prefix else None
            columns[name] = sequence.text(numbers, front)
        for name in node.blank:
            columns[name] = pl.Series(name, [None], dtype=pl.String).new_from_index(0, count)
        order = [field.name for field in node.table.fields]
        return Written(pl.DataFrame([columns[name].alias(name) for name in order]), unit, pooled)

    def _single(self, node: Node, support: Support, start: int, count: int) -> pl.Series:
        """A column that no rule ties to another: drawn from its own shares."""
        steps = np.cumsum(support.weights)
        draws = uniform(self.seed, f"{node.name}.{support.field.name}", start, count) * steps[-1]
        index = np.minimum(np.searchsorted(steps, draws, side="right"), len(steps) - 1)
        values = pl.Series([value or None for value in support.values], dtype=pl.String)
        return values.gather(index.astype(np.uint32))


@dataclass(frozen=True)
class _Parents:
    """The records that the rows of a table belong to: a frame, and the place of each row's."""

    frame: pl.DataFrame
    owner: NDArray[np.uint32]

    def column(self, name: str) -> pl.Series:
        """A column of the parents, for each row."""
        return self.frame[name].gather(self.owner)


def _front(node: Node, columns: dict[str, pl.Series], parents: _Parents | None) -> pl.Series | None:
    """What each record's key begins with."""
    if node.prefix is None:
        return None
    if node.prefix.of_parent:
        column = parents.column(node.prefix.column) if parents else None
    else:
        column = columns[node.prefix.column]
    return None if column is None else column.str.slice(0, node.prefix.length)
