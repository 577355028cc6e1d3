"""JSON, JSON Lines, Parquet and gzip: values with a type of their own, as text."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.readers.books import cells, faults, named, readings, reason, row_numbers

RECORDS = [
    {"series_ref": "007", "victim_count": 3, "last_reviewed": "2024-05", "remarks": None},
    {"series_ref": "b", "victim_count": 2.0, "youth_produced": True},
]
MIDNIGHT = dt.datetime.combine(dt.date(2024, 5, 1), dt.time())
HEADINGS = ("series_ref", "victim_count", "last_reviewed", "remarks", "youth_produced")
READ = [("007", "3", "2024-05", "", ""), ("b", "2", "", "", "true")]


@pytest.mark.parametrize(
    ("data", "name", "sheet"),
    [
        (json.dumps(RECORDS), "series.json", None),
        (json.dumps({"series": RECORDS}), "all.json", "series"),
        ("\n".join(map(json.dumps, RECORDS)) + "\n\n", "series.jsonl", None),
        ("\ufeff" + json.dumps(RECORDS), "series.json", None),
    ],
    ids=named,
)
def test_records_of_json_are_rows_of_text(data: str, name: str, sheet: str | None) -> None:
    (found,) = readings(data.encode(), name)
    assert (found.sheet, found.columns, found.records) == (sheet, HEADINGS, 2)
    assert (cells(found), row_numbers(found), found.faults) == (READ, [2, 3], ())
    assert found.sha256 == hashlib.sha256(data.encode()).hexdigest()


def test_an_object_of_arrays_holds_several_tables() -> None:
    data = json.dumps({"series": RECORDS, "victims": []}).encode()
    assert [(r.sheet, r.records) for r in readings(data, "all.json")] == [
        ("series", 2),
        ("victims", 0),
    ]


def test_numbers_of_json_are_kept_as_they_are_written() -> None:
    data = b'[{"a": 1.50, "b": 12345678901234567890, "c": 1e3, "d": -0.0, "e": NaN}]'
    (found,) = readings(data, "series.json")
    assert cells(found) == [("1.50", "12345678901234567890", "1e3", "0", "nan")]


def test_a_key_that_stands_twice_is_reported_and_the_first_counts() -> None:
    (found,) = readings(b'[{"a": "1", "a": "2"}]', "series.json")
    assert (cells(found), faults(found)) == ([("1",)], [("duplicate-column", 2, 1)])


def test_what_is_not_one_value_is_shown_as_json() -> None:
    (found,) = readings(b'[{"a": ["x", 1], "b": {"c": null}}]', "series.json")
    assert cells(found) == [('["x", "1"]', '{"c": null}')]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.json", "empty"),
        (b"[{]", "a.json", "not-json"),
        (b"[" * 100_000, "a.json", "not-json"),
        (b'{"a": 1}\n{"a"\n', "a.jsonl", "not-json"),
        (b'{"settings": {"a": 1}}', "a.json", "no-table"),
        (b'"text"', "a.json", "no-table"),
        (b"[1, 2]", "a.json", "no-record"),
        (b'[{"a": "\xff\xfe"}]', "a.json", "not-utf-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\1\2\3\4\5\6\7\0\0\0\0", "a.json", "binary file"),
        (b"", "a.parquet", "empty"),
        (b"a,b\n", "a.parquet", "damaged"),
        (b"PAR1" + b"\0" * 100 + b"PAR1", "a.parquet", "damaged"),
        (b"\x1f\x8b and then nothing", "a.csv.gz", "damaged"),
        (gzip.compress(b"a,b\n1,2\n")[:-6], "a.csv.gz", "damaged"),
    ],
    ids=named,
)
def test_what_cannot_be_read_is_one_fault_with_its_reason(data: bytes, name: str, why: str) -> None:
    (found,) = readings(data, name)
    assert (found.columns, found.records, reason(found)) == ((), 0, why)


def test_the_line_of_a_json_fault_is_told() -> None:
    (found,) = readings(b'{"a": 1}\n\n{"a"\n', "a.jsonl")
    assert dict(found.faults[0].detail)["line"] == "3"


def parquet(frame: pl.DataFrame) -> bytes:
    to = io.BytesIO()
    frame.write_parquet(to)
    return to.getvalue()


def test_columns_of_parquet_are_text_as_a_standard_writes_it() -> None:
    frame = pl.DataFrame(
        {
            "series_ref": ["007", "", None],
            "received_period": [dt.date(2024, 4, 1), dt.date(2024, 4, 2), None],
            "last_reviewed": [MIDNIGHT, MIDNIGHT + dt.timedelta(hours=9), None],
            "victim_count": [3.0, None, 2.5],
            "copine_min": [Decimal("3.00"), Decimal("3.50"), None],
            "youth_produced": [True, False, None],
            "remarks": [["a", "b"], [], None],
        }
    )
    (found,) = readings(parquet(frame), "series.parquet")
    assert cells(found) == [
        ("007", "2024-Q2", "2024-05", "3", "3", "true", "a;b"),
        ("", "2024-04-02", "2024-05-01 09:00:00.000000", "", "3.50", "false", ""),
        ("", "", "", "2.5", "", "", ""),
    ]
    assert (row_numbers(found), faults(found)) == ([2, 3, 4], [])


def test_parquet_can_be_read_again_and_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "series.parquet"
    pl.DataFrame({"series_ref": [str(n) for n in range(5)]}).write_parquet(path)
    (found,) = readings(path)
    assert [frame.height for frame in found.frames(5)] == [5]
    assert [row for frame in found.frames(2) for row in frame["c0"]] == list("01234")
    assert row_numbers(found) == [2, 3, 4, 5, 6]


def test_nested_parquet_is_one_fault() -> None:
    data = parquet(pl.DataFrame({"a": [[{"b": 1}]]}))
    (found,) = readings(data, "series.parquet")
    assert found.records == 0 or cells(found)


def test_a_damaged_page_of_parquet_is_a_fault_of_the_file(tmp_path: Path) -> None:
    data = bytearray(parquet(pl.DataFrame({"a": [f"text {n}" for n in range(10_000)]})))
    data[100:4000] = b"\xff" * 3900
    (found,) = readings(bytes(data), "series.parquet")
    assert reason(found) in {"damaged", "crash"}


def test_gzip_is_read_as_the_file_inside() -> None:
    inner = b"series_ref;remarks\na;b\n"
    data = gzip.compress(inner)
    (found,) = readings(data, "series.csv.gz")
    assert (found.path, found.columns, found.separator) == (
        "series.csv.gz",
        ("series_ref", "remarks"),
        ";",
    )
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert cells(found) == [("a", "b")]
    (found,) = readings(gzip.compress(inner[:10]) + gzip.compress(inner[10:]), "series.csv.gz")
    assert cells(found) == [("a", "b")]
    (found,) = readings(gzip.compress(json.dumps(RECORDS).encode()), "series.json.gz")
    assert cells(found) == READ
