"""Holds what a text states against the field that it speaks for, record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

import narwhals as nw

from validator.expressions import fields as cells
from validator.expressions.values import is_value
from validator.model.standard import CodeList, Field, Standard, Table
from validator.registry import Said, TextReader
from validator.texts.readers import FEW, Pair, pairs

Judge = Callable[[Mapping[str, str]], Iterable[Said]]
Valid = Callable[[str], bool]
"""Whether the field may hold a stated value."""
Readers = Callable[[Standard, Table, frozenset[str]], Iterable[TextReader]]


def readers(judge: Callable[[Pair, Valid], Judge], *, recorded: bool) -> Readers:
    """A reader for each text and field: of the records where the field is recorded, or is not."""

    def of(standard: Standard, table: Table, there: frozenset[str]) -> Iterable[TextReader]:
        reasons = standard.missing_reasons
        for pair in pairs(table, there):
            name = pair.about.name
            holds = cells.recorded(nw.col(name), pair.about, reasons)
            # the same few values are stated again and again
            valid = lru_cache(maxsize=10_000)(partial(_valid, pair.about, reasons))
            yield TextReader(
                field=pair.text.name,
                prefilter=pair.reading.prefilter,
                about=pair.reading.states(name),
                rows=holds if recorded else ~holds,
                reads=(name,),
                speaks=(name,),
                judge=judge(pair, valid),
                digits=False,
                few=FEW,
            )

    return of


def _valid(field: Field, reasons: CodeList, value: str) -> bool:
    return is_value(field, value, reasons)
