from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from tests.reports.report_samples import SAMPLES, faulty, many_groups, unchecked, with_warnings
from validator.model.report import Show
from validator.model.standard import Severity
from validator.registry import Rendering, formats

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas/junit-10.xsd"))


def text(of, show=Show.LOCATION) -> str:
    return formats()["junit"].render(of, Rendering(show)).decode()


def tree(of, show=Show.LOCATION):
    return ET.fromstring(text(of, show))  # noqa: S314 - our own output


def case(of, name):
    (found,) = [c for c in tree(of).iter("testcase") if c.get("name") == name]
    return found


@pytest.mark.parametrize("show", Show)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_report_follows_the_schema_of_jenkins(name, show):
    SCHEMA.validate(text(SAMPLES[name], show))


def test_there_is_a_case_for_each_check_and_a_suite_for_each_table():
    root = tree(faulty)
    assert [suite.get("name") for suite in root] == ["series", "submission", "victims", "offenders"]
    assert len([*root.iter("testcase")]) == len(faulty.checks) == int(root.get("tests"))
    assert root.get("failures") == "8"


def test_a_failure_says_how_many_and_where():
    (blank,) = case(faulty, "unexplained-blank age_group")
    assert blank.get("message") == "4 errors"
    assert blank.text.startswith("error: age_group | 4 rows: 80 to 83 | The cell is blank.")


def test_what_is_lighter_than_fail_on_is_told_without_failing():
    name = "stale-status victim_status"
    assert case(with_warnings, name).find("failure") is None
    assert (
        "warning: victim_status | 2 rows: 40" in case(with_warnings, name).find("system-out").text
    )
    strict = replace(with_warnings, fail_on=Severity.WARNING)
    assert case(strict, name).find("failure").get("message") == "2 warnings"


def test_skipped_and_broken_checks_say_why():
    skipped = case(faulty, "rule-broken age_basis").find("skipped")
    assert skipped.get("message") == "the column age_basis is missing"
    error = case(unchecked, "duplicate-key series_ref").find("error")
    assert error.get("message") == "an internal error (ZeroDivisionError)"


def test_very_many_kinds_of_one_check_are_cut_and_counted():
    lines = case(many_groups, "unknown-code suspected_country").find("failure").text.split("\n")
    assert len(lines) == 21
    assert lines[-1] == "and 735 more"
