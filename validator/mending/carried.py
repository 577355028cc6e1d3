"""The rows that go into a copy as they stand, because what stands where in them is not certain.

A record with too many or too few cells is not rewritten. Its text is found by a second reading,
of Python's own csv module; where that one does not see the very rows that the reader saw, nobody
knows, and the file is left to the steward.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from validator.mending.workbook import WORKBOOKS, merged_rows
from validator.model.reading import Reading
from validator.readers.encoding import UTF8, WINDOWS_1252, Encoding, detect, to_utf8

_SHOWN = 10
"""Rows that are named; more are counted."""


def carried(reading: Reading) -> Mapping[int, bytes] | None:
    """The rows that must stay as they are, and the text of each without its line end (UTF-8).

    None where that cannot be told, so that nothing of the file may be rewritten. The rows of a
    workbook have no text here: only changed cells of it are touched.
    """
    codes = {fault.code for fault in reading.faults if not _is_formulas(reading, fault.detail)}
    if codes & {"stray-quote", "unreadable-file"}:
        return None
    if "ragged-row" not in codes:
        return {}
    if _is_workbook(reading):
        return dict.fromkeys(merged_rows(reading), b"")
    return _ragged(reading)


def told(rows: Sequence[int]) -> str:
    """Those rows in words: ``rows 3, 7 and 9``."""
    if len(rows) == 1:
        return f"row {rows[0]:,}"
    *first, last = (f"{row:,}" for row in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        return f"rows {', '.join([*first, last])} and {len(rows) - _SHOWN:,} more"
    return f"rows {', '.join(first)} and {last}"


def _is_workbook(reading: Reading) -> bool:
    return PurePath(reading.path).suffix.lower() in WORKBOOKS


def _is_formulas(reading: Reading, detail: Sequence[tuple[str, str]]) -> bool:
    """Whether only some formulas have no saved result: formulas are never rewritten anyway."""
    return _is_workbook(reading) and ("reason", "formulas") in detail


def _ragged(reading: Reading) -> Mapping[int, bytes] | None:
    width, found, row, header = len(reading.columns), dict[int, bytes](), 0, 0
    try:
        for row, (cells, text) in enumerate(_records(reading), 1):
            blank = not any(cell.strip(" \t") for cell in cells)
            if not header:
                header = 0 if blank else row
            elif not blank and len(cells) != width:
                if row > header + reading.records:
                    return None
                found[row] = text
    except csv.Error:
        return None
    seen = [fault.row for fault in reading.faults if fault.code == "ragged-row"]
    same = dict(reading.fault_counts)["ragged-row"] == len(found)
    whole = row >= header + reading.records
    return found if same and whole and list(found)[: len(seen)] == seen else None


def _records(reading: Reading) -> Iterator[tuple[list[str], bytes]]:
    """The cells of each record, and its text without its line end."""
    # a letter a byte, so that text which is no UTF-8 comes through as it is
    lines = io.StringIO(_text(reading).decode("latin-1"), newline="")
    if lines.readline()[:4].lower() != "sep=":
        lines.seek(0)
    taken: list[str] = []

    def taking() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    for cells in csv.reader(taking(), delimiter=reading.separator, strict=True):
        yield cells, "".join(taken).rstrip("\r\n").encode("latin-1")
        taken.clear()


def _text(reading: Reading) -> bytes:
    """The file in UTF-8, without a byte order mark, as its reader took it."""
    data = Path(reading.path).read_bytes()
    encoding = detect(data[: 1 << 16])
    if not isinstance(encoding, Encoding):
        return b""
    old = any(("encoding", WINDOWS_1252) in fault.detail for fault in reading.faults)
    name = WINDOWS_1252 if old else encoding.name
    text = data[encoding.mark :]
    return text if name == UTF8 else to_utf8(text, name)[0]
