"""``accordant synth``: synthetic submissions that follow a standard."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

PROGRESS_FROM = 500_000
"""Records from which on a progress bar is worth its place."""


@click.command("synth")
@click.argument("standard")
@click.option("--rows", type=click.IntRange(0), required=True, help="Records of each root table.")
@click.option("--seed", type=int, required=True, help="The same seed gives the same bytes.")
@click.option(
    "--output", "-o", type=click.Path(file_okay=False), required=True, help="The folder to write."
)
@click.option(
    "--faults",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    metavar="RATE",
    help="The share of root records that get one fault, listed in manifest.json.",
)
@click.option("--tables", metavar="T,T", help="The tables to write (default all).")
@click.option("--as-of", metavar="DATE", help="The day of the check, YYYY-MM-DD (default today).")
def COMMAND(  # noqa: N802 - the name by which the group finds it
    standard: str,
    rows: int,
    seed: int,
    output: str,
    faults: float,
    tables: str | None,
    as_of: str | None,
) -> int:
    """Write a synthetic submission that follows STANDARD.

    The records are coherent: without faults there is nothing to find. A table that belongs to
    none has as many records as --rows says; the others have what belongs to those. Shares follow
    the standard's published figures where there are any. Nothing in it is anybody's.
    """
    from validator.model.words import many
    from validator.standards.load import load
    from validator.synthesis.submission import MANIFEST, synthesise

    bar = (
        click.progressbar(length=rows, file=sys.stderr, label="Writing")
        if rows >= PROGRESS_FROM and sys.stderr.isatty()
        else None
    )
    with bar or nullcontext():
        manifest = synthesise(
            load(standard),
            Path(output),
            rows=rows,
            seed=seed,
            faults=faults,
            tables=[name.strip() for name in tables.split(",")] if tables else (),
            as_of=as_of,
            progress=bar.update if bar else lambda _units: None,
        )
    for table, records in manifest.records.items():
        click.echo(f"{Path(output) / f'{table}.csv'}: {many(records, 'record')}")
    planted = f"{many(len(manifest.faults), 'fault')}" if faults else "no faults"
    click.echo(f"{Path(output) / MANIFEST}: {planted}; check with --as-of {manifest.as_of}")
    return 0
