"""A file that has not changed is neither scanned nor parsed; whatever else changes, it is."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.commands import Command, accordant
from tests.partitions.conftest import CASES, PARTS, STANDARD
from tests.partitions.submissions import AS_OF, check, looking, told, written
from validator import api
from validator.baseline.known import Baseline
from validator.engine import passing
from validator.errors import UnreadableInput, UsageError
from validator.model.disclosure import AUDIENCES
from validator.partitions import identity
from validator.project.load import load as project_at
from validator.readers.source import Source
from validator.registry import checks
from validator.standards.load import load

__all__ = ["accordant"]

ALL = sorted(PARTS)


def notes(report: Any) -> str:
    return " ".join(report.notes)


def test_a_file_that_has_not_changed_is_not_read_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        again = check(data, standard, states=states)
    assert (looked.read, looked.passed) == ([], [])
    assert told(again)[0] == told(first)[0]
    assert notes(first) == ""
    assert notes(again) == (
        "3 of 3 files have not changed since the last check, and were not checked again."
    )


def test_a_changed_file_alone_is_read(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    parts = {**PARTS, "cases-2.csv": [*PARTS["cases-2.csv"], "AAA-009,open,2025-12,,"]}
    with looking(monkeypatch) as looked:
        report = check(written(data, parts), standard, states=states)
    assert looked.read == looked.passed == ["cases-2.csv"]
    assert "2 of 3 files have not changed" in notes(report)
    orphans = [c.count for c in report.checks if c.code == "orphan-reference"]
    assert orphans == [0], "what the other file refers to is there now"


def test_a_file_of_the_same_size_and_time_that_holds_something_else_is_read(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    path = data / "items-1.csv"
    was = path.stat()
    path.write_bytes(path.read_bytes().replace(b"AAA-009", b"AAA-008"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    with looking(monkeypatch) as looked:
        check(data, standard, states=states)
    assert looked.read == ["items-1.csv"]


def test_the_only_file_is_told_of_in_the_singular(data: Path, standard: Path, states: Path) -> None:
    path = data / "cases-1.csv"
    check(path, standard, states=states)
    report = check(path, standard, states=states)
    assert report.notes == (
        "The file has not changed since the last check, and was not checked again.",
    )
    report = check([path, data / "items-1.csv"], standard, states=states)
    told_ = "1 of 2 files has not changed since the last check, and was not checked again."
    assert report.notes == (told_,)


def test_states_of_files_that_are_gone_are_removed(
    data: Path, standard: Path, states: Path
) -> None:
    check(data, standard, states=states)
    own = states / "notes.state"
    own.write_text("somebody's own file")
    written(data, {name: lines for name, lines in PARTS.items() if name != "cases-2.csv"})
    check(data, standard, states=states)
    assert len([*states.iterdir()]) == 3
    assert own.exists()


How = dict[str, Any]
MATTERS: dict[str, How] = {
    "max_rows": {"max_rows": 99},
    "audience": {"audience": AUDIENCES["partner"]},
    "another month": {"as_of": "2026-02-01"},
}


@pytest.mark.parametrize("how", MATTERS.values(), ids=MATTERS)
def test_what_a_pass_depends_on_makes_files_be_read_again(
    how: How, data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states, **how)
    assert "cases-1.csv" in looked.passed
    assert told(report)[0] == told(check(data, standard, **how))[0]


DOES_NOT: dict[str, How] = {
    "another day of the month": {"as_of": "2026-01-01"},
    "the lightest finding that fails": {"fail_on": "note"},
}


@pytest.mark.parametrize("how", DOES_NOT.values(), ids=DOES_NOT)
def test_what_no_pass_depends_on_does_not(
    how: How, data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states, **how)
    assert looked.passed == []
    assert told(report)[0] == told(check(data, standard, **how))[0]


def test_groups_of_another_size_are_counted_from_the_same_states(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = AUDIENCES["partner"]
    check(data, standard, states=states, audience=partner)
    for audience in (replace(partner, k=2), replace(partner, l=1), AUDIENCES["public"]):
        with looking(monkeypatch) as looked:
            report = check(data, standard, states=states, audience=audience)
        assert looked.read == []
        assert told(report)[0] == told(check(data, standard, audience=audience))[0]


def test_a_table_that_refers_to_no_day_is_not_read_again_on_another(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        check(data, standard, states=states, as_of="2031-07-01")
    assert looked.passed == ["cases-1.csv", "cases-2.csv"]


def test_a_table_told_otherwise_is_read_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = data / "cases-1.csv"
    check(path, standard, states=states)
    with looking(monkeypatch) as looked:
        report = check(path, standard, states=states, table="items")
    assert looked.passed == ["cases-1.csv"]
    assert told(report)[0] == told(check(path, standard, table="items"))[0]


def test_another_standard_reads_all_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    standard.write_text(STANDARD.replace("max_length: 20", "max_length: 4"), "utf-8")
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states)
    assert looked.read == ALL
    assert told(report)[0] == told(check(data, standard))[0]


def test_a_standard_that_was_changed_in_code_reads_all_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = load(standard)
    check(data, model, states=states)
    shorter = replace(model, tables=tuple(replace(t, fields=t.fields[:-1]) for t in model.tables))
    with looking(monkeypatch) as looked:
        report = check(data, shorter, states=states)
    assert looked.read == ALL, "its digest is the same, and it is not"
    assert told(report)[0] == told(check(data, shorter))[0]


def test_another_program_reads_all_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    monkeypatch.setattr(identity, "program", lambda: "another version")
    with looking(monkeypatch) as looked:
        check(data, standard, states=states)
    assert looked.read == ALL


def test_the_program_is_its_files_and_what_it_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_polars(version: str) -> str:
        monkeypatch.setattr(identity, "_versions", lambda: [("polars", version)])
        return identity.program.__wrapped__()

    assert with_polars("2.1.0") == with_polars("2.1.0") != with_polars("2.1.1")


def test_a_renamed_file_is_another_file(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    (data / "cases-1.csv").rename(data / "cases-0.csv")
    with looking(monkeypatch) as looked:
        check(data, standard, states=states)
    assert looked.read == ["cases-0.csv"]


def test_another_process_takes_the_states(data: Path, standard: Path, states: Path) -> None:
    """Nothing that a state depends on differs from one process to the next, as hashes do."""
    said = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "validator", "check", str(data), "-s", str(standard)]
        command += ["--states", str(states), "--as-of", AS_OF]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=False,
        )
        assert done.returncode == 1
        said.append(done.stdout)
    assert "3 of 3 files have not changed" in said[1]


def test_a_pass_in_which_a_check_broke_down_is_made_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_over = passing.pass_over

    def broken(asked: Any, progress: Any) -> Any:
        found = pass_over(asked, progress)
        found.tallies.fail(checks()[0], asked.table.name, RuntimeError())
        return found

    with monkeypatch.context() as patch:
        patch.setattr("validator.engine.run.pass_over", broken)
        assert check(data, standard, states=states).exit_code == 2
    with looking(monkeypatch) as looked:
        assert check(data, standard, states=states).exit_code == 1
    assert looked.passed == ALL


def test_a_file_that_could_not_be_read_is_read_again(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "items-1.csv").write_bytes(b"")
    check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states)
    assert looked.read == ["items-1.csv"]
    assert report.exit_code == 2


def test_a_baseline_knows_the_same_findings_with_states(
    data: Path, standard: Path, states: Path
) -> None:
    _, baseline = api.remember(standard, data, as_of=AS_OF)
    assert isinstance(baseline, Baseline)
    parts = {**PARTS, "cases-2.csv": [CASES, "AAA-001,opened,2023-01,south,"]}
    without = told(check(written(data, parts), standard, baseline=baseline))
    for _ in range(2):
        said, more = told(check(data, standard, baseline=baseline, states=states))
        assert said == without[0]
        assert set(without[1]) <= set(more)


def test_what_a_project_changes_is_changed_after_the_states(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    path = standard.with_name("accordant.yaml")
    path.write_text(
        "standard: small.yaml\nfail_on: warning\nseverities: {unknown-code: warning}\n"
        "off: [{check: duplicate-key, reason: known, until: 2030-01-01}]\n"
    )
    project = project_at(path)
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states, project=project)
    assert looked.read == []
    assert told(report)[0] == told(check(data, standard, project=project))[0]


def test_a_file_that_changes_while_it_is_checked_is_not_kept(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_over = passing.pass_over

    def meanwhile(asked: Any, progress: Any) -> Any:
        found = pass_over(asked, progress)
        path = Path(asked.reading.path)
        if path.name == "items-1.csv":
            path.write_bytes(path.read_bytes() + b"3,AAA-002\n")
        return found

    with monkeypatch.context() as patch:
        patch.setattr("validator.engine.run.pass_over", meanwhile)
        check(data, standard, states=states)
    assert len([*states.iterdir()]) == 2


def test_records_that_are_wanted_after_all_are_those_of_the_state(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    sound = Source.digest

    def changing(source: Source) -> str:
        found = sound(source)
        if source.path is not None:
            source.path.write_bytes(source.path.read_bytes() + b"\n")
        return found

    monkeypatch.setattr(Source, "digest", changing)
    with pytest.raises(UnreadableInput, match="changed while it was read"):
        check(data, standard, states=states, max_rows=7)


def test_a_folder_of_states_is_no_file(data: Path, standard: Path, states: Path) -> None:
    states.write_text("")
    with pytest.raises(UsageError, match="is a file"):
        check(data, standard, states=states)


def test_states_of_no_name_are_not_left_in_the_folder_of_the_command(
    accordant: Command, data: Path, standard: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = accordant("check", data, "-s", standard, "--states", "")
    assert (ended.code, "Name a folder" in ended.err) == (2, True)
    assert not [*tmp_path.glob("*.state")]


def test_the_command_tells_and_keeps_its_exit_codes(
    accordant: Command, data: Path, standard: Path, states: Path
) -> None:
    always = ("check", data, "-s", standard, "--as-of", AS_OF, "--states", states)
    assert accordant(*always).code == 1
    again = accordant(*always)
    assert again.code == 1
    assert "3 of 3 files have not changed since the last check" in again.out
    shown = accordant(*always, "--show", "shape")
    assert "--show shape reads every file" in shown.err
    assert "Shape:" in shown.out
    both = accordant(*always, "--write-baseline", data.parent / "known.json")
    assert (both.code, "do not go together" in both.err) == (2, True)
    states.joinpath("in the way").write_text("")
    assert accordant(*always[:-1], states / "in the way").code == 2
