"""The desk: one check after the other, whatever becomes of each, and only the latest kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.web import serving, work
from validator.web.desk import KEPT, Check, Desk, State
from validator.web.passing import PassingFolder

SERIES = Path(__file__).parents[2] / "examples" / "submission" / "series.csv"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with PassingFolder() as passing:
        yield Desk(passing.path, 1_000_000)


def asked(desk: Desk) -> Check:
    """A check that was made, or did not work."""
    check = desk.open("global-indicator", None)
    desk.room(check, "series.csv").write_bytes(SERIES.read_bytes())
    desk.start(check)
    while check.state not in {State.DONE, State.FAILED}:
        pass
    return check


class Panic(BaseException):
    """How a library written in Rust breaks down."""


@pytest.mark.parametrize("error", [RuntimeError("secret"), Panic("secret")])
def test_a_check_that_breaks_down_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: BaseException
):
    def broken(*_: object) -> None:
        raise error

    with monkeypatch.context() as for_now:
        for_now.setattr(work, "check", broken)
        check = asked(desk)
    assert check.state is State.FAILED
    assert check.error.startswith("An internal error stopped the check")
    assert "secret" not in check.error
    assert asked(desk).state is State.DONE


def test_the_oldest_answer_makes_room(desk: Desk):
    first, *others = [desk.open(None, None) for _ in range(KEPT + 1)]
    assert list(desk.checks) == [check.id for check in others]
    assert not first.question.folder.exists()


def test_what_a_library_puts_aside_passes_too(monkeypatch: pytest.MonkeyPatch):
    """Whatever is written with the standard library's temporary files, in all of the program."""
    seen = []
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(serving, "_run", lambda *_: seen.append(Path(tempfile.mkstemp()[1])))
    serving.serve([], port=0, most_bytes=1, browser=False, tell=lambda _: None)
    (put_aside,) = seen
    assert put_aside.parent.name.startswith("accordant-")
    assert not put_aside.exists()


def test_a_folder_in_passing_is_readable_by_its_user_alone():
    with PassingFolder() as passing:
        assert passing.path.stat().st_mode & 0o077 == 0
    assert not passing.path.exists()
