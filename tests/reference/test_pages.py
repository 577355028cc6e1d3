"""The generated files: found, rendered alike every time, and compared."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from validator.cli import accordant
from validator.errors import BrokenStandard
from validator.reference import __main__ as command
from validator.reference import checked
from validator.reference.__main__ import pages, reference
from validator.registry import checks, lints, targets
from validator.standards.load import load

RENDERED = {page.name: page.render() for page in pages()}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(
        command, "pages", lambda: [p for p in pages() if p.name.endswith("lint.md")]
    )
    return tmp_path


def test_pages_that_are_written_are_in_step(repository: Path):
    run = CliRunner().invoke
    missing = run(reference, ["--check"])
    assert missing.exit_code == 1
    assert "out of step: docs/reference/lint.md" in missing.output
    assert run(reference, ["--write"]).exit_code == 0
    assert run(reference, ["--check"]).exit_code == 0
    (repository / "docs/reference/lint.md").write_text("changed", "utf-8")
    assert run(reference, ["--check"]).exit_code == 1


def test_outside_a_repository_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert CliRunner().invoke(reference, ["--write"]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_is_the_same_every_time(page: command.Page):
    assert page.render() == RENDERED[page.name]


def test_every_check_lint_target_command_and_rule_has_its_place():
    for check in checks():
        assert f"\n### {check.code}\n" in RENDERED["docs/reference/findings.md"]
    for lint in lints():
        assert f"\n## {lint.code}\n" in RENDERED["docs/reference/lint.md"]
    for name in targets():
        assert f"\n## {name}\n" in RENDERED["docs/reference/targets.md"]
    for name in accordant.commands or accordant.list_commands(None):
        assert f"\n## accordant {name}\n" in RENDERED["docs/reference/commands.md"]
    page = RENDERED["docs/reference/global-indicator.md"]
    for rule in load("global-indicator").rules:
        assert f"| `{rule.id}` |" in page


def test_the_picture_is_well_formed_and_fetches_nothing():
    picture = RENDERED["docs/images/demo.svg"]
    ET.fromstring(picture)  # noqa: S314 - our own picture
    assert "url(http" not in picture
    assert "@import" not in picture


def test_the_list_of_checked_files_holds_the_digests_of_the_shipped_ones():
    listed = json.loads(RENDERED["schemas/meta/checked.json"])
    standard = command.ROOT / "schemas" / "global-indicator" / "standard.yaml"
    assert hashlib.sha256(standard.read_bytes()).hexdigest() in listed["files"]
    assert listed["files"] == sorted(listed["files"])


def test_a_faulty_file_is_never_listed_as_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "meta").mkdir()
    (tmp_path / "meta" / "standard.schema.json").write_text("{}", "utf-8")
    (tmp_path / "bad.yaml").write_text("codelist: x\ncodes: {a: A}\nsurprise: 1\n", "utf-8")
    monkeypatch.setattr(checked, "schemas_folder", lambda: tmp_path)
    with pytest.raises(BrokenStandard, match="surprise"):
        checked.PAGE.render()
