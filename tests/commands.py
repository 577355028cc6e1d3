"""The command as a test runs it: every run is held to what holds for all of them."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from validator import cli

EXAMPLES = Path(__file__).parents[1] / "examples"
SUBMISSION = str(EXAMPLES / "submission")
SERIES = (EXAMPLES / "submission" / "series.csv").read_bytes()
CANARY = "Qzxcanary77"
"""Stands in cells and headings, and must never be seen in any output."""


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it printed, and its JSON report where it gave one."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        return json.loads(self.out)

    def codes(self) -> set[str]:
        return {check["code"] for check in self.report["checks"] if check["status"] == "found"}

    def rows(self) -> int:
        return sum(item["rows"] for item in self.report["inputs"])


Command = Callable[..., Ran]


@pytest.fixture
def accordant(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Command:
    """The command, run in this process; every run is held to what holds for all of them."""

    def held(*arguments: object, stdin: bytes = b"", canary: str = CANARY) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        code = run(*arguments)
        sys.stdout.flush()
        out, err = (stream.decode() for stream in capfdbinary.readouterr())
        done = Ran(code, out, err)
        for stream in (out, err):
            assert "Traceback" not in stream
            assert "internal error" not in stream
            assert canary.casefold() not in stream.casefold()
        assert done.code in {0, 1, 2}
        if not out and done.code == 2:
            assert_one_clear_line(err)
        return done

    return held


def run(*arguments: object) -> int:
    """The exit code of the command, run in this process; what it prints is for pytest's capture."""
    with pytest.raises(SystemExit) as exit_:
        cli.main([str(argument) for argument in arguments])
    return int(exit_.value.code or 0)


def assert_one_clear_line(err: str) -> None:
    """One line that says what is wrong and what to do (after Click's usage, if any).

    A standard has a line for each of its faults.
    """
    lines = [line for line in err.splitlines() if line and not line.startswith(("Usage:", "Try "))]
    assert lines[0].startswith(("accordant: ", "Error: "))
    assert all(re.match(r"\S+:[0-9]+:[0-9]+: ", line) for line in lines[1:]), err
    assert all(line.isprintable() for line in lines)
