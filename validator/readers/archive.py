"""Zip archives, which workbooks and zipped packages are: opened only where they are harmless."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import PurePosixPath

from validator.readers.apart import Broken
from validator.readers.encoding import detect
from validator.readers.limits import MOST_BYTES, MOST_ENTRIES, expands_too_far
from validator.readers.source import Source

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What an older Office document begins with, and one that a password protects."""
_HEAD = 4096


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
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError):
        raise Broken(reason="damaged") from None


def leads_out(name: str) -> bool:
    """Whether a path would leave the folder that it starts in."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def _bound(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or expands_too_far(unpacked, packed):
        raise Broken(reason="too-large")


def _refuse(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Broken(reason="protected")
    if leads_out(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
        raise Broken(reason="leads-out")
    if entry.filename.endswith((".xml", ".rels")):
        try:
            with archive.open(entry) as file:
                head = file.read(_HEAD)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
            raise Broken(reason="damaged") from None
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Broken(reason="entities")
