"""The structural scan: whether a block of a delimited file is sound, record by record.

A block is whole physical lines. ``survey`` judges it with a few vectorised passes (no Python
per line), under the presumption that it begins outside quotes. The presumption is proved by
induction: the first block does, and a sound block ends outside quotes. Only blocks that are not
sound go to ``validator.readers.repair``. NumPy releases the interpreter's lock, so that blocks
are surveyed in threads while the next is read and hashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

BLOCK = 1 << 19
"""Bytes to a block: small enough for the cache, large enough to forget the calls."""
LF, CR, QUOTE, TAB, SPACE = b'\n\r"\t '
_SPARSE = 16
"""Quoted bytes are masked one by one in a block that holds this many times as many others."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole physical lines: the bytes from ``start`` up to ``stop`` of the text.

    ``records`` is None for a block that has to be walked. ``crlf`` is the number of its records
    that end in CR LF.
    """

    start: int
    stop: int
    records: int | None
    invalid_utf8: bool = False
    crlf: int = 0


def survey(data: bytes, start: int, mark: int, width: int) -> Block:
    """Judge the block ``data``, which stands at ``start``, for records of ``width`` cells.

    ``mark`` is the separator's byte.
    """
    stop = start + len(data)
    text = np.frombuffer(data, np.uint8)
    if text.max() > 127 and not is_utf8(data):
        return Block(start, stop, None, invalid_utf8=True)
    returns = CR in data
    if not text.min() or (returns and not _every_cr_before_lf(text)):
        return Block(start, stop, None)
    separators, newlines = text == mark, text == LF
    if QUOTE in data:
        spans = quoted_spans(text, mark)
        if spans is None:
            return Block(start, stop, None)
        mask_spans(separators, newlines, *spans)
    ends = line_ends(newlines)
    starts = starts_of(ends)
    counts = cells_of(separators, starts, width)
    sound = (
        int(np.count_nonzero(separators)) == (width - 1) * len(starts)
        and bool((counts == counts.dtype.type((width - 1) % 2 ** (8 * counts.itemsize))).all())
        and not len(maybe_blank(text, starts, ends, mark))
    )
    if not sound:
        return Block(start, stop, None)
    return Block(start, stop, len(starts), crlf=crlf_of(text, ends) if returns else 0)


def is_utf8(data: bytes) -> bool:
    """Whether ``data`` is valid UTF-8. Polars checks it some ten times faster than Python."""
    import polars as pl

    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def quoted_spans(text: Bytes, mark: int) -> tuple[Places, Places] | None:
    """Where quoted cells open and close, or None if a quote breaks the grammar.

    Each opening quote must begin a cell and each closing quote must end one; a doubled quote is
    a close that the next opening follows at once.
    """
    quotes = np.flatnonzero(text == QUOTE)
    if len(quotes) % 2:
        return None
    opens, closes = quotes[0::2], quotes[1::2]
    doubled = opens[1:] == closes[:-1] + 1
    before, after = text[opens - 1], text[np.minimum(closes + 1, len(text) - 1)]
    begins = (before == mark) | (before == LF)
    begins[1:] |= doubled
    begins[0] |= opens[0] == 0
    ends = (after == mark) | (after == LF) | (after == CR)
    ends[:-1] |= doubled
    ends[-1] |= closes[-1] == len(text) - 1
    return (opens, closes) if begins.all() and ends.all() else None


def mask_spans(separators: Flags, newlines: Flags, opens: Places, closes: Places) -> None:
    """Clear the separators and line ends that stand between ``opens`` and ``closes``."""
    filled = closes - opens > 1
    opens, closes = opens[filled], closes[filled]
    if not len(opens):
        return
    borders = np.column_stack((opens, closes)).ravel()
    either = (separators | newlines).view(np.uint8)
    hit = np.maximum.reduceat(either, borders)[0::2].astype(bool)
    opens, lengths = opens[hit], (closes - opens)[hit]
    if lengths.sum() * _SPARSE < len(separators):
        skipped = np.cumsum(lengths) - lengths
        inside = np.arange(lengths.sum()) + np.repeat(opens - skipped, lengths)
        separators[inside] = newlines[inside] = False
        return
    toggles = np.zeros(len(separators), np.uint8)
    toggles[opens] = toggles[opens + lengths] = 1
    outside = np.bitwise_xor.accumulate(toggles) == 0
    separators &= outside
    newlines &= outside


def line_ends(newlines: Flags) -> Places:
    """The place of each line's end; an unfinished last line ends after the last byte."""
    ends: Places = np.flatnonzero(newlines)
    if not len(ends) or ends[-1] != len(newlines) - 1:
        ends = np.append(ends, len(newlines))
    return ends


def starts_of(ends: Places) -> Places:
    """The place of each line's first byte."""
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    return starts


def cells_of(separators: Flags, starts: Places, width: int) -> NDArray[np.uint8 | np.uint32]:
    """The number of separators in each line.

    Counted in one byte where the width allows, which is three times as fast: a line that
    overflows it is shown by the total, since no line can be short by as much.
    """
    kind = np.uint8 if width <= 256 else np.uint32
    counts: NDArray[np.uint8 | np.uint32] = np.add.reduceat(
        separators.view(np.uint8), starts, dtype=kind
    )
    return counts


def maybe_blank(text: Bytes, starts: Places, ends: Places, mark: int) -> Places:
    """The indices of the lines that hold only separators, spaces and quotes.

    The first bytes and the last of each line leave few to look at.
    """
    blank = np.zeros(256, np.bool_)
    blank[[mark, LF, CR, QUOTE, TAB, SPACE]] = True
    last = len(text) - 1
    found: Places = np.flatnonzero(blank[text[starts]])
    for step in (1, 2, 3):
        found = found[blank[text[np.minimum(np.minimum(starts[found] + step, ends[found]), last)]]]
    found = found[blank[text[np.maximum(ends[found] - 1, starts[found])]]]
    if not len(found):
        return found
    filled = np.maximum.reduceat((~blank[text]).view(np.uint8), starts)
    blanks: Places = found[filled[found] == 0]
    return blanks


def crlf_of(text: Bytes, ends: Places) -> int:
    """How many of the lines that end at ``ends`` end in CR LF."""
    ends = ends[ends < len(text)]
    return int(np.count_nonzero((text[ends] == LF) & (text[ends - 1] == CR)))


def _every_cr_before_lf(text: Bytes) -> bool:
    places = np.flatnonzero(text == CR) + 1
    return bool(places[-1] < len(text) and (text[places] == LF).all())


def blocks(
    pieces: Iterable[bytes], start: int, end: int, newline: int
) -> Iterator[tuple[int, bytes]]:
    """Cut ``pieces`` of text after line ends: pairs of a place and whole lines, up to ``end``.

    A line longer than a piece comes whole. CR LF is never cut in two.
    """
    line_end = bytes((newline,))
    held: list[bytes | memoryview] = []
    at = start
    for piece in pieces:
        if at >= end:
            return
        cut = piece.rfind(line_end, 0, len(piece) - (newline == CR)) + 1
        if not cut:
            held.append(piece)
            continue
        cut += newline == CR and piece[cut] == LF
        view = memoryview(piece)
        data = b"".join((*held, view[:cut]))
        held = [view[cut:]]
        yield at, data[: end - at]
        at += len(data)
    rest = b"".join(held)
    if rest and at < end:
        yield at, rest[: end - at]
