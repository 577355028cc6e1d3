"""The Python interface: ``load``, ``check`` and ``compile``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from validator.errors import UsageError
from validator.model.disclosure import Audience
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Severity, Standard
from validator.registry import Artefact, targets
from validator.standards.find import declared, fitting
from validator.standards.load import load

__all__ = ["check", "compile", "load", "read"]

Data = str | Path | Sequence[str | Path] | Mapping[str, Any] | Any


def check(
    standard: Standard | str | Path | None,
    data: Data,
    *,
    table: str | None = None,
    as_of: str | None = None,
    max_rows: int = 100,
    fail_on: Severity | str = Severity.ERROR,
    audience: Audience | None = None,
    progress: Callable[[int], None] = lambda _records: None,
) -> Report:
    """Check a submission against a standard.

    Where ``standard`` is None it is found from the folder's ``accordant.yaml`` or
    ``datapackage.json``, or is the only shipped one that fits. ``data`` is a path or several (files or folders), a data frame, or data frames by table.
    ``audience`` says for whom the records are prepared
    (``model.disclosure.AUDIENCES``); without it disclosure risk is not judged. ``table`` names
    the table of a single frame or file. ``as_of`` is the ISO day of the check
    (default today). Raises AccordantError where the check cannot be made at all.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        # the scan of a large file leaves the interpreter free to import the engine meanwhile
        reading = beside.submit(_standard, standard, data)
        from validator.engine.run import Options, run

        model, found_by, readings = reading.result()
    if table is not None and table not in model.by_name:
        message = f"There is no table '{table}'. There are: {', '.join(model.by_name)}."
        raise UsageError(message)
    options = Options(
        as_of=_day(as_of),
        max_rows=max_rows,
        fail_on=Severity(fail_on),
        tables={reading.path: table for reading in readings} if table else {},
        audience=audience,
        progress=progress,
    )
    return replace(run(model, readings, options), standard_found_by=found_by)


def compile(standard: Standard | str | Path, target: str) -> Artefact:  # noqa: A001 - the verb of the design
    """What a standard becomes as ``target``: files by name, and the losses.

    Raises UsageError for an unknown target.
    """
    model = standard if isinstance(standard, Standard) else load(standard)
    if target not in targets():
        message = f"There is no target '{target}'. There are: {', '.join(targets())}."
        raise UsageError(message)
    return targets()[target].compile(model)


def _day(as_of: str | None) -> str:
    if as_of is None:
        return dt.datetime.now(dt.UTC).date().isoformat()
    try:
        return dt.date.fromisoformat(as_of).isoformat()
    except ValueError:
        message = f"'{as_of}' is not a day. Write it as YYYY-MM-DD, such as 2026-01-31."
        raise UsageError(message) from None


def _standard(
    standard: Standard | str | Path | None, data: Data
) -> tuple[Standard, str, list[Reading]]:
    """The standard, how it was found, and the submission as read (its headings may decide)."""
    if isinstance(standard, Standard):
        return standard, "named in the call", _readings(standard, data)
    if standard is not None:
        model = load(standard)
        return model, "named in the call", _readings(model, data)
    paths = _paths(data)
    named = declared(paths) if paths else None
    if named:
        model = load(named[0])
        return model, f"named in {named[1]}", _readings(model, data)
    readings = _readings(None, data)
    model, how = fitting([reading.columns for reading in readings])
    return model, how, readings


def _paths(data: Data) -> list[str | Path] | None:
    if isinstance(data, str | Path):
        return [data]
    if isinstance(data, Sequence) and all(isinstance(item, str | Path) for item in data):
        return list(data)
    return None


def _readings(standard: Standard | None, data: Data) -> list[Reading]:
    paths = _paths(data)
    if paths is not None:
        return read(standard, paths)
    from validator.readers.dataframe import read_frame

    if isinstance(data, Mapping):
        return [read_frame(name, frame) for name, frame in data.items()]
    return [read_frame("data", data)]


def read(standard: Standard | None, paths: Sequence[str | Path]) -> list[Reading]:
    """Read the files and folders named. Raises UnreadableInput where one is not there."""
    from validator.readers.discovery import read as read_source
    from validator.readers.files import sources

    tables = standard.tables if standard else ()
    known = frozenset(name for table in tables for name in table.by_name)
    return [read_source(source, known) for source in sources(paths)]
