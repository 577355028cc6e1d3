"""Every planted fault is found at its exact row, nothing else is, and no record is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pollock.families import BROKEN, SOUND
from tests.pollock.files import HEADER, File, sheet
from validator import api
from validator.model.reading import ROW, Reading
from validator.readers.delimited import read
from validator.readers.source import Source

Family = Callable[[], Iterator[File]]


def reading(file: File) -> Reading:
    return read(Source("series.csv", Path("series.csv"), file.data), frozenset(HEADER))


def found(of: Reading) -> list[tuple[str, int]]:
    return sorted((fault.code, fault.row or 0) for fault in of.faults)


@pytest.mark.parametrize("family", [*BROKEN, *SOUND], ids=lambda family: family.__name__)
def test_what_is_found_is_what_was_planted(family: Family) -> None:
    wrong = []
    for file in family():
        of = reading(file)
        noted = not file.note or any(file.note in note for note in of.notes)
        if found(of) != sorted(file.faults) or of.records != file.records or not noted:
            wrong.append((file.name, file.faults, found(of), of.records, of.notes))
    assert not wrong, f"{len(wrong)} files, of which these first: {wrong[:5]}"


@pytest.mark.parametrize("family", BROKEN, ids=lambda family: family.__name__)
def test_every_record_is_read_at_its_row(family: Family) -> None:
    for file in list(family())[::7]:
        of = reading(file)
        rows = [row for frame in of.frames(5) for row in frame[ROW]]
        assert rows == list(range(of.header + 1, of.header + 1 + of.records)), file.name


@pytest.mark.parametrize("separator", ["::", "\u00a6", "||", " "])
def test_a_dialect_that_cannot_be_told_is_no_table_of_the_standard(
    separator: str, tmp_path: Path
) -> None:
    path = tmp_path / "records.csv"
    text = sheet("\0", "\n").file("").data.decode().replace("\0", separator)
    path.write_text(text, "utf-8")
    report = api.check("global-indicator", path)
    assert "unknown-table" in {finding.code for finding in report.findings}


def test_a_heading_that_is_blank_is_found_in_its_row(tmp_path: Path) -> None:
    names = [*HEADER[:3], "", *HEADER[4:]]
    path = tmp_path / "series.csv"
    path.write_bytes(sheet(",", "\n").with_line(1, ",".join(names)).file("").data)
    report = api.check("global-indicator", path)
    assert ("unknown-column", 1) in {(finding.code, finding.row) for finding in report.findings}


def test_there_are_files_enough() -> None:
    assert sum(bool(file.faults) for family in BROKEN for file in family()) >= 2200
    assert sum(not file.faults for family in SOUND for file in family()) >= 500
