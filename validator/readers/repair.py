"""The exact walk through a block that is not sound.

Every physical line is judged on its own, still in vectorised passes; Python looks only at the
lines that are suspect: a quote breaks the grammar there or opens a cell that spans lines, the
width is wrong, the line is blank, or its bytes are no text. From what the walk finds, the block
is rewritten so that each of its records is one well-formed record of the right width.

A quote that breaks the grammar, or that never closes, is literal text of its own line, and the
next line begins a record again: it can never swallow the rest of the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from validator.readers.encoding import INVALID, NUL, is_damaged
from validator.readers.faults import FaultLog
from validator.readers.lines import Lines, NeedsMoreError
from validator.readers.passes import Places, crlf_of, maybe_blank

Edit = tuple[int, int, bytes]
"""The bytes from a place up to another, and what stands there instead."""


@dataclass
class Walked:
    """What a walk found. ``stop`` is where it ended: at the block's end, or where more is needed.

    ``carriage_returns`` are the places of line ends that are a lone CR.
    """

    records: int = 0
    stop: int = 0
    edits: list[Edit] = field(default_factory=list)
    carriage_returns: Places = field(default_factory=lambda: np.empty(0, np.int64))
    crlf: int = 0


def written(cells: list[bytes], mark: bytes) -> bytes:
    """A record as it is written in a well-formed file."""
    plain = mark.join(cells)
    if not plain:
        return b'""'
    if not any(special in plain for special in (b'"', b"\n", b"\r")) and (
        plain.count(mark) == len(cells) - 1
    ):
        return plain
    return mark.join(_quoted(cell, mark) for cell in cells)


def _quoted(cell: bytes, mark: bytes) -> bytes:
    if b'"' in cell or b"\n" in cell or b"\r" in cell or mark in cell:
        return b'"' + cell.replace(b'"', b'""') + b'"'
    return cell


class Walk:
    """Walks one block that is not sound.

    Its ``lines`` stand at ``start`` of the text, outside quotes. To make a walk is the vectorised
    part of the work, and may be done in a thread; ``walked`` follows in file order.
    """

    def __init__(self, lines: Lines, start: int, width: int) -> None:
        self.lines, self.start, self.width = lines, start, width
        self.mark = mark = lines.mark
        self.good = lines.well_formed()
        sound = self.good & (lines.widths(self.good) == width)
        self.whole = np.flatnonzero(sound)
        self.foul = foul_lines(lines)
        blank = maybe_blank(lines.text, lines.starts, lines.ends, mark[0])
        self.blank = set(blank.tolist())
        sound[blank] = False
        sound[list(self.foul)] = False
        self.suspect: list[int] = np.flatnonzero(~sound).tolist()
        self.invalid = not lines.valid
        self.done = Walked(crlf=crlf_of(lines.text, lines.ends) if lines.returns else 0)

    def walked(self, row: int, log: FaultLog, beyond: Callable[[], int | None]) -> Walked:
        """Walk the block, whose first record is at ``row``, and log its faults.

        ``beyond`` gives a place if a cell that is open at the block's end closes after it.
        """
        self.log, self.beyond, first_row = log, beyond, row
        swallowed = next_line = 0
        spans: list[tuple[int, int]] = []
        stop, end = len(self.lines.data), len(self.lines)
        for line in self.suspect:
            if line < next_line:
                continue
            row = first_row + line - swallowed
            if self.good[line]:
                self._single(line, row)
                continue
            try:
                last = self._spanning(line, row)
            except NeedsMoreError:
                stop, end = int(self.lines.starts[line]), line
                break
            if last > line:
                spans.append((int(self.lines.starts[line]), int(self.lines.starts[last])))
                swallowed += last - line
                next_line = last + 1
        self.done.stop = self.start + stop
        self.done.records = end - swallowed
        self.done.carriage_returns = self._carriage_returns(spans, stop)
        return self.done

    def _single(self, line: int, row: int) -> None:
        """Resolve a suspect line whose quotes keep the grammar."""
        cells, _ = self.lines.lenient_cells(line)
        if line in self.blank and not any(cell.strip(b" \t") for cell in cells):
            self.log.add("blank-row", row)
            self._rewrite(line, line, [])
            return
        kind = self.foul.get(line)
        self._report(cells, row, kind)
        if len(cells) != self.width or kind == INVALID:
            self._rewrite(line, line, cells)

    def _spanning(self, line: int, row: int) -> int:
        """Resolve a line whose quotes do not keep the grammar alone. Returns its record's last."""
        lines, width = self.lines, self.width
        lenient, stray = lines.lenient_cells(line)
        plain = lines.plain_cells(line)
        found = lines.spanning_cells(line, 2 * width + 16, self.beyond)
        if found:
            cells, last = found
            # A ragged record is rather an unclosed quote if its first line fits without it, or
            # if the cell swallows lines that are records by themselves.
            fits_alone = width in (len(lenient), len(plain))
            if len(cells) == width or not (fits_alone or self._engulfs(line, last)):
                kinds = {self.foul.get(i) for i in range(line, last + 1)} - {None}
                # bytes that no parser takes have to be written anew, whatever else is wrong
                kind = INVALID if INVALID in kinds else next(iter(kinds), None)
                self._report(cells, row, kind)
                if len(cells) != width or kind == INVALID:
                    self._rewrite(line, last, cells)
                return last
        cells = plain if len(plain) == width != len(lenient) else lenient
        self.log.add("stray-quote", row, column=stray)
        self._report(cells, row, self.foul.get(line))
        self._rewrite(line, line, cells)
        return line

    def _engulfs(self, first: int, last: int) -> bool:
        """Whether a line after ``first``, up to ``last``, is a sound record by itself."""
        inner = np.searchsorted(self.whole, first, side="right")
        return bool(inner < len(self.whole) and self.whole[inner] <= last)

    def _report(self, cells: list[bytes], row: int, kind: str | None) -> None:
        if kind:
            self.log.add("encoding-fault", row, kind=kind)
        if len(cells) != self.width:
            self.log.add("ragged-row", row, expected=self.width, got=len(cells))

    def _rewrite(self, first: int, last: int, cells: list[bytes]) -> None:
        """Put ``cells``, cut or filled to the width, in the place of some lines."""
        cells = cells[: self.width] + [b""] * (self.width - len(cells))
        record = written(cells, self.mark).decode(errors="replace").encode()
        begin, end = self.lines.content(first)[0], self.lines.content(last)[1]
        if record != self.lines.data[begin:end]:
            self.done.edits.append((self.start + begin, self.start + end, record))

    def _carriage_returns(self, spans: list[tuple[int, int]], stop: int) -> Places:
        """The lone CRs that end records: those inside quoted cells stay as they are."""
        places = self.lines.lone[self.lines.lone < stop]
        if spans and len(places):
            firsts, lasts = np.array(spans).T
            span = np.searchsorted(firsts, places, side="right") - 1
            places = places[(span < 0) | (places >= lasts[span])]
        return places + self.start


def foul_lines(lines: Lines) -> dict[int, str]:
    """The lines whose bytes are no text, and the kind of their fault."""
    foul: dict[int, str] = {}
    if b"\0" in lines.data:
        nuls = np.searchsorted(lines.ends, np.flatnonzero(lines.text == 0))
        foul = dict.fromkeys(nuls.tolist(), NUL)
    if lines.valid:
        return foul
    beyond_ascii = np.searchsorted(lines.ends, np.flatnonzero(lines.text > 127))
    for line in np.unique(beyond_ascii).tolist():
        begin, end = lines.content(line)
        if is_damaged(lines.data[begin:end]):
            foul[line] = INVALID
    return foul
