"""A new workbook of table files that are no workbooks (CSV and the like), with the findings.

Every cell is text as it was read: no formula can come to life, no leading zero is lost. Large
tables are cut, and the sheet of findings says so.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.reading import ROW, Reading
from validator.model.report import Finding, Report
from validator.model.visible import safe
from validator.reports.marking import (
    COLOURS,
    COMMENTS,
    HEADINGS,
    SHEET,
    WIDTHS,
    Marking,
    joined,
    reference,
    texts,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CELLS = 1_000_000
"""Cells of one sheet, so that it opens at once; Excel itself has room for 1,048,576 rows."""
ROWS = 1_000_000
COLUMNS = 16_384
LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""


@dataclass
class _Sheet:
    """One table as a sheet. ``marks`` are findings by row and column (from 1)."""

    reading: Reading
    name: str
    marks: dict[tuple[int, int], list[Finding]] = field(default_factory=lambda: defaultdict(list))
    width: int = 0
    last: int = 0
    cut: int = 0


def annotated(paths: Sequence[Path], report: Report, found: Marking) -> bytes:
    """The bytes of the workbook. Raises AccordantError where a file cannot be read again."""
    import xlsxwriter

    from validator.readers.discovery import read
    from validator.readers.files import sources

    out = io.BytesIO()
    readings = [reading for source in sources(paths) for reading in read(source)]
    sheets = _sheets(readings, report)
    for item in found.findings:
        sheet = sheets.get((item.file or "", item.sheet))
        cell = _cell(item, sheet) if sheet else None
        if sheet and cell:
            sheet.marks[cell].append(item)
    # what is put aside while the book is written holds the data: it goes with this folder
    with tempfile.TemporaryDirectory() as aside:
        how = {"constant_memory": True, "strings_to_urls": False, "tmpdir": aside}
        book = xlsxwriter.Workbook(out, how)
        # the day of the check, so that the same check gives the same bytes
        book.set_properties({"created": dt.datetime.fromisoformat(report.as_of or "2000-01-01")})
        cuts = [*_tables(book, sheets.values())]
        _findings(book, found, sheets, cuts)
        book.close()
    return out.getvalue()


def _sheets(readings: Sequence[Reading], report: Report) -> Mapping[tuple[str, str | None], _Sheet]:
    tables = {(item.path, item.sheet): item.table for item in report.inputs}
    taken = {SHEET.lower()}
    sheets = {}
    for reading in readings:
        at = (reading.path, reading.sheet)
        wanted = tables.get(at) or reading.sheet or Path(reading.path).stem
        sheets[at] = _Sheet(reading, _free(wanted, taken), width=len(reading.columns))
    return sheets


def _free(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, and that none has yet."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", safe(wanted)).strip("' ") or "table"
    name, number = plain[:31], 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: 30 - len(str(number))]} {number}"
    taken.add(name.lower())
    return name


def _cell(item: Finding, sheet: _Sheet) -> tuple[int, int] | None:
    """Where a finding is marked: its field's cell, or the row's first where it names no field."""
    if item.row is None:
        return None
    columns = sheet.reading.columns
    if item.field is None:
        return item.row, 1
    return (item.row, columns.index(item.field) + 1) if item.field in columns else None


def _tables(book: Workbook, sheets: Iterable[_Sheet]) -> Iterator[str]:
    """Write every table, and say of each that is cut how much is missing."""
    formats = {
        severity: book.add_format({"bg_color": f"#{colour}", "text_wrap": False})
        for severity, colour in COLOURS.items()
    }
    bold = book.add_format({"bold": True})
    comments = 0
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_column(0, max(sheet.width - 1, 0), 18)
        for row, cells in _rows(sheet):
            for column, text in enumerate(cells, start=1):
                marks = sheet.marks.get((row, column))
                style = formats[marks[0].severity] if marks else bold if row == 1 else None
                if text:
                    page.write_string(row - 1, column - 1, text[:LONGEST], style)
                elif marks:
                    page.write_blank(row - 1, column - 1, None, style)
                if marks and comments < COMMENTS:
                    comments += 1
                    told = joined(marks).comment
                    page.write_comment(row - 1, column - 1, told, {"x_scale": 2.5, "y_scale": 1.5})
            sheet.last = row
        page.autofilter(0, 0, max(sheet.last - 1, 0), max(sheet.width - 1, 0))
        if sheet.cut:
            yield f"Sheet {sheet.name} is cut: {sheet.cut:,} more records are in the file."


def _rows(sheet: _Sheet) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows by their numbers, as text, no more of them than a sheet may have."""
    width = min(sheet.width, COLUMNS)
    limit = min(ROWS, max(1, CELLS // max(width, 1)))
    yield 1, sheet.reading.columns[:width]
    written = 0
    names = [ROW, *(f"c{index}" for index in range(width))]
    for frame in sheet.reading.frames(10_000):
        room = limit - written
        for row, *cells in frame.head(room).select(names).iter_rows():
            yield row, cells
        written += min(frame.height, room)
        sheet.cut += max(0, frame.height - room)


def _findings(
    book: Workbook,
    found: Marking,
    sheets: Mapping[tuple[str, str | None], _Sheet],
    cuts: Sequence[str],
) -> None:
    """The sheet of findings: what was found, each with a link to its cell."""
    page = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    formats = {
        severity.value: book.add_format({"bg_color": f"#{colour}", "valign": "top"})
        for severity, colour in COLOURS.items()
    }
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    lines = (*found.heading, *map(safe, cuts))
    for row, line in enumerate(lines):
        page.write_string(row, 0, line, bold if row == 0 else None)
    top = len(lines) + 1
    for column, name in enumerate(HEADINGS):
        page.write_string(top, column, name, bold)
    for row, item in enumerate(found.listed, start=top + 1):
        sheet = sheets.get((item.file or "", item.sheet))
        cell = _cell(item, sheet) if sheet else None
        place = reference(sheet.name, *cell) if sheet and cell and cell[0] <= sheet.last else ""
        told = texts(item, place or (f"row {item.row}" if item.row else safe(item.file or "")))
        for column, text in enumerate(told):
            style = formats[told[0]] if column == 0 else wrapped
            if place and column == 1:
                page.write_url(row, column, f"internal:{place}", link, text.replace("'", ""))
            else:
                page.write_string(row, column, text[:LONGEST], style)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + max(len(found.listed), 1), len(HEADINGS) - 1)
    page.activate()
