"""Times a process or a call, and its peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""The surroundings of a measured process: an installed package has its bytecode beside it."""


@dataclass(frozen=True)
class Measured:
    """Wall-clock seconds and peak resident memory in MB of one whole process; its exit code."""

    seconds: float
    megabytes: float
    exit_code: int


def process(command: Sequence[str], rounds: int = 5) -> Measured:
    """The fastest of several runs of a whole process (the others were disturbed)."""
    return min((_once(command) for _ in range(rounds)), key=lambda m: m.seconds)


def _once(command: Sequence[str]) -> Measured:
    start = time.perf_counter()
    child = subprocess.Popen(
        command, env=INSTALLED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    return Measured(seconds, usage.ru_maxrss / 1024, child.returncode)


def python(code: str, *arguments: str, rounds: int = 5) -> Measured:
    """A whole Python process that runs ``code``."""
    return process([sys.executable, "-c", code, *arguments], rounds)


def timed(code: str, *arguments: str, rounds: int = 5) -> float:
    """The fastest of several times that ``code`` runs in one process with Polars, in seconds.

    Not this process: what has once grown large hands that on as the peak of its children.
    """
    program = (
        "import sys, timeit, polars as pl\n"
        f"print(min(timeit.repeat({code!r}, globals=globals(), number=1, repeat={rounds})))"
    )
    command = [sys.executable, "-c", program, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def call(function: Callable[[], object], rounds: int = 1) -> float:
    """The fastest of several calls, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best
