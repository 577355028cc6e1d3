"""Draws records field by field, each from what the rules leave open given the fields before it.

The values that a field may take are few, and so are the different contexts in which it is
drawn; every value is therefore tried in every context, in one frame, and the draw is from the
field's own shares restricted to what is allowed. A record in which nothing is allowed is drawn
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl

from validator.synthesis.constraints import Constraint
from validator.synthesis.marginals import Support

if TYPE_CHECKING:
    from numpy.typing import NDArray

ATTEMPTS = 6
ECHO = 0.8
"""How often a child's field repeats what its parent says in the field of the same name."""
_LARGEST_GRID = 4_000_000


@dataclass(frozen=True)
class Sampler:
    """Draws the coupled fields of a table.

    ``echoes`` maps a field to the context column that it mostly repeats.
    """

    supports: tuple[Support, ...]
    constraints: tuple[Constraint, ...]
    echoes: Mapping[str, str]

    def draw(
        self, context: pl.DataFrame, generator: np.random.Generator
    ) -> tuple[pl.DataFrame, NDArray[np.bool_]]:
        """A record for each row of ``context``, and whether it came out well.

        The context's columns come first; blanks are empty text.
        """
        frame, good = self._once(context, generator)
        for _ in range(ATTEMPTS - 1):
            bad = np.flatnonzero(~good)
            if not len(bad):
                break
            again, now = self._once(context[bad], generator)
            order = np.arange(len(good))
            order[bad] = len(good) + np.arange(len(bad))
            frame, good[bad] = pl.concat([frame, again])[order], now
        return frame, good

    def _once(
        self, context: pl.DataFrame, generator: np.random.Generator
    ) -> tuple[pl.DataFrame, NDArray[np.bool_]]:
        frame, good = context, np.ones(context.height, np.bool_)
        for support in self.supports:
            column, possible = self._field(support, frame, generator)
            good &= possible
            frame = frame.with_columns(column)
        return frame, good

    def _field(
        self, support: Support, frame: pl.DataFrame, generator: np.random.Generator
    ) -> tuple[pl.Series, NDArray[np.bool_]]:
        name = support.field.name
        known = {*frame.columns, name}
        ready = [c for c in self.constraints if name in c.reads and c.reads <= known]
        echo = self.echoes.get(name)
        reads = sorted(
            {column for c in ready for column in c.reads} - {name} | ({echo} if echo else set())
        )
        values = pl.Series(name, support.values, dtype=pl.String)
        if reads:
            contexts = frame.select(reads).unique(maintain_order=True).with_row_index("__context__")
            joined = frame.select(reads).join(contexts, on=reads, how="left", maintain_order="left")
            which = joined["__context__"].to_numpy().astype(np.int64)
        else:
            contexts = pl.DataFrame({"__context__": [0]})
            which = np.zeros(frame.height, np.int64)
        step = max(_LARGEST_GRID // len(values), 1)
        weights = np.concatenate(
            [
                self._weights(support, values, part, ready, echo)
                for part in contexts.iter_slices(step)
            ]
        )
        total = weights.sum(axis=1)
        possible = total > 0
        cumulative = np.cumsum(weights / np.where(possible, total, 1.0)[:, None], axis=1)
        # nothing is ever drawn from behind the last value that is allowed
        cumulative[cumulative > 1 - 1e-12] = 1.0
        cumulative[~possible] = 1.0
        steps = (cumulative + np.arange(len(cumulative))[:, None]).ravel()
        at = np.searchsorted(steps, which + generator.random(len(which)), side="right")
        index = np.clip(at - which * len(values), 0, len(values) - 1)
        return values.gather(index.astype(np.uint32)), possible[which]

    @staticmethod
    def _weights(
        support: Support,
        values: pl.Series,
        contexts: pl.DataFrame,
        ready: list[Constraint],
        echo: str | None,
    ) -> NDArray[np.float64]:
        """For each context, the weights of the values that it allows."""
        weights = np.broadcast_to(support.weights, (contexts.height, len(values))).copy()
        if ready:
            grid = contexts.join(values.to_frame(), how="cross", maintain_order="left_right")
            broken = nw.any_horizontal(*(c.broken for c in ready), ignore_nulls=False)
            found = nw.from_native(grid).select(broken.alias("broken")).to_native()
            weights[found["broken"].to_numpy().reshape(weights.shape)] = 0.0
        if echo is not None:
            place = {value: index for index, value in enumerate(support.values)}
            at = np.array([place.get(value, -1) for value in contexts[echo]])
            rows = np.flatnonzero((at >= 0) & (contexts[echo] != "").to_numpy())
            rows = rows[weights[rows, at[rows]] > 0]
            weights[rows] *= (1 - ECHO) / weights[rows].sum(axis=1, keepdims=True)
            weights[rows, at[rows]] += ECHO
        return weights
