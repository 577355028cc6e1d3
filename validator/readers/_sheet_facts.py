"""What a workbook's XML says that its cells do not: errors, formulas, merged and hidden cells.

The cells themselves come from calamine, which says nothing of these. Places count from 1.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree as ET

from validator.readers.archive import part, pieces

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"')
_CELL = rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]+)([0-9]+)"'
_ERROR = re.compile(_CELL + rb'[^>]*\bt="e"[^>]*>.*?<(?:\w+:)?v>([^<]*)<', re.DOTALL)
_FORMULA = re.compile(_CELL + rb"[^>]*>\s*<(?:\w+:)?f\b")
_UNSAVED = re.compile(
    _CELL + rb"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN, _IS_ERROR, _FORMULAS = b"hidden=", b't="e"', {b"<f", b":f"}
_MARKS = {_HIDDEN: b"h", _IS_ERROR: b"e", b"mergeCell": b"m"} | dict.fromkeys(_FORMULAS, b"f")
"""Without them in its XML, a sheet of an Excel workbook has none of the facts. The letter of each
is rare there, and found faster than the mark.
"""
_LONGEST_MARK = max(map(len, _MARKS))
_PIECE = 1 << 17
"""Bytes that are searched at a time."""


@dataclass
class Facts:
    """What is to be known of one sheet."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


def facts_of(archive: zipfile.ZipFile, name: str) -> Facts:
    """The facts of the sheet of that name; none where the workbook does not say where it is."""
    names = archive.namelist()
    if "content.xml" in names:
        return _of_ods(part(archive, "content.xml"), name)
    place = part_of(archive, name)
    if place not in names or not (marks := _marks(archive, place)):
        return Facts()
    return _of_xlsx(part(archive, place), marks)


def column_number(letters: str) -> int:
    """The position of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def part_of(archive: zipfile.ZipFile, name: str) -> str:
    """The part that holds a sheet of an Excel workbook."""
    relations = {}
    for item in ET.fromstring(part(archive, "xl/_rels/workbook.xml.rels")):  # noqa: S314 - archives with a document type are refused before
        relations[item.get("Id")] = item.get("Target", "")
    for sheet in ET.fromstring(part(archive, "xl/workbook.xml")).iter():  # noqa: S314 - the same
        if sheet.tag in {f"{_MAIN}sheet", f"{_STRICT}sheet"} and sheet.get("name") == name:
            ids = (value for key, value in sheet.items() if key.endswith("}id"))
            return normpath(join("/xl", relations.get(next(ids, None), ""))).lstrip("/")
    return ""


def _marks(archive: zipfile.ZipFile, place: str) -> set[bytes]:
    """Which of the marks of a fact the sheet holds: most hold none, and the patterns are slow.

    Small pieces stay in the processor's cache, and a large sheet is never whole in memory.
    """
    found: set[bytes] = set()
    before = b""
    for piece in pieces(archive, place, _PIECE):
        text = before + piece
        found.update(
            mark
            for mark, letter in _MARKS.items()
            if mark not in found and letter in text and mark in text
        )
        before = piece[-_LONGEST_MARK:]
    return found


def _of_xlsx(xml: bytes, marks: set[bytes]) -> Facts:
    found = Facts()
    rest = max(xml.rfind(b"sheetData>"), 0)
    for corner in _MERGED.finditer(xml, rest):
        left, top, right, bottom = (text.decode() for text in corner.groups())
        found.merged.append((int(top), column_number(left), int(bottom), column_number(right)))
    if _HIDDEN in marks:
        found.hidden_rows = sum(1 for _ in _HIDDEN_ROW.finditer(xml))
        found.hidden_columns = sum(1 for _ in _HIDDEN_COLUMN.finditer(xml))
    if _IS_ERROR in marks:
        found.errors = [
            (int(row), column_number(letters.decode()), text.decode(errors="replace"))
            for letters, row, text in _ERROR.findall(xml)
        ]
    if marks & _FORMULAS:
        found.formulas, found.unsaved = (
            [(int(row), column_number(letters.decode())) for letters, row in pattern.findall(xml)]
            for pattern in (_FORMULA, _UNSAVED)
        )
    return found


def _of_ods(xml: bytes, name: str) -> Facts:
    found = Facts()
    marks = (b"-spanned=", b'"error"', b"table:formula=", b"table:visibility=")
    if not any(mark in xml for mark in marks):
        return found
    inside, row, column = False, 0, 0
    for event, item in ET.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 - archives with a document type are refused before
        if event == "start":
            if item.tag == f"{_TABLE}table":
                inside, row = item.get(f"{_TABLE}name") == name, 1
            elif item.tag == f"{_TABLE}table-row":
                column = 1
        elif inside and item.tag == f"{_TABLE}table-cell":
            _of_cell(found, item, row, column)
            column += _times(item, "columns")
        elif item.tag == f"{_TABLE}covered-table-cell":
            column += _times(item, "columns")
        elif item.tag == f"{_TABLE}table-row":
            if inside and item.get(f"{_TABLE}visibility") is not None:
                found.hidden_rows += _times(item, "rows")
            row += _times(item, "rows")
            item.clear()
        elif inside and item.tag == f"{_TABLE}table-column" and item.get(f"{_TABLE}visibility"):
            found.hidden_columns += _times(item, "columns")
    return found


def _of_cell(found: Facts, item: Any, row: int, column: int) -> None:
    wide = int(item.get(f"{_TABLE}number-columns-spanned", "1"))
    high = int(item.get(f"{_TABLE}number-rows-spanned", "1"))
    if wide > 1 or high > 1:
        found.merged.append((row, column, row + high - 1, column + wide - 1))
    if item.get(f"{_CALC}value-type") == "error":
        found.errors.append((row, column, "".join(_texts(item))))
    elif item.get(f"{_TABLE}formula") and item.get(f"{_OFFICE}value-type") is None:
        found.unsaved.append((row, column))


def _texts(item: Any) -> Iterator[str]:
    for paragraph in item.iter(f"{_TEXT}p"):
        yield "".join(paragraph.itertext())


def _times(item: Any, what: str) -> int:
    return int(item.get(f"{_TABLE}number-{what}-repeated", "1"))
