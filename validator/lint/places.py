"""Finds where a part of something is written, from where the whole is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from validator.errors import BrokenStandard
from validator.model.text import Origin
from validator.standards.strict_yaml import Document, parse
from validator.standards.strict_yaml import Path as Place


def document(file: str) -> Document | None:
    """A file of a standard as read now; None where it cannot be."""
    try:
        return _parsed(Path(file).read_bytes(), file)
    except (OSError, BrokenStandard):
        return None


def within(whole: Origin, *steps: str | int) -> Origin:
    """The place of a part (``steps`` are keys and positions below ``whole``).

    A value is placed at its key, where it has one; what is not written out, at what holds it.
    """
    found = document(whole.file)
    if found is None:
        return whole
    starts = _at(found, whole)
    for length in range(len(steps), 0, -1):
        for path in starts:
            part = (*path, *steps[:length])
            if part in found.keys or part in found.places:
                return found.origin(part, key=part in found.keys)
    return whole


@lru_cache(maxsize=64)
def _parsed(text: bytes, file: str) -> Document:
    return parse(text, file)


def _at(found: Document, place: Origin) -> list[Place]:
    """What begins at a place: a block mapping begins where its first key does."""
    here = (place.line, place.column)
    both = (found.places, found.keys)
    return list(dict.fromkeys(path for table in both for path, at in table.items() if at == here))
