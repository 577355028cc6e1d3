"""``accordant check``: the main job."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli._audience import audience_of
from validator.model.report import Show
from validator.model.standard import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.model.report import Report

PROGRESS_FROM = 50_000_000
"""Bytes of input from which on a progress bar is worth its place."""


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--standard", "-s", metavar="S", help="A folder, a YAML file, or a shipped name.")
@click.option("--table", metavar="T", help="The table that a single file, or '-', holds.")
@click.option(
    "--format", "form", default="text", show_default=True, metavar="F", help="text or json."
)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write the report here.")
@click.option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    default="error",
    show_default=True,
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
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    standard: str | None,
    table: str | None,
    form: str,
    output: str | None,
    fail_on: str,
    max_rows: int,
    show: str,
    yes_show_values: bool,
    audience: str | None,
    k: int | None,
    l: int | None,  # noqa: E741 - l-diversity is its name in the field
    as_of: str | None,
) -> int:
    r"""Check records against a standard, before they are shared.

    PATHS are files or folders; '-' is standard input (with --table). Without --standard, the
    standard is the one whose tables fit.

    \b
    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not check.
    """
    from validator import api
    from validator.cli._output import write_bytes
    from validator.registry import Rendering, formats

    wanted = formats().get(form)
    if wanted is None:
        raise click.UsageError(f"There is no format '{form}'. There are: {', '.join(formats())}.")
    showing = Show(show)
    if showing is Show.FULL and os.environ.get("CI") == "true" and not yes_show_values:
        raise click.UsageError(
            "--show full is refused where CI=true: logs are kept, and others read them. Add "
            "--yes-show-values if you mean it."
        )
    if "-" in paths and table is None:
        raise click.UsageError("With '-', say which table it is: --table NAME.")
    with _progress(paths) as advance:
        report = api.check(
            standard,
            list(paths),
            table=table,
            as_of=as_of,
            max_rows=max_rows,
            audience=audience_of(audience, k, l),
            fail_on=fail_on,
            progress=advance,
        )
    terminal = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 100
    rendered = wanted.render(report, Rendering(showing, max(width, 60), terminal))
    if output is None:
        sys.stdout.buffer.write(rendered)
    else:
        write_bytes(Path(output), rendered)
        click.echo(f"{report.verdict}: {_sum(report)}. The report is in {output}.", err=True)
    return report.exit_code


def _sum(report: Report) -> str:
    return ", ".join(
        f"{number:,} {severity}{'' if number == 1 else 's'}"
        for severity, number in report.totals.items()
    )


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
