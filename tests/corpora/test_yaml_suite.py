"""yaml-test-suite: what our dialect holds is read as it says, or refused; all else is refused.

The loader's parser is libyaml, which knows YAML 1.1 with most of 1.2. Where it takes another view
of a text than the suite, the case is listed here with the reason, and no other may join the list.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.corpora.yaml_suite import Case, cases
from validator.errors import BrokenStandard
from validator.standards.strict_yaml import parse

TOLERATED = {
    "a comment without a space before it": {"9JBA", "CVW2", "SU5Z", "X4QW", "MUS6-0"},
    "continued lines that are not indented": {"9C9N", "QB6E", "S98Z"},
    "a tab that indents a continued line": {"DK95-1", "Y79Y-3"},
    "a lone hyphen in a flow sequence is text": {"G5U8", "YJV2"},
}
"""No YAML, and yet it can mean but one thing: it is read."""
OTHERWISE = {
    "in a flow collection, ?x is a key and no text": {"652Z", "HM87-1"},
    "a last line of blanks is no part of a block text": {"L24T-1", "JEF9-2"},
}
"""Read, but in the way of YAML 1.1."""
REFUSED = {
    "an unknown or a newer directive": {"2LFX", "6LVF", "BEC7", "MUS6-5", "MUS6-6"},
    "a colon or a question mark beside a bracket": {
        *("4ABK", "4MUZ-0", "4MUZ-1", "4MUZ-2", "58MP", "5MUD", "5T43", "9SA2", "CFD4", "DBG4"),
        *("FRK4", "HM87-0", "K3WX", "NJ66", "UKK6-0", "VJP3-1"),
    },
    "a tab between other things than words": {
        *("6BCT", "6CA3", "96NN-0", "96NN-1", "A2M4", "DK95-0", "DK95-3", "DK95-4", "Q5MG", "R4YG"),
        *("Y79Y-1", "Y79Y-10"),
    },
    "a text that is not indented at all": {"DK3J", "FP8R"},
    "a mapping whose key is empty": {"NHX8", "S3PD", "SM9W-1"},
}
"""YAML 1.2, and refused with its line and column: nothing is misread."""


def listed(where: dict[str, set[str]]) -> set[str]:
    return set().union(*where.values())


@pytest.fixture(scope="module")
def suite(corpora: Path) -> list[Case]:
    return cases(corpora)


def outcome(case: Case) -> str:
    """What becomes of a text: refused, read as the suite says, or read in another way."""
    try:
        found = parse(case.text, "x.yaml")
    except BrokenStandard as broken:
        (problem,) = broken.problems
        end = case.text.count(b"\n") + 2
        return "refused" if 1 <= problem.line <= end and problem.column >= 1 else "nowhere"
    if case.fails or case.outside:
        return "read"
    return "the same" if found.data == case.data() else "otherwise"


def test_every_text_is_refused_or_read_as_the_suite_says(suite: list[Case]) -> None:
    ends = {case.id: outcome(case) for case in suite}
    assert Counter(ends.values()).keys() <= {"refused", "the same", "otherwise", "read"}
    assert {name for name, end in ends.items() if end == "read"} == listed(TOLERATED)
    assert {name for name, end in ends.items() if end == "otherwise"} == listed(OTHERWISE)


def test_what_our_dialect_leaves_out_is_refused(suite: list[Case]) -> None:
    outside = [case for case in suite if not case.fails and case.outside]
    assert {case.outside for case in outside} == {
        *("not one document", "an alias", "an anchor", "a tag"),
        *("a key that is no text", "a key that stands twice"),
    }
    assert [case.id for case in outside if outcome(case) != "refused"] == []


def test_what_is_refused_though_our_dialect_holds_it_is_listed(suite: list[Case]) -> None:
    inside = [case for case in suite if not case.fails and not case.outside]
    refused = {case.id for case in inside if outcome(case) == "refused"}
    assert refused == listed(REFUSED)
    assert len(inside) - len(refused) - len(listed(OTHERWISE)) == sum(
        outcome(case) == "the same" for case in inside
    )
    assert len(inside) > 200
