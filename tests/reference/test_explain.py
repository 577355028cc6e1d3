"""``accordant explain``: a finding code, a rule, or the list of all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli import main
from validator.cli.explain import COMMAND
from validator.registry import checks, lints
from validator.standards.load import load


def explained(*arguments: str) -> str:
    done = CliRunner().invoke(COMMAND, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_without_a_name_all_codes_are_listed():
    told = explained()
    for item in (*checks(), *lints()):
        assert f"  {item.code} " in told
        assert item.title in told


@pytest.mark.parametrize("code", [check.code for check in checks()])
def test_a_code_is_explained_with_an_example_and_its_finding(code: str):
    told = explained(code)
    for heading in ("What it means", "Why it matters", "How to mend it", "An example"):
        assert f"\n{heading}\n" in told
    example = told.split("\nAn example\n")[1].split(" says\n")[-1]
    assert f"[{code}" in " ".join(example.split())


def test_a_rule_is_explained_with_records_that_keep_and_break_it():
    told = explained("single-victim-one-gender")
    assert "Where victim_count is 1, victim_gender is not both." in told
    assert "- victim_count 1, victim_gender female" in told.split("Records that keep it")[1]
    assert "- victim_count 1, victim_gender both" in told.split("Records that break it")[1]


def test_every_shipped_rule_can_be_explained():
    for rule in load("global-indicator").rules[::10]:
        assert str(rule.title) in explained(rule.id)


def test_a_rule_of_another_standard(tmp_path: Path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "standard: own\nversion: 1.0.0\n"
        "tables: [{table: t, fields: {a: {type: integer}}}]\n"
        "rules: [{rule: a-small, table: t, title: A is small, then: {a: {lt: 5}}}]\n",
        "utf-8",
    )
    assert "a is less than 5." in explained("a-small", "--standard", str(path))


def test_a_wrong_name_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main(["explain", "unkown-code"])
    assert end.value.code == 2
    assert "Did you mean unknown-code?" in capsys.readouterr().err


def test_a_name_like_no_other_is_answered_with_where_to_look(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main(["explain", "xyzzy"])
    assert end.value.code == 2
    assert "To see all codes: accordant explain" in capsys.readouterr().err
