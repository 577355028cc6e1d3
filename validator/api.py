"""The Python interface: ``load``, ``check`` and ``compile``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.model.day import day_of
from validator.model.disclosure import AUDIENCES, Audience
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Severity, Standard
from validator.opening import Data, opened
from validator.registry import Artefact, targets
from validator.standards.load import load

__all__ = ["check", "compile", "load", "mend", "remember"]

if TYPE_CHECKING:
    from validator.baseline.known import Baseline
    from validator.mending.mend import Mended
    from validator.partitions.store import States
    from validator.project.settings import Project

EVERY = 10**9
"""Rows kept for each check where all of them are wanted."""


def check(
    standard: Standard | str | Path | None,
    data: Data | None,
    *,
    table: str | None = None,
    as_of: str | None = None,
    max_rows: int = 100,
    fail_on: Severity | str | None = None,
    audience: Audience | None = None,
    project: Project | None = None,
    baseline: Baseline | None = None,
    engine: str | None = None,
    states: str | Path | None = None,
    progress: Callable[[int], None] = lambda _records: None,
) -> Report:
    """Check a submission against a standard.

    Where ``standard`` is None it is the project's, or is found from the folder's
    ``accordant.yaml`` or ``datapackage.json``, or is the only shipped one that fits. ``data`` is a
    path or several (files or folders), a data frame, or data frames by table; None stands for the
    project's files. ``audience`` says for whom the records are prepared
    (``model.disclosure.AUDIENCES``); without it disclosure risk is not judged. ``table`` names
    the table of a single frame or file. ``as_of`` is the ISO day of the check (default today), and
    ``fail_on`` the lightest severity that fails (the project's, or error). What ``baseline`` knows
    is left out. ``engine`` names another engine to hold the records of files (``duckdb``,
    ``spark``). ``states`` is a folder that keeps what the check leaves of each file, so that the
    next one reads changed files alone; it is as sensitive as the records, and findings then have
    no ``value``. Raises AccordantError where the check cannot be made at all.
    """
    every = EVERY if baseline else max_rows
    report, readings = _checked(
        standard, data, table, as_of, every, fail_on, audience, project, engine, progress, states
    )
    if baseline is None:
        return report
    from validator.baseline.known import only_new

    return only_new(report, readings, baseline, max_rows)


def remember(
    standard: Standard | str | Path | None,
    data: Data | None,
    *,
    table: str | None = None,
    as_of: str | None = None,
    max_rows: int = 100,
    fail_on: Severity | str | None = None,
    audience: Audience | None = None,
    project: Project | None = None,
    before: Baseline | None = None,
    engine: str | None = None,
    progress: Callable[[int], None] = lambda _records: None,
) -> tuple[Report, Baseline]:
    """Check as ``check`` does, and take all that is found as known: a baseline.

    With the baseline of ``before``, what has not changed stays the same in the new one.
    """
    from validator.baseline.known import baseline_of, capped

    report, readings = _checked(
        standard, data, table, as_of, EVERY, fail_on, audience, project, engine, progress
    )
    known = baseline_of(report, readings, before.salt if before else None)
    return capped(report, max_rows), known


def _checked(
    standard: Standard | str | Path | None,
    data: Data | None,
    table: str | None,
    as_of: str | None,
    max_rows: int,
    fail_on: Severity | str | None,
    audience: Audience | None,
    project: Project | None,
    engine: str | None,
    progress: Callable[[int], None],
    states: str | Path | None = None,
) -> tuple[Report, list[Reading]]:
    if data is None:
        data = project.paths if project else []
    by_project = standard is None and project is not None
    wanted = project.standard if by_project and project else standard
    kept = _states(states)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # the scan of a large file leaves the interpreter free to import the engine meanwhile
        known = load(wanted) if isinstance(wanted, str | Path) else wanted
        # what scans needs little time to import, and then none of the interpreter's: it goes first
        import_module("validator.readers.records")
        reading = beside.submit(opened, known, data, engine, kept.read if kept else None)
        from validator.engine.plan import warm
        from validator.engine.run import Options, run

        if known is not None and not reading.done():
            warm(known)
        model, found_by, readings = reading.result()
    if project is not None:
        from validator.project.apply import applied, refuse_unknown

        refuse_unknown(project, model)
        found_by = f"named in {project.path}" if by_project else found_by
    paths = [item.path for item in readings]
    named = project.tables_of(paths) if project else {}
    default = (project.fail_on if project else None) or Severity.ERROR
    if audience is None and project and project.audience:
        audience = AUDIENCES[project.audience]
    options = Options(
        as_of=day_of(as_of),
        max_rows=max_rows,
        fail_on=Severity(fail_on or default),
        tables=_named(model, readings, named if table is None else dict.fromkeys(paths, table)),
        audience=audience,
        progress=progress,
        passed=kept.passed if kept else None,
    )
    report = replace(run(model, readings, options), standard_found_by=found_by)
    if kept is not None:
        report = replace(report, notes=(*report.notes, *kept.finish()))
    return applied(project, report) if project else report, readings


def _states(folder: str | Path | None) -> States | None:
    if folder is None:
        return None
    from validator.partitions.store import States

    return States(folder)


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
    named = {} if table is None else {reading.path: table for reading in readings}
    # every finding is wanted, and none that depends on the day is mended
    options = Options(as_of=day_of(None), max_rows=EVERY, tables=_named(model, readings, named))
    report = run(model, readings, options)
    return mend_readings(model, readings, report, unsafe=unsafe, audience=audience)


def _named(
    standard: Standard, readings: Sequence[Reading], named: Mapping[str, str]
) -> Mapping[str, str]:
    """The table of each file by path, as the caller or the project has told it."""
    for table in named.values():
        if table not in standard.by_name:
            message = f"There is no table '{table}'. There are: {', '.join(standard.by_name)}."
            raise UsageError(message)
    often = Counter(reading.path for reading in readings)
    if several := [path for path, count in often.items() if count > 1 and path in named]:
        message = (
            f"{several[0]} holds several tables, so one name cannot stand for them all."
            " Name each sheet after its table."
        )
        raise UsageError(message)
    return named
