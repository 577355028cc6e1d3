"""Several reports of one check: which of them go where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli import check

EXAMPLE = Path(__file__).parents[2] / "examples" / "submission-with-faults"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``accordant check data`` in a folder that holds the faulty example as ``data``."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)

    def run_(*options: str):
        arguments = ["data", "--standard", "global-indicator", "--as-of", "2026-01-31", *options]
        return CliRunner().invoke(check.COMMAND, arguments, standalone_mode=False)

    return run_


def refused(result) -> str:
    assert type(result.exception).__name__ == "UsageError"
    return result.exception.message


def test_one_run_writes_every_report_that_is_asked_for(run):
    result = run(
        *("--format", "text", "--format", "html=out/report.html", "--format", "json=report.json"),
        *("--format", "xlsx=report.xlsx"),
    )
    assert result.return_value == 1
    assert result.stdout.startswith("NOT READY TO SHARE")
    assert Path("out/report.html").read_bytes().startswith(b"<!doctype html>")
    assert json.loads(Path("report.json").read_bytes())["summary"]["errors"] > 0
    assert Path("report.xlsx").read_bytes().startswith(b"PK")
    assert "The reports are in out/report.html, report.json and report.xlsx." in result.stderr
    assert "report.xlsx holds the data: keep it where they are kept." in result.stderr


def test_where_every_report_has_its_file_nothing_is_printed(run):
    result = run("--format", "json=report.json")
    assert result.stdout == ""
    assert "The report is in report.json." in result.stderr


def test_output_is_for_the_report_without_a_file(run):
    run("--format", "json=report.json", "--format", "csv", "--output", "report.csv")
    assert Path("report.csv").read_bytes().startswith(b'\xef\xbb\xbf"code"')


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["html", "json"], "html and json cannot all go to one place."),
        (["htm"], "There is no format 'htm'. There are: csv, github, html, json, jsonl,"),
        (["json="], "--format json= names no file."),
        (["xlsx"], "xlsx is nothing to read here. Name a file: --format xlsx=FILE."),
        (["html=a", "json=a"], "'a' is named for another report too. Name another file for json."),
        (["csv=data/series.csv"], "'data/series.csv' is among the data."),
        (["html=data"], "'data' is a folder."),
    ],
)
def test_what_cannot_be_meant_is_refused_before_the_check(run, options, told):
    given = [part for option in options for part in ("--format", option)]
    before = {path: path.read_bytes() for path in Path("data").iterdir()}
    assert told in refused(run(*given))
    assert {path: path.read_bytes() for path in Path("data").iterdir()} == before
    assert sorted(Path().iterdir()) == [Path("data")]


def test_output_without_a_report_for_it_is_refused(run):
    assert "--output is for a --format without a file" in refused(
        run("--format", "json=a", "--output", "b")
    )
