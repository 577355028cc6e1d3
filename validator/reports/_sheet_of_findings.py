"""The sheet of findings, as a part of a steward's own workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.visible import safe
from validator.reports._parts import MAIN, parsed
from validator.reports._sheet_marks import Styles
from validator.reports.marking import (
    HEADINGS,
    WIDTHS,
    Marking,
    cell_of,
    letters_of,
    reference,
    texts,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BOLD = "<b/><sz val='11'/><name val='Calibri'/>"
_LINK = "<u/><sz val='11'/><color rgb='FF0563C1'/><name val='Calibri'/>"


def sheet_of_findings(found: Marking, styles: Styles) -> Element:
    """The root of the sheet: what was found, each with a link to its cell."""
    bold, link = styles.font("bold", _BOLD), styles.font("link", _LINK)
    top = len(found.heading) + 2
    root = parsed(_frame(top, len(found.listed)).encode())
    data = root.find(f"{{{MAIN}}}sheetData")
    links = root.find(f"{{{MAIN}}}hyperlinks")
    for number, line in enumerate(found.heading, start=1):
        _row(data, number, [(line, bold if number == 1 else 0)])
    _row(data, top, [(name, bold) for name in HEADINGS])
    for number, item in enumerate(found.listed, start=top + 1):
        cell = cell_of(item)
        place = reference(item.sheet, *cell) if cell and item.sheet else ""
        shown = item.cell or (f"row {item.row}" if item.row else item.sheet or "")
        told = texts(item, safe(shown))
        numbers = [0] * len(told)
        numbers[0], numbers[1] = styles.filled(0, item.severity), link if place else 0
        _row(data, number, list(zip(told, numbers, strict=True)))
        if place:
            _link(links, f"B{number}", place)
    if not len(links):
        root.remove(links)
    return root


def _frame(top: int, listed: int) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(WIDTHS, start=1)
    )
    last = f"{letters_of(len(HEADINGS))}{top + listed}"
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" '
        f'topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData/>"
        f'<autoFilter ref="A{top}:{last}"/><hyperlinks/></worksheet>'
    )


def _row(data: Element, number: int, cells: list[tuple[str, int]]) -> None:
    """A row of texts. They stand in the cells as text, so that none is a formula."""
    from lxml import etree

    row = etree.SubElement(data, f"{{{MAIN}}}row", r=str(number))
    for column, (text, style) in enumerate(cells, start=1):
        if not text:
            continue
        at = {"r": f"{letters_of(column)}{number}", "s": str(style), "t": "inlineStr"}
        cell = etree.SubElement(row, f"{{{MAIN}}}c", at)
        inner = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
        inner.text = text
        inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _link(links: Element, at: str, place: str) -> None:
    from lxml import etree

    etree.SubElement(links, f"{{{MAIN}}}hyperlink", ref=at, location=place, display=place)
