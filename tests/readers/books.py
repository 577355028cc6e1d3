"""Workbooks and databases that the tests of the readers make."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from validator.model.reading import ROW, Reading
from validator.readers.discovery import read
from validator.readers.source import Source
from validator.standards.load import load

TABLES = load("global-indicator").tables

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:body><office:spreadsheet>{}</office:spreadsheet></office:body>
</office:document-content>"""
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of those files."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return to.getvalue()


def ods(sheets: str) -> bytes:
    """An OpenDocument spreadsheet whose ``table:table`` elements are given."""
    content = CONTENT.format(re.sub(r">\s+<", "><", sheets))
    return zipped({"mimetype": ODS, "META-INF/manifest.xml": MANIFEST, "content.xml": content})


def replaced(book: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a text of one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    assert old in parts[name]
    return zipped({**parts, name: parts[name].replace(old, new)})


def xlsx(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """An Excel workbook with those rows on each sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


def readings(data: bytes | Path, name: str = "book.xlsx") -> Sequence[Reading]:
    """The readings of a file or of its bytes, as the shipped standard's tables."""
    if isinstance(data, Path):
        return read(Source(str(data), data), TABLES)
    return read(Source(name, Path(name), data), TABLES)


def cells(of: Reading) -> list[tuple[str, ...]]:
    """The cells of a reading, row by row."""
    names = [f"c{i}" for i in range(len(of.columns))]
    return [row for frame in of.frames(2) for row in frame.select(names).rows()]


def row_numbers(of: Reading) -> list[int]:
    """The row that each record stands in."""
    return [row for frame in of.frames(2) for row in frame[ROW]]


def faults(of: Reading) -> list[tuple[str, int | None, int | None]]:
    """Code, row and column of each fault."""
    return [(fault.code, fault.row, fault.column) for fault in of.faults]


def reason(of: Reading) -> str | None:
    """Why a file could not be read."""
    (fault,) = of.faults
    assert fault.code == "unreadable-file"
    detail = dict(fault.detail)
    return detail.get("reason") or detail.get("kind")


def named(value: object) -> str:
    """The name of a case: that of its bytes would be another in each run."""
    return value if isinstance(value, str) else "data"
