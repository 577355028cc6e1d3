"""The physical lines of a block, and the exact grammar of the records that begin at them.

The grammar is that of RFC 4180: a quoted cell opens at the cell's first byte and closes at the
first quote that is not doubled, which a separator or a line end must follow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

import numpy as np

from validator.readers.passes import (
    CR,
    LF,
    QUOTE,
    Flags,
    Places,
    is_utf8,
    line_ends,
    lone_carriage_returns,
    mask_spans,
    separators_of,
    starts_of,
)

_NOWHERE: Places = np.empty(0, np.int64)


class NeedsMoreError(Exception):
    """A quoted cell goes on after the block: the caller has to join the next one to it."""


class Lines:
    """The physical lines of a block, and where its quotes stand.

    ``ends`` are the places of the line ends, of which ``lone`` are CRs that no LF follows.
    """

    def __init__(self, data: bytes, mark: bytes) -> None:
        self.data, self.mark = data, mark
        text = self.text = np.frombuffer(data, np.uint8)
        newlines = text == LF
        self.returns = CR in data
        self.lone = lone_carriage_returns(text) if self.returns else _NOWHERE
        newlines[self.lone] = True
        self.ends = line_ends(newlines)
        self.quotes = np.flatnonzero(text == QUOTE) if QUOTE in data else _NOWHERE

    @cached_property
    def starts(self) -> Places:
        """The place of each line's first byte."""
        return starts_of(self.ends)

    @cached_property
    def valid(self) -> bool:
        """Whether the bytes are UTF-8."""
        return self.data.isascii() or is_utf8(self.data)

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """The last quote of each run of quotes, and of each run of an odd number of them.

        A run inside a cell closes it where its number is odd.
        """
        first = np.flatnonzero(np.diff(self.quotes, prepend=-2) != 1)
        lengths = np.diff(first, append=len(self.quotes))
        run_ends = self.quotes[first + lengths - 1]
        return run_ends.tolist(), run_ends[lengths % 2 == 1].tolist()

    def __len__(self) -> int:
        return len(self.ends)

    def content(self, line: int) -> tuple[int, int]:
        """Where the line begins and ends, without its line end."""
        start, end = int(self.starts[line]), int(self.ends[line])
        if end > start and end < len(self.data) and self.data[end] == LF:
            end -= self.data[end - 1] == CR
        return start, end

    def closing(self, opening: int) -> int | None:
        """The quote that closes the one at ``opening``, if it stands in this block."""
        run_ends, odd_ends = self._runs
        run_end = run_ends[bisect_left(run_ends, opening)]
        if (run_end - opening) % 2:
            return run_end
        later = bisect_right(odd_ends, run_end)
        return odd_ends[later] if later < len(odd_ends) else None

    def well_formed(self) -> Flags:
        """For each line, whether its quotes keep the grammar without the other lines."""
        good = np.ones(len(self), np.bool_)
        quotes, text = self.quotes, self.text
        if not len(quotes):
            return good
        line = np.searchsorted(self.ends, quotes)
        firsts = np.searchsorted(quotes, self.starts)
        even = (np.arange(len(quotes)) - firsts[line]) % 2 == 0
        mark = self.mark[0]
        before = text[quotes - 1]
        after = text[np.minimum(quotes + 1, len(text) - 1)]
        follows = np.diff(quotes, prepend=-2) == 1
        leads = np.diff(quotes, append=-2) == 1
        begins = (before == mark) | (quotes == self.starts[line]) | follows
        ends = (after == mark) | (after == LF) | (after == CR) | leads
        ends |= quotes == len(text) - 1
        good[line[~np.where(even, begins, ends)]] = False
        good[np.diff(firsts, append=len(quotes)) % 2 == 1] = False
        return good

    def widths(self, good: Flags) -> Places:
        """The number of cells of each line, exact for those that are well-formed."""
        separators = self.text == self.mark[0]
        if len(self.quotes):
            kept = self.quotes[good[np.searchsorted(self.ends, self.quotes)]]
            mask_spans(separators, kept[0::2], kept[1::2])
        total = int(np.count_nonzero(separators))
        counts: Places = separators_of(separators, self.starts, total).astype(np.int64) + 1
        return counts

    def plain_cells(self, line: int) -> list[bytes]:
        """The cells of a line in which quotes mean nothing."""
        start, end = self.content(line)
        return self.data[start:end].split(self.mark)

    def lenient_cells(self, line: int) -> tuple[list[bytes], int]:
        """The cells of a line, well-formed quoted ones unquoted and the others as they stand.

        Also the position (from 1) of the first cell with a stray quote, or 0.
        """
        start, end = self.content(line)
        text = self.data[start:end]
        if QUOTE not in text:
            return text.split(self.mark), 0
        cells: list[bytes] = []
        stray = at = 0
        while True:
            close = at
            if text[at : at + 1] == b'"':
                close = _close_in(text, at)
            if close > at and text[close + 1 : close + 2] in (b"", self.mark):
                cells.append(text[at + 1 : close].replace(b'""', b'"'))
                stop = close + 1
            else:
                stop = text.find(self.mark, at)
                stop = len(text) if stop < 0 else stop
                cells.append(text[at:stop])
                stray = stray or (len(cells) if b'"' in cells[-1] else 0)
            if stop >= len(text):
                return cells, stray
            at = stop + 1

    def spanning_cells(
        self, line: int, most: int, beyond: Callable[[], int | None]
    ) -> tuple[list[bytes], int] | None:
        """The cells of a record that begins at ``line``, by the strict grammar, and its last line.

        None if a quote breaks the grammar, or never closes, or past ``most`` cells.
        ``beyond`` gives a place if a cell that is open at the end of this block closes after it;
        NeedsMoreError is raised if so.
        """
        at, cells = int(self.starts[line]), list[bytes]()
        end = self.content(line)[1]
        while len(cells) < most:
            if self.data[at : at + 1] == b'"':
                close = self.closing(at)
                if close is None:
                    if beyond() is not None:
                        raise NeedsMoreError
                    return None
                cells.append(self.data[at + 1 : close].replace(b'""', b'"'))
                if close > end:
                    line = int(np.searchsorted(self.ends, close))
                    end = self.content(line)[1]
                stop = close + 1
            else:
                stop = self.data.find(self.mark, at, end)
                stop = end if stop < 0 else stop
                cells.append(self.data[at:stop])
                if QUOTE in cells[-1]:
                    return None
            if stop == end:
                return cells, line
            if self.data[stop] != self.mark[0]:
                return None
            at = stop + 1
        return None


def _close_in(text: bytes, opening: int) -> int:
    """The quote that closes the one at ``opening``, or ``opening`` if none does."""
    at = text.find(b'"', opening + 1)
    while at >= 0 and text[at + 1 : at + 2] == b'"':
        at = text.find(b'"', at + 2)
    return at if at >= 0 else opening
