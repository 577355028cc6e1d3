"""The paths of a command line to the sources to read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from validator.errors import UnreadableInput
from validator.readers.database import shown
from validator.readers.discovery import by_suffix, suffixes, unknown_suffix
from validator.readers.package import DESCRIPTOR
from validator.readers.source import Source, unreadable

STDIN = "-"
HIDDEN = (".", "~$")
"""How the names of files begin that programs leave beside others (settings, locks of workbooks)."""
UNREAD = frozenset({".xls", ".xlsb", ".numbers", ".mdb", ".accdb", ".dta", ".sav", ".feather"})
"""Suffixes of other programs' tables, which no reader takes."""


def sources(paths: Iterable[str | Path]) -> list[Source]:
    """The sources that ``paths`` name, in order; a folder stands for its table files by name.

    ``-`` is standard input, read to its end; ``sqlite:///file.db`` and ``postgresql://...`` are
    databases; a folder with a ``datapackage.json`` is that package. Raises UnreadableInput, in
    one sentence with its cure, for a path that is not there, that may not be read, or that holds
    no table file.
    """
    found: list[Source] = []
    for path in paths:
        if str(path) == STDIN:
            found.append(Source(STDIN, data=sys.stdin.buffer.read()))
        elif isinstance(path, str) and "://" in path:
            found.append(_of_url(path))
        else:
            found.extend(_of_path(Path(path)))
    return found


def _of_url(url: str) -> Source:
    source = Source(shown(url), url=url)
    if source.suffix not in by_suffix():
        raise UnreadableInput(
            f"{source.name}: nothing is fetched from an address. Name a file, or a database with"
            " sqlite:///file.db or postgresql://host/name."
        )
    return source


def _of_path(path: Path) -> list[Source]:
    try:
        if path.is_dir():
            return _of_folder(path)
        if path.suffix.lower() not in by_suffix():
            path.stat()  # a path that is not there says so first
            raise UnreadableInput(unknown_suffix(str(path)))
        if not path.is_file() and path.exists():
            raise UnreadableInput(f"{path}: not a regular file. Name a file or a folder.")
        with path.open("rb"):  # refuse early, before any other file is read
            return [Source(str(path), path)]
    except OSError as error:
        raise unreadable(str(path), error) from None


def of_folder(folder: Path) -> list[Path]:
    """The table files of a folder, by name."""
    return [path for path in sorted(folder.iterdir()) if is_table_file(path)]


def is_table_file(path: Path) -> bool:
    """Whether a file of a folder is taken for one that holds a table.

    A JSON document is where it is an array of records: settings, reports and the like are objects.
    One that is an object can be named by itself.
    """
    return (
        path.suffix.lower() in by_suffix()
        and not path.name.startswith(HIDDEN)
        and path.is_file()
        and (path.suffix.lower() != ".json" or _is_array(path))
    )


def _is_array(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(1 << 10).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def _of_folder(folder: Path) -> list[Source]:
    package = folder / DESCRIPTOR
    if package.is_file():
        return _of_path(package)
    tables = [source for path in of_folder(folder) for source in _of_path(path)]
    if not tables:
        raise UnreadableInput(
            f"{folder}: no table file in this folder. Put {suffixes()} files in it."
        )
    return [replace(tables[0], notes=tuple(_passed_over(folder))), *tables[1:]]


def _passed_over(folder: Path) -> Iterator[str]:
    """What else in a folder may hold tables: to pass over it in silence would lose records."""
    beside = (item for item in sorted(folder.iterdir()) if not item.name.startswith(HIDDEN))
    for item in beside:
        if _holds_tables(item):
            yield (
                f"The folder '{item.name}' beside it was not looked into. Name it too if its files "
                "belong to what is to be checked."
            )
        elif item.suffix.lower() in UNREAD:
            yield (
                f"The file '{item.name}' beside it is of no kind that is read here. Save its table "
                "as .csv or .xlsx if it belongs to what is to be checked."
            )


def _holds_tables(item: Path) -> bool:
    try:
        return item.is_dir() and bool(of_folder(item))
    except OSError:
        return False
