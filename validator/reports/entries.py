"""Equal findings brought together: what a person reads as one fault, however often it occurs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from validator.model.report import CheckResult, Finding, Group, Report
from validator.model.standard import Severity

Same = tuple[str, str | None, str | None, str | None, str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings that differ in their place alone.

    ``count`` is exact. ``findings`` are those of them that the report kept; ``rows`` are the
    first rows, known even where none was kept. ``fields`` are several only where all rows of
    each are meant. Without a ``message``, the entry stands for findings of the check that the
    report does not tell apart.
    """

    code: str
    severity: Severity
    table: str | None
    fields: tuple[str, ...]
    rule: str | None
    message: str
    suggestion: str | None
    count: int
    findings: tuple[Finding, ...]
    rows: tuple[int, ...]

    @property
    def told(self) -> str:
        """What is wrong, in words; never empty."""
        return self.message or "More findings of this check, which are not told apart."

    @property
    def whole(self) -> bool:
        """Whether a whole file or column is at fault (its heading is row 1), not some records."""
        return all(row == 1 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Span:
    """One row, or three and more neighbouring rows from first to last."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if len(self) > 1 else str(self.first)


def spans(rows: Iterable[int]) -> list[Span]:
    """The rows in order, each run of neighbours as one span; two neighbours stay two rows."""
    runs: list[Span] = []
    for row in sorted(set(rows)):
        if runs and runs[-1].last == row - 1:
            runs[-1] = Span(runs[-1].first, row)
        else:
            runs.append(Span(row, row))
    return [
        span
        for run in runs
        for span in ([run] if len(run) != 2 else [Span(end, end) for end in (run.first, run.last)])
    ]


def entries(report: Report) -> list[Entry]:
    """Every fault of the report, the heaviest first.

    Within a severity, what concerns a whole file or column stands before what concerns rows
    (it is often their cause), and then the most frequent first.
    """
    found = [entry for _, of_check in by_check(report) for entry in of_check]
    return sorted(_joined(found), key=lambda e: (e.severity.rank, not e.whole, -e.count))


def by_check(report: Report) -> Iterator[tuple[CheckResult, tuple[Entry, ...]]]:
    """Every check of the report with what it found, in the report's order."""
    kept: dict[Same, list[Finding]] = defaultdict(list)
    for item in report.findings:
        kept[(item.code, item.table, item.field, item.rule, item.message, item.suggestion)].append(
            item
        )
    for check in report.checks:
        yield check, tuple(_of_check(check, kept)) if check.count else ()


def _joined(found: Iterable[Entry]) -> Iterable[Entry]:
    """The entries, with one for all fields of a table of which the same is said as a whole."""
    joined: dict[object, Entry] = {}
    for number, entry in enumerate(found):
        alike = (entry.code, entry.severity, entry.table, entry.rule, entry.message)
        apart = entry.rows or not entry.fields
        same = (*alike, entry.suggestion, number if apart else None)
        before = joined.get(same)
        joined[same] = entry if before is None else _both(before, entry)
    return joined.values()


def _both(one: Entry, other: Entry) -> Entry:
    return replace(
        one,
        count=one.count + other.count,
        fields=(*one.fields, *other.fields),
        findings=(*one.findings, *other.findings),
    )


def _of_check(check: CheckResult, kept: dict[Same, list[Finding]]) -> Iterator[Entry]:
    place = (check.code, check.table, check.field, check.rule)
    groups = check.groups or _groups(place, kept)
    rest = check.count - sum(group.count for group in groups)
    if rest > 0:
        groups = (*groups, Group("", None, rest))
    for group in groups:
        findings = tuple(kept.get((*place, group.message, group.suggestion), ()))
        rows = tuple(item.row for item in findings if item.row is not None) or group.rows
        yield Entry(
            code=check.code,
            severity=check.severity,
            table=check.table,
            fields=(check.field,) if check.field else (),
            rule=check.rule,
            message=group.message,
            suggestion=group.suggestion,
            count=group.count,
            findings=findings,
            rows=rows,
        )


def _groups(
    place: tuple[str, str | None, str | None, str | None], kept: dict[Same, list[Finding]]
) -> tuple[Group, ...]:
    """Groups made from the kept findings, for a check that counted none itself."""
    return tuple(
        Group(same[4], same[5], len(findings))
        for same, findings in kept.items()
        if same[:4] == place
    )


def tally(entries: Sequence[Entry]) -> Counter[Severity]:
    """Exact numbers of findings by severity."""
    total: Counter[Severity] = Counter()
    for entry in entries:
        total[entry.severity] += entry.count
    return total
