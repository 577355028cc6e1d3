"""What a finding is known again by: its check, its place, and a digest of its record.

The record is known by its key, or by its whole row where it has no valid key, and never by its
row number: rows move. A digest is keyed with a salt and cut to 64 bits. It shows no value, but
whoever can guess a whole record can test the guess, so a baseline belongs with the reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from validator.model.reading import ROW, Reading
from validator.model.report import CheckResult, Finding, Report

BATCH = 200_000

Where = tuple[str, str | None, str | None, str | None]
"""Check code, table, field, rule."""
Headers = dict[tuple[str | None, str | None], int]
"""The row of the headings by file and sheet."""
Row = tuple[str | None, str | None, int]
"""File, sheet, row."""


def where(item: CheckResult | Finding) -> Where:
    """The check and the place that a finding belongs to."""
    return item.code, item.table, item.field, item.rule


def fingerprints(report: Report, readings: Sequence[Reading], salt: bytes) -> list[str]:
    """A digest of the record of each finding, in the report's order.

    ``report`` must hold every finding. Equal digests of one place are equally many findings.
    """
    headers: Headers = {(r.path, r.sheet): r.header for r in readings}
    without_key: dict[tuple[str | None, str | None], set[int]] = {}
    for item in report.findings:
        if item.key is None and _is_record(item, headers):
            without_key.setdefault((item.file, item.sheet), set()).add(item.row or 0)
    rows = _rows(readings, without_key, salt)
    return [
        _digest(salt, "key", item.key)
        if item.key is not None
        # a fault of a whole file or column; the heading tells unknown columns apart
        else rows.get((item.file, item.sheet, item.row or 0))
        or _digest(salt, "whole", item.value or "")
        for item in report.findings
    ]


def _is_record(item: Finding, headers: Headers) -> bool:
    header = headers.get((item.file, item.sheet))
    return header is not None and item.row is not None and item.row > header


def _rows(
    readings: Sequence[Reading],
    wanted: Mapping[tuple[str | None, str | None], set[int]],
    salt: bytes,
) -> Mapping[Row, str]:
    import polars as pl

    found: dict[Row, str] = {}
    for reading in readings:
        numbers = wanted.get((reading.path, reading.sheet))
        if not numbers:
            continue
        cells = [f"c{i}" for i in range(len(reading.columns))]
        for frame in reading.frames(BATCH):
            kept = frame.filter(pl.col(ROW).is_in(numbers)).select(ROW, *cells)
            for number, *row in kept.iter_rows():
                # by heading, so that columns may move too
                pairs = sorted(zip(reading.columns, row, strict=True))
                said = (part for pair in pairs for part in pair)
                found[reading.path, reading.sheet, number] = _digest(salt, "row", *said)
    return found


def _digest(salt: bytes, *parts: str) -> str:
    whole = hashlib.blake2b(key=salt, digest_size=8)
    for part in _framed(parts):
        whole.update(part)
    return whole.hexdigest()


def _framed(parts: Iterable[str]) -> Iterable[bytes]:
    """Each part with its length, so that no two lists of parts read alike."""
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        yield len(data).to_bytes(8, "big") + data
