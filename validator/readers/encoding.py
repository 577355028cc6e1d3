"""From bytes to UTF-8 text: byte order marks, UTF-16, Windows-1252, and what is no text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

UTF8 = "utf-8"
WINDOWS_1252 = "windows-1252"
NUL = "nul"
INVALID = "invalid-utf-8"
"""The kinds of encoding faults inside a row."""

_MARKS = (  # the longer marks first: that of UTF-32 LE begins with that of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "workbook or zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"%PDF-", "PDF document"),
    (b"PAR1", "Parquet file"),
    (b"SQLite format 3\x00", "SQLite database"),
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1a")
_MOST_CONTROLS = 0.1
"""A head with NULs and a larger share of control characters than this is no text."""
_FEWEST_NULS = 0.05
"""UTF-16 without a mark shows NULs (of separators, line ends, Latin letters) on one side alone."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written. ``mark`` is the length of its byte order mark."""

    name: str
    mark: int = 0


def detect(head: bytes) -> Encoding | str:
    """The encoding of a file that begins with ``head``, or what it is if it is no text.

    UTF-8 is presumed here, and proved by the scan of the whole file.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, len(mark))
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if unmarked := _unmarked_utf16(head):
        return Encoding(unmarked)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    binary = b"\0" in head and controls > _MOST_CONTROLS * len(head)
    return "binary file" if binary else Encoding(UTF8)


def _unmarked_utf16(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    fewer, more = sorted((even, odd))
    if more < max(1, _FEWEST_NULS * len(head) / 2) or fewer * 10 > more:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return None
    # Line ends in their right place show that no stray NULs in other text pass for UTF-16.
    ends, seen = text.count("\n") + text.count("\r"), head.count(b"\n") + head.count(b"\r")
    separates = any(mark in text for mark in ",;\t|")
    return name if ends * 2 >= seen and (ends or separates) else None


def sequences(text: bytes) -> tuple[int, int]:
    """How many multi-byte sequences of ``text`` are valid UTF-8, and how many are not.

    More invalid than valid ones speak for Windows-1252, the others for damaged UTF-8. A sequence
    that the end of ``text`` cuts short is counted as neither.
    """
    decoded, _ = codecs.utf_8_decode(text, "replace", False)
    replaced = decoded.count("\ufffd") - text.count("\ufffd".encode())
    beyond_ascii = len(decoded) - len(decoded.encode("ascii", "ignore"))
    return beyond_ascii - replaced, replaced


def is_damaged(text: bytes) -> bool:
    """Whether ``text`` is not valid UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return True
    return False


def to_utf8(data: bytes, encoding: str) -> tuple[bytes, int | None]:
    """``data`` as UTF-8, and the row (from 1) of the first sequence that had to be replaced."""
    try:
        return data.decode(encoding).encode(), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        return data.decode(encoding, "replace").encode(errors="replace"), before.count("\n") + 1
