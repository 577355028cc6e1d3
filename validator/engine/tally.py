"""Counts what was found: exact totals, equal findings together, and the first places of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from validator.model.report import CheckResult, CheckStatus, Group
from validator.model.standard import Severity
from validator.registry import Check, Hit, Verdict

FIRST_ROWS = 10
"""Rows kept for each group of equal findings."""

Place = tuple[str, str | None, str | None, str | None]
"""Check code, table, field, rule."""


@dataclass(eq=False)
class Tally:
    """One check in one place. ``hits`` holds the first ``most`` in file order."""

    check: Check
    place: Place
    severity: Severity
    most: int
    count: int = 0
    hits: list[Hit] = field(default_factory=list)
    groups: dict[Verdict, int] = field(default_factory=dict)
    rows: dict[Verdict, list[int]] = field(default_factory=dict)
    skipped: str | None = None
    failed: str | None = None

    @property
    def room(self) -> int:
        """How many more hits are kept."""
        return self.most - len(self.hits)

    def add(self, verdict: Verdict, count: int, rows: Iterable[int] = ()) -> None:
        """Count equal findings; ``rows`` are the first of them."""
        self.count += count
        self.groups[verdict] = self.groups.get(verdict, 0) + count
        kept = self.rows.setdefault(verdict, [])
        kept.extend(rows)
        kept.sort()
        del kept[FIRST_ROWS:]

    def keep(self, hits: Iterable[Hit]) -> None:
        """Keep hits while there is room."""
        for hit in hits:
            if self.room <= 0:
                break
            self.hits.append(hit)

    def take(self, other: Tally) -> None:
        """Add what the same check has found in the same place of a later file."""
        for verdict, count in other.groups.items():
            self.add(verdict, count, other.rows[verdict])
        self.count += other.count - sum(other.groups.values())
        self.keep(other.hits)
        self.skipped = self.skipped if other.skipped is None else other.skipped
        self.failed = self.failed if other.failed is None else other.failed

    def result(self, *, rows: bool) -> CheckResult:
        """What the report says of it; ``rows`` are left out where they are no rows of a file."""
        code, table, field_, rule = self.place
        status, reason = CheckStatus.PASSED, None
        if self.failed is not None:
            status, reason = CheckStatus.FAILED, self.failed
        elif self.count:
            status = CheckStatus.FOUND
        elif self.skipped is not None:
            status, reason = CheckStatus.SKIPPED, self.skipped
        groups = tuple(
            Group(
                verdict.message,
                verdict.suggestion,
                count,
                tuple(self.rows.get(verdict, ())) if rows else (),
            )
            for verdict, count in sorted(self.groups.items(), key=lambda item: -item[1])
            if count
        )
        return CheckResult(
            code, self.severity, status, table, field_, rule, self.count, reason, groups
        )


class Tallies:
    """Every tally of a run, in the order in which they were opened."""

    def __init__(self, max_rows: int) -> None:
        self.max_rows = max_rows
        self.by_place: dict[Place, Tally] = {}

    def open(
        self,
        check: Check,
        table: str | None = None,
        field: str | None = None,
        rule: str | None = None,
        severity: Severity | None = None,
    ) -> Tally:
        """The tally of a check in a place: the one that is there, or a new one."""
        place = (check.code, table, field, rule)
        if place not in self.by_place:
            weight = severity or check.severity
            self.by_place[place] = Tally(check, place, weight, self.max_rows)
        return self.by_place[place]

    def take(self, others: Tallies) -> None:
        """Add what was counted in a later file, as if it had been counted here."""
        for other in others.by_place.values():
            self.open(other.check, *other.place[1:], other.severity).take(other)

    def fail(self, check: Check, table: str | None, error: Exception) -> None:
        """Show a check as failed. What the error says may hold a cell's text, so it is not kept."""
        self.open(check, table).failed = f"an internal error ({type(error).__name__})"
