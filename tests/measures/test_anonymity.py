"""k and l are pyCANON's, and withheld cells are counted in two ways.

pyCANON pins numpy, pandas and typing-extensions to other versions than the lock's, so that the two
cannot be installed together. ``pycanon-1.3.6.json`` holds what it answers for the tables of
``tables.py`` (``k_anonymity``, and ``l_diversity`` for one sensitive field at a time).
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.tables import QUASI, SENSITIVE, table
from validator.measures.anonymity import below_k, below_l, k_of, l_of, loosely

THEIRS = json.loads((Path(__file__).parent / "pycanon-1.3.6.json").read_text("utf-8"))


@pytest.mark.parametrize("theirs", THEIRS, ids=lambda theirs: f"table {theirs['seed']}")
def test_k_and_l_are_those_of_pycanon(theirs):
    records = pl.DataFrame(table(theirs["seed"]))
    assert k_of(records, QUASI) == theirs["k"]
    assert {name: l_of(records, QUASI, name) for name in SENSITIVE} == theirs["l"]


def test_the_tables_tell_measures_apart():
    assert len({theirs["k"] for theirs in THEIRS}) > 5
    assert len({theirs["l"]["level"] for theirs in THEIRS}) > 3


@pytest.mark.parametrize("seed", range(40, 60))
def test_the_exposed_records_are_those_of_a_plain_count(seed):
    columns = table(seed)
    frame, records = pd.DataFrame(columns), pl.DataFrame(columns)
    groups = frame.groupby(list(QUASI))
    for k in (2, 5, 11):
        plain = groups["status"].transform("size") < k
        assert below_k(records, QUASI, k).to_list() == plain.to_list()
    for name in SENSITIVE:
        plain = groups[name].transform("nunique") < 2
        assert below_l(records, QUASI, name, 2).to_list() == plain.to_list()


def test_no_records_have_no_group():
    empty = pl.DataFrame(schema=dict.fromkeys((*QUASI, *SENSITIVE), pl.String))
    assert (k_of(empty, QUASI), l_of(empty, QUASI, "status")) == (0, 0)
    assert loosely(empty, QUASI, 5, "withheld") == 0


cells = st.sampled_from(["a", "b", "withheld"])


@given(st.lists(st.tuples(cells, cells, cells), max_size=30), st.integers(2, 6))
def test_a_withheld_cell_counted_as_any_value(rows, k):
    records = pl.DataFrame(rows, schema=dict.fromkeys(QUASI, pl.String), orient="row")
    alike = Counter()
    for one, other in product(range(len(rows)), repeat=2):
        pairs = zip(rows[one], rows[other], strict=True)
        alike[one] += all(a == b or "withheld" in (a, b) for a, b in pairs)
    plain = sum(number < k for number in alike.values())
    assert loosely(records, QUASI, k, "withheld") == plain
    assert plain <= int(below_k(records, QUASI, k).sum()), "it is never the cautious figure"
