"""DuckDB: files larger than memory, on one machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from validator.registry import Engine

LONGEST_LINE = 1 << 28
"""Bytes of a line, which a quoted text may make long."""


def _parquet(files: Sequence[Path]) -> Any:
    import duckdb

    return duckdb.read_parquet([str(file) for file in files], union_by_name=True)


def _delimited(files: Sequence[Path], width: int, separator: str) -> Any:
    import duckdb

    # nothing is left for it to guess: its guesses can lose rows
    return duckdb.read_csv(
        [str(file) for file in files],
        header=True,
        auto_detect=False,
        columns={f"c{i}": "VARCHAR" for i in range(width)},
        sep=separator,
        quotechar='"',
        escapechar='"',
        max_line_size=LONGEST_LINE,
    )


ENGINE = Engine(
    name="duckdb",
    title="DuckDB, for files larger than memory on one machine",
    parquet=_parquet,
    delimited=_delimited,
)
