"""One file compressed with gzip: ``series.csv.gz`` is read as the ``series.csv`` inside."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers.faults import unusable
from validator.readers.limits import MOST_BYTES, expands_too_far
from validator.readers.source import Source

SUFFIXES = (".gz",)
_PIECE = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS
"""Tells zlib to expect gzip's header and checksum."""


def read(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """The tables of the file inside, whose kind its name tells (``.csv`` where it does not)."""
    from validator.readers.discovery import by_suffix
    from validator.readers.discovery import read as read_inner

    name = PurePath(source.name).name[: -len(SUFFIXES[0])]
    suffix = PurePath(name).suffix.lower()
    if suffix not in by_suffix() or suffix in SUFFIXES:
        name = f"{name}.csv"
    data = _expanded(source)
    if isinstance(data, str):
        return [unusable(source, {"reason": data})]
    inner = Source(source.name, path=Path(name), data=data)
    digest = source.digest()
    return [replace(reading, sha256=digest) for reading in read_inner(inner, tables)]


def _expanded(source: Source) -> bytes | str:
    """The bytes inside, or the reason why they are not to be had."""
    parts: list[bytes] = []
    size = read = 0
    stream = zlib.decompressobj(_GZIP)
    try:
        for piece in source.stream(0, _PIECE):
            read += len(piece)
            rest = piece
            while rest:
                part = stream.decompress(rest, _PIECE)
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES or expands_too_far(size, read):
                    return "too-large"
                rest = stream.unconsumed_tail
                if stream.eof:
                    # a file may be several compressed ones after another
                    rest = rest or stream.unused_data.lstrip(b"\0")
                    if rest:
                        stream = zlib.decompressobj(_GZIP)
    except zlib.error:
        return "damaged"
    return b"".join(parts) if stream.eof else "damaged"
