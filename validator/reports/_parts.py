"""The parts of an Office Open XML package, and how they relate; untouched ones stay as they are.

Form: ECMA-376, part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART = "[Content_Types].xml"


def parsed(data: bytes) -> Element:
    """The root of a part. No entity is expanded and nothing is fetched, whatever the part says."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def written(root: Element) -> bytes:
    """A part as bytes, with the declaration that spreadsheet programs write."""
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


class Package:
    """The parts of a package by name. What is put replaces or adds a part when it is written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._changed: dict[str, bytes] = {}

    def read(self, part: str) -> bytes:
        """A part as it is now. Raises KeyError where there is none."""
        return self._changed[part] if part in self._changed else self._archive.read(part)

    def put(self, part: str, content: Element | bytes, *, content_type: str | None = None) -> None:
        """Replace a part, or add one of a content type."""
        self._changed[part] = content if isinstance(content, bytes) else written(content)
        self._names.add(part)
        if content_type:
            self._declare("Override", {"PartName": f"/{part}", "ContentType": content_type})

    def default(self, suffix: str, content_type: str) -> None:
        """Say what parts of a suffix are, where that is not said yet."""
        types = parsed(self.read(_TYPES_PART))
        if not any(
            item.get("Extension", "").lower() == suffix
            for item in types.iterfind(f"{{{_TYPES}}}Default")
        ):
            self._declare("Default", {"Extension": suffix, "ContentType": content_type})

    def free(self, pattern: str) -> str:
        """A name of that pattern which no part has."""
        number = 1
        while pattern.format(number) in self._names:
            number += 1
        return pattern.format(number)

    def main_part(self) -> str:
        """The part that the package is about: the workbook. Raises KeyError where there is none."""
        return self.related("", "officeDocument")

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that a part names. Raises KeyError where there is none."""
        found = self.relations(part, kind)
        if not found:
            raise KeyError(kind)
        return next(iter(found.values()))

    def relations(self, part: str, kind: str | None = None) -> Mapping[str, str]:
        """The parts that a part names, by their ids; those of one kind, or all within."""
        name = _relations_part(part)
        if name not in self._names:
            return {}
        folder = posixpath.dirname(part)
        return {
            item.get("Id", ""): posixpath.normpath(
                posixpath.join("/" + folder, item.get("Target", ""))
            ).lstrip("/")
            for item in parsed(self.read(name))
            if item.get("TargetMode") != "External"
            and (kind is None or item.get("Type", "").endswith(f"/{kind}"))
        }

    def relate(self, part: str, other: str, kind: str) -> str:
        """Let a part name another one; the id by which it does."""
        from lxml import etree

        name = _relations_part(part)
        empty = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()
        root = parsed(self.read(name) if name in self._names else empty)
        taken = {item.get("Id") for item in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        etree.SubElement(
            root,
            f"{{{_PACKAGE}}}Relationship",
            {"Id": f"rId{number}", "Type": f"{RELATIONS}/{kind}", "Target": f"/{other}"},
        )
        self.put(name, root)
        return f"rId{number}"

    def write(self, out: IO[bytes]) -> None:
        """The whole package, its parts in their order and new ones last."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._archive.infolist():
                target.writestr(info, self.read(info.filename))
            old = set(self._archive.namelist())
            for name in self._changed:
                if name not in old:
                    # a fixed time, so that the same check gives the same bytes
                    info = zipfile.ZipInfo(name)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, self._changed[name])

    def _declare(self, kind: str, attributes: dict[str, str]) -> None:
        from lxml import etree

        types = parsed(self.read(_TYPES_PART))
        etree.SubElement(types, f"{{{_TYPES}}}{kind}", attributes)
        self.put(_TYPES_PART, types)


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
