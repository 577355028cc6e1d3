"""Opens a submission: which standard it follows, and its files as read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.errors import UsageError
from validator.model.reading import Reading
from validator.model.standard import Standard, Table
from validator.registry import engines
from validator.standards.find import declared, fitting, offered
from validator.standards.load import load

if TYPE_CHECKING:
    from validator.readers.source import Source

Data = str | Path | Sequence[str | Path] | Mapping[str, Any] | Any
"""A path or several (files or folders), a data frame, or data frames by table."""


Read = Callable[["Source", Sequence[Table]], Sequence[Reading]]
"""Reads a file that is named: ``readers.discovery.read``, or what stands before it."""


def opened(
    standard: Standard | str | Path | None,
    data: Data,
    engine: str | None = None,
    read: Read | None = None,
) -> tuple[Standard, str, list[Reading]]:
    """The standard, how it was found (in plain words), and the submission as read.

    Where no standard is named it is found from a file beside the data, or is the only shipped
    one that fits. ``engine`` names another one to hold the records of files, and without it each
    file is read by ``read``. Raises AccordantError where the standard or a file cannot be used.
    """
    if isinstance(standard, Standard):
        return standard, "named in the call", _read(standard, data, engine, read)
    if standard is not None:
        model = load(standard)
        return model, "named in the call", _read(model, data, engine, read)
    paths = _paths(data)
    named = declared(paths) if paths else None
    if named:
        model = load(named[0])
        return model, f"named in {named[1]}", _read(model, data, engine, read)
    readings = _read(None, data, engine, read)
    model, how = fitting([reading.columns for reading in readings])
    return model, how, readings


def _paths(data: Data) -> list[str | Path] | None:
    if isinstance(data, str | Path):
        return [data]
    if isinstance(data, Sequence) and all(isinstance(item, str | Path) for item in data):
        return list(data)
    return None


def _read(
    standard: Standard | None, data: Data, engine: str | None, read: Read | None
) -> list[Reading]:
    paths = _paths(data)
    if paths is not None:
        # without a standard, any shipped one may be the one that fits
        tables = standard.tables if standard else [t for s in offered() for t in s.tables]
        if engine := engine or _named_by(paths):
            return _elsewhere(engine, paths, tables)
        from validator.readers import discovery
        from validator.readers.files import sources

        reads = read or discovery.read
        readings: list[Reading] = []
        for source in sources(paths):
            found = list(reads(source, tables))
            if source.notes and found:
                found[0] = replace(found[0], notes=(*source.notes, *found[0].notes))
            readings += found
        return readings
    from validator.readers.dataframe import read_frame

    if isinstance(data, Mapping):
        return [read_frame(name, frame) for name, frame in data.items()]
    return [read_frame("data", data)]


def _named_by(paths: Sequence[str | Path]) -> str | None:
    """The engine that a path names, as ``spark://`` does."""
    schemes = [scheme for scheme, address, _ in (str(p).partition("://") for p in paths) if address]
    return next((s for s in schemes if s in engines() and engines()[s].table), None)


def _elsewhere(name: str, paths: Sequence[str | Path], tables: Sequence[Table]) -> list[Reading]:
    from validator.readers.elsewhere import gathered

    if name not in engines():
        message = f"There is no engine '{name}'. There are: {', '.join(engines())}."
        raise UsageError(message)
    return gathered(engines()[name], paths, tables)
