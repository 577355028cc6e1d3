"""Whatever is wrong with what was kept, a check says what it says without it."""

from __future__ import annotations

import errno
import io
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hardness.trouble import Trouble, disk_full
from tests.partitions.submissions import AS_OF, check, looking, told
from validator.partitions import form
from validator.placing import Beside

Damage = Callable[[Path], None]


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def headless(path: Path) -> None:
    path.write_bytes(path.read_bytes().partition(b"\n")[2])


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"severity": "error"', b'"severity": "note"'))


def another_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"accordant.state/1", b"accordant.state/0"))


def a_giant(path: Path) -> None:
    """Its first line is right; no memory would hold the rest."""
    os.truncate(path, 1 << 40)


def a_giant_line(path: Path) -> None:
    emptied(path)
    a_giant(path)


def anything(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(5000))  # noqa: S311 - no secret


def of_another_file(path: Path) -> None:
    other = next(p for p in sorted(path.parent.iterdir()) if p != path)
    shutil.copy(other, path)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    "damage",
    [
        *(truncated, emptied, headless, edited, another_version, anything, of_another_file),
        *(a_folder, a_pipe, a_link_to_nowhere, a_giant, a_giant_line),
    ],
)
def test_a_damaged_state_is_not_taken(
    damage: Damage, data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(check(data, standard, states=states))[0]
    for path in sorted(states.iterdir()):
        damage(path)
    with looking(monkeypatch) as looked:
        report = check(data, standard, states=states)
    assert told(report)[0] == first
    assert len(looked.read) >= 2
    assert not any("not changed" in note for note in report.notes) or damage is of_another_file


def test_no_flipped_byte_is_taken_for_what_was_written(
    data: Path, standard: Path, states: Path
) -> None:
    check(data, standard, states=states)
    path = min(states.iterdir())
    whole = path.read_bytes()
    depends = json.loads(whole.partition(b"\n")[0])["depends"]
    assert form.of_file(io.BytesIO(whole), depends) is not None
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        assert form.of_file(io.BytesIO(flipped), depends) is None


def test_where_nothing_can_be_kept_the_report_says_so(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    without = told(check(data, standard))
    monkeypatch.setattr(Beside, "part", full)
    said, notes = told(check(data, standard, states=states))
    assert said == without[0]
    assert notes == [
        f"What was found could not be kept in {states} (no space left on device): the next check "
        "reads these files again."
    ]


def test_a_folder_that_cannot_be_made_is_told_of(data: Path, standard: Path, states: Path) -> None:
    states.write_text("")
    report = check(data, standard, states=states / "below")
    assert told(report)[0] == told(check(data, standard))[0]
    assert "could not be kept" in " ".join(report.notes)


def test_a_check_that_is_stopped_leaves_the_old_state_or_the_new_one(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data, standard, states=states)
    old = {path: path.read_bytes() for path in states.iterdir()}
    for path in data.iterdir():
        path.write_text(path.read_text().replace("AAA", "BBB"))
    placed: list[int] = []
    place = Beside.place

    def second_is_the_last(files: Beside) -> None:
        if len(placed) == 1:
            raise KeyboardInterrupt
        placed.append(1)
        place(files)

    with monkeypatch.context() as patch:
        patch.setattr(Beside, "place", second_is_the_last)
        with pytest.raises(KeyboardInterrupt):
            check(data, standard, states=states)
    now = {path: path.read_bytes() for path in states.iterdir()}
    assert now.keys() == old.keys()
    assert sum(now[path] != old[path] for path in old) == 1
    report = check(data, standard, states=states)
    assert told(report)[0] == told(check(data, standard))[0]
    assert "1 of 3 files has not changed" in report.notes[0]


def test_a_disk_that_is_full_from_any_step_on_leaves_whole_states_and_the_right_report(
    data: Path, standard: Path, states: Path
) -> None:
    without = told(check(data, standard))[0]
    for at in itertools.count(1):
        shutil.rmtree(states, ignore_errors=True)
        trouble = Trouble(at, disk_full, stays=True)
        with trouble.here():
            report = check(data, standard, states=states)
        assert told(report)[0] == without
        if not trouble.struck:
            break
        assert "no space left" in " ".join(report.notes)
        left = [*states.iterdir()] if states.exists() else []
        assert len(left) < 3
        for path in left:
            with path.open("rb") as file:
                depends = json.loads(file.readline())["depends"]
                assert form.of_file(file, depends)
    assert at > 9


def test_two_checks_at_once_do_not_disturb_each_other(
    data: Path, standard: Path, states: Path
) -> None:
    command = [sys.executable, "-m", "validator", "check", str(data), "-s", str(standard)]
    command += ["--as-of", AS_OF, "--states", str(states), "--format", "json"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    said = [json.loads(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [1, 1]
    for one in said:
        one.pop("notes")
    assert said[0] == said[1]
    assert "3 of 3 files" in " ".join(check(data, standard, states=states).notes)
