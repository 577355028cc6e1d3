"""Conditions and rules in plain English."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from validator.expressions.wording import sentence
from validator.standards.load import load
from validator.standards.locate import shipped

FIELDS: dict[str, Any] = {
    "ref": {"type": "string"},
    "count": {"type": "integer"},
    "gender": {"codes": ["female", "male"], "missing": ["withheld", "not_recorded"]},
    "seen": {"type": "date"},
    "country": {"codes": ["FRA", "KEN"]},
}


def said(tmp_path: Path, **rule: Any) -> str:
    path = tmp_path / "standard.yaml"
    reasons = {"codelist": "missing-reason", "codes": ["withheld", "not_recorded"]}
    child = {"id": {"type": "string"}, "ref": {"type": "string", "references": "records.ref"}}
    child["gender"] = FIELDS["gender"]
    standard = {
        "standard": "example",
        "version": "1.0.0",
        "missing_reasons": reasons,
        "tables": [
            {"table": "records", "key": "ref", "fields": FIELDS},
            {"table": "rows", "key": "id", "fields": child},
        ],
        "rules": [{"rule": "r", "table": "records", "title": "T", **rule}],
    }
    path.write_text(json.dumps(standard), "utf-8")
    loaded = load(path)
    return sentence(loaded, loaded.rules[0])


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ({"count": "1"}, "`count` is `1`."),
        ({"count": {"not": "1"}}, "`count` is not `1`."),
        (
            {"count": {"ge": "2", "lt": "9"}},
            "`count` is at least `2` and `count` is less than `9`.",
        ),
        ({"count": {"not": {"ge": "2"}}}, "`count` is less than `2`."),
        ({"gender": ["female", "male"]}, "`gender` is `female` or `male`."),
        ({"gender": {"recorded": "true"}}, "`gender` holds a value."),
        ({"gender": {"recorded": "false"}}, "`gender` holds no value."),
        ({"gender": {"missing": "true"}}, "`gender` holds a missing reason."),
        ({"gender": {"missing": "false"}}, "`gender` holds no missing reason."),
        ({"gender": {"missing": ["withheld"]}}, "`gender` is `withheld`."),
        ({"gender": {"not": {"missing": ["withheld"]}}}, "`gender` is anything but `withheld`."),
        ({"seen": {"le": {"today": "true"}}}, "`seen` is not after the day of the check."),
        ({"seen": {"lt": "2024-01-01"}}, "`seen` is before `2024-01-01`."),
        ({"ref": {"starts_with": {"field": "country"}}}, "`ref` begins with `country`."),
        ({"ref": {"matches": "[A-Z]+"}}, "`ref` has the form `[A-Z]+`."),
        (
            {"any": [{"count": "1"}, {"count": "2", "gender": "male"}]},
            "Either `count` is `1`, or (`count` is `2` and `gender` is `male`).",
        ),
        (
            {"not": {"any": [{"count": "1"}, {"gender": "male"}]}},
            "`count` is not `1` and `gender` is not `male`.",
        ),
        (
            {"not": {"all": [{"count": "1"}, {"gender": "male"}]}},
            "Either `count` is not `1`, or `gender` is not `male`.",
        ),
    ],
)
def test_what_a_rule_asks(then: dict[str, Any], words: str, tmp_path: Path):
    assert said(tmp_path, then=then) == words


def test_which_records_a_rule_is_about(tmp_path: Path):
    words = said(tmp_path, when={"count": "1"}, then={"gender": "male"})
    assert words == "Where `count` is `1`, `gender` is `male`."


def test_rows_that_are_counted(tmp_path: Path):
    count = {"table": "rows", "on": "ref", "at_most": "count", "where": {"gender": "male"}}
    assert said(tmp_path, count=count) == (
        "The number of rows in `rows` with the same `ref` in which `gender` is `male`, "
        "is at most `count`."
    )


def test_a_row_that_must_be_there(tmp_path: Path):
    exists = {"table": "rows", "on": "ref", "where": {"gender": "male"}}
    assert said(tmp_path, exists=exists) == (
        "There is at least one row in `rows` with the same `ref` in which `gender` is `male` "
        "(if there are any rows)."
    )


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_rule_is_one_sentence(name: str):
    standard = load(name)
    for rule in standard.rules:
        words = sentence(standard, rule)
        assert words.endswith(".")
        assert not any(mark in words for mark in ("not not", "  ", ",.", "{", "Op."))
