"""Where a delimited text begins and ends: its header, its separator, its blank edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from validator.readers.dialect import ABOVE, heading, separator
from validator.readers.lines import Lines
from validator.readers.passes import CR, LF
from validator.readers.source import Source

HEAD = 1 << 16
"""Bytes that are looked at first; more are read while they hold no whole header."""
_HINT = b"sep="
"""Some spreadsheet programs write a first line ``sep=;`` and do not show it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a text, as cells of bytes, and where it stands.

    ``above`` holds the number of cells of each row before it, 0 for a blank one. ``stop`` is where
    the records begin. ``stray`` is the cell (from 1) with a stray quote, or 0. ``plain`` tells
    that nothing but a byte order mark stands before it and that its quotes and line end are in
    order.
    """

    cells: tuple[bytes, ...]
    mark: bytes
    newline: int
    above: tuple[int, ...]
    stop: int
    stray: int
    plain: bool

    @property
    def row(self) -> int:
        """Its spreadsheet row."""
        return len(self.above) + 1


def find_header(
    text: Source, start: int, known: frozenset[str], *, tabbed: bool = False
) -> Header | None:
    """The header of the UTF-8 ``text`` that begins at ``start``, or None if all is blank."""
    size = text.size
    taken = HEAD
    while True:
        head = text.read(start, start + taken)
        complete = start + len(head) >= size
        cut = len(head) if complete else max(head.rfind(b"\n"), head.rfind(b"\r", 0, -1)) + 1
        if head[:cut].strip(b"\r\n\t ,;|") or complete:
            break
        taken *= 4
    head = head[:cut]
    hint = _hinted(head)
    mark = hint[0] if hint else separator(head, known, tabbed=tabbed)
    skipped = hint[1] if hint else 0
    head = head[skipped:]
    newline = CR if CR in head and LF not in head else LF
    if not head.strip(b"\r\n\t " + mark):
        return None
    lines = Lines(head, mark)
    first = _first(lines, known)
    cells, last, stray = _record(lines, first)
    stop = int(lines.ends[last]) + 1
    return Header(
        cells=tuple(cells),
        mark=mark,
        newline=newline,
        above=tuple(_filled(lines.plain_cells(line)) for line in range(first)),
        stop=start + skipped + min(stop, len(head)),
        stray=stray,
        plain=not (first or skipped or stray or lines.data[stop - 1 : stop] == b"\r"),
    )


def _first(lines: Lines, known: frozenset[str]) -> int:
    """The line of the headings, which titles and blank lines may stand above."""
    solid = (line for line in range(len(lines)) if _filled(lines.plain_cells(line)))
    first = list(islice(solid, ABOVE))
    rows = [[c.decode(errors="replace") for c in lines.lenient_cells(line)[0]] for line in first]
    return first[heading(rows, {name.casefold() for name in known})]


def _filled(cells: list[bytes]) -> int:
    """The number of cells up to the last that is not blank."""
    return max((number for number, cell in enumerate(cells, 1) if cell.strip(b" \t")), default=0)


def _record(lines: Lines, first: int) -> tuple[list[bytes], int, int]:
    """The cells of the header, the line at which it ends, and its cell with a stray quote."""
    lenient, stray = lines.lenient_cells(first)
    if not stray:
        return lenient, first, 0
    found = lines.spanning_cells(first, len(lines.data) + 2, lambda: None)
    if found:
        cells, last = found
        # A header that spans lines is believed unless its lines are records by themselves.
        if len(lines.plain_cells(first + 1)) != len(lenient) or len(cells) == len(lenient):
            return cells, last, 0
    return lenient, first, stray


def _hinted(head: bytes) -> tuple[bytes, int] | None:
    """The separator that a first line ``sep=;`` names, and that line's length."""
    line = head.splitlines(keepends=True)[0] if head else b""
    name = line.rstrip(b"\r\n")
    if name[:4].lower() != _HINT or name[4:] not in (b",", b";", b"\t", b"|"):
        return None
    return name[4:], len(line)


def trailing_blank(text: Source, start: int, mark: bytes) -> tuple[int, int]:
    """Where the last line that is not blank ends, and how many blank lines follow it.

    One more line end at the end of a file is no blank line.
    """
    size = text.size
    blank = b" \t\r\n" + mark
    low = size
    while low > start:
        high, low = low, max(start, low - HEAD)
        kept = len(text.read(low, high).rstrip(blank))
        if kept:
            break
    else:
        kept = 0
    end = _line_end(text, low + kept, size) if low + kept > start else start
    if end >= size:
        return size, 0
    count = 0
    last = b""
    for piece in text.stream(end, HEAD * 16):
        count += piece.count(b"\n") or piece.count(b"\r")
        last = piece
    count += last[-1:] not in (b"\n", b"\r")
    extra = size - end <= 2 and text.read(end, size) in (b"\n", b"\r", b"\r\n")
    return end, 0 if extra else count


def _line_end(text: Source, at: int, size: int) -> int:
    """The place after the end of the line that ``at`` stands in."""
    while at < size:
        piece = text.read(at, at + HEAD)
        ends = [place for place in (piece.find(b"\n"), piece.find(b"\r")) if place >= 0]
        if ends:
            end = min(ends)
            return at + end + (2 if piece[end : end + 2] == b"\r\n" else 1)
        at += len(piece)
    return size
