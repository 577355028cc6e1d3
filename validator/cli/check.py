"""``accordant check``: the main job."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from validator.cli._audience import audience_of
from validator.model.report import Show, Verdict
from validator.model.standard import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.baseline.known import Baseline
    from validator.cli._forms import Asked
    from validator.model.disclosure import Audience
    from validator.project.settings import Project


PROGRESS_FROM = 50_000_000
"""Bytes of input from which on a progress bar is worth its place."""

PROJECT = "accordant.yaml"


class _How(TypedDict):
    """The options that every way to check takes."""

    table: str | None
    as_of: str | None
    max_rows: int
    audience: Audience | None
    fail_on: str | None
    project: Project | None
    engine: str | None
    progress: Callable[[int], None]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--standard", "-s", metavar="S", help="A folder, a YAML file, or a shipped name.")
@click.option("--table", metavar="T", help="The table that a single file, or '-', holds.")
@click.option(
    "--format",
    "forms",
    multiple=True,
    metavar="F[=FILE]",
    help="text (the default), html, json, jsonl, csv, xlsx, sarif, junit or github. Several times: "
    "several reports, each but one in its own FILE.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the report here.")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    show_default="error",
    help="The lightest finding that makes the exit code 1.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Rows kept for each check. Totals are exact all the same.",
)
@click.option(
    "--show",
    type=click.Choice([s.value for s in Show]),
    default="location",
    show_default=True,
    help="How much of a cell the report shows.",
)
@click.option("--yes-show-values", is_flag=True, help="Allow --show full where CI=true.")
@click.option(
    "--audience",
    type=click.Choice(["partner", "public"]),
    help="For whom: judges disclosure risk (k is 5 or 11, l is 2).",
)
@click.option("--k", type=click.IntRange(2), help="The fewest records that may share a group.")
@click.option("--l", type=click.IntRange(1), help="The fewest sensitive values in a group.")
@click.option("--as-of", metavar="DATE", help="The day of the check, YYYY-MM-DD (default today).")
@click.option("--engine", metavar="E", help="Hold the records in duckdb or spark (CSV, Parquet).")
@click.option(
    "--states",
    type=click.Path(file_okay=False),
    help="A folder for what this check leaves of each file, so that the next one reads changed "
    "files alone. It is as sensitive as the records.",
)
@click.option(
    "--project",
    "project_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The project file (default: accordant.yaml in this folder).",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Report only what this file of known findings does not know.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all findings to this file as known (exit code 0).",
)
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    standard: str | None,
    table: str | None,
    forms: tuple[str, ...],
    output: str | None,
    fail_on: str | None,
    max_rows: int,
    show: str,
    yes_show_values: bool,
    audience: str | None,
    k: int | None,
    l: int | None,  # noqa: E741 - l-diversity is its name in the field
    as_of: str | None,
    engine: str | None,
    states: str | None,
    project_file: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
) -> int:
    """Check records against a standard, before they are shared.

    PATHS are files or folders; '-' is standard input (with --table). Without --standard, the
    standard is the one whose tables fit. An accordant.yaml in this folder may name the standard
    and the files, and how they are checked; what is given here wins over it.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not check.
    """
    from validator import api
    from validator.cli import _reports

    project = _project(project_file)
    inputs = list(paths) or (project.paths if project else [])
    if not inputs:
        raise click.UsageError(
            "Name the files or folders to check, or write them into accordant.yaml under 'files'."
        )
    if baseline and write_baseline:
        raise click.UsageError("--baseline and --write-baseline do not go together.")
    if states and write_baseline:
        raise click.UsageError(
            "--states and --write-baseline do not go together: a baseline is written from every "
            "record. Leave out --states."
        )
    asked = _reports.wanted(forms, output, inputs)
    showing = Show(show)
    if showing is Show.FULL and os.environ.get("CI") == "true" and not yes_show_values:
        raise click.UsageError(
            "--show full is refused where CI=true: logs are kept, and others read them. Add "
            "--yes-show-values if you mean it."
        )
    if "-" in paths and table is None:
        raise click.UsageError("With '-', say which table it is: --table NAME.")
    with _progress(inputs) as advance:
        how = _How(
            table=table,
            as_of=as_of,
            max_rows=max_rows,
            audience=audience_of(audience, k, l),
            fail_on=fail_on,
            project=project,
            engine=engine,
            progress=_meanwhile(advance, asked),
        )
        if write_baseline:
            return _remember(standard, inputs, how, write_baseline, asked, showing)
        known = baseline or (project.baseline if project else None)
        if states and showing is not Show.LOCATION:
            click.echo(f"States hold no cells, so --show {show} reads every file.", err=True)
            states = None
        report = api.check(standard, inputs, **how, baseline=_known(known), states=states)
    _reports.write(report, _reports.render(report, asked, showing))
    return report.exit_code


def _project(named: Path | None) -> Project | None:
    if named is None and not Path(PROJECT).is_file():
        return None
    from validator.project.load import here, load

    return load(named) if named else here()


def _known(path: Path | None) -> Baseline | None:
    if path is None:
        return None
    from validator.baseline.file import read

    return read(path)


def _remember(
    standard: str | None,
    inputs: list[str],
    how: _How,
    path: Path,
    asked: tuple[Asked, ...],
    showing: Show,
) -> int:
    """Take all that is found as known: nothing of it fails a pipeline from now on."""
    from validator import api
    from validator.baseline.file import as_bytes, read
    from validator.cli import _reports
    from validator.cli._output import write_bytes
    from validator.model.visible import safe

    before = read(path) if path.exists() else None
    report, baseline = api.remember(standard, inputs, **how, before=before)
    _reports.write(report, _reports.render(report, asked, showing))
    if report.verdict is Verdict.UNCHECKED:
        return report.exit_code
    write_bytes(path, as_bytes(baseline))
    told = "1 finding is" if baseline.count == 1 else f"{baseline.count:,} findings are"
    click.echo(f"{told} known from now on: {safe(str(path))}", err=True)
    return 0


def _meanwhile(advance: Callable[[int], None], asked: tuple[Asked, ...]) -> Callable[[int], None]:
    """Tell the progress; what a report is laid out with is imported while records are judged."""

    def told(records: int) -> None:
        advance(records)
        if any(item.name == "text" for item in asked):
            import rich.console
            import rich.table  # noqa: F401 - only so that they are there

    return told


@contextmanager
def _progress(paths: Iterable[str]) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal when the input is large; silence otherwise."""
    if not sys.stderr.isatty() or _size(paths) < PROGRESS_FROM:
        yield lambda _records: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("checking"), BarColumn(), TextColumn("{task.completed:,.0f} records"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking", total=None)
        yield lambda records: bar.advance(task, records)


def _size(paths: Iterable[str]) -> int:
    """Bytes of the files and folders named."""
    found = [Path(path) for path in paths if path != "-"]
    files = [f for p in found for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file()]
    return sum(file.stat().st_size for file in files)
