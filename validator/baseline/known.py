"""Tells new findings from those that a baseline knows."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from validator.baseline.fingerprints import Where, fingerprints, where
from validator.errors import UsageError
from validator.model.reading import Reading
from validator.model.report import CheckResult, CheckStatus, Finding, Group, Report

FIRST_ROWS = 10


@dataclass(frozen=True)
class Known:
    """Known findings of one check in one place.

    ``records`` counts them by the digest of their record; ``more`` are those not told apart.
    """

    records: Mapping[str, int]
    more: int = 0

    @property
    def count(self) -> int:
        """How many they are."""
        return sum(self.records.values()) + self.more


@dataclass(frozen=True)
class Baseline:
    """Every known finding of a submission, for one standard. ``name`` is what reports call it."""

    standard: str
    salt: bytes
    known: Mapping[Where, Known]
    as_of: str = ""
    name: str = "the baseline"

    @property
    def count(self) -> int:
        """How many findings are known."""
        return sum(known.count for known in self.known.values())


def baseline_of(report: Report, readings: Sequence[Reading], salt: bytes | None = None) -> Baseline:
    """All findings of a report as known. ``report`` must hold every finding.

    With the salt of an earlier baseline, what has not changed keeps its digest.
    """
    salt = salt or secrets.token_bytes(16)
    records: dict[Where, Counter[str]] = {}
    for item, digest in zip(report.findings, fingerprints(report, readings, salt), strict=True):
        records.setdefault(where(item), Counter())[digest] += 1
    known = {
        where(check): Known(found, check.count - found.total())
        for check in report.checks
        if check.count
        for found in [records.get(where(check), Counter())]
    }
    return Baseline(report.standard_id, salt, known, report.as_of)


def only_new(
    report: Report, readings: Sequence[Reading], baseline: Baseline, max_rows: int
) -> Report:
    """The report without the findings that ``baseline`` knows.

    ``report`` must hold every finding; of the new ones, ``max_rows`` a check are kept. Raises
    UsageError where the baseline is of another standard.
    """
    if baseline.standard != report.standard_id:
        message = (
            f"{baseline.name} was written for the standard {baseline.standard}, and these data "
            f"follow {report.standard_id}. Write one for it with --write-baseline."
        )
        raise UsageError(message)
    left = {place: Counter(known.records) for place, known in baseline.known.items()}
    told: Counter[Where] = Counter()
    kept: list[Finding] = []
    new: dict[Where, list[Finding]] = {}
    digests = fingerprints(report, readings, baseline.salt)
    for item, digest in zip(report.findings, digests, strict=True):
        place = where(item)
        told[place] += 1
        if left.get(place, Counter())[digest] > 0:
            left[place][digest] -= 1
        else:
            new.setdefault(place, []).append(item)
            kept.append(item)
    checks = tuple(
        _result(check, new.get(where(check), []), _more(check, told[where(check)], baseline))
        for check in report.checks
    )
    known = sum(check.count for check in report.checks) - sum(check.count for check in checks)
    notes = (*report.notes, _told(known, baseline))
    shown = replace(report, checks=checks, findings=tuple(kept), known=known, notes=notes)
    return capped(shown, max_rows)


def capped(report: Report, max_rows: int) -> Report:
    """A report of every finding with the first ``max_rows`` of each check."""
    often: Counter[Where] = Counter()
    kept = []
    for item in report.findings:
        often[where(item)] += 1
        if often[where(item)] <= max_rows:
            kept.append(item)
    return replace(report, findings=tuple(kept), max_rows=max_rows)


def _more(check: CheckResult, told: int, baseline: Baseline) -> int:
    """New findings that are counted and not told apart."""
    known = baseline.known.get(where(check))
    return max(0, check.count - told - (known.more if known else 0))


def _result(check: CheckResult, new: Sequence[Finding], more: int) -> CheckResult:
    count = len(new) + more
    if count == check.count:
        return check
    if not count and check.status is CheckStatus.FOUND:
        reason = f"nothing new; {check.count:,} known"
        return replace(check, status=CheckStatus.PASSED, count=0, groups=(), reason=reason)
    alike: dict[tuple[str, str | None], list[Finding]] = {}
    for item in new:
        alike.setdefault((item.message, item.suggestion), []).append(item)
    groups = tuple(
        Group(message, suggestion, len(found), _rows(found))
        for (message, suggestion), found in sorted(alike.items(), key=lambda pair: -len(pair[1]))
    )
    return replace(check, count=count, groups=groups)


def _rows(found: Sequence[Finding]) -> tuple[int, ...]:
    return tuple(sorted(item.row for item in found if item.row is not None)[:FIRST_ROWS])


def _told(known: int, baseline: Baseline) -> str:
    if not known:
        return f"{baseline.name}: none of the findings is known; all are new."
    gone = baseline.count - known
    mended = f" {gone:,} of its {baseline.count:,} were not met again." if gone else ""
    several = "finding is known and" if known == 1 else "findings are known and"
    return f"{baseline.name}: {known:,} {several} left out; what follows is new.{mended}"
