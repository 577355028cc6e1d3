"""Comments on the cells of a sheet. A cell that has one already keeps it, and gets no other.

A comment has two halves: its text, in a part of comments, and the box that shows it, in an old
form of drawing (VML) that every spreadsheet program still reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from validator.reports._parts import MAIN, RELATIONS, Package, parsed
from validator.reports.marking import Mark, letters_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Marks = Mapping[tuple[int, int], Mark]

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BOX = (
    f'<v:shapetype {_VML} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_AFTER = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst", "AlternateContent"),
)
"""What stands behind the drawing of comments in a sheet."""


def add_comments(package: Package, part: str, root: Element, marks: Marks) -> int:
    """Add the comments of ``marks`` to a sheet whose root is ``root``; the number of those added.

    ``root`` is changed where it had no drawing for comments, and is for the caller to put back.
    """
    comments = _comments(package, part)
    texts = parsed(package.read(comments)) if comments else _no_comments()
    listed = texts.find(f"{{{MAIN}}}commentList")
    authors = texts.find(f"{{{MAIN}}}authors")
    if listed is None or authors is None:
        raise KeyError("commentList")
    taken = {item.get("ref") for item in listed}
    new = {
        f"{letters_of(column)}{row}": ((row, column), mark) for (row, column), mark in marks.items()
    }
    new = {ref: item for ref, item in new.items() if ref not in taken}
    if not new:
        return 0
    author = str(len(authors))
    _child(authors, "author").text = "accordant"
    for ref, (_, mark) in new.items():
        comment = _child(listed, "comment", ref=ref, authorId=author)
        text = _child(_child(_child(comment, "text"), "r"), "t")
        text.text = mark.comment
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if comments:
        package.put(comments, texts)
    else:
        comments = package.free("xl/accordantComments{}.xml")
        package.put(comments, texts, content_type=_COMMENTS_TYPE)
        package.relate(part, comments, "comments")
    _draw(package, part, root, [place for place, _ in new.values()])
    return len(new)


def _comments(package: Package, part: str) -> str | None:
    return next(iter(package.relations(part, kind="comments").values()), None)


def _no_comments() -> Element:
    return parsed(f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode())


def _child(parent: Element, tag: str, **attributes: str) -> Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{MAIN}}}{tag}", attributes)


def _draw(package: Package, part: str, root: Element, places: list[tuple[int, int]]) -> None:
    """Add the boxes, to the sheet's drawing of comments where it has one."""
    existing = root.find(f"{{{MAIN}}}legacyDrawing")
    if existing is not None:
        drawing = package.relations(part)[existing.get(f"{{{RELATIONS}}}id", "")]
        text = package.read(drawing).decode()
        first = max(map(int, re.findall(r"_x0000_s(\d+)", text)), default=1024) + 1
        boxes = "".join(_box(place, first + i) for i, place in enumerate(places))
        kind = "" if "_x0000_t202" in text else _BOX
        before, end, after = text.rpartition("</xml>")
        if not end:
            raise ValueError(drawing)
        package.put(drawing, f"{before}{kind}{boxes}{end}{after}".encode())
        return
    boxes = "".join(_box(place, 1025 + i) for i, place in enumerate(places))
    drawing = package.free("xl/drawings/accordantComments{}.vml")
    package.default("vml", _VML_TYPE)
    package.put(drawing, f"<xml {_VML}>{_BOX}{boxes}</xml>".encode())
    _refer(root, package.relate(part, drawing, "vmlDrawing"))


def _refer(root: Element, relation: str) -> None:
    """Name the drawing in the sheet, at the place that the form demands."""
    from lxml import etree

    made = etree.Element(f"{{{MAIN}}}legacyDrawing", {f"{{{RELATIONS}}}id": relation})
    data = root.index(root.find(f"{{{MAIN}}}sheetData"))
    places = (
        index
        for index, child in enumerate(root)
        if index > data and isinstance(child.tag, str) and child.tag.split("}")[-1] in _AFTER
    )
    root.insert(next(places, len(root)), made)


def _box(place: tuple[int, int], number: int) -> str:
    """The hidden box of one comment, beside its cell; rows and columns count from 0 here."""
    row, column = place[0] - 1, place[1] - 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 5}, 15, {row + 5}, 4"
    return (
        f'<v:shape {_VML} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
