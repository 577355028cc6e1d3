"""csv-spectrum: every file of it is read as the records that it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.readers.discovery import read
from validator.readers.source import Source

NAMES = [
    *("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates"),
    *("newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"),
]

ONE_RECORD = "location_coordinates"


def test_every_file_is_named(corpora: Path) -> None:
    assert sorted(path.stem for path in (corpora / "csv-spectrum" / "csvs").glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_records_are_those_that_are_expected(corpora: Path, name: str) -> None:
    path = corpora / "csv-spectrum" / "csvs" / f"{name}.csv"
    expected = json.loads((corpora / "csv-spectrum" / "json" / f"{name}.json").read_text("utf-8"))
    (found,) = read(Source(path.name, path))
    cells = [f"c{n}" for n in range(len(found.columns))]
    if name == ONE_RECORD:
        # an object, and its telephone number is not the one that its CSV holds
        expected = [expected | {"Contact Phone Number": "2095257564"}]
    records = [row for frame in found.frames(2) for row in frame.select(cells).rows()]
    assert [dict(zip(found.columns, row, strict=True)) for row in records] == expected
    # its seconds of arc are bare quotes
    assert [fault.code for fault in found.faults] == ["stray-quote"] * (name == ONE_RECORD)
