"""What is withheld brings every record in order, touches nothing else, and is the same again."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from validator.measures.anonymity import Wanted, exposed
from validator.measures.suppression import suppress

WITHHELD = "withheld"
COLUMNS = ("country", "gender", "age", "status", "level")
QUASI, SENSITIVE = COLUMNS[:3], COLUMNS[3:]
rows = st.tuples(
    st.sampled_from(["FRA", "KEN", "not_recorded"]),
    st.sampled_from(["female", "male", WITHHELD]),
    st.sampled_from(["1", "2", "3", "4"]),
    st.sampled_from(["identified", "unidentified"]),
    st.sampled_from(["6", "7", "8"]),
)
tables = st.lists(rows, max_size=40)


def frame(records: list[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(records, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def want(k: int, least: int, may: tuple[str, ...] = QUASI) -> Wanted:
    return Wanted(QUASI, SENSITIVE, k, least, may, WITHHELD)


@given(tables, st.integers(2, 7), st.integers(1, 3))
def test_nothing_is_exposed_where_the_table_has_enough_records_and_values(records, k, least):
    found = frame(records)
    enough = found.height >= k and all(found[name].n_unique() >= least for name in SENSITIVE)
    result = suppress(found, want(k, least))
    assert result.left == int(exposed(result.frame, want(k, least)).sum())
    if enough or found.is_empty():
        assert result.left == 0


@given(tables, st.integers(2, 7), st.integers(1, 3))
def test_each_part_that_can_be_brought_in_order_is(records, k, least):
    wanted = want(k, least, may=("gender", "age"))
    result = suppress(frame(records), wanted)
    still = result.frame.filter(exposed(result.frame, wanted))
    for country in still["country"].unique():
        part = result.frame.filter(pl.col("country") == country)
        values = [part[name].n_unique() for name in SENSITIVE]
        assert part.height < k or min(values) < least, "no part stays exposed without a reason"


@given(tables, st.integers(2, 7), st.integers(1, 3), st.sets(st.sampled_from(QUASI)))
def test_only_fields_that_may_be_withheld_change_and_only_to_that(records, k, least, may):
    before = frame(records)
    result = suppress(before, want(k, least, tuple(name for name in QUASI if name in may)))
    assert result.frame.columns == before.columns
    for name in COLUMNS:
        pairs = list(zip(before[name], result.frame[name], strict=True))
        changed = [(old, new) for old, new in pairs if old != new]
        assert name in may or not changed
        assert all(new == WITHHELD for _, new in changed)
        assert result.cells.get(name, 0) == len(changed)
    touched = [a != b for a, b in zip(before.rows(), result.frame.rows(), strict=True)]
    assert result.records == sum(touched)


@given(tables, st.integers(2, 7), st.integers(1, 3), st.sets(st.sampled_from(QUASI)))
def test_suppressing_the_result_changes_nothing(records, k, least, may):
    wanted = want(k, least, tuple(name for name in QUASI if name in may))
    once = suppress(frame(records), wanted)
    again = suppress(once.frame, wanted)
    assert again.frame.equals(once.frame)
    assert (again.cells, again.records, again.left) == ({}, 0, once.left)


@given(tables, st.integers(2, 7), st.integers(1, 3))
def test_the_cost_is_never_more_than_withholding_everything(records, k, least):
    before = frame(records)
    result = suppress(before, want(k, least))
    everything = sum(int((before[name] != WITHHELD).sum()) for name in QUASI)
    assert sum(result.cells.values()) <= everything
    if not exposed(before, want(k, least)).any():
        assert result.cells == {}, "what is in order is left alone"


@given(st.permutations(range(12)))
def test_the_result_does_not_depend_on_the_order_of_the_records(order):
    records = [("FRA", "female", str(n % 5), "identified", str(n % 3)) for n in range(12)]
    cells = suppress(frame(records), want(4, 2)).cells
    assert suppress(frame([records[n] for n in order]), want(4, 2)).cells == cells


def test_a_single_field_that_helps_is_all_that_is_withheld():
    records = [("FRA", "female", str(n), "identified", "6") for n in range(5)]
    result = suppress(frame(records), want(5, 1))
    assert result.cells == {"age": 5}


def test_records_of_a_large_group_join_those_that_are_too_few():
    records = [("FRA", "female", "1", "identified", "6")] * 9 + [("KEN", "male", "2", "x", "7")]
    result = suppress(frame(records), want(3, 1))
    assert result.left == 0
    assert result.records == 3, "two join, and seven stay as they were"


def test_a_hundred_thousand_records_are_a_matter_of_groups_and_not_of_pairs():
    # all but three records are in order: a search over pairs would never come to an end
    size = 100_000
    records = pl.DataFrame(
        {
            "country": ["FRA"] * (size - 3) + ["KEN", "SEN", "PER"],
            "gender": [("female", "male")[n % 2] for n in range(size)],
            "age": [str(n % 7) for n in range(size)],
            "status": [("identified", "unidentified")[n // 2 % 2] for n in range(size)],
            "level": [str(n % 5) for n in range(size)],
        }
    )
    result = suppress(records, want(11, 2))
    assert result.left == 0
    assert result.records < 40
