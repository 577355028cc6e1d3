"""From a text's header to its last record: survey every block, walk those that are not sound."""

from __future__ import annotations

import hashlib
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from operator import attrgetter

import numpy as np

from validator.readers.faults import FaultLog
from validator.readers.header import Header
from validator.readers.repair import Edit, Walk, Walked
from validator.readers.scan import BLOCK, CR, LF, QUOTE, Block, Places, blocks, survey
from validator.readers.source import Source

_WORKERS = 2
"""Threads that survey blocks, beside the one that reads and hashes them."""
_PENDING = 8
"""Blocks in flight: the bound of what the survey holds in memory."""


class Records:
    """The records of ``text`` after its ``header`` and up to ``end``."""

    def __init__(self, text: Source, header: Header, end: int) -> None:
        self._text, self._header, self._end = text, header, end
        self._blocks: list[Block] = []
        self._crlf = 0
        self.records = 0
        self.stops: list[int] = []
        self.edits: list[Edit] = []
        self.returns: Places = np.empty(0, np.int64)

    @property
    def invalid_utf8(self) -> bool:
        """Whether the text holds sequences that are not UTF-8 (known after the survey)."""
        return any(block.invalid_utf8 for block in self._blocks)

    @property
    def sound(self) -> bool:
        """Whether every record is well-formed as it stands (known after the walk)."""
        return not self.edits and not len(self.returns)

    def survey(self) -> str:
        """Judge every block, in threads. Returns the SHA-256 of the whole text's bytes."""
        header = self._header
        digest = hashlib.sha256(self._text.read(0, header.stop))

        def pieces() -> Iterator[bytes]:
            for piece in self._text.stream(header.stop, BLOCK):
                digest.update(piece)
                yield piece

        stream = pieces()
        pending: deque[Future[Block]] = deque()
        with ThreadPoolExecutor(_WORKERS) as pool:
            for start, data in blocks(stream, header.stop, self._end, header.newline):
                pending.append(pool.submit(survey, data, start, header.mark[0], len(header.cells)))
                if len(pending) >= _PENDING:
                    self._blocks.append(pending.popleft().result())
            deque(stream, maxlen=0)  # the blank end of the file is hashed too
            self._blocks.extend(future.result() for future in pending)
        return digest.hexdigest()

    def walk(self, log: FaultLog) -> None:
        """Count the records, and resolve exactly each block that is not sound."""
        closings = Closings(self._text, self._header.mark, self._blocks)
        returns: list[Places] = []
        at = self._header.stop
        joined = 0  # where a cell closes that goes on after its block
        with ThreadPoolExecutor(_WORKERS) as pool:
            prepared = self._prepared(pool)
            for block in self._blocks:
                walk = next(prepared) if block.records is None else None
                if block.start == at and block.records is not None:
                    self._advance(block.records, block.stop)
                    self._crlf += block.crlf
                    at = block.stop
                    continue
                while at < block.stop:
                    stop = max(block.stop, joined)
                    if walk is None or (walk.start, joined) != (at, 0):
                        walk = self._walk(at, stop)
                    beyond = partial(closings.after, stop)
                    done = walk.walked(self._header.row + 1 + self.records, log, beyond)
                    joined = (beyond() or 0) if done.stop < stop else 0
                    self._take(done, returns)
                    at = done.stop
        self.returns = np.concatenate(returns) if returns else self.returns

    def _walk(self, start: int, stop: int) -> Walk:
        header = self._header
        return Walk(self._text.read(start, stop), start, header.mark, len(header.cells))

    def _prepared(self, pool: ThreadPoolExecutor) -> Iterator[Walk]:
        """The walks of the blocks that are not sound, made in threads a little ahead."""
        waiting: deque[Future[Walk]] = deque()
        for block in self._blocks:
            if block.records is None:
                waiting.append(pool.submit(self._walk, block.start, block.stop))
            if len(waiting) > _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

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
        kinds = (self._crlf, len(self.returns), self.records - self._crlf - len(self.returns) - 1)
        if sum(count > 0 for count in kinds) > 1:
            yield "Its line ends are mixed (LF, CR LF, CR)."


class Closings:
    """Finds the quote that closes a cell which is open at the end of a block.

    The place that was found last is kept, so that many unclosed quotes cost one pass together.
    """

    def __init__(self, text: Source, mark: bytes, all_blocks: list[Block]) -> None:
        self._text, self._blocks = text, all_blocks
        self._ends_cell = frozenset((mark[0], LF, CR))
        self._since = self._found = -1
        self._closes = False

    def after(self, place: int) -> int | None:
        """The end of the block in which a cell that is open at ``place`` closes.

        None if it never does, or if what follows its closing quote breaks the grammar.
        ``place`` is the end of a block.
        """
        if not self._since <= place <= self._found:
            self._search(place)
        if not self._closes:
            return None
        return self._blocks[self._index(self._found)].stop

    def _index(self, place: int) -> int:
        return bisect_right(self._blocks, place, key=attrgetter("stop"))

    def _search(self, place: int) -> None:
        self._since, self._closes = place, False
        for block in self._blocks[self._index(place) :]:
            data = self._text.read(block.start, block.stop)
            closing = first_odd_run(data) if QUOTE in data else -1
            if closing >= 0:
                self._found = block.start + closing
                self._closes = closing + 1 == len(data) or data[closing + 1] in self._ends_cell
                return
        self._found = sys.maxsize


def first_odd_run(data: bytes) -> int:
    """The last quote of the first run of an odd number of quotes, or -1."""
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == QUOTE)
    first = np.flatnonzero(np.diff(quotes, prepend=-2) != 1)
    odd = np.flatnonzero(np.diff(first, append=len(quotes)) % 2)
    if not len(odd):
        return -1
    following = odd[0] + 1
    return int(quotes[(first[following] if following < len(first) else len(quotes)) - 1])
