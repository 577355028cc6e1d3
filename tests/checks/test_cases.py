"""Every check against the named cases that stand beside it (validator/checks/*/*.yaml)."""

from __future__ import annotations

from dataclasses import fields

import pytest

from validator.model.report import CheckStatus
from validator.reference.cases import Case, cases_of, compared
from validator.registry import Check, checks

CHECKS = checks()
CASES = [case for check in CHECKS for case in cases_of(check)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check.code}: {case.name}")
def test_a_case_finds_what_it_says_and_nothing_else(case: Case):
    report = case.report()
    found, wanted = compared(report, case.wanted)
    assert found == wanted
    assert sum(report.totals.values()) == int(case.data.get("total", len(wanted)))
    assert [check for check in report.checks if check.status is CheckStatus.FAILED] == []
    reasons = {check.reason for check in report.checks if check.code == case.check.code}
    assert set(case.data.get("skips", ())) <= reasons
    for finding in report.findings:
        assert finding.message.endswith((".", "?")), "a message is a sentence"
        assert "  " not in finding.message


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_has_a_case_that_speaks_one_that_is_silent_and_one_to_show(check: Check):
    cases = cases_of(check)
    own = [any(item["code"] == check.code for item in case.wanted) for case in cases]
    assert any(own), "no case finds anything"
    assert not all(own), "no case is silent"
    shown = [case for case in cases if case.shown]
    assert len(shown) == 1
    assert any(item["code"] == check.code for item in shown[0].wanted)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_names_of_a_checks_cases_differ(check: Check):
    names = [case.name for case in cases_of(check)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_says_what_it_means_why_it_matters_and_how_to_mend_it(check: Check):
    words = {f.name: getattr(check, f.name) for f in fields(Check)}
    assert [name for name, value in words.items() if not str(value).strip()] == []
    assert not check.title.endswith(".")
    for text in (check.means, check.why, check.mend):
        assert text.endswith(".")
        assert "  " not in text
