"""The records of a scanned text as Polars frames."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from validator.errors import UnreadableInput
from validator.readers.numbering import numbered
from validator.readers.source import Source, unreadable

if TYPE_CHECKING:
    from validator.readers.passes import Places
    from validator.readers.repair import Edit

_GROUP = 1 << 26
"""The most bytes of text that are rewritten and parsed at a time."""
_FULL = 0.9
"""The share of a batch that a group of average records fills, so that it rarely makes two."""

ZLIB = (b"x\x01", b"x^")
"""How a packed text begins that is a text as well."""


@dataclass(frozen=True)
class Splice:
    """A text from ``start`` on, cut at ``stops`` (ends of records), with its edits.

    ``edits`` are in order and never overlap; at ``returns`` a lone CR ends a record.
    ``whole`` tells that the file can be parsed as it stands, its header included.
    ``first_row`` is the spreadsheet row of the first of its ``records``.
    """

    text: Source
    mark: bytes
    width: int
    first_row: int
    records: int
    start: int
    stops: tuple[int, ...]
    edits: tuple[Edit, ...]
    returns: Places
    whole: bool

    def frames(self, chunk_rows: int) -> Iterator[Any]:
        """Frames of about ``chunk_rows`` records, in order: c0 to cN-1 as text, and ROW."""
        row = self.first_row
        for batch in self._batches(chunk_rows):
            yield numbered(batch, row)
            row += batch.height

    def _batches(self, chunk_rows: int) -> Iterator[Any]:
        path = self.text.path
        if self.whole and path and self.text.data is None and not self._seems_packed():
            yield from self._parsed(path, chunk_rows)
            return
        spans = pairwise((self.start, *self._groups(chunk_rows)))
        with ThreadPoolExecutor(1) as beside:
            # a group is rewritten, and its parsing begun, while the one before it is being used
            ahead: Future[Iterator[Any]] | None = None
            for start, stop in spans:
                now, ahead = ahead, beside.submit(self._group, start, stop, chunk_rows)
                if now is not None:
                    yield from now.result()
            if ahead is not None:
                yield from ahead.result()

    def _group(self, start: int, stop: int, chunk_rows: int) -> Iterator[Any]:
        return self._parsed(self.rewritten(start, stop), chunk_rows)

    def _seems_packed(self) -> bool:
        return self.text.read(0, 2) in ZLIB

    def _parsed(self, source: Path | bytes, chunk_rows: int) -> Iterator[Any]:
        """Batches of what is below the first line of ``source``.

        The parser has begun when this returns.
        """
        import polars as pl

        with self._refusals():
            batches = pl.scan_csv(
                source,
                has_header=False,
                separator=self.mark.decode(),
                schema={f"c{i}": pl.String() for i in range(self.width)},
                empty_string_is_null=False,
                # a bracket in a name is a bracket
                glob=False,
            ).collect_batches(chunk_size=chunk_rows, maintain_order=True)
        return self._each(batches)

    def _each(self, batches: Iterator[Any]) -> Iterator[Any]:
        with self._refusals():
            above = 1
            for batch in batches:
                yield batch.slice(above)
                above = 0

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """A refusal of the parser as one clear sentence."""
        import polars as pl

        try:
            yield
        except OSError as error:
            raise unreadable(self.text.name, error) from None
        except pl.exceptions.PolarsError:
            # its message may hold a cell's text, so it goes no further
            raise UnreadableInput(
                f"{self.text.name}: the parser refuses what the structural scan accepts."
                " If the file was changed during the check, run it again."
            ) from None

    def _groups(self, chunk_rows: int) -> Iterator[int]:
        """The stops at which the text is cut into groups of about ``chunk_rows`` records."""
        if not self.stops:
            return
        start = self.start
        batch = _FULL * chunk_rows * (self.stops[-1] - start) / self.records
        for stop, following in pairwise((*self.stops, None)):
            if stop is not None and (following is None or following - start > min(batch, _GROUP)):
                yield stop
                start = stop

    def rewritten(self, start: int, stop: int) -> bytes:
        """The text between two stops, well-formed, below a record of blanks.

        The parser unpacks a text that begins like a packed one, and drops a mark at its start:
        so that record stands before it.
        """
        data: bytes | bytearray = self.text.read(start, stop)
        low, high = np.searchsorted(self.returns, (start, stop)).tolist()
        if high > low:
            data = bytearray(data)
            np.frombuffer(data, np.uint8)[self.returns[low:high] - start] = ord("\n")
        view = memoryview(data)
        parts: list[bytes | memoryview] = [b'""' + self.mark * (self.width - 1) + b"\n"]
        at = start
        for edit in self.edits[bisect_left(self.edits, (start,)) :]:
            if edit[0] >= stop:
                break
            parts += (view[at - start : edit[0] - start], edit[2])
            at = edit[1]
        return b"".join((*parts, view[at - start :]))
