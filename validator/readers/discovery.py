"""Which reader takes which file: every module of this room that exports SUFFIXES and read."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Protocol, cast

import validator.readers
from validator.errors import UnreadableInput
from validator.model.reading import Reading
from validator.readers.source import Source


class Reader(Protocol):
    """What a reader module exports. Adding a format is adding a module."""

    SUFFIXES: tuple[str, ...]

    def read(self, source: Source, known: frozenset[str]) -> Reading:
        """Read one source. ``known`` holds the field names of the standard."""


@cache
def by_suffix() -> Mapping[str, Reader]:
    """The reader of each suffix (lower case, with its dot)."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(validator.readers.__path__):
        reader = importlib.import_module(f"{validator.readers.__name__}.{module.name}")
        for suffix in getattr(reader, "SUFFIXES", ()):
            found[suffix] = cast("Reader", reader)
    return dict(sorted(found.items()))


def read(source: Source, known: frozenset[str] = frozenset()) -> Reading:
    """Read ``source`` with the reader of its suffix.

    Safe to call in a thread. Raises UnreadableInput for a file that cannot be opened or whose
    suffix no reader takes; whatever is wrong inside the file is a Fault of the reading.
    """
    reader = by_suffix().get(source.suffix)
    if reader is None:
        raise UnreadableInput(unknown_suffix(source.name))
    return reader.read(source, known)


def unknown_suffix(name: str) -> str:
    """The sentence for a file that no reader takes."""
    return f"{name}: not a kind of file that is read here. Save the table as {suffixes()}."


def suffixes() -> str:
    """The suffixes in words: ``.csv, .tsv or .txt``."""
    *most, last = by_suffix()
    return f"{', '.join(most)} or {last}" if most else last
