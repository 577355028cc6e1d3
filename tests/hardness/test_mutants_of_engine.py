"""Kills mutants of the engine: which table a file holds, where a finding is, what is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.submissions import HEAD, SMALL, checked, found, written
from tests.readers.books import xlsx
from tests.strategies import loaded, standard_spec, table_spec
from validator.model.standard import Standard

TEXT = {"type": "string"}


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("things", "things!B2"),
        ("the_things", "the_things!B2"),
        ("all things", "'all things'!B2"),
        ("John's things", "'John''s things'!B2"),
    ],
)
def test_a_cell_is_named_as_spreadsheet_programs_name_it(
    tmp_path: Path, small: Standard, sheet: str, cell: str
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx({sheet: [HEAD.split(","), ["AAA-001", "zebra", "5", ""]]}))
    (only,) = checked(path, small).findings
    assert only.cell == cell


def test_a_column_of_no_field_is_named_by_its_place_on_the_sheet(
    tmp_path: Path, small: Standard
) -> None:
    """The table begins in column B: what stands left of it is nothing."""
    rows = [["", *HEAD.split(","), "officer"], ["", "AAA-001", "blue", "5", "", "17"]]
    path = tmp_path / "things.xlsx"
    path.write_bytes(xlsx({"things": rows}))
    (only,) = checked(path, small).findings
    assert only.message.startswith("Column F is not in the standard")
    assert (only.row, only.cell) == (1, "things!F1")


def test_half_of_its_headings_make_a_table_unless_they_are_half_of_another(tmp_path: Path) -> None:
    one, other = table_spec("one", {"a": TEXT, "b": TEXT}), {"c": TEXT, "d": TEXT}
    path = written(tmp_path, "export.csv", "b,x", "1,2")
    (alone,) = checked(path, loaded(standard_spec(one, table_spec("two", other)))).inputs
    assert (alone.table, alone.mapped_by) == ("one", "by its headings")
    (tied,) = checked(
        path, loaded(standard_spec(one, table_spec("two", other | {"b": TEXT})))
    ).inputs
    assert tied.table == "one", "half is more than a third"
    (tied,) = checked(
        path, loaded(standard_spec(one, table_spec("two", {"b": TEXT, "c": TEXT})))
    ).inputs
    assert tied.table is None
    assert tied.mapped_by == "its name fits no table, and its headings fit several"


def test_a_blank_row_is_no_record_of_any_field(tmp_path: Path, small: Standard) -> None:
    rows = ["AAA-001,blue,5,", ",,,", ",,,", "AAA-002,blue,5,seen"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert found(report) == [
        ("things.csv", 3, None, "blank-row"),
        ("things.csv", 4, None, "blank-row"),
    ]
    counted = {c.field: (c.records, c.recorded, c.blank) for c in report.completeness}
    assert counted["colour"] == (2, 2, 0)
    assert counted["note"] == (2, 1, 1)
