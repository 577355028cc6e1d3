"""The Python interface: ``load``, ``check`` and ``compile``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.model.disclosure import Audience
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Severity, Standard
from validator.opening import Data, opened
from validator.registry import Artefact, targets
from validator.standards.load import load

__all__ = ["check", "compile", "load", "mend"]

if TYPE_CHECKING:
    from validator.mending.mend import Mended

EVERY = 10**9
"""Rows kept for each check where all of them are wanted."""


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
        reading = beside.submit(opened, standard, data)
        from validator.engine.run import Options, run

        model, found_by, readings = reading.result()
    options = Options(
        as_of=_day(as_of),
        max_rows=max_rows,
        fail_on=Severity(fail_on),
        tables=_named(model, readings, table),
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


def mend(
    standard: Standard | str | Path | None,
    data: str | Path | Sequence[str | Path],
    *,
    table: str | None = None,
    unsafe: bool = False,
    audience: Audience | None = None,
) -> Mended:
    """Mend a copy of a submission; nothing is written.

    Changes what leaves no doubt (``unsafe``: also what is only likely), and with ``audience``
    withholds what exposes somebody to it. Raises AccordantError as ``check`` does.
    """
    from validator.engine.run import Options, run
    from validator.mending.mend import mend as mend_readings

    model, _, readings = opened(standard, data)
    # every finding is wanted, and none that depends on the day is mended
    options = Options(as_of=_day(None), max_rows=EVERY, tables=_named(model, readings, table))
    report = run(model, readings, options)
    return mend_readings(model, readings, report, unsafe=unsafe, audience=audience)


def _named(standard: Standard, readings: Sequence[Reading], table: str | None) -> Mapping[str, str]:
    """The table of each file by path, where the caller has told it."""
    if table is None:
        return {}
    if table not in standard.by_name:
        message = f"There is no table '{table}'. There are: {', '.join(standard.by_name)}."
        raise UsageError(message)
    return {reading.path: table for reading in readings}


def _day(as_of: str | None) -> str:
    if as_of is None:
        return dt.datetime.now(dt.UTC).date().isoformat()
    try:
        return dt.date.fromisoformat(as_of).isoformat()
    except ValueError:
        message = f"'{as_of}' is not a day. Write it as YYYY-MM-DD, such as 2026-01-31."
        raise UsageError(message) from None
