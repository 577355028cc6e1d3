"""Parquet and delimited files that another engine reads (DuckDB, Spark).

Our own scan looks at delimited files first: an engine's parser may lose what is not well-formed,
so it is given sound files alone. The others are read here, and a note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from validator.errors import AccordantError, UnreadableInput, UsageError
from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers.dataframe import read_frame
from validator.readers.discovery import read
from validator.readers.source import Source, unreadable
from validator.registry import Engine

PARQUET = (".parquet", ".pq")
DELIMITED = (".csv", ".tsv", ".txt")
PATTERN = frozenset("*?[]{}")


def gathered(engine: Engine, paths: Iterable[str | Path], tables: Sequence[Table]) -> list[Reading]:
    """A reading for each table that ``paths`` name: files, folders, or tables of a catalogue.

    In a folder, each file or folder that is called after one of ``tables`` is that table; where
    none is, the folder is one table in parts. Raises AccordantError where nothing can be read.
    """
    names = {table.name for table in tables}
    found: list[Reading] = []
    for path in paths:
        scheme, given, name = str(path).partition("://")
        if given:
            found.append(_catalogued(engine, scheme, name))
            continue
        for table, files in _parts(Path(path), names):
            _refuse_patterns(engine, files)
            found += _read(engine, str(table), files, tables)
    return found


def _catalogued(engine: Engine, scheme: str, name: str) -> Reading:
    if engine.table is None or scheme != engine.name:
        message = (
            f"{scheme}://: the engine {engine.name} has no such tables. Name a file or folder."
        )
        raise UsageError(message)
    return _frame(engine, f"{scheme}://{name}", partial(engine.table, name))


def _parts(path: Path, names: set[str]) -> Iterator[tuple[Path, list[Path]]]:
    """Each table below ``path`` with its files."""
    try:
        if not path.is_dir():
            path.stat()
            yield path, [path]
            return
        called = [item for item in sorted(path.iterdir()) if item.name.partition(".")[0] in names]
    except OSError as error:
        raise unreadable(str(path), error) from None
    for item in called or [path]:
        files = [item] if item.is_file() else sorted(f for f in item.rglob("*") if _is_part(f))
        if not files:
            message = f"{item}: no Parquet or delimited file in this folder."
            raise UnreadableInput(message)
        yield item, files


def _refuse_patterns(engine: Engine, files: Iterable[Path]) -> None:
    """An engine would take such a name for a pattern, and read whatever it fits."""
    for file in files:
        if PATTERN & set(str(file)):
            message = (
                f"{file}: its path holds a sign that {engine.name} takes for a pattern (one of "
                f"{' '.join(sorted(PATTERN))}). Rename it, or leave --engine out."
            )
            raise UnreadableInput(message)


def _is_part(file: Path) -> bool:
    # what begins so is a note that an engine left to itself
    hidden = file.name.startswith((".", "_"))
    return not hidden and file.suffix.lower() in (*PARQUET, *DELIMITED) and file.is_file()


def _read(engine: Engine, name: str, files: list[Path], tables: Sequence[Table]) -> list[Reading]:
    kinds = {file.suffix.lower() for file in files}
    if kinds <= set(PARQUET):
        return [_frame(engine, name, partial(engine.parquet, files))]
    if not kinds <= set(DELIMITED):
        message = (
            f"{name}: the engine {engine.name} reads Parquet or delimited text, one kind a table."
            " Leave --engine out for other files."
        )
        raise UsageError(message)
    return _delimited(engine, name, files, tables)


def _delimited(
    engine: Engine, name: str, files: list[Path], tables: Sequence[Table]
) -> list[Reading]:
    here: list[Reading] = []
    sound: dict[tuple[tuple[str, ...], str], list[tuple[Path, Reading]]] = {}
    for file in files:
        for reading in read(Source(str(file), file), tables):
            if reading.faults or reading.notes or not reading.columns:
                note = f"Read without {engine.name}, which needs a file that is wholly sound."
                here.append(replace(reading, notes=(*reading.notes, note)))
            else:
                sound.setdefault((reading.columns, reading.separator), []).append((file, reading))
    for (columns, separator), parts in sound.items():
        paths = [path for path, _ in parts]
        opens = partial(engine.delimited, paths, len(columns), separator)
        made = _frame(engine, name, opens)
        one = parts[0][1] if len(parts) == 1 else None
        records = sum(reading.records for _, reading in parts)
        here.append(
            replace(
                made,
                path=one.path if one else f"{name} ({len(parts)} files)",
                columns=columns,
                # what the scan counted, so that a parser that loses a row is found out
                records=records,
                sha256=one.sha256 if one else None,
            )
        )
    return here


def _frame(engine: Engine, name: str, opens: Callable[[], Any]) -> Reading:
    """A reading of what the engine opens. Its own words may hold a value, so they go no further."""
    try:
        reading = read_frame(name, opens())
    except ModuleNotFoundError as error:
        message = (
            f"The engine {engine.name} is not installed ({error.name} is missing). "
            f"Install accordant[{engine.name}]."
        )
        raise UsageError(message) from None
    except AccordantError:
        raise
    except Exception as error:
        message = f"{name}: {engine.name} cannot read it ({type(error).__name__})."
        raise UnreadableInput(message) from None
    note = f"Checked with {engine.name}: its rows have no numbers, so findings give keys alone."
    return replace(reading, notes=(note,))
