"""Writes an Excel workbook again with changed cells, and nothing else changed.

Libraries that load and save workbooks lose what they do not know (charts, shapes, slicers), so
the cells are changed in the sheet's XML, and every other byte of every part stays what it was.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from validator.expressions.headings import column_letters
from validator.mending.changes import Change
from validator.model.reading import Reading
from validator.readers._sheet_facts import column_number, facts_of, part_of
from validator.readers.archive import opened, part
from validator.readers.source import Source

WORKBOOKS = frozenset({".xlsx", ".xlsm"})

_ROW = re.compile(rb'(<((?:\w+:)?)row\b[^>]*\br="([0-9]+)"[^>]*>)(.*?)(</(?:\w+:)?row>)', re.DOTALL)
_CELL = re.compile(
    rb'<((?:\w+:)?)c\b([^>]*?)\br="([A-Z]+)[0-9]+"([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL
)
_STYLE = re.compile(rb'\bs="[0-9]+"')


def formulas(reading: Reading) -> frozenset[tuple[int, int]]:
    """Row and column of every cell of the sheet that a formula computes."""
    with opened(_source(reading)) as archive:
        return frozenset(facts_of(archive, reading.sheet or "").formulas)


def merged_rows(reading: Reading) -> list[int]:
    """The rows of the sheet in which cells are merged with others."""
    with opened(_source(reading)) as archive:
        merged = facts_of(archive, reading.sheet or "").merged
    return sorted({row for top, _, bottom, _ in merged for row in range(top, bottom + 1)})


def place(reading: Reading, change: Change) -> tuple[int, int]:
    """Row and column of a change."""
    return change.row, reading.left + reading.columns.index(change.field)


def workbook(readings: Sequence[Reading], changes: Sequence[Sequence[Change]]) -> bytes:
    """The workbook of those sheets with the changes of each, which are to no formula."""
    source = _source(readings[0])
    if not any(changes):
        return source.read(0, source.size)
    to = io.BytesIO()
    with opened(source) as archive, zipfile.ZipFile(to, "w") as copy:
        changed = {
            part_of(archive, reading.sheet or ""): _by_row(reading, of_sheet)
            for reading, of_sheet in zip(readings, changes, strict=True)
            if of_sheet
        }
        for entry in archive.infolist():
            content = part(archive, entry.filename)
            if entry.filename in changed:
                content = _changed(content, changed[entry.filename])
            copy.writestr(entry, content)
    return to.getvalue()


def _source(reading: Reading) -> Source:
    return Source(reading.path, Path(reading.path))


def _by_row(reading: Reading, changes: Sequence[Change]) -> dict[int, dict[str, str]]:
    """The new texts by row and by the letters of the column."""
    found: dict[int, dict[str, str]] = {}
    for change in changes:
        row, column = place(reading, change)
        found.setdefault(row, {})[column_letters(column)] = change.after
    return found


def _changed(xml: bytes, rows: Mapping[int, Mapping[str, str]]) -> bytes:
    def row(found: re.Match[bytes]) -> bytes:
        head, prefix, number, cells, tail = found.groups()
        texts = rows.get(int(number))
        return found[0] if texts is None else head + _row(cells, prefix, number, texts) + tail

    return _ROW.sub(row, xml)


def _row(cells: bytes, prefix: bytes, number: bytes, texts: Mapping[str, str]) -> bytes:
    """The cells of one row, in the order of their columns."""
    found = {match[3].decode(): match for match in _CELL.finditer(cells)}
    parts = []
    for letters in sorted({*found, *texts}, key=column_number):
        old = found.get(letters)
        if letters not in texts:
            parts.append(found[letters][0])
            continue
        style = _STYLE.search(old[2] + old[4]) if old is not None else None
        parts.append(_cell(prefix, letters + number.decode(), style, texts[letters]))
    return b"".join(parts)


def _cell(prefix: bytes, place: str, style: re.Match[bytes] | None, text: str) -> bytes:
    name = prefix.decode()
    more = f" {style[0].decode()}" if style else ""
    return (
        f'<{name}c r="{place}"{more} t="inlineStr"><{name}is><{name}t xml:space="preserve">'
        f"{escape(text)}</{name}t></{name}is></{name}c>"
    ).encode()
