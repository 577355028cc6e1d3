"""The records of a scanned text as Polars frames."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from validator.errors import UnreadableInput
from validator.model.reading import ROW
from validator.readers.source import Source, unreadable

if TYPE_CHECKING:
    from validator.readers.repair import Edit
    from validator.readers.scan import Places

_GROUP = 1 << 26
"""Bytes of text that are rewritten and parsed at a time."""


@dataclass(frozen=True)
class Splice:
    """A text from ``start`` on, cut at ``stops`` (ends of records), with its edits.

    ``edits`` are in order and never overlap; at ``returns`` a lone CR ends a record.
    ``whole`` tells that the file can be parsed as it stands, its header included.
    ``first_row`` is the spreadsheet row of the first record.
    """

    text: Source
    mark: bytes
    width: int
    first_row: int
    start: int
    stops: tuple[int, ...]
    edits: tuple[Edit, ...]
    returns: Places
    whole: bool

    def frames(self, chunk_rows: int) -> Iterator[Any]:
        """Frames of about ``chunk_rows`` records, in order: c0 to cN-1 as text, and ROW."""
        import polars as pl

        row = self.first_row
        for batch in self._batches(chunk_rows):
            rows = pl.int_range(row, row + batch.height, dtype=pl.UInt32, eager=True)
            row += batch.height
            yield batch.with_columns(rows.alias(ROW))

    def _batches(self, chunk_rows: int) -> Iterator[Any]:
        if self.whole and self.text.path and self.text.data is None:
            header = 1
            for batch in self._parsed(self.text.path, chunk_rows):
                yield batch.slice(header)
                header = 0
            return
        start = self.start
        for stop in self._groups():
            yield from self._parsed(self.rewritten(start, stop), chunk_rows)
            start = stop

    def _parsed(self, source: Path | bytes, chunk_rows: int) -> Iterator[Any]:
        import polars as pl

        try:
            yield from pl.scan_csv(
                source,
                has_header=False,
                separator=self.mark.decode(),
                schema={f"c{i}": pl.String() for i in range(self.width)},
                empty_string_is_null=False,
            ).collect_batches(chunk_size=chunk_rows, maintain_order=True)
        except OSError as error:
            raise unreadable(self.text.name, error) from None
        except pl.exceptions.PolarsError:
            # its message may hold a cell's text, so it goes no further
            raise UnreadableInput(
                f"{self.text.name}: the parser refuses what the structural scan accepts."
                " If the file was changed during the check, run it again."
            ) from None

    def _groups(self) -> Iterator[int]:
        """The stops at which the text is cut into groups."""
        start = self.start
        for stop, following in pairwise((*self.stops, None)):
            if stop is not None and (following is None or following - start > _GROUP):
                yield stop
                start = stop

    def rewritten(self, start: int, stop: int) -> bytes:
        """The text between two stops, well-formed."""
        data = self.text.read(start, stop)
        low, high = np.searchsorted(self.returns, (start, stop)).tolist()
        if high > low:
            array = np.frombuffer(data, np.uint8).copy()
            array[self.returns[low:high] - start] = ord("\n")
            data = array.tobytes()
        view = memoryview(data)
        parts: list[bytes | memoryview] = []
        at = start
        for edit in self.edits[bisect_left(self.edits, (start,)) :]:
            if edit[0] >= stop:
                break
            parts += (view[at - start : edit[0] - start], edit[2])
            at = edit[1]
        if not parts:
            return data
        return b"".join((*parts, view[at - start :]))
