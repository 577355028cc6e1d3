"""What a check of a submission says: findings, statuses, completeness and a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from validator.model.standard import Severity


class CheckStatus(StrEnum):
    """What became of a check that applies."""

    PASSED = "passed"
    FOUND = "found"
    SKIPPED = "skipped"
    FAILED = "failed"


class Verdict(StrEnum):
    """The answer in one word."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNCHECKED = "unchecked"


class Show(StrEnum):
    """How much of a cell a report may show."""

    LOCATION = "location"
    SHAPE = "shape"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place. ``row`` is a spreadsheet's row number (the header is row 1).

    ``sheet`` is the part of the file that the row is in (a sheet, a database's table), and
    ``cell`` the place in a workbook as a spreadsheet program names it (``series!J17``).
    ``value`` is kept in memory only: a report shows it under ``--show full`` alone.
    """

    code: str
    severity: Severity
    message: str
    table: str | None = None
    field: str | None = None
    rule: str | None = None
    file: str | None = None
    row: int | None = None
    key: str | None = None
    suggestion: str | None = None
    value: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Equal findings of one check: their exact number, and the first of their rows."""

    message: str
    suggestion: str | None
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check on one table, field or rule. ``count`` is exact whatever is kept of the rows."""

    code: str
    severity: Severity
    status: CheckStatus
    table: str | None = None
    field: str | None = None
    rule: str | None = None
    count: int = 0
    reason: str | None = None
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One file (or one sheet of it) that was checked, the table it was taken for, and why."""

    path: str
    table: str | None
    rows: int
    sha256: str | None = None
    mapped_by: str = ""
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far one field is filled: numbers of records.

    ``records`` = ``recorded`` + ``missing`` + ``blank`` + ``invalid``. ``published`` is the
    recorded share that the standard's source gives, in per cent.
    """

    table: str
    field: str
    records: int
    recorded: int
    missing: int
    blank: int
    invalid: int
    published: float | None = None


@dataclass(frozen=True)
class Report:
    """The whole answer. ``findings`` is capped at ``max_rows`` a check; the counts are not.

    ``known`` counts what was left out because a baseline knows it; None without a baseline.
    """

    standard_id: str
    standard_version: str
    standard_digest: str
    inputs: tuple[Input, ...]
    checks: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]
    completeness: tuple[Completeness, ...] = ()
    max_rows: int = 100
    fail_on: Severity = Severity.ERROR
    as_of: str = ""
    standard_found_by: str = ""
    notes: tuple[str, ...] = ()
    known: int | None = None

    @property
    def totals(self) -> Mapping[Severity, int]:
        """Exact numbers of findings by severity."""
        totals = dict.fromkeys(Severity, 0)
        for check in self.checks:
            totals[check.severity] += check.count
        return totals

    @property
    def unread(self) -> int:
        """How many files could not be read: what is not read must not pass for checked."""
        return sum(check.count for check in self.checks if check.code == "unreadable-file")

    @property
    def verdict(self) -> Verdict:
        """``unchecked`` where a check failed or a file was not read, else by ``fail_on``."""
        failed = any(check.status is CheckStatus.FAILED for check in self.checks)
        if failed or self.unread or not self.inputs:
            return Verdict.UNCHECKED
        worst = any(n and s.rank <= self.fail_on.rank for s, n in self.totals.items())
        return Verdict.FAIL if worst else Verdict.PASS

    @property
    def exit_code(self) -> int:
        """0 pass, 1 findings at or above ``fail_on``, 2 could not check."""
        return {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.UNCHECKED: 2}[self.verdict]
