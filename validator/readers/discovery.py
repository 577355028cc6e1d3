"""Which reader takes which file: every module of this room that exports SUFFIXES and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol, cast

from validator.discovery import modules_of
from validator.errors import UnreadableInput
from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers.faults import unusable
from validator.readers.limits import is_hollow
from validator.readers.source import Source


class Reader(Protocol):
    """What a reader module exports. Adding a format is adding a module."""

    SUFFIXES: tuple[str, ...]

    def read(self, source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
        """Read every table of one source.

        ``tables`` are those that the source may hold: they tell headings from titles, how exact
        a date is meant to be, and which tables of a database are wanted. There may be none.
        """


@cache
def by_suffix() -> Mapping[str, Reader]:
    """The reader of each suffix (lower case, with its dot), and of each scheme of a URL."""
    found: dict[str, Reader] = {}
    for _, module in modules_of("validator.readers"):
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = cast("Reader", module)
    return dict(sorted(found.items()))


def read(source: Source, tables: Sequence[Table] = ()) -> Sequence[Reading]:
    """Read ``source`` with the reader of its suffix: a reading for each table in it.

    Safe to call in a thread. Raises UnreadableInput for a file that cannot be opened or whose
    suffix no reader takes; whatever is wrong inside the file is a Fault of the reading.
    """
    reader = by_suffix().get(source.suffix)
    if reader is None:
        raise UnreadableInput(unknown_suffix(source.name))
    if source.path is not None and source.data is None and is_hollow(source.path):
        return [unusable(source, {"reason": "too-large"}, digest=False)]
    return reader.read(source, tables)


def unknown_suffix(name: str) -> str:
    """The sentence for a file that no reader takes."""
    return f"{name}: not a kind of file that is read here. Save the table as {suffixes()}."


def suffixes() -> str:
    """The suffixes of files in words: ``.csv, .tsv or .txt``."""
    *most, last = (suffix for suffix in by_suffix() if suffix.startswith("."))
    return f"{', '.join(most)} or {last}" if most else last
