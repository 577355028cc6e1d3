"""Every lint of crosswalks against the cases beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import validator.crosswalks.lints
from tests.cases import cases, one_sided
from tests.crosswalks.making import write_schemes
from validator.crosswalks.examine import examine, lints
from validator.crosswalks.find import offered

ROOM = Path(validator.crosswalks.lints.__file__).parent


@pytest.mark.parametrize(("code", "case"), list(cases(ROOM)))
def test_a_lint_finds_what_its_case_says_and_nothing_else(
    code: str, case: dict[str, Any], tmp_path: Path
) -> None:
    write_schemes(tmp_path, case["schemes"])
    for name, text in {"demo": case["crosswalk"], **case.get("others", {})}.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")

    found = [(lint, f) for lint, f in examine(tmp_path / "demo.yaml")[1] if lint.code == code]

    assert [f.at.line for _, f in found] == [want["line"] for want in case["finds"]], found
    for want, (lint, finding) in zip(case["finds"], found, strict=True):
        assert want["says"] in f"{finding.what} {finding.cure}"
        assert want.get("severity", lint.severity) == (finding.severity or lint.severity)
        assert want.get("count", finding.count) == finding.count


def test_every_lint_has_cases_on_both_sides_and_says_what_it_means() -> None:
    assert one_sided(ROOM, lints()) == []
    for lint in lints():
        assert all(text.strip() for text in (lint.title, lint.means, lint.why, lint.mend))


@pytest.mark.parametrize("name", offered())
def test_shipped_crosswalks_have_notes_at_most(name: str) -> None:
    weights = {(finding.severity or lint.severity).value for lint, finding in examine(name)[1]}
    assert weights <= {"note"}
