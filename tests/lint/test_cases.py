"""Every lint against the cases beside it.

A case is a small standard (``standard``, and ``files`` by path where it takes several) and
``finds``: what this one lint says of it, in the order of the places. ``says`` is a part of the
message and cure; ``severity``, ``count`` and ``file`` are looked at where they are given.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import validator.lint
from tests.cases import cases, one_sided
from validator.lint.examine import examine
from validator.registry import lints

ROOM = Path(validator.lint.__file__).parent


@pytest.mark.parametrize(("code", "case"), list(cases(ROOM)))
def test_a_lint_finds_what_its_case_says_and_nothing_else(
    code: str, case: dict[str, Any], tmp_path: Path
) -> None:
    files = {"standard.yaml": case["standard"], **case.get("files", {})}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    remarks = [r for r in examine(tmp_path).remarks if r.lint.code == code]

    found = [(r.finding.at.line, r.finding.at.column) for r in remarks]
    assert found == [(want["line"], want["column"]) for want in case["finds"]], remarks
    for want, remark in zip(case["finds"], remarks, strict=True):
        assert want["says"] in f"{remark.finding.what} {remark.finding.cure}"
        assert want.get("severity", remark.severity) == remark.severity
        assert want.get("count", remark.finding.count) == remark.finding.count
        file = Path(remark.finding.at.file).relative_to(tmp_path).as_posix()
        assert want.get("file", "standard.yaml") == file


def test_every_lint_has_cases_on_both_sides() -> None:
    assert one_sided(ROOM, lints()) == []


def test_every_lint_says_what_it_means_why_it_matters_and_how_to_mend_it() -> None:
    assert len(lints()) == len({lint.code for lint in lints()})
    for lint in lints():
        for text in (lint.title, lint.means, lint.why, lint.mend):
            assert text.strip(), lint.code
