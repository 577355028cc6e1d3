"""Faults of a crosswalk's YAML are told with their line and column, and what would be right."""

from __future__ import annotations

import pytest

from tests.crosswalks.making import write_schemes
from validator.crosswalks.load import load
from validator.errors import BrokenStandard

GOOD = """\
crosswalk: demo
version: 1.0.0
title: Demo
from: {scheme: left, version: 1}
to: {scheme: right, version: 1}
source: us
status: derived
rows:
  - {from: a, to: x, predicate: exactMatch}
  - {from: b, to: [x, y]}
choices:
  first: {title: First, source: us, status: derived, picks: [{from: b, to: x}]}
"""

TABLES = """\
crosswalk: demo
version: 1.0.0
title: Demo
from: {standard: ours, version: 1}
to: {standard: global-indicator, version: 1.0.0}
source: us
status: derived
tables:
  - from: ours
    to: series
    fields:
      series_ref: {from: ref}
      victim_count: {from: count, reasons: {blank: not_recorded}}
      contributor: {from: m49, through: m49-to-iso-3166}
"""


def faults(tmp_path, text):
    write_schemes(tmp_path, {"left-1": ["a", "b"], "right-1": ["x", "y"]})
    path = tmp_path / "demo.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BrokenStandard) as caught:
        load(path)
    return [(p.line, p.column, f"{p.what} {p.cure}") for p in caught.value.problems]


def test_the_samples_are_good(tmp_path):
    write_schemes(tmp_path, {"left-1": ["a", "b"], "right-1": ["x", "y"]})
    for text in (GOOD, TABLES):
        (tmp_path / "demo.yaml").write_text(text, "utf-8")
        assert load(tmp_path / "demo.yaml").id == "demo"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            "to: x, predicate: exactMatch",
            "to: z, predicate: exactMatch",
            9,
            "'z' is no code of right@1. Its codes are x, y.",
        ),
        ("from: a", "from: A", 9, "Did you mean 'a'?"),
        ("to: x, predicate: exactMatch", "to: x", 9, "does not say how the two codes relate"),
        (
            "to: x, predicate: exactMatch",
            "to: x, predicate: same",
            9,
            "'predicate' cannot be 'same'",
        ),
        (
            "to: [x, y]",
            "to: [x, y], predicate: exactMatch",
            10,
            "with several codes cannot be exactMatch",
        ),
        ("to: [x, y]", "to: none, predicate: exactMatch", 10, "with none cannot be exactMatch"),
        ("left, version: 1", "left, version: 2", 4, "There is version 1."),
        ("left, version: 1}", "left}", 4, "'version' is missing: 'scheme' does not go without it."),
        ("version: 1.0.0", "version: one", 2, "'version' cannot be 'one'"),
        ("status: derived\nrows", "rows", 1, "The key 'status' is missing"),
        ("source: us\nstatus", "sauce: us\nstatus", 6, "Did you mean 'source'?"),
        ("picks: [{from: b, to: x}]", "picks: [{from: a, to: y}]", 12, "among its candidates"),
        ("from: b", "from: b, when: {year: 2}", 10, "There is no column 'year'"),
        ("rows:", "rows: &anchor", 8, "Anchors and aliases"),
        (
            "source: us\nstatus",
            "source: us\nsource: us\nstatus",
            7,
            "The key 'source' is here twice",
        ),
    ],
)
def test_a_fault_in_a_crosswalk_of_codes(tmp_path, old, new, line, says):
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert any(at == line and says in text for at, _, text in found), found


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("to: series\n", "to: serie\n", 10, "has no table 'serie'"),
        ("series_ref: {", "serie_ref: {", 12, "has no field 'serie_ref'"),
        ("blank: not_recorded", "blank: not_visible", 13, "does not allow the missing reason"),
        ("through: m49-to-iso-3166", "through: nowhere", 14, "There is no crosswalk 'nowhere'"),
        (
            "through: m49-to-iso-3166",
            "through: copine-to-uk-2014",
            14,
            "codes that 'contributor' does not have",
        ),
        ("from: m49,", "from: [m49, other],", 14, "reads 1 columns (m49), and 2 are named"),
        ("{from: ref}", "{from: ref, date: dd/mm/yyyy}", 12, "'series_ref' is no date"),
        ("{from: ref}", "{from: ref, date: d.m.y}", 12, "'date' cannot be"),
        ("{from: ref}", "{value: FRA-000001}", 12, "'source' is missing: 'value' does not go"),
        (
            "version: 1.0.0}",
            "version: 9.0.0}",
            5,
            "There is no standard 'global-indicator' of version '9.0.0'",
        ),
        (
            "through: m49-to-iso-3166",
            "through: cybertipline-file-class",
            14,
            "does not say which it takes",
        ),
    ],
)
def test_a_fault_in_a_crosswalk_of_submissions(tmp_path, old, new, line, says):
    assert old in TABLES
    found = faults(tmp_path, TABLES.replace(old, new, 1))
    assert any(at == line and says in text for at, _, text in found), found
