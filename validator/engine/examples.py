"""Puts the examples of a rule to the rule itself, through the expressions that check records."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from validator.expressions.relations import broken, needs
from validator.model.reading import ROW
from validator.model.standard import Example, Rule, Standard
from validator.registry import FILE

AS_OF = "2026-01-31"
"""The day on which examples are judged, so that they behave alike for ever."""


def fires(standard: Standard, rule: Rule, example: Example) -> bool:
    """Whether the rule fires on any record of its table in the example."""
    frames = {}
    for table, columns in needs(standard, rule).items():
        records = example.get(table, ())
        data = {name: [record.get(name, "") for record in records] for name in sorted(columns)}
        schema = {FILE: pl.Int32, ROW: pl.Int64, **dict.fromkeys(data, pl.String)}
        rows = {FILE: [0] * len(records), ROW: list(range(2, len(records) + 2)), **data}
        frames[table] = nw.from_native(pl.DataFrame(rows, schema=schema))
    return len(broken(standard, rule, frames, AS_OF)) > 0
