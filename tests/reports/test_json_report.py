from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.reports.report_samples import HOSTILE_PATH, SAMPLES, faulty, hostile
from validator.model.report import Show
from validator.registry import Rendering, formats

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas/meta/report.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def written(report, show=Show.LOCATION) -> bytes:
    return formats()["json"].render(report, Rendering(show))


def parsed(report, show=Show.LOCATION):
    return json.loads(written(report, show))


def test_the_schema_is_itself_valid():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("show", Show)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_report_follows_the_schema(name, show):
    VALIDATOR.validate(parsed(SAMPLES[name], show))


def test_the_keys_of_the_contract_stand_in_their_order():
    document = parsed(faulty)
    assert list(document)[:7] == [
        *("report", "tool", "standard", "inputs", "summary", "checks", "findings")
    ]
    assert document["report"] == "accordant.report/1"
    assert list(document["summary"].items()) == [
        ("verdict", "fail"),
        ("errors", 117),
        ("warnings", 3),
        ("notes", 3),
    ]
    assert list(document["checks"][0]) == [
        *("code", "table", "field", "rule", "status", "count", "reason")
    ]
    assert list(document["findings"][0]) == [
        *("code", "severity", "table", "field", "rule"),
        *("file", "row", "key", "message", "suggestion"),
    ]


def test_a_finding_without_a_suggestion_says_null():
    (column,) = [f for f in parsed(faulty)["findings"] if f["code"] == "missing-column"]
    assert column["suggestion"] is None
    assert column["row"] is None


def test_values_and_shapes_appear_in_their_own_mode_alone():
    def told(show):
        (finding,) = [f for f in parsed(faulty, show)["findings"] if f["row"] == 23]
        return {name: finding[name] for name in ("shape", "value") if name in finding}

    assert told(Show.LOCATION) == {}
    assert told(Show.SHAPE) == {"shape": "Aaaaaa"}
    assert told(Show.FULL) == {"value": "Female"}


def test_the_same_report_gives_the_same_bytes_with_one_newline_at_the_end():
    first = written(faulty)
    assert first == written(faulty)
    assert first.endswith(b"}\n")
    assert not first.endswith(b"\n\n")


def test_letters_of_any_script_stay_letters_and_hidden_characters_become_escapes():
    text = written(hostile, Show.FULL).decode()
    assert all(character == "\n" or character.isprintable() for character in text)
    # nothing is lost: a program gets the very path and value
    document = json.loads(text)
    assert document["inputs"][0]["path"] == HOSTILE_PATH
    assert document["findings"][0]["value"] == hostile.findings[0].value


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["findings"][0].update(value="x", shape="a"),
        lambda d: d["findings"][0].update(cell="x"),
        lambda d: d["findings"][0].pop("suggestion"),
        lambda d: d["checks"][0].update(status="passed", count=1),
        lambda d: d["checks"][0].update(status="skipped", reason=None),
        lambda d: d["summary"].update(verdict="maybe"),
        lambda d: d.update(report="accordant.report/2"),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(spoil):
    document = parsed(faulty)
    spoil(document)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(document)
