"""Our own failures: input that cannot be used at all.

These are never findings. A finding says that a record is at fault; an error says that
accordant could not do its work, and a command that meets one ends with exit code 2.
Messages must never carry a cell value.
"""

from __future__ import annotations

from dataclasses import dataclass

STOPPED = "stopped before it was finished; nothing was written."
"""What is said of a command that was interrupted."""


class AccordantError(Exception):
    """Base of every failure that a command reports in one clear line (exit code 2)."""


class UsageError(AccordantError):
    """The call itself is wrong: an unknown target, a missing table name, and the like."""


class UnreadableInput(AccordantError):
    """A file or folder cannot be opened or is not what its name says."""


class BrokenStandard(AccordantError):
    """A standard's YAML cannot be used. ``problems`` holds each fault with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a standard's YAML: file, line, column (both from 1), what, and the cure.

    ``lint`` is the code under which ``accordant lint`` reports it.
    """

    file: str
    line: int
    column: int
    what: str
    cure: str = ""
    lint: str = "form"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.what}" + (f" {self.cure}" if self.cure else "")
