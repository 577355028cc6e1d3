"""The Python interface: ``load``, ``check`` and ``compile``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from validator.errors import UsageError
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Severity, Standard
from validator.registry import Artefact, targets
from validator.standards.load import load

__all__ = ["check", "compile", "load", "read"]

Data = str | Path | Sequence[str | Path] | Mapping[str, Any] | Any


def check(
    standard: Standard | str | Path,
    data: Data,
    *,
    table: str | None = None,
    as_of: str | None = None,
    max_rows: int = 100,
    fail_on: Severity | str = Severity.ERROR,
    progress: Callable[[int], None] = lambda _records: None,
) -> Report:
    """Check a submission against a standard.

    ``data`` is a path or several (files or folders), a data frame, or data frames by table.
    ``table`` names the table of a single frame or file. ``as_of`` is the ISO day of the check
    (default today). Raises AccordantError where the check cannot be made at all.
    """
    from validator.engine.run import Options, run  # noqa: PLC0415 - polars is slow to import

    model = standard if isinstance(standard, Standard) else load(standard)
    readings, tables = _readings(model, data, table)
    options = Options(
        as_of=_day(as_of),
        max_rows=max_rows,
        fail_on=Severity(fail_on),
        tables=tables,
        progress=progress,
    )
    return run(model, readings, options)


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


def _readings(
    standard: Standard, data: Data, table: str | None
) -> tuple[list[Reading], Mapping[str, str]]:
    if table is not None and table not in standard.by_name:
        message = f"There is no table '{table}'. There are: {', '.join(standard.by_name)}."
        raise UsageError(message)
    if isinstance(data, str | Path):
        data = [data]
    if isinstance(data, Mapping):
        from validator.readers.dataframe import read_frame  # noqa: PLC0415 - slow to import

        frames = [read_frame(name, frame) for name, frame in data.items()]
        return frames, {name: name for name in data if name in standard.by_name}
    if isinstance(data, Sequence) and all(isinstance(item, str | Path) for item in data):
        readings = read(standard, data)
        return readings, {r.path: table for r in readings} if table else {}
    from validator.readers.dataframe import read_frame  # noqa: PLC0415 - slow to import

    name = table or (standard.tables[0].name if len(standard.tables) == 1 else "data")
    return [read_frame(name, data)], {name: table} if table else {}


def read(standard: Standard, paths: Sequence[str | Path]) -> list[Reading]:
    """Read the files and folders named. Raises UnreadableInput where one is not there."""
    from validator.readers.discovery import read as read_source  # noqa: PLC0415 - NumPy is slow to import
    from validator.readers.files import sources  # noqa: PLC0415 - the same

    known = frozenset(name for table in standard.tables for name in table.by_name)
    return [read_source(source, known) for source in sources(paths)]
