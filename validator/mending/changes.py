"""Which cells to change, and into what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from validator.expressions.spelling import canonical
from validator.model.report import Finding, Report
from validator.model.standard import Standard

SUGGESTED = frozenset({"noncanonical-code", "retired-code"})
"""Findings whose suggestion says the same as the cell did."""

RESPELT = frozenset({"wrong-type", "pattern-mismatch"})
"""Findings that may be only a matter of spelling: 2024-5, 12.0, spaces."""

GUESSED = frozenset({"unknown-code", "code-in-text", "other-is-codable"})
"""Findings whose suggestion is likely, but only the steward can know (``--unsafe``)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of one file: what it held, and what it is to hold."""

    file: str
    row: int
    field: str
    code: str
    before: str
    after: str
    sheet: str | None = None

    @property
    def place(self) -> tuple[str, str | None, int, str]:
        """The cell: its file, sheet, row and field."""
        return (self.file, self.sheet, self.row, self.field)


Of = tuple[str, str | None]
"""A file, and the sheet of it where it has several tables."""


def changes(standard: Standard, report: Report, *, unsafe: bool = False) -> list[Change]:
    """The changes that a report of *all* findings calls for, one for each cell at most."""
    found: dict[object, Change] = {}
    for finding in report.findings:
        after = _after(standard, finding, unsafe=unsafe)
        if after is None or finding.file is None or finding.row is None or finding.field is None:
            continue
        # text-based findings hold the text in ``value``, not the cell that is to change
        of_text = finding.code == "code-in-text"
        before = "" if of_text else finding.value or ""
        change = Change(
            finding.file, finding.row, finding.field, finding.code, before, after, finding.sheet
        )
        found.setdefault(change.place, change)
    return list(found.values())


def _after(standard: Standard, finding: Finding, *, unsafe: bool) -> str | None:
    if finding.code in SUGGESTED or (unsafe and finding.code in GUESSED):
        return finding.suggestion
    if finding.code not in RESPELT or finding.table is None or finding.value is None:
        return None
    field = standard.by_name[finding.table].by_name.get(finding.field or "")
    if field is None:
        return None
    # true and false are the standard's own words, so the check suggests them itself
    return finding.suggestion or canonical(field, finding.value, standard.missing_reasons)


def by_reading(items: Iterable[Change]) -> dict[Of, list[Change]]:
    """The changes of each file or sheet, in the order of its rows."""
    files: dict[Of, list[Change]] = {}
    for change in sorted(items, key=lambda c: (c.file, c.sheet or "", c.row, c.field)):
        files.setdefault((change.file, change.sheet), []).append(change)
    return files
