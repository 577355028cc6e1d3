"""From a text's header to its last record: survey every block, walk those that are not sound."""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import numpy as np

from validator.readers.encoding import sequences
from validator.readers.faults import FaultLog
from validator.readers.header import Header
from validator.readers.lines import Lines
from validator.readers.passes import CR, LF, QUOTE, Places, first_odd_run
from validator.readers.repair import Edit, Walk, Walked
from validator.readers.scan import BLOCK, Sound, blocks, survey
from validator.readers.source import Source

_WORKERS = 2
"""Threads that judge blocks, beside the one that reads, hashes and walks them."""
_PENDING = 8
"""Blocks in flight: the bound of what is held in memory."""


class Records:
    """The records of ``text`` after its ``header`` and up to ``end``."""

    def __init__(self, text: Source, header: Header, end: int) -> None:
        self._text, self._header, self._end = text, header, end
        self._damaged = False  # known to be UTF-8 with damage, and not another encoding
        self._crlf = 0
        self.records = 0
        self.stops: list[int] = []
        self.edits: list[Edit] = []
        self.returns: Places = np.empty(0, np.int64)

    @property
    def sound(self) -> bool:
        """Whether every record is well-formed as it stands (known after the walk)."""
        return not self.edits and not len(self.returns)

    def walk(self, log: FaultLog) -> str | None:
        """Count the records, and resolve exactly each block that is not sound.

        Returns the SHA-256 of the whole text's bytes, or None as soon as the text shows itself
        to be Windows-1252.
        """
        digest = hashlib.sha256(self._text.read(0, self._header.stop))
        closings = Closings(self._text, self._header, self._end)
        returns: list[Places] = []
        at = self._header.stop
        joined = 0  # where a cell closes that goes on after its block
        for start, stop, judged in self._judged(digest):
            if start == at and isinstance(judged, Sound):
                self._advance(judged.records, stop)
                self._crlf += judged.crlf
                at = stop
                continue
            walk = judged if isinstance(judged, Walk) else None
            while at < stop:
                until = max(stop, joined)
                if walk is None or (walk.start, joined) != (at, 0):
                    walk = self._walk(at, until)
                if walk.invalid and not self._damaged:
                    if is_windows_1252(self._text):
                        return None
                    self._damaged = True
                beyond = partial(closings.after, until)
                done = walk.walked(self._header.row + 1 + self.records, log, beyond)
                joined = (beyond() or 0) if done.stop < until else 0
                self._take(done, returns)
                at = done.stop
        self.returns = np.concatenate(returns) if returns else self.returns
        return digest.hexdigest()

    def _judged(self, digest: hashlib._Hash) -> Iterator[tuple[int, int, Sound | Walk]]:
        """Each block's start and stop, and what a thread made of it; all bytes are hashed."""
        header = self._header

        def pieces() -> Iterator[bytes]:
            for piece in self._text.stream(header.stop, BLOCK):
                digest.update(piece)
                yield piece

        def judge(data: bytes, start: int) -> Sound | Walk:
            lines, width = Lines(data, header.mark), len(header.cells)
            return survey(lines, width) or Walk(lines, start, width)

        stream = pieces()
        pending: deque[tuple[int, int, Future[Sound | Walk]]] = deque()
        with ThreadPoolExecutor(_WORKERS) as pool:
            for start, data in blocks(stream, header.stop, self._end, header.newline):
                pending.append((start, start + len(data), pool.submit(judge, data, start)))
                if len(pending) >= _PENDING:
                    first, stop, future = pending.popleft()
                    yield first, stop, future.result()
            deque(stream, maxlen=0)  # the blank end of the file is hashed too
            for first, stop, future in pending:
                yield first, stop, future.result()

    def _walk(self, start: int, stop: int) -> Walk:
        lines = Lines(self._text.read(start, stop), self._header.mark)
        return Walk(lines, start, len(self._header.cells))

    def _advance(self, records: int, stop: int) -> None:
        self.records += records
        if records:
            self.stops.append(stop)

    def _take(self, done: Walked, returns: list[Places]) -> None:
        self._advance(done.records, done.stop)
        self.edits += done.edits
        returns.append(done.carriage_returns)
        self._crlf += done.crlf

    def notes(self) -> Iterator[str]:
        """What a steward should know of the text, though it is no fault."""
        header = self._text.read(max(self._header.stop - 2, 0), self._header.stop)
        last = self._text.read(max(self._end - 1, 0), self._end)
        crlf = self._crlf + header.endswith(b"\r\n")
        cr = len(self.returns) + header.endswith(b"\r")
        lf = self.records + 1 - (last not in (b"\n", b"\r")) - crlf - cr
        if sum(count > 0 for count in (crlf, cr, lf)) > 1:
            yield "Its line ends are mixed (LF, CR LF, CR)."


class Closings:
    """Finds the quote that closes a cell which is open at the end of a block.

    The place that was found last is kept, so that many unclosed quotes cost one pass together.
    """

    def __init__(self, text: Source, header: Header, end: int) -> None:
        self._text, self._header, self._end = text, header, end
        self._ends_cell = frozenset((header.mark[0], LF, CR))
        self._since = self._found = -1
        self._stop: int | None = None

    def after(self, place: int) -> int | None:
        """The end of the line after which a cell that is open at ``place`` has closed.

        None if it never does, or if what follows its closing quote breaks the grammar.
        ``place`` is the end of a block.
        """
        if not self._since <= place <= self._found:
            self._search(place)
        return self._stop

    def _search(self, place: int) -> None:
        self._since, self._stop = place, None
        stream = self._text.stream(place, BLOCK)
        for start, data in blocks(stream, place, self._end, self._header.newline):
            closing = first_odd_run(data) if QUOTE in data else -1
            if closing >= 0:
                self._found = start + closing
                if closing + 1 == len(data) or data[closing + 1] in self._ends_cell:
                    self._stop = start + len(data)
                return
        self._found = sys.maxsize


def is_windows_1252(text: Source) -> bool:
    """Whether more sequences of the text are foreign to UTF-8 than belong to it."""
    valid = invalid = 0
    for _, data in blocks(text.stream(0, BLOCK), 0, text.size, LF):
        good, bad = sequences(data)
        valid, invalid = valid + good, invalid + bad
    return invalid > valid
