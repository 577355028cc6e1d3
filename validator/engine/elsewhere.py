"""Records that stay with another engine (DuckDB, Spark): counted there, explained here.

The same expressions run in that engine. It answers how often each is true, and hands over the
records that may be at fault; those are few, and are judged by the one pass that judges all
records elsewhere. So every engine comes to the same findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from validator.engine.plan import ACCEPTED, PROBE, Plan
from validator.model.reading import ROW

RECORDS = "__records__"
BLANK_ROWS = "__blank__"
COMMON = "c"
"""The flag that a field holds the code that stood out in a sample, by the field's position."""
SAMPLE = 2000
"""Records of the sample in which a code may stand out."""


class EngineStoppedError(Exception):
    """The engine that holds the records did not answer. Only what kind of error it was is told."""


@dataclass(frozen=True)
class Sifted:
    """What came of one table of another engine.

    ``counts`` are numbers of records by flag, ``suspects`` the records that may be at fault with
    every column of the table and ROW, and ``kept`` all records of the columns asked for. ROW tells
    records apart, and says nothing of where they stand.
    """

    counts: Mapping[str, int]
    suspects: pl.DataFrame
    kept: pl.DataFrame

    @property
    def records(self) -> int:
        """All records of the table."""
        return self.counts[RECORDS]


def sample(frame: Any) -> pl.DataFrame:
    """Some records, from which to guess what is common."""
    return _here(frame.head(SAMPLE))


def sift(
    frame: Any, plan: Plan, names: Mapping[str, str], common: Mapping[int, str], keep: Sequence[str]
) -> Sifted:
    """Sift a Narwhals lazy frame of text columns that are never null.

    ``names`` are its columns by field, ``common`` a code to count by the position of its field, and
    ``keep`` the fields whose columns are brought here whole.
    """
    fields = frame.with_columns(*(nw.col(column).alias(name) for name, column in names.items()))
    flags = dict((*plan.flags, *((name, expression) for name, expression, _, _ in plan.sparse)))
    for position, code in common.items():
        flags[f"{COMMON}{position}"] = nw.col(plan.fields[position].name) == code
    columns = list(frame.collect_schema().names())
    nothing = [nw.col(name).str.strip_chars(" \t") == "" for name in columns]
    sums = [_number(flag).alias(name) for name, flag in flags.items()]
    sums.append(_number(nw.all_horizontal(*nothing, ignore_nulls=False)).alias(BLANK_ROWS))
    sums.append(nw.len().alias(RECORDS))
    answer = _here(fields.select(*sums)).row(0, named=True)
    counts = {name: int(value or 0) for name, value in answer.items()}
    suspects = _sorted(_here(fields.filter(_suspicious(plan, flags)).select(*columns)))
    brought = [nw.col(names[name]).alias(name) for name in keep]
    # a frame of no columns is none to other engines
    kept = _here(fields.select(*brought)) if brought else pl.DataFrame(height=counts[RECORDS])
    return Sifted(counts, _numbered(suspects, 2), _numbered(_sorted(kept), 2 + suspects.height))


def _suspicious(plan: Plan, flags: Mapping[str, Any]) -> Any:
    """Where any check may have something to say."""
    accepted = {plan.flag(ACCEPTED, position) for position in range(len(plan.fields))}
    reasons = [~flags[name] for name in sorted(accepted)]
    reasons += [flag for name, flag in flags.items() if name.startswith(PROBE)]
    for column in plan.texts:
        for reader in column.readers:
            made = reader.prefilter() if callable(reader.prefilter) else reader.prefilter
            reasons.append(made if reader.rows is None else made & reader.rows)
    return reduce(or_, reasons, nw.lit(False))


def _number(flag: Any) -> Any:
    # a sum of truths is no number everywhere
    return nw.when(flag).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _here(frame: Any) -> pl.DataFrame:
    try:
        result: pl.DataFrame = frame.collect(backend="polars").to_native()
    except Exception as error:
        # an engine raises what it likes, and its message may hold a value
        raise EngineStoppedError(type(error).__name__) from None
    return result


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    """The same records in an order that depends on nothing but what they hold."""
    return frame.sort(pl.all(), maintain_order=False) if frame.width else frame


def _numbered(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    # 1 is the row of the headings
    numbers = pl.int_range(first, first + frame.height, dtype=pl.Int64, eager=True)
    return frame.with_columns(numbers.alias(ROW))
