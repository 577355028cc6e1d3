"""The big list of naughty strings, in cells, headings and standards: nothing breaks, nothing leaks.

Where a string stands in a cell, no report shows it. Left out of that search are the shortest ones,
and those that a report says anyway, such as ``undefined`` or ``0``.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.commands import SERIES, Command, accordant
from validator.errors import BrokenStandard
from validator.registry import formats
from validator.standards.strict_yaml import parse

__all__ = ["accordant"]

SHORTEST = 9
STANDARD = ("-s", "global-indicator", "--as-of", "2026-01-31")


@pytest.fixture(scope="module")
def naughty(corpora: Path) -> list[str]:
    path = corpora / "blns" / "resources" / "blns.json"
    found: list[str] = json.loads(path.read_text("utf-8"))
    return found


def submission(path: Path, strings: list[str]) -> Path:
    """Records whose every cell but the key is one of the strings."""
    header = SERIES.decode().splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        to = csv.writer(file)
        to.writerow(header)
        for number, string in enumerate(strings):
            to.writerow([f"FRA-{number:06}", *[string] * (len(header) - 1)])
    return path


def texts(folder: Path) -> str:
    """All that the reports of a folder say, those inside of workbooks too."""
    found = []
    for path in folder.iterdir():
        data = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found += [
                    archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                ]
        else:
            found.append(data.decode("utf-8"))
    return "\n".join(found)


def test_a_naughty_cell_breaks_nothing_and_no_report_shows_it(
    accordant: Command, tmp_path: Path, naughty: list[str]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    asked = [part for form in formats() for part in ("--format", f"{form}={reports / form}")]
    harmless = submission(tmp_path / "harmless.csv", ["female"] * len(naughty))
    accordant("check", harmless, *STANDARD, *asked, "--table", "series")
    usual = texts(reports)
    data = submission(tmp_path / "series.csv", naughty)
    done = accordant("check", data, *STANDARD, *asked, "--table", "series", "--max-rows", "100000")
    assert done.code == 1
    said = texts(reports) + done.out + done.err
    searched = [
        string
        for string in map(str.strip, naughty)
        if len(string) >= SHORTEST and string not in usual and not string.isdigit()
    ]
    assert len(searched) > 300
    assert [string for string in searched if string in said] == []
    lines = (reports / "json").read_text("utf-8")
    (item,) = json.loads(lines)["inputs"]
    assert item["rows"] == len(naughty)
    assert not [check for check in json.loads(lines)["checks"] if check["status"] == "failed"]


def test_a_naughty_heading_is_no_way_to_break_a_report(
    accordant: Command, tmp_path: Path, naughty: list[str]
) -> None:
    with (tmp_path / "series.csv").open("w", encoding="utf-8", newline="") as file:
        to = csv.writer(file)
        to.writerow(["series_ref", *naughty])
        to.writerow(["FRA-000001", *["x"] * len(naughty)])
    for form in ("text", "json", "github"):
        done = accordant(
            "check", tmp_path / "series.csv", *STANDARD, "--table", "series", "--format", form
        )
        assert done.code in {1, 2}


def test_a_naughty_cell_is_mended_profiled_and_drafted_without_harm(
    accordant: Command, tmp_path: Path, naughty: list[str]
) -> None:
    data = submission(tmp_path / "series.csv", naughty)
    for command in (
        ("fix", data, "-s", "global-indicator", "-o", tmp_path / "mended"),
        ("profile", data, "-s", "global-indicator"),
        ("draft", data, "-o", tmp_path / "drafted"),
    ):
        assert accordant(*command).code in {0, 1}
    assert accordant("lint", tmp_path / "drafted").code in {0, 1}


def test_a_naughty_text_of_a_standard_stays_as_it_is_or_is_refused(naughty: list[str]) -> None:
    refused = []
    for string in naughty:
        try:
            data = parse(f"a: {json.dumps(string, ensure_ascii=False)}\n".encode(), "x.yaml").data
        except BrokenStandard:
            refused.append(string)
        else:
            assert data == {"a": string}
    # characters that YAML allows nowhere, not even between quotes
    assert all(any(not shown.isprintable() for shown in string) for string in refused)
