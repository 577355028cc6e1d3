"""CSV files that appear whole or not at all, block by block, with faults of the text itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

QUOTE_HERE = "\ue000"
"""Stands for a double quote that is to be written bare. It is in no text otherwise."""


class Alter(StrEnum):
    """What is done to the text of one record."""

    EXTRA_CELL = "extra-cell"
    BARE_QUOTE = "bare-quote"
    BLANK_AFTER = "blank-after"
    COPY_AFTER = "copy-after"

    @property
    def adds_row(self) -> bool:
        """Whether the fault stands in a row of its own, after the record."""
        return self in {Alter.BLANK_AFTER, Alter.COPY_AFTER}


class TableFile:
    """One table's CSV: UTF-8, LF, comma, quotes where they must be, blank cells as nothing."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self._next = 1

    def append(self, frame: pl.DataFrame, altered: Mapping[int, Alter]) -> NDArray[np.int64]:
        """Write the records of ``frame`` (a blank is null), some of them ``altered``.

        Returns the spreadsheet row of each record; the header is row 1.
        """
        with self._part.open("ab") as file:
            if self._next == 1:
                frame.clear().write_csv(file)
                self._next = 2
            if altered:
                text = frame.write_csv(include_header=False, quote_style="necessary")
                file.write(_with_faults(text, altered).encode())
            else:
                frame.write_csv(file, include_header=False, quote_style="necessary")
        added = np.zeros(frame.height, np.int64)
        added[[index for index, how in altered.items() if how.adds_row]] = 1
        rows: NDArray[np.int64] = self._next + np.arange(frame.height) + np.cumsum(added) - added
        self._next += frame.height + int(added.sum())
        return rows


def _with_faults(text: str, altered: Mapping[int, Alter]) -> str:
    lines = text.split("\n")  # no cell of ours holds a line end
    for index, how in altered.items():
        line = lines[index]
        match how:
            case Alter.EXTRA_CELL:
                lines[index] = f"{line},"
            case Alter.BARE_QUOTE:
                lines[index] = line.replace(QUOTE_HERE, '"')
            case Alter.BLANK_AFTER:
                lines[index] = f"{line}\n{',' * line.count(',')}"
            case Alter.COPY_AFTER:
                lines[index] = f"{line}\n{line}"
    return "\n".join(lines)
