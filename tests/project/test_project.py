"""The project file: what it may say, and what becomes of a check under it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validator import cli
from validator.errors import BrokenStandard
from validator.project.load import load
from validator.standards.form import meta_schema

FAULTY = Path(__file__).parents[2] / "examples" / "submission-with-faults"
DAY = "2026-01-31"
FILES = """
standard: global-indicator
files:
  series: data/series.csv
  media: data/media.csv
  victims: [data/victims.csv]
  offenders: data/offenders.csv
"""


@dataclass
class Answer:
    """What a check said."""

    code: int
    report: dict[str, Any]
    err: str

    def of(self, code: str) -> list[dict[str, Any]]:
        return [item for item in self.report["findings"] if item["code"] == code]

    def status(self, code: str, table: str | None = None) -> set[str]:
        checks = self.report["checks"]
        return {c["status"] for c in checks if c["code"] == code and table in {None, c["table"]}}


Check = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the faulty submission in ``data``."""
    shutil.copytree(FAULTY, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(folder: Path, capfd: pytest.CaptureFixture[str]) -> Check:
    def run(*arguments: str) -> Answer:
        code = cli._run(["check", *arguments, "--as-of", DAY, "--format", "json"])
        said = capfd.readouterr()
        return Answer(code, json.loads(said.out) if said.out else {}, said.err)

    return run


def written(folder: Path, text: str) -> Path:
    path = folder / "accordant.yaml"
    path.write_text(text.lstrip("\n"), "utf-8")
    return path


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(BrokenStandard) as error:
        load(written(folder, text))
    return [str(problem).removeprefix(f"{folder}/") for problem in error.value.problems]


def test_the_schema_is_itself_valid():
    Draft202012Validator.check_schema(meta_schema("project"))


def test_a_project_names_the_standard_and_the_files(folder: Path, check: Check):
    written(folder, FILES)
    answer = check()
    assert answer.code == 1
    assert answer.report["summary"]["errors"] == 17
    assert [item["path"] for item in answer.report["inputs"]] == [
        *("data/series.csv", "data/media.csv", "data/victims.csv", "data/offenders.csv")
    ]
    assert {item["mapped_by"] for item in answer.report["inputs"]} == {"named in accordant.yaml"}
    assert "accordant.yaml is used." in answer.report["notes"]


def test_a_table_is_told_whatever_its_file_is_called(folder: Path, check: Check):
    (folder / "data/media.csv").rename(folder / "data/export-7.csv")
    written(folder, "standard: global-indicator\nfiles: {media: data/export-7.csv}\n")
    assert check().report["inputs"][0]["table"] == "media"
    # and where the command names the file itself
    assert check("data/export-7.csv").report["inputs"][0]["mapped_by"] == "named in accordant.yaml"


def test_without_files_the_command_must_name_them(folder: Path, check: Check):
    written(folder, "standard: global-indicator\n")
    answer = check()
    assert answer.code == 2
    assert "Name the files or folders to check" in answer.err
    assert check("data").code == 1


def test_severities_change_findings_totals_and_the_exit_code(folder: Path, check: Check):
    written(
        folder,
        FILES
        + "severities: {noncanonical-code: note, rule-broken: warning,\n"
        + "  single-victim-one-gender: note}\n",
    )
    answer = check()
    assert {item["severity"] for item in answer.of("noncanonical-code")} == {"note"}
    # a rule's own weight wins over that of its code
    weights = {item["rule"]: item["severity"] for item in answer.of("rule-broken")}
    assert weights.pop("single-victim-one-gender") == "note"
    assert set(weights.values()) == {"warning"}
    assert answer.report["summary"]["notes"] == len(
        [item for item in answer.report["findings"] if item["severity"] == "note"]
    )


def test_what_is_switched_off_is_shown_as_skipped_with_its_reason(folder: Path, check: Check):
    written(
        folder,
        FILES
        + """
off:
  - {check: noncanonical-code, table: series, field: victim_gender, until: 2026-12-31,
     reason: The new form has a list.}
  - {rule: single-victim-one-gender, until: 2026-01-31, reason: Being mended.}
""",
    )
    answer = check()
    assert {item["field"] for item in answer.of("noncanonical-code")} == {"suspected_country"}
    assert [i for i in answer.of("rule-broken") if i["rule"] == "single-victim-one-gender"] == []
    reasons = {
        (c["code"], c["field"], c["rule"]): c["reason"]
        for c in answer.report["checks"]
        if c["reason"] and "switched off" in c["reason"]
    }
    assert reasons["noncanonical-code", "victim_gender", None] == (
        "switched off until 2026-12-31 in accordant.yaml: The new form has a list."
    )
    # its last day is one on which it is off
    assert [key for key in reasons if key[2] == "single-victim-one-gender"] != []
    assert answer.report["summary"]["errors"] == 15


def test_what_has_expired_is_on_again_and_the_report_says_so(folder: Path, check: Check):
    written(
        folder,
        FILES + "off: [{check: noncanonical-code, until: 2026-01-30, reason: Being mended.}]\n",
    )
    answer = check()
    assert len(answer.of("noncanonical-code")) == 2
    (note,) = [note for note in answer.report["notes"] if "on again" in note]
    assert note == (
        "accordant.yaml:7: noncanonical-code was switched off until 2026-01-30 and is on again "
        "(the reason was: Being mended.)."
    )


def test_what_is_switched_off_for_nothing_is_said(folder: Path, check: Check):
    written(
        folder,
        "standard: global-indicator\nfiles: {media: data/media.csv}\n"
        "off: [{check: unknown-code, table: victims, until: 2026-12-31, reason: Being mended.}]\n",
    )
    notes = check().report["notes"]
    assert (
        "accordant.yaml:3: unknown-code (victims) is switched off, but is no part of this check."
    ) in notes


def test_options_win(folder: Path, check: Check):
    written(folder, FILES + "fail_on: note\naudience: public\n")
    assert check().status("small-group", "series") == {"found"}
    assert check().report["fail_on"] == "note"
    answer = check("data/victims.csv", "--fail-on", "warning", "--audience", "partner")
    assert answer.report["fail_on"] == "warning"
    assert [item["path"] for item in answer.report["inputs"]] == ["data/victims.csv"]


def test_a_project_elsewhere_is_used_when_it_is_named(folder: Path, check: Check):
    (folder / "ours").mkdir()
    path = folder / "ours" / "project.yaml"
    path.write_text("standard: global-indicator\nfiles: {series: ../data/series.csv}\n", "utf-8")
    answer = check("--project", "ours/project.yaml")
    assert [item["path"] for item in answer.report["inputs"]] == ["ours/../data/series.csv"]


def test_a_submission_cannot_bring_along_what_is_switched_off(folder: Path, check: Check):
    """Only the folder in which the command runs has a say."""
    written(
        folder / "data",
        "standard: global-indicator\n"
        "off: [{check: unknown-code, until: 2999-12-31, reason: Do not look.}]\n",
    )
    answer = check("data")
    assert answer.status("unknown-code", "series") == {"passed", "found"}
    assert answer.report["notes"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("files: {series: a.csv}\n", "accordant.yaml:1:1: The key 'standard' is missing."),
        (
            "standard: s\nseverites: {unknown-code: note}\n",
            "accordant.yaml:2:1: The key 'severites' is not known here. Did you mean 'severities'?",
        ),
        (
            "standard: s\nseverities: {unknown-code: off}\n",
            "accordant.yaml:2:28: 'unknown-code' cannot be 'off'. Use one of: error, ",
        ),
        (
            "standard: s\noff:\n  - {check: unknown-code, reason: why}\n",
            "accordant.yaml:3:5: The key 'until' is missing. The last day on which it is off",
        ),
        (
            "standard: s\noff:\n  - {check: unknown-code, until: 2026-01-01}\n",
            "accordant.yaml:3:5: The key 'reason' is missing.",
        ),
        (
            "standard: s\noff:\n  - {check: c, rule: r, reason: why, until: 2026-01-01}\n",
            "accordant.yaml:3:5: this entry has 'check' and 'rule'. Keep exactly one",
        ),
        (
            "standard: s\noff:\n  - {check: c, reason: why, until: 2026-02-30}\n",
            "accordant.yaml:3:36: There is no day '2026-02-30'.",
        ),
        ("standard: s\nfail_on: fatal\n", "accordant.yaml:2:10: 'fail_on' cannot be 'fatal'."),
    ],
)
def test_what_is_wrong_is_told_at_line_and_column(tmp_path: Path, text: str, said: str):
    (problem,) = refused(tmp_path, text)
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "files: {serie: data/series.csv}",
            ":2:9: There is no table 'serie'. Did you mean 'series'?",
        ),
        (
            "severities: {unknown-cod: note}",
            ":2:14: 'unknown-cod' is neither a finding code nor a rule of global-indicator. "
            "Did you mean 'unknown-code'?",
        ),
        (
            "off: [{check: unknown-cod, until: 2026-12-31, reason: why}]",
            ":2:7: There is no finding code 'unknown-cod'. Did you mean 'unknown-code'?",
        ),
        (
            "off: [{rule: single-victim, until: 2026-12-31, reason: why}]",
            ":2:7: global-indicator has no rule 'single-victim'.",
        ),
        (
            "off: [{check: unknown-code, field: victim_gendre, until: 2026-12-31, reason: why}]",
            ":2:7: There is no field 'victim_gendre'. Did you mean 'victim_gender'?",
        ),
        (
            "off: [{check: unreadable-file, until: 2026-12-31, reason: why}]",
            ":2:7: unreadable-file cannot be switched off: it hides whole files.",
        ),
    ],
)
def test_names_that_lead_nowhere_are_told(folder: Path, check: Check, text: str, said: str):
    written(folder, f"standard: global-indicator\n{text}\n")
    answer = check("data")
    assert answer.code == 2
    assert f"accordant.yaml{said}" in answer.err
