"""Colours in the cells of a sheet: each keeps its own style in all but the fill."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from validator.model.standard import Severity
from validator.reports._parts import MAIN, Package, parsed
from validator.reports.marking import COLOURS, Mark, letters_of, number_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Styles:
    """The styles of a workbook. New ones are added after those that are there."""

    def __init__(self, package: Package, book_part: str) -> None:
        self._package = package
        self._part = package.related(book_part, "styles")
        self._root = parsed(package.read(self._part))
        self._made: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}

    def filled(self, style: int, severity: Severity) -> int:
        """The number of a style that is like another one, with the colour of a severity."""
        return self._like(style, severity.value, fillId=self._fill(COLOURS[severity]), applyFill=1)

    def font(self, name: str, xml: str) -> int:
        """The number of a plain style with another font, which ``xml`` describes."""
        made = self._made.get((0, name))
        if made is not None:
            return made
        return self._like(0, name, fontId=self._font(xml), applyFont=1)

    def put(self) -> None:
        """Write the styles back."""
        self._package.put(self._part, self._root)

    def _like(self, style: int, name: str, **changes: int) -> int:
        at = (style, name)
        if at not in self._made:
            formats = self._all("cellXfs")
            made = copy.deepcopy(formats[style if style < len(formats) else 0])
            for attribute, number in changes.items():
                made.set(attribute, str(number))
            self._made[at] = self._append(formats, made)
        return self._made[at]

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fill = parsed(
                f'<fill xmlns="{MAIN}"><patternFill patternType="solid">'
                f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'.encode()
            )
            self._fills[colour] = self._append(self._all("fills"), fill)
        return self._fills[colour]

    def _font(self, xml: str) -> int:
        font = parsed(f'<font xmlns="{MAIN}">{xml}</font>'.encode())
        return self._append(self._all("fonts"), font)

    def _all(self, name: str) -> Element:
        found = self._root.find(f"{{{MAIN}}}{name}")
        if found is None:
            raise KeyError(name)
        return found

    @staticmethod
    def _append(parent: Element, child: Element) -> int:
        parent.append(child)
        parent.set("count", str(len(parent)))
        return len(parent) - 1


def mark_cells(root: Element, marks: Mapping[tuple[int, int], Mark], styles: Styles) -> None:
    """Colour the cells of a sheet, given by row and column from 1. Blank ones are put in."""
    data = root.find(f"{{{MAIN}}}sheetData")
    if data is None:
        raise KeyError("sheetData")
    rows: dict[int, dict[int, Mark]] = {}
    for (row, column), mark in marks.items():
        rows.setdefault(row, {})[column] = mark
    for number, row in list(_numbered(data)):
        if wanted := rows.pop(number, None):
            _mark_row(row, number, wanted, styles)
    for number, wanted in sorted(rows.items()):
        row = _inserted(data, "row", {"r": str(number)}, number)
        _mark_row(row, number, wanted, styles)


def _mark_row(row: Element, number: int, wanted: dict[int, Mark], styles: Styles) -> None:
    for column, cell in list(_numbered(row)):
        if mark := wanted.pop(column, None):
            _colour(cell, mark, styles, cell.get("s"))
    for column, mark in sorted(wanted.items()):
        cell = _inserted(row, "c", {"r": f"{letters_of(column)}{number}"}, column)
        # a hint of how far the row reaches, which no longer holds
        row.attrib.pop("spans", None)
        _colour(cell, mark, styles, row.get("s") if row.get("customFormat") == "1" else None)


def _colour(cell: Element, mark: Mark, styles: Styles, style: str | None) -> None:
    cell.set("s", str(styles.filled(int(style or 0), mark.severity)))


def _numbered(parent: Element) -> Iterator[tuple[int, Element]]:
    """Rows by their number, or cells by their column; one without says that it is the next."""
    number = 0
    for child in parent:
        number = _number(child) or number + 1
        yield number, child


def _number(child: Element) -> int | None:
    at = child.get("r", "")
    if letters := re.match(r"[A-Z]+", at):
        return number_of(letters[0])
    return int(at) if at else None


def _inserted(parent: Element, tag: str, attributes: dict[str, str], number: int) -> Element:
    """A new row or cell in its place among the others, which stand in order."""
    from lxml import etree

    made = etree.Element(f"{{{MAIN}}}{tag}", attributes)
    place = next((i for i, (n, _) in enumerate(_numbered(parent)) if n > number), len(parent))
    parent.insert(place, made)
    return made
