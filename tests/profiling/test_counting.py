"""Counting in one pass: what each cell is, for all records and for each contributor alike."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.profiling.submissions import standard
from validator.expressions.values import is_blank, is_value
from validator.profiling.counting import counted
from validator.readers.dataframe import read_frame
from validator.standards.load import load

CELLS = {
    "contributor": ["FRA", "KEN", "", "XXX", "withheld"],
    "colour": ["red", "blue", "other", "not_recorded", "withheld", "", " ", "Red", "mauve"],
    "level": ["1", "9", "10", "not_recorded", "", "\u00a0"],
    "themes": ["a", "a;b", "b;a;b", "a;x", "not_recorded", "", "\t"],
    "amount": ["0", "12", "012", "-1", "not_recorded", ""],
    "ratio": ["0.5", "1e3", "", "withheld"],
    "day": ["2024-02-29", "2023-02-29", "2024", "not_recorded", ""],
    "remarks": ["", " ", "words", "not_recorded"],
}
records = st.lists(st.fixed_dictionaries({n: st.sampled_from(c) for n, c in CELLS.items()}))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load(standard(tmp_path_factory.mktemp("standard")))


def plainly(standard, field, rows):
    """The same counts, cell by cell."""
    reasons = standard.missing_reasons
    cells = [row[field.name] for row in rows if any(text.strip(" \t") for text in row.values())]
    values = [text for text in cells if is_value(field, text, reasons)]
    blank = sum(is_blank(text) for text in cells)
    absent = Counter(text for text in cells if text in reasons.by_code)
    invalid = len(cells) - len(values) - blank - sum(absent.values())
    return len(cells), len(values), blank, invalid, +absent


def told(counts):
    return counts.records, counts.recorded, counts.blank, counts.invalid, +counts.reasons


@given(rows=records)
@settings(max_examples=60)
def test_the_counts_are_those_of_judging_each_cell_by_itself(small, rows):
    frame = pl.DataFrame(rows, schema=dict.fromkeys(CELLS, pl.String))
    (table,) = counted(small, [read_frame("records", frame)]).groups[""].values()
    for name, counts in table.fields.items():
        assert told(counts) == plainly(small, small.by_name["records"].by_name[name], rows), name


@given(rows=records)
@settings(max_examples=60)
def test_contributors_are_counted_as_if_each_came_by_itself(small, rows):
    frame = pl.DataFrame(rows, schema=dict.fromkeys(CELLS, pl.String))
    whole = counted(small, [read_frame("records", frame)], by="contributor")
    names = {row["contributor"] for row in rows} & {"FRA", "KEN"}
    assert set(whole.groups) == names
    for name in names:
        own = frame.filter(pl.col("contributor") == name)
        alone = counted(small, [read_frame("records", own)]).groups[""]["records"]
        split = whole.groups[name]["records"]
        assert split.records == alone.records
        for field, counts in alone.fields.items():
            assert told(split.fields[field]) == told(counts), field
            assert split.fields[field].values == counts.values, field
