"""Comma, semicolon, tab and pipe separated text, every record of it at its own row.

The scan proves the file's structure; Polars then reads the file itself where it is sound, and
otherwise a rewriting of it in which every record is one well-formed record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model.reading import Reading
from validator.readers.encoding import (
    INVALID,
    NUL,
    UTF8,
    WINDOWS_1252,
    Encoding,
    detect,
    is_damaged,
    to_utf8,
)
from validator.readers.faults import FaultLog
from validator.readers.source import Source

if TYPE_CHECKING:
    from validator.readers.header import Header


def read(source: Source, known: frozenset[str]) -> Reading:
    """Read a delimited text file. Safe to call in a thread.

    ``known`` holds field names, which help to tell the separator. Raises UnreadableInput only
    where the file cannot be opened; a file that is no table is a Fault and an empty reading.
    """
    from validator.readers.header import HEAD

    head = source.read(0, HEAD)
    if not head:
        return _unusable(source, "empty")
    encoding = detect(head)
    if isinstance(encoding, str):
        return _unusable(source, encoding)
    log = FaultLog()
    if encoding.name == UTF8:
        return _table(source, source, encoding.mark, known, log)
    return _decoded(source, encoding, known, log)


def _decoded(source: Source, encoding: Encoding, known: frozenset[str], log: FaultLog) -> Reading:
    """Read a file in another encoding through its UTF-8 text, held in memory."""
    data, damaged = to_utf8(source.read(encoding.mark, source.size), encoding.name)
    note = f"Read as {encoding.name.upper()}."
    if encoding.name == WINDOWS_1252:
        log.add("encoding-fault", encoding=WINDOWS_1252)
        note = "Read as Windows-1252, since it is not valid UTF-8."
    elif damaged:
        log.add("encoding-fault", damaged, kind=f"invalid-{encoding.name}")
    text = replace(source, data=data)
    return _table(source, text, 0, known, log, note)


def _unusable(source: Source, kind: str) -> Reading:
    log = FaultLog()
    log.add("unreadable-file", kind=kind)
    return Reading(
        path=source.name,
        columns=(),
        records=0,
        frames=lambda _rows: iter(()),
        faults=log.kept,
        fault_counts=log.counts,
        sha256=_digest(source),
    )


def _digest(source: Source) -> str:
    import hashlib

    digest = hashlib.sha256()
    for piece in source.stream(0, 1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _table(
    original: Source, text: Source, start: int, known: frozenset[str], log: FaultLog, *notes: str
) -> Reading:
    """Read the UTF-8 ``text`` (``original`` itself, or its rendering) from ``start`` on."""
    from validator.readers.header import find_header, trailing_blank
    from validator.readers.records import Records
    from validator.readers.splice import Splice

    header = find_header(text, start, known, tabbed=original.suffix == ".tsv")
    if header is None:
        return _unusable(original, "empty")
    end, blank = trailing_blank(text, header.stop, header.mark)
    digest = None if text is original else _digest(original)
    columns = _columns(header, log)
    found = Records(text, header, end)
    hashed = found.walk(log)
    if hashed is None:
        return _decoded(original, Encoding(WINDOWS_1252, start), known, FaultLog())
    if blank:
        log.add("blank-row", header.row + found.records + 1, rows=blank)
    splice = Splice(
        text=text,
        mark=header.mark,
        width=len(columns),
        first_row=header.row + 1,
        records=found.records,
        start=header.stop,
        stops=tuple(found.stops),
        edits=tuple(found.edits),
        returns=found.returns,
        whole=header.plain and found.sound and text is original and end == text.size,
    )
    return Reading(
        path=original.name,
        columns=columns,
        records=found.records,
        frames=splice.frames,
        faults=log.kept,
        fault_counts=log.counts,
        sha256=digest or hashed,
        notes=(*notes, *_notes(header), *found.notes()),
        separator=header.mark.decode(),
        header=header.row,
    )


def _notes(header: Header) -> Iterator[str]:
    if any(header.above):
        yield f"The headings stand in row {header.row}; what is above was not read."


def _columns(header: Header, log: FaultLog) -> tuple[str, ...]:
    """The header's cells as text, with the faults of the header itself."""
    for row, cells in enumerate(header.above, 1):
        if not cells:
            log.add("blank-row", row)
        elif cells != len(header.cells):
            log.add("ragged-row", row, expected=len(header.cells), got=cells)
    if header.stray:
        log.add("stray-quote", header.row, column=header.stray)
    if b"\0" in b"".join(header.cells):
        log.add("encoding-fault", header.row, kind=NUL)
    columns = tuple(cell.decode(errors="replace") for cell in header.cells)
    if any(is_damaged(cell) for cell in header.cells):
        log.add("encoding-fault", header.row, kind=INVALID)
    seen: dict[str, int] = {}
    for position, name in enumerate(columns, 1):
        first = seen.setdefault(name, position)
        if name and first != position:
            log.add("duplicate-column", header.row, column=position, name=name, first=first)
    return columns
