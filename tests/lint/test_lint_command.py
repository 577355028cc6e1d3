"""``accordant lint``: its exit codes, its text and its JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from validator.cli import EXIT_FINDINGS, EXIT_PASS, EXIT_UNCHECKED

SOUND = """\
standard: demo
version: 1.0.0
title: Demonstration
tables:
  - table: series
    fields:
      gender:
        codes: {female: Female, male: Male}
        title: Gender
        description: The gender that was recorded.
        source: Us
        required: true
"""


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    path = tmp_path / "standard.yaml"
    path.write_text(SOUND, "utf-8")
    return path


def test_a_sound_standard_passes(standard: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", standard) == EXIT_PASS
    assert capsys.readouterr().out == "PASS: demo 1.0.0: nothing found.\n"


def test_fail_on_says_which_findings_count(standard: Path) -> None:
    standard.write_text(SOUND.replace("        source: Us\n", ""), "utf-8")
    assert run("lint", standard) == EXIT_PASS
    assert run("lint", standard, "--fail-on", "warning") == EXIT_PASS
    assert run("lint", standard, "--fail-on", "note") == EXIT_FINDINGS


def test_text_gives_place_fault_reason_and_cure(
    standard: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    standard.write_text(SOUND.replace("        required: true\n", ""), "utf-8")
    monkeypatch.chdir(standard.parent)
    assert run("lint", ".", "--fail-on", "warning") == EXIT_FINDINGS
    assert capsys.readouterr().out.splitlines() == [
        "warning: no-way-to-be-absent: A field that cannot say that a value is absent",
        "  A contributor without the value can only leave a blank, which is reported, or invent "
        "one.",
        "  standard.yaml:7:7: 'series.gender' has neither 'missing' nor 'optional', and is not "
        "'required'.",
        "      Name the reasons it allows under 'missing', or write 'required: true'.",
        "",
        "FAIL: demo 1.0.0: 1 warning.",
    ]


def test_a_standard_that_does_not_load_has_findings_too(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standard.write_text(SOUND.replace("version:", "verson:"), "utf-8")
    assert run("lint", standard, "--format", "json") == EXIT_FINDINGS
    answer = json.loads(capsys.readouterr().out)
    assert answer["standard"] is None
    assert answer["summary"] == {"verdict": "fail", "errors": 2, "warnings": 0, "notes": 0}
    last = answer["findings"][-1]
    assert (last["code"], last["line"], last["column"]) == ("form", 2, 1)
    assert last["suggestion"] == "Did you mean 'version'?"


def test_json_names_the_standard_and_every_place(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    standard.write_text(SOUND.replace("female: Female, male", "male: Female, Male"), "utf-8")
    assert run("lint", standard, "--format", "json") == EXIT_FINDINGS
    answer = json.loads(capsys.readouterr().out)
    assert answer["lint"] == "accordant.lint/1"
    assert answer["standard"]["id"] == "demo"
    assert answer["standard"]["digest"].startswith("sha256:")
    found = answer["findings"][0]
    assert (found["code"], found["severity"]) == ("look-alike-codes", "error")
    assert (found["line"], found["column"], found["count"]) == (8, 31, 1)


def test_a_standard_that_is_not_there_cannot_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("lint", tmp_path / "nowhere") == EXIT_UNCHECKED
    assert run("lint", tmp_path) == EXIT_UNCHECKED
    assert "holds no standard.yaml" in capsys.readouterr().err


def test_the_shipped_standard_has_notes_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", "global-indicator", "--fail-on", "warning") == EXIT_PASS
    assert "PASS: global-indicator" in capsys.readouterr().out
