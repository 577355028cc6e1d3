"""What all families share: the table that is broken, and how it is written.

The families follow the pollutions of the Pollock benchmark (Vitagliano et al., "Pollock: A Data
Loading Benchmark", PVLDB 16(8), 2023). Every file states its truth: the code and the spreadsheet
row of each fault, in order of rows, and nothing else may be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

HEADER = ("series_ref", "contributor", "victim_count", "victim_gender", "place", "remarks")
WIDTH = len(HEADER)
MARKS = (",", ";", "\t", "|")
ENDS = ("\n", "\r\n", "\r")
ROWS = 12

Fault = tuple[str, int]


@dataclass(frozen=True)
class File:
    """One file and the truth about it.

    ``records`` is the number of its records, and ``note`` a part of what a note must say.
    """

    name: str
    data: bytes
    faults: tuple[Fault, ...] = ()
    records: int = ROWS
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table before it is written: its lines without their ends, and how they are joined."""

    mark: str
    end: str
    lines: tuple[str, ...]
    name: str

    def with_line(self, row: int, line: str) -> Sheet:
        """The same with another line at a spreadsheet row (the header is row 1)."""
        return replace(self, lines=(*self.lines[: row - 1], line, *self.lines[row:]))

    def with_lines_before(self, row: int, *lines: str) -> Sheet:
        """The same with more lines before a spreadsheet row."""
        return replace(self, lines=(*self.lines[: row - 1], *lines, *self.lines[row - 1 :]))

    def cells(self, row: int) -> list[str]:
        """The cells of a line that holds no quotes."""
        return self.lines[row - 1].split(self.mark)

    def file(self, name: str, *faults: Fault, records: int = ROWS, note: str = "") -> File:
        """The sheet as a file, with its truth."""
        data = (self.end.join(self.lines) + self.end).encode()
        return File(f"{self.name}: {name}", data, faults, records, note)


def quoted(text: str) -> str:
    """A cell in double quotes."""
    return '"' + text.replace('"', '""') + '"'


def cells_of(number: int) -> list[str]:
    """The cells of the record with that number (from 1)."""
    return [f"FRA-{number:06}", "FR", str(number), "female", f"Pl{number}ac\u00e9", f"n{number}"]


def sheet(mark: str, end: str, rows: int = ROWS) -> Sheet:
    """A table without quotes."""
    lines = [mark.join(HEADER), *(mark.join(cells_of(n)) for n in range(1, rows + 1))]
    return Sheet(mark, end, tuple(lines), f"{mark!r} {end!r}")


def quoted_sheet(mark: str, end: str) -> Sheet:
    """A table in which every cell is quoted, and holds a separator and a doubled quote."""
    lines = [mark.join(map(quoted, HEADER))]
    for n in range(1, ROWS + 1):
        cells = [*cells_of(n)[:-1], f'n{n}{mark} "so"']
        lines.append(mark.join(map(quoted, cells)))
    return Sheet(mark, end, tuple(lines), f"quoted {mark!r} {end!r}")


def sheets() -> Iterator[Sheet]:
    """A table without quotes in every dialect that is told from the file."""
    for mark in MARKS:
        for end in ENDS:
            yield sheet(mark, end)
