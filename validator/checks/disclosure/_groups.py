"""Holds the groups of each table against what an audience asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from validator.measures.anonymity import Wanted
from validator.measures.wanted import NO_AUDIENCE, wanted
from validator.model.disclosure import Audience
from validator.registry import Outcome, View

Judge = Callable[[View, str, pl.DataFrame, Wanted, Audience], Iterable[Outcome]]
"""The outcomes for the records of a table, from the columns that are wanted of it."""


def judged(view: View, judge: Judge, *, sensitive: bool = False) -> Iterable[Outcome]:
    """What is found in each table that can single somebody out, or why it was not judged.

    ``sensitive``: only in a table that says something of them besides.
    """
    for name, there in view.tables.items():
        fields = there.table.fields
        told = not sensitive or any(field.sensitive for field in fields)
        if not told or not any(field.quasi_identifier for field in fields):
            continue
        if view.audience is None:
            yield Outcome(table=name, skipped=NO_AUDIENCE)
            continue
        want = wanted(view.standard, there.table, there.present, view.audience)
        if want is None:
            yield Outcome(table=name, skipped="the identifying columns are not there")
            continue
        frame: pl.DataFrame = there.frame((*want.quasi, *want.sensitive))
        yield from judge(view, name, frame, want, view.audience)
