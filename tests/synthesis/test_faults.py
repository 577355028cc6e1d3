"""Every fault that is planted is found where it is, and nothing else is."""

from collections import Counter
from pathlib import Path

import pytest

from validator import api
from validator.model.standard import Severity
from validator.standards.load import load
from validator.synthesis.submission import synthesise

STANDARD = load("global-indicator")
DAY = "2026-11-21"
SEEDS = 50
PARTS = 10
STRUCTURE = {"ragged-row", "blank-row", "stray-quote"}
VALUES = {
    "wrong-type",
    "unknown-code",
    "noncanonical-code",
    "retired-code",
    "out-of-range",
    "pattern-mismatch",
    "length-limit",
}
OMISSIONS = {"unexplained-blank", "reason-not-allowed", "placeholder-text", "other-unspecified"}
RELATIONS = {"rule-broken", "duplicate-key", "orphan-reference", "count-mismatch"}


def places(items):
    return Counter((i.code, i.table, i.row, i.field, i.rule) for i in items)


def planted_and_found(standard, folder, seed, **wanted):
    """The planted faults and the findings, but for notes: those are about whole tables."""
    made = synthesise(standard, folder, seed=seed, as_of=DAY, **wanted)
    report = api.check(standard, folder, as_of=DAY, max_rows=10_000)
    assert not [check for check in report.checks if check.status == "failed"]
    heavy = [f for f in report.findings if f.severity is not Severity.NOTE]
    return places(made.faults), places(heavy)


@pytest.mark.parametrize("part", range(PARTS))
def test_each_planted_fault_is_found_and_nothing_else_is(tmp_path, part):
    for seed in range(part, SEEDS, PARTS):
        planted, found = planted_and_found(
            STANDARD, tmp_path / f"{seed}", seed, rows=100, faults=0.3
        )
        assert sum(planted.values()) > 15
        assert found == planted, f"seed {seed}"


@pytest.mark.parametrize("seed", range(3))
def test_the_same_holds_for_a_standard_with_a_little_of_everything(tmp_path, seed):
    standard = load(Path(__file__).with_name("everything.yaml"))
    planted, found = planted_and_found(standard, tmp_path, seed, rows=150, faults=0.4)
    assert found == planted
    assert "retired-code" in {code for code, *_ in planted}


def test_the_same_holds_for_one_table_alone(tmp_path):
    planted, found = planted_and_found(
        STANDARD, tmp_path, 0, rows=500, faults=0.2, tables=["series"]
    )
    assert found == planted


def test_every_kind_of_fault_is_planted_and_none_far_more_often(tmp_path):
    made = synthesise(STANDARD, tmp_path, rows=3000, seed=11, faults=0.2, as_of=DAY)
    counts = Counter(fault.code for fault in made.faults)
    # the shipped standard has retired no code yet
    assert set(counts) == (STRUCTURE | VALUES | OMISSIONS | RELATIONS) - {"retired-code"}
    assert max(counts.values()) < 3 * len(made.faults) / len(counts)
    assert len({fault.rule for fault in made.faults}) > 25


def test_about_the_share_that_was_asked_for_gets_a_fault_and_no_record_gets_two(tmp_path):
    made = synthesise(STANDARD, tmp_path, rows=2000, seed=2, faults=0.1, as_of=DAY)
    assert 150 < len(made.faults) < 250
    assert len({(fault.table, fault.row) for fault in made.faults}) == len(made.faults)
