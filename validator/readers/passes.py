"""The vectorised passes over the bytes of a block: one NumPy call a pass, and no Python a line."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

LF, CR, QUOTE, TAB, SPACE = b'\n\r"\t '
_SPARSE = 16
"""Bytes are looked at one by one in a block that holds this many times as many others."""


def is_utf8(data: bytes) -> bool:
    """Whether ``data`` is valid UTF-8. Polars checks it some ten times faster than Python."""
    import polars as pl

    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


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


def lone_carriage_returns(text: Bytes) -> Places:
    """The places of the CRs that no LF follows."""
    places = np.flatnonzero(text == CR)
    after = text[np.minimum(places + 1, len(text) - 1)]
    lone: Places = places[(after != LF) | (places == len(text) - 1)]
    return lone


def quoted_spans(text: Bytes, quotes: Places, mark: int) -> tuple[Places, Places] | None:
    """Where the ``quotes`` open and close cells, or None if one of them breaks the grammar.

    Each opening quote must begin a cell and each closing quote must end one; a doubled quote is
    a close that the next opening follows at once.
    """
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


def mask_spans(flags: Flags, opens: Places, closes: Places) -> None:
    """Clear the ``flags`` that stand between the quotes at ``opens`` and at ``closes``."""
    lengths = closes - opens
    if lengths.sum() * _SPARSE >= len(flags):
        filled = lengths > 1
        opens, closes = opens[filled], closes[filled]
        if not len(opens):
            return
        borders = np.column_stack((opens, closes)).ravel()
        hit = np.maximum.reduceat(flags.view(np.uint8), borders)[0::2] != 0
        opens, lengths = opens[hit], (closes - opens)[hit]
    if lengths.sum() * _SPARSE < len(flags):
        flags[places_of(opens, lengths)] = False
        return
    toggles = np.zeros(len(flags), np.uint8)
    toggles[opens] = toggles[opens + lengths] = 1
    flags &= np.bitwise_xor.accumulate(toggles) == 0


def places_of(starts: Places, lengths: Places) -> Places:
    """Every place of the spans of some ``lengths`` that begin at ``starts``."""
    skipped = np.cumsum(lengths) - lengths
    every: Places = np.arange(lengths.sum()) + np.repeat(starts - skipped, lengths)
    return every


def separators_of(separators: Flags, starts: Places, total: int) -> NDArray[np.integer[Any]]:
    """The number of separators in each line; ``total`` is their number in all lines together.

    Counted in one byte where no line overflows it, which is twice as fast; the sum shows it.
    """
    counts: NDArray[np.integer[Any]] = np.add.reduceat(
        separators.view(np.uint8), starts, dtype=np.uint8
    )
    if int(counts.sum()) != total:
        counts = np.add.reduceat(separators.view(np.uint8), starts, dtype=np.uint32)
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
    lengths = np.maximum((ends - starts)[found], 1)
    if lengths.sum() * _SPARSE < len(text):
        filled = ~blank[text[places_of(starts[found], lengths)]]
        full = np.maximum.reduceat(filled.view(np.uint8), np.cumsum(lengths) - lengths)
    else:
        full = np.maximum.reduceat((~blank[text]).view(np.uint8), starts)[found]
    blanks: Places = found[full == 0]
    return blanks


def crlf_of(text: Bytes, ends: Places) -> int:
    """How many of the lines that end at ``ends`` end in CR LF."""
    ends = ends[ends < len(text)]
    return int(np.count_nonzero((text[ends] == LF) & (text[ends - 1] == CR)))


def first_odd_run(data: bytes) -> int:
    """The last quote of the first run of an odd number of quotes, or -1."""
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == QUOTE)
    first = np.flatnonzero(np.diff(quotes, prepend=-2) != 1)
    odd = np.flatnonzero(np.diff(first, append=len(quotes)) % 2)
    if not len(odd):
        return -1
    following = odd[0] + 1
    return int(quotes[(first[following] if following < len(first) else len(quotes)) - 1])
