"""What a reader hands to the engine: text columns, and what is wrong with the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ROW = "__row__"
"""The column of row numbers as a spreadsheet shows them: the header is row 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file's structure.

    ``code`` is a finding code of the structure group. ``row`` is the spreadsheet row, ``column``
    the position from 1 (in a spreadsheet: of the sheet). ``detail`` holds plain facts for the
    message (numbers and dialect words, never a cell's text); ``name`` a column header as read,
    which reports hide unless asked.
    """

    code: str
    row: int | None = None
    column: int | None = None
    name: str | None = None
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reading:
    """One table of a file, as read.

    ``columns`` are the header cells, in order, as written (they may be blank or repeat); column
    i's data stand in the frame's column ``c{i}`` (from 0). ``frames`` yields Polars data frames
    of those text columns plus ROW, in file order, never null (a blank cell is ""), together
    holding ``records`` rows. ``separator`` is the one that the file used. ``records`` comes from
    the reader's own scan, so that the engine can tell a parser that lost a row.

    ``sheet`` names the part of the file that the table is: a workbook's sheet, a database's or a
    document's table, a package's resource. ``cells`` tells that rows and columns are those of a
    spreadsheet: then ``left`` is the column of the first heading (A is 1), and ``header`` the row
    of the headings.

    ``elsewhere`` is set where the records stay with another engine (DuckDB, Spark): a Narwhals
    lazy frame of the same text columns, never null, whose rows have no order and no number. Then
    ``frames`` brings all of them here, and ROW is only a number to tell them apart.
    """

    path: str
    columns: tuple[str, ...]
    records: int
    frames: Callable[[int], Iterator[Any]]
    faults: tuple[Fault, ...] = ()
    fault_counts: tuple[tuple[str, int], ...] = ()
    sha256: str | None = None
    notes: tuple[str, ...] = ()
    separator: str = ","
    sheet: str | None = None
    cells: bool = False
    left: int = 1
    header: int = 1
    elsewhere: Any | None = None
