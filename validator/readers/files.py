"""The paths of a command line to the sources to read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from validator.errors import UnreadableInput
from validator.readers.discovery import by_suffix, suffixes, unknown_suffix
from validator.readers.source import Source, unreadable

STDIN = "-"


def sources(paths: Iterable[str | Path]) -> list[Source]:
    """The sources that ``paths`` name, in order; a folder stands for its table files by name.

    ``-`` is standard input, read to its end. Raises UnreadableInput, in one sentence with its
    cure, for a path that is not there, that may not be read, or that holds no table file.
    """
    found: list[Source] = []
    for path in paths:
        if str(path) == STDIN:
            found.append(Source(STDIN, data=sys.stdin.buffer.read()))
        else:
            found.extend(_of_path(Path(path)))
    return found


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


def _of_folder(folder: Path) -> list[Source]:
    files = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in by_suffix() and not path.name.startswith((".", "~$"))
    )
    tables = [source for path in files if path.is_file() for source in _of_path(path)]
    if not tables:
        raise UnreadableInput(
            f"{folder}: no table file in this folder. Put {suffixes()} files in it."
        )
    return tables
