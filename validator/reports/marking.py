"""Which cells of a workbook are marked, and what its sheet of findings says.

Limits keep a workbook usable: spreadsheet programs become slow with very many comments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from validator.model.report import Finding, Report
from validator.model.standard import Severity
from validator.model.visible import safe
from validator.model.words import many
from validator.reports import answer, wording

SHEET = "Findings"
"""The sheet of findings. Readers know the name, and leave the sheet out of the next check."""
COMMENTS = 5_000
LISTED = 20_000
LONGEST_COMMENT = 2_000
COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "CFE2F3"}
HEADINGS = ("Severity", "Place", "Table", "Field", "Key", "What is wrong", "Type instead", "Kind")
WIDTHS = (10, 20, 12, 24, 18, 70, 22, 26)


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell at fault: the heaviest of its severities, and what its comment says."""

    severity: Severity
    comment: str


@dataclass(frozen=True, slots=True)
class Marking:
    """Findings, the heaviest first, and the lines that stand above them."""

    findings: tuple[Finding, ...]
    heading: tuple[str, ...]

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The findings that the sheet has room for."""
        return self.findings[:LISTED]


def marking(report: Report) -> Marking:
    """What is to be marked in the data of a report."""
    found = tuple(sorted(report.findings, key=lambda item: item.severity.rank))
    total = sum(report.totals.values())
    word, why = answer.verdict(report)
    told = [f"{word}: {why}"]
    shown = min(len(found), LISTED)
    if shown < total:
        told.append(f"{shown:,} of {many(total, 'finding')} are listed (--max-rows).")
    if len(found) > COMMENTS:
        told.append(f"The first {COMMENTS:,} have a comment in their cell; all have its colour.")
    told.append("Click on a place to go to the cell. Mend it there, then check this file again.")
    return Marking(found, tuple(map(safe, told)))


def comment(item: Finding) -> str:
    """What a comment says of one finding. It never repeats the cell."""
    told = item.message
    if item.suggestion is not None and not wording.says_itself(item.message, item.suggestion):
        told += f" Type instead: {item.suggestion}"
    return f"{item.severity.value.capitalize()}: {safe(told)[:LONGEST_COMMENT]} [{item.code}]"


def texts(item: Finding, place: str) -> tuple[str, ...]:
    """A line of the sheet of findings, under HEADINGS."""
    kind = f"{item.code}: {item.rule}" if item.rule else item.code
    parts = (item.table, item.field, item.key, item.message, item.suggestion, kind)
    return (item.severity.value, place, *(safe(part or "") for part in parts))


def joined(marks: Sequence[Finding]) -> Mark:
    """The mark of a cell in which there are several findings, the heaviest first."""
    told = "\n".join(dict.fromkeys(map(comment, marks)))
    return Mark(marks[0].severity, told[:LONGEST_COMMENT])


def cell_of(item: Finding) -> tuple[int, int] | None:
    """Row and column (from 1) of a finding in a workbook; the row's first cell where it names none.

    A workbook's findings name their cell as spreadsheet programs do, such as ``series!J17``.
    """
    if found := re.search(r"!([A-Z]{1,3})([0-9]+)\Z", item.cell or ""):
        return int(found[2]), number_of(found[1])
    return (item.row, 1) if item.row and item.sheet else None


def number_of(letters: str) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """The letters of a column by its number from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def reference(sheet: str, row: int, column: int) -> str:
    """A cell as formulas and links name it: ``'series'!J17``."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{letters_of(column)}{row}"
