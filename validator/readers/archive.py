"""Zip archives, which workbooks and zipped packages are: opened only where they are harmless."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from validator.readers.apart import Broken
from validator.readers.encoding import detect
from validator.readers.limits import MOST_BYTES, MOST_ENTRIES, expands_too_far
from validator.readers.source import Source

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an older Office document begins with, and one that a password protects."""
_HEAD = 4096
_PROLOG = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
"""What may stand before the document type of an XML file, or before its first element."""
_LONGEST_PROLOG = 1 << 16
_ELEMENT = re.compile(rb"<[^!?]")
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError)
"""What reading a damaged archive raises."""


def opened(source: Source) -> zipfile.ZipFile:
    """The archive. Raises Broken, with the reason, where it is none or would do harm.

    Refused are archives that unpack to too much, that lead out of themselves, that are encrypted,
    and XML with a document type, which is where entities are declared.
    """
    head = source.read(0, _HEAD)
    if not head:
        raise Broken(kind="empty")
    if head.startswith(_OLD):
        raise Broken(reason="protected")
    if not head.startswith(b"PK"):
        kind = detect(head)
        raise Broken(kind=kind) if isinstance(kind, str) else Broken(reason="damaged")
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data) if source.data else str(source.path))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Broken(reason="damaged") from None
    _bound(archive, source.size)
    for entry in archive.infolist():
        _refuse(archive, entry)
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of the archive. Raises Broken where it is damaged, and KeyError where it lacks."""
    try:
        return archive.read(name)
    except _DAMAGED:
        raise Broken(reason="damaged") from None


def pieces(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """One file of the archive in pieces of at most ``size`` bytes; raises as ``part`` does."""
    try:
        with archive.open(name) as file:
            while piece := file.read(size):
                yield piece
    except _DAMAGED:
        raise Broken(reason="damaged") from None


def leads_out(name: str) -> bool:
    """Whether a path would leave the folder that it starts in."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0")


def _bound(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or expands_too_far(unpacked, packed):
        raise Broken(reason="too-large")
    if len({entry.filename for entry in entries}) < len(entries):
        # of two files under one name, each parser may take another
        raise Broken(reason="damaged")


def _refuse(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Broken(reason="protected")
    if leads_out(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
        raise Broken(reason="leads-out")
    if entry.filename.lower().endswith((".xml", ".rels")):
        head = next(pieces(archive, entry, _LONGEST_PROLOG), b"")
        begins = _PROLOG.sub(b"", head, 1)[:3]
        if begins.startswith(b"<!") and begins != b"<!-":
            raise Broken(reason="entities")
        if head and not _ELEMENT.match(begins):
            # of another encoding, or a prolog so long that it hides what comes after it
            raise Broken(reason="damaged")
