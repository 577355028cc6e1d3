"""Data in memory: every kind of frame is checked as its file is."""

from __future__ import annotations

from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.engine.submissions import AS_OF, FAULTY, PLANTED, SMALL, checked, found
from tests.strategies import loaded
from validator.engine.run import Options, run
from validator.errors import UnreadableInput
from validator.model.standard import Standard
from validator.readers import dataframe


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


def relation(frame: pl.DataFrame) -> Any:
    """The same data as a DuckDB relation."""
    table = frame.to_arrow()
    return duckdb.connect().from_arrow(table)


FRAMES = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": relation,
}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_data_frame_is_checked_as_its_file_is(kind: str) -> None:
    frames = {
        path.stem: pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
        for path in sorted(FAULTY.glob("*.csv"))
    }
    report = checked({name: FRAMES[kind](frame) for name, frame in frames.items()})
    # a frame cannot have a row of more cells than columns
    expected = [
        (name.removesuffix(".csv"), *rest) for name, *rest in PLANTED if rest[2] != "ragged-row"
    ]
    if kind == "duckdb":  # its rows have no numbers: tests/engines holds the keys to it
        expected = [(name, None, *rest) for name, _, *rest in expected]
    assert found(report) == sorted(expected, key=str)


TYPED = pl.DataFrame(
    {"part": ["P1", "P2", "P3"], "weight": [1.0, None, 2.5], "whole": [True, False, None]}
).with_columns(
    pl.lit(None, dtype=pl.String).alias("ref"),
    pl.Series("made", ["2024-05-17", None, "2020-02-29"]).str.to_date(),
)


@pytest.mark.parametrize("kind", FRAMES)
def test_typed_columns_are_read_as_a_standard_writes_them(kind: str, small: Standard) -> None:
    report = checked(FRAMES[kind](TYPED), small, table="parts")
    assert [f.code for f in report.findings] == ["missing-table"]
    recorded = {c.field: c.recorded for c in report.completeness}
    assert recorded == {"part": 3, "ref": 0, "weight": 2, "made": 2, "whole": 2}


def test_numbers_that_pandas_widened_are_whole_numbers_still(small: Standard) -> None:
    things = pd.DataFrame(
        {
            "ref": ["AAA-001", "AAA-002", "AAA-003"],
            "colour": pd.Categorical(["blue", "green", None]),
            "size": [3, None, float("inf")],
            "note": [None, None, None],
        }
    )
    report = checked(things, small, table="things")
    assert found(report) == [
        ("data", 3, "size", "unexplained-blank"),
        ("data", 4, "colour", "unexplained-blank"),
        ("data", 4, "size", "wrong-type"),
    ]


def test_a_blank_row_of_a_frame_is_reported(small: Standard) -> None:
    things = pl.DataFrame({"ref": ["AAA-001", ""], "colour": ["blue", None], "size": ["5", " "]})
    report = checked(things, small, table="things")
    assert found(report) == [("data", 3, None, "blank-row")]


def test_a_frame_that_repeats_a_column_is_one_clear_error(small: Standard) -> None:
    table = pa.table([pa.array(["AAA-001"]), pa.array(["AAA-002"])], names=["ref", "ref"])
    with pytest.raises(UnreadableInput, match="a column name is there twice"):
        checked(table, small, table="things")


def test_what_is_no_data_is_one_clear_error(small: Standard) -> None:
    with pytest.raises(UnreadableInput, match="int is neither a path nor a data frame"):
        checked(17, small)


def test_records_of_an_engine_that_lacks_what_checks_ask_are_brought_here(small: Standard) -> None:
    """An Ibis table, say: its rows have no order, so findings have keys alone."""
    things = pl.DataFrame({"ref": ["AAA-001", "AAA-001"], "colour": ["zebra", None], "a.b": [1, 2]})
    reading = dataframe._elsewhere("things", nw.from_native(things.lazy()))
    report = run(small, [reading], Options(as_of=AS_OF))
    here = checked({"things": things}, small)
    assert [(c.code, c.field, c.count) for c in report.checks] == [
        (c.code, c.field, c.count) for c in here.checks
    ]
    assert [(f.code, f.key, f.row) for f in report.findings if f.field == "ref"] == [
        ("duplicate-key", "AAA-001", None)
    ]
