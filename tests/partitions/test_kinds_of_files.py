"""Which files are partitions, and which inputs are read as ever."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.partitions.conftest import PARTS
from tests.partitions.submissions import check, looking, told


def as_parquet(path: Path) -> Path:
    frame = pl.read_csv(path, infer_schema=False)
    frame.write_parquet(path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


def as_json(path: Path) -> Path:
    pl.read_csv(path, infer_schema=False).write_ndjson(path.with_suffix(".jsonl"))
    return path.with_suffix(".jsonl")


def as_gzip(path: Path) -> Path:
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    return packed


def as_workbook(path: Path) -> Path:
    book = path.with_suffix(".xlsx")
    with xlsxwriter.Workbook(str(book)) as workbook:
        for name, lines in PARTS.items():
            sheet = workbook.add_worksheet(name.removesuffix(".csv"))
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line.split(","))
    return book


@pytest.mark.parametrize("made", [as_parquet, as_json, as_gzip, as_workbook])
def test_a_file_of_any_kind_is_a_partition(
    made: Callable[[Path], Path],
    data: Path,
    standard: Path,
    states: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = made(data / "cases-1.csv")
    for name in PARTS:
        if made is not as_workbook or name == "cases-1.csv":
            (data / name).unlink()
    without = told(check(path, standard))[0]
    assert told(check(path, standard, states=states))[0] == without
    with looking(monkeypatch) as looked:
        assert told(check(path, standard, states=states))[0] == without
        assert looked.read == []
        # one sheet's pass is made again where the day has a say, from the file as it is
        later = told(check(path, standard, states=states, as_of="2027-05-01"))[0]
    assert later == told(check(path, standard, as_of="2027-05-01"))[0]


def test_what_reads_more_than_one_file_is_read_as_ever(
    data: Path, standard: Path, states: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = shutil.make_archive(str(tmp_path / "all"), "zip", data)
    with sqlite3.connect(tmp_path / "all.db") as database:
        database.execute("create table items (item text, ref text)")
    frame = pl.read_csv(data / "cases-1.csv", infer_schema=False)
    for inputs in (archive, f"sqlite:///{tmp_path / 'all.db'}", {"cases": frame}):
        for _ in range(2):
            report = check(inputs, standard, states=states)
            assert report.notes == check(inputs, standard).notes
    assert not states.exists()


def test_what_another_engine_holds_is_read_as_ever(
    data: Path, standard: Path, states: Path
) -> None:
    path = data / "items-1.csv"
    without = told(check(path, standard, table="items", engine="duckdb"))
    for _ in range(2):
        assert told(check(path, standard, table="items", engine="duckdb", states=states)) == without
    assert not states.exists()


def test_a_package_is_read_as_ever_since_its_descriptor_names_other_files(
    data: Path, standard: Path, states: Path
) -> None:
    resources = [{"name": Path(name).stem, "path": name} for name in PARTS]
    (data / "datapackage.json").write_text(json.dumps({"resources": resources}))
    for _ in range(2):
        assert told(check(data, standard, states=states)) == told(check(data, standard))
