"""Turns of the delimited reader that ordinary files take seldom: with these, every branch is run.

Blocks are made small here, so that a short text has many of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.test_delimited import cells, faults, reading, row_numbers
from validator.errors import UnreadableInput
from validator.readers import records
from validator.readers.delimited import read
from validator.readers.source import Source


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BLOCK", 16)


@pytest.mark.usefixtures("small_blocks")
def test_more_blocks_than_are_judged_at_a_time_stay_in_order() -> None:
    rows = [(f"{number:05}", "x" * 6) for number in range(100)]
    text = "a,b\n" + "".join(f"{one},{other}\n" for one, other in rows)
    found = reading(text.encode())
    assert cells(found) == rows
    assert row_numbers(found) == list(range(2, 102))


@pytest.mark.usefixtures("small_blocks")
def test_a_cell_that_goes_on_after_its_block_from_the_first_line_on() -> None:
    found = reading(b'a,b\n1,"aaaaaaaaaaaa\nbbbb\nbbbb\nbbbb\ncc"\n2,d\n')
    assert cells(found) == [("1", "aaaaaaaaaaaa\nbbbb\nbbbb\nbbbb\ncc"), ("2", "d")]
    assert row_numbers(found) == [2, 3]
    assert found.faults == ()


def test_a_blank_line_of_a_table_with_one_column_is_a_record_of_its_own() -> None:
    found = reading(b"a\n1\n\n2\n", known=frozenset({"a"}))
    assert faults(found) == [("blank-row", 3)]
    assert cells(found) == [("1",), ("",), ("2",)]


def test_a_quoted_cell_before_far_too_many_others_swallows_no_line() -> None:
    found = reading(b'a,b\n"1\n2",' + b",".join([b"x"] * 30) + b"\n3,4\n")
    assert faults(found)[:2] == [("stray-quote", 2), ("ragged-row", 2)]
    assert {row for _, row in faults(found)} == {2, 3}
    assert cells(found)[-1] == ("3", "4")
    assert row_numbers(found) == [2, 3, 4]


def test_a_file_that_changes_during_the_check_is_refused_without_its_text(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(b"a,b\n1,2\n")
    found = read(Source("series.csv", path), frozenset())
    path.write_bytes(b'a,b\n1,2,SECRET\n"SECRET')
    with pytest.raises(UnreadableInput, match=r"series\.csv: the parser refuses") as refusal:
        cells(found)
    assert "SECRET" not in str(refusal.value)


def test_a_file_that_goes_away_during_the_check_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(b"a,b\n1,2\n")
    found = read(Source("series.csv", path), frozenset())
    path.unlink()
    with pytest.raises(UnreadableInput, match=r"series\.csv"):
        cells(found)
