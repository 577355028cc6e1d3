"""A steward's own workbook with the findings marked in it, and nothing else changed.

A workbook is a package of XML parts. Libraries that read one whole and write it anew lose what
they do not know (charts, images, saved results of formulas, macros). So only the parts that carry
a mark are touched: the styles, the sheets at fault with their comments, and the list of sheets,
to which one with the findings is added. Every other part is copied byte for byte.

Form: ECMA-376, Office Open XML, part 1 (SpreadsheetML).
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UnreadableInput
from validator.model.report import Finding
from validator.reports._parts import MAIN, RELATIONS, Package, parsed
from validator.reports._sheet_comments import add_comments
from validator.reports._sheet_marks import Styles, mark_cells
from validator.reports._sheet_of_findings import sheet_of_findings
from validator.reports.marking import COMMENTS, SHEET, Mark, Marking, cell_of, joined

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST = 200_000_000
"""Bytes of one part, unpacked, that are still read: a package may claim to hold far more."""
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

Cells = dict[tuple[int, int], list[Finding]]


def annotated(path: Path, found: Marking) -> bytes:
    """The bytes of the workbook at ``path`` with ``found`` marked.

    Raises UnreadableInput where the file is no workbook of this kind.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(info.file_size > LARGEST for info in archive.infolist()):
                raise _unusable(path, "it is too large to be marked")
            package = Package(archive)
            _annotate(package, found)
            out = io.BytesIO()
            package.write(out)
            return out.getvalue()
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, SyntaxError):
        # lxml's errors of form are SyntaxErrors
        raise _unusable(path, "it is not a workbook as Excel saves it (.xlsx)") from None


def _unusable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(f"'{path}' cannot be marked: {why}. Leave out the format xlsx.")


def _annotate(package: Package, found: Marking) -> None:
    book_part = package.main_part()
    book = parsed(package.read(book_part))
    if book.tag != f"{{{MAIN}}}workbook":
        raise ValueError(book.tag)
    sheets = _sheets(package, book_part, book)
    styles = Styles(package, book_part)
    by_sheet: dict[str, Cells] = defaultdict(lambda: defaultdict(list))
    for item in found.findings:
        cell = cell_of(item)
        if cell and item.sheet and item.sheet in sheets and item.sheet != SHEET:
            by_sheet[item.sheet][cell].append(item)
    room = COMMENTS
    for name, cells in by_sheet.items():
        marks = {cell: joined(items) for cell, items in cells.items()}
        root = parsed(package.read(sheets[name]))
        mark_cells(root, marks, styles)
        room -= add_comments(package, sheets[name], root, _first(marks, room))
        package.put(sheets[name], root)
    page = sheet_of_findings(found, styles)
    if SHEET in sheets:
        # that of an earlier check, which an annotated workbook still has
        package.put(sheets[SHEET], page)
    else:
        _add_sheet(package, book_part, page)
    styles.put()


def _first(marks: Mapping[tuple[int, int], Mark], number: int) -> Mapping[tuple[int, int], Mark]:
    return dict(list(marks.items())[:number])


def _sheets(package: Package, book_part: str, book: Element) -> Mapping[str, str]:
    """The part of each worksheet by its name."""
    targets = package.relations(book_part)
    return {
        sheet.get("name"): targets[sheet.get(f"{{{RELATIONS}}}id")]
        for sheet in book.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
    }


def _add_sheet(package: Package, book_part: str, page: Element) -> None:
    """Put the sheet of findings last, so that what counts sheets from the first still holds."""
    from lxml import etree

    part = package.free("xl/worksheets/findings{}.xml")
    package.put(part, page, content_type=_SHEET_TYPE)
    book = parsed(package.read(book_part))
    sheets = book.find(f"{{{MAIN}}}sheets")
    number = max((int(sheet.get("sheetId", "0")) for sheet in sheets), default=0) + 1
    sheet = etree.SubElement(sheets, f"{{{MAIN}}}sheet", name=SHEET, sheetId=str(number))
    sheet.set(f"{{{RELATIONS}}}id", package.relate(book_part, part, "worksheet"))
    package.put(book_part, book)
