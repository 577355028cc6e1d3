"""Parquet and delimited files that another engine reads (DuckDB, Spark).

Our own scan looks at delimited files first: an engine's parser may lose what is not well-formed,
so it is given sound files alone. The others are read here, and a note says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from glob import glob, has_magic
from pathlib import Path
from typing import Any

from validator.errors import AccordantError, UnreadableInput, UsageError
from validator.expressions.headings import called_after
from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers.dataframe import read_frame
from validator.readers.discovery import read
from validator.readers.files import is_table_file
from validator.readers.source import Source, unreadable
from validator.registry import Engine

PARQUET = (".parquet", ".pq")
DELIMITED = (".csv", ".tsv", ".txt")
PATTERN = frozenset("*?[]{}")


def gathered(engine: Engine, paths: Iterable[str | Path], tables: Sequence[Table]) -> list[Reading]:
    """A reading for each table that ``paths`` name: files, folders, or tables of a catalogue.

    In a folder, or among the files that a pattern such as ``in/*.csv`` fits, all that is called
    after one of ``tables`` is that table, and what is called after none is a table by itself; where
    nothing is called after one, all of it is one table in parts. Raises AccordantError where
    something cannot be read: nothing is passed over in silence.
    """
    names = {table.name for table in tables}
    found: list[Reading] = []
    for path in paths:
        scheme, given, name = str(path).partition("://")
        if given:
            found.append(_catalogued(engine, scheme, name))
            continue
        for table, files in _gathered(Path(path), names).items():
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


def _gathered(path: Path, names: set[str]) -> Mapping[Path, list[Path]]:
    """The files of each table at ``path``, under the place that the table is called by."""
    try:
        if not path.is_dir() and (path.exists() or not has_magic(str(path))):
            path.stat()
            return {path: [path]}
        items = path.iterdir() if path.is_dir() else _fitting(str(path))
        parts = {item: found for item in sorted(items) if (found := _parts(item))}
    except OSError as error:
        raise unreadable(str(path), error) from None
    if not parts:
        message = f"{path}: no Parquet or delimited file is there."
        raise UnreadableInput(message)
    called = {item: called_after(names, item.name) for item in parts}
    often = Counter(called.values())
    tables: dict[Path, list[Path]] = {}
    for item, table in called.items():
        place = item.with_name(table) if table and often[table] > 1 else item
        tables.setdefault(place if often.keys() - {None} else path, []).extend(parts[item])
    return tables


def _fitting(pattern: str) -> Iterable[Path]:
    # a Path would first have to be told where to begin
    return map(Path, glob(pattern, recursive=True))  # noqa: PTH207 - for that reason


def _parts(item: Path) -> list[Path]:
    """A file by itself, or the files below a folder."""
    if item.is_file():
        return [item] if is_table_file(item) else []
    return [
        file
        for file in sorted(item.rglob("*"))
        # a folder that is called so is one that an engine left to itself
        if not any(
            name.startswith((".", "_")) for name in file.relative_to(item.parent).parent.parts
        )
        and is_table_file(file)
    ]


def _refuse_patterns(engine: Engine, files: Iterable[Path]) -> None:
    """An engine would take such a name for a pattern, and read whatever it fits."""
    for file in files:
        if PATTERN & set(str(file)):
            message = (
                f"{file}: its path holds a sign that {engine.name} takes for a pattern (one of "
                f"{' '.join(sorted(PATTERN))}). Rename it, or leave --engine out."
            )
            raise UnreadableInput(message)


def _read(engine: Engine, name: str, files: list[Path], tables: Sequence[Table]) -> list[Reading]:
    kinds = {file.suffix.lower() for file in files}
    if kinds <= set(PARQUET):
        return [_frame(engine, name, partial(engine.parquet, files))]
    if not kinds <= set(DELIMITED):
        message = (
            f"{name}: the engine {engine.name} reads Parquet or delimited text, one kind a table, "
            "and this is another or several. Leave --engine out, or name the files that it reads."
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
            if reading.faults or reading.notes or not _is_plain(reading.columns):
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


def _is_plain(columns: Sequence[str]) -> bool:
    """Whether the headings stand in one line: an engine that skips them skips a line."""
    return bool(columns) and not any("\n" in name or "\r" in name for name in columns)


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
