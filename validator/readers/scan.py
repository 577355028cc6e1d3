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

from validator.readers.lines import Lines
from validator.readers.passes import (
    CR,
    LF,
    crlf_of,
    mask_spans,
    maybe_blank,
    quoted_spans,
    separators_of,
    starts_of,
)

BLOCK = 1 << 19
"""Bytes to a block: small enough for the cache, large enough to forget the calls."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a sound block holds. ``crlf`` is the number of its records that end in CR LF."""

    records: int
    crlf: int = 0


def survey(lines: Lines, width: int) -> Sound | None:
    """Judge a block of records of ``width`` cells; None where it has to be walked."""
    text, mark, ends = lines.text, lines.mark[0], lines.ends
    if len(lines.lone) or b"\0" in lines.data or not lines.valid:
        return None
    separators = text == mark
    if len(lines.quotes):
        spans = quoted_spans(text, lines.quotes, mark)
        if spans is None:
            return None
        mask_spans(separators, *spans)
        # a line end with an odd number of quotes before it stands inside a cell
        ends = ends[np.searchsorted(lines.quotes, ends) % 2 == 0]
    total = int(np.count_nonzero(separators))
    if total != (width - 1) * len(ends):  # where most faults show already
        return None
    starts = starts_of(ends)
    counts = separators_of(separators, starts, total)
    if (counts != width - 1).any() or len(maybe_blank(text, starts, ends, mark)):
        return None
    return Sound(len(ends), crlf_of(text, ends) if lines.returns else 0)


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
