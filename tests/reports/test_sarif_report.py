from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from tests.reports.report_samples import BLANK, SAMPLES, SERIES, faulty, found, report, unchecked
from validator.model.report import Show
from validator.model.standard import Severity
from validator.registry import Rendering, formats

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)


def run_of(of, show=Show.LOCATION):
    (run,) = json.loads(formats()["sarif"].render(of, Rendering(show)))["runs"]
    return run


@pytest.mark.parametrize("show", Show)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_report_follows_the_schema(name, show):
    VALIDATOR.validate(json.loads(formats()["sarif"].render(SAMPLES[name], Rendering(show))))


def test_a_result_names_its_rule_its_row_and_its_field():
    (result,) = [r for r in run_of(faulty)["results"] if r["ruleId"] == "noncanonical-code"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "submission/series.csv"},
        "region": {"startLine": 23},
    }
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "series.victim_gender", "kind": "member"}
    ]
    assert result["level"] == "error"
    assert run_of(faulty)["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_rules_carry_how_to_mend_their_findings():
    (rule,) = [r for r in run_of(faulty)["tool"]["driver"]["rules"] if r["id"] == "unknown-code"]
    assert "How to mend it:" in rule["help"]["text"]


def test_a_run_holds_at_most_25_000_results_the_heaviest_first_and_the_true_totals():
    notes = found(
        "low-completeness",
        {("Few are filled.", None): range(2, 102)},
        severity=Severity.NOTE,
        field="x",
    )
    errors = found("unexplained-blank", {(BLANK, None): range(2, 30_002)}, field="y", kept=30_000)
    run = run_of(report(notes, errors))
    assert len(run["results"]) == 25_000
    assert {result["level"] for result in run["results"]} == {"error"}
    assert (run["properties"]["errors"], run["properties"]["notes"]) == (30_000, 100)
    assert run["properties"]["resultsWritten"] == 25_000
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "25,000 of 30,100 findings are listed here."


def test_what_could_not_be_checked_is_told():
    (invocation,) = run_of(unchecked)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    assert "ZeroDivisionError" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    told = [
        n["message"]["text"] for n in run_of(faulty)["invocations"][0]["toolExecutionNotifications"]
    ]
    assert "8 checks could not be made: the submission has no table offenders" in told


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("submission/séries 1.csv", "submission/s%C3%A9ries%201.csv"),
        ("in\\series.csv", "in/series.csv"),
        ("C:\\in\\series.csv", "file:///C:/in/series.csv"),
        ("/in/series.csv", "file:///in/series.csv"),
        ("a:b.csv", "a%3Ab.csv"),
        ("\udcff.csv", "%FF.csv"),
        ("../x.csv", "../x.csv"),
    ],
)
def test_paths_become_uris(path, uri):
    run = run_of(report(inputs=(replace(SERIES, path=path),)))
    assert run["artifacts"][0]["location"]["uri"] == uri


def test_the_same_fault_of_the_same_record_keeps_its_fingerprint_when_the_row_moves():
    def prints(rows):
        check, findings = found("unexplained-blank", {(BLANK, None): rows}, field="x")
        moved = [replace(item, key="FRA-000001") for item in findings]
        return run_of(report((check, moved)))["results"][0]["partialFingerprints"]

    assert prints([2]) == prints([9])
