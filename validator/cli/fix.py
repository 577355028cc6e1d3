"""``accordant fix``: mends a copy of a submission."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli import _options
from validator.cli._audience import audience_of

if TYPE_CHECKING:
    from validator.mending.mend import Mended


@click.command("fix")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--output", "-o", type=click.Path(file_okay=False), help="The folder for the copy.")
@click.option("--in-place", is_flag=True, help="Change the files; each is kept as NAME.bak.")
@_options.standard
@click.option("--table", metavar="T", help="The table that a single file holds.")
@click.option("--unsafe", is_flag=True, help="Also write what is only likely: look at it after.")
@click.option("--suppress", is_flag=True, help="Withhold cells until nobody is exposed.")
@click.option("--audience", type=click.Choice(["partner", "public"]), help="For whom (k, l).")
@click.option("--k", type=click.IntRange(2), help="The fewest records that may share a group.")
@click.option("--l", type=click.IntRange(1), help="The fewest sensitive values in a group.")
@click.option("--show-values", is_flag=True, help="Write the old cells into the change log too.")
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    output: str | None,
    in_place: bool,
    standard: str | None,
    table: str | None,
    unsafe: bool,
    suppress: bool,
    audience: str | None,
    k: int | None,
    l: int | None,  # noqa: E741 - l-diversity is its name in the field
    show_values: bool,
) -> int:
    """Mend a copy of a submission, where a mend leaves no doubt.

    Writes the code for its label or synonym, and numbers and dates in the standard's spelling,
    as UTF-8. What is only likely is written with --unsafe; what only you can know is left to
    you. Every changed cell is listed in FOLDER.changes.csv, beside the copy.

    Exit codes: 0 written, 1 some files or rows must be mended by hand, 2 could not.
    """
    from validator import api

    if bool(output) == in_place:
        raise click.UsageError("Say where the copy goes: --output FOLDER (or --in-place).")
    readers = audience_of(audience, k, l)
    if suppress and readers is None:
        raise click.UsageError("Say for whom cells are withheld: --audience partner or public.")
    if readers is not None and not suppress:
        raise click.UsageError("--audience, --k and --l belong to --suppress.")
    mended = api.mend(
        standard,
        list(paths),
        table=table,
        unsafe=unsafe,
        audience=readers if suppress else None,
    )
    log = _write(mended, Path(output) if output else None, values=show_values)
    _tell(mended, output, log)
    again = [output] if output else [*paths]
    for name, value in (
        ("standard", standard),
        ("table", table),
        ("audience", audience),
        ("k", k),
        ("l", l),
    ):
        again += [f"--{name}", str(value)] if value is not None else []
    told = " ".join(f'"{word}"' if " " in word else word for word in again)
    click.echo(f"Look the copy over, then check it: accordant check {told}")
    by_hand = mended.left_out or mended.unwritten or mended.carried
    return 1 if by_hand or any(mended.exposed.values()) else 0


def _write(mended: Mended, folder: Path | None, *, values: bool) -> Path:
    """Write the copy, and the log of the changes: where that is.

    The log stands beside the folder: what is in the folder is to be shared.
    """
    from validator.cli._output import write_bytes, write_files
    from validator.mending.log import LOG, as_csv

    log = as_csv(mended.changes, values=values)
    if folder is not None:
        files = {Path(path).name: data for path, data in mended.files.items()}
        if len(files) < len(mended.files):
            raise click.UsageError("Two files have the same name. Mend one folder at a time.")
        clash = [
            path
            for path in mended.files
            if Path(path).resolve() == (folder / Path(path).name).resolve()
        ]
        if clash:
            raise click.UsageError("The copy would replace the original. Choose another --output.")
        write_files(folder, files)
        place = folder.resolve()
        place = place.with_name(f"{place.name}.{LOG}")
        write_bytes(place, log)
        return place
    for path, data in mended.files.items():
        before = Path(path).read_bytes()
        if before != data:
            write_bytes(_unused(f"{path}.bak"), before, like=Path(path))
            write_bytes(Path(path), data)
    place = Path(next(iter(mended.files), "data")).with_name(LOG)
    write_bytes(place, log)
    return place


def _unused(name: str) -> Path:
    """``name``, or with a number where an original is kept there already."""
    names = (Path(name if n == 1 else f"{name}{n}") for n in count(1))
    return next(path for path in names if not path.exists())


def _tell(mended: Mended, output: str | None, log: Path) -> None:
    from validator.mending.carried import told
    from validator.model.words import many

    where = output or "place, each original beside it as .bak"
    cells = len(mended.changes)
    files = len(mended.files)
    click.echo(
        f"{many(cells, 'cell')} changed in {many(files, 'file')}, written in {where}. {log} lists "
        "them."
    )
    for code, number in sorted(Counter(change.code for change in mended.changes).items()):
        click.echo(f"  {number:>7,}  {code}")
    for (path, sheet), rows in mended.carried.items():
        click.echo(
            f"{path}{f', sheet {sheet}' if sheet else ''}: {told(rows)} stayed as before, because "
            "cells are lost, added or merged there. Mend by hand what 'accordant check' says of "
            "them, then run this again.",
            err=True,
        )
    for path in mended.left_out:
        click.echo(
            f"{path} was left out: it cannot be read, or has stray quotes. Where cells are "
            "withheld, rows with too many or too few cells, merged cells and formulas keep a file "
            "out as well. Mend by hand what 'accordant check' says of it.",
            err=True,
        )
    for path in mended.unwritten:
        click.echo(
            f"{path} was left out: CSV and Excel files are written, and this is neither. Save its "
            "tables as one of them first.",
            err=True,
        )
    for table, number in mended.exposed.items():
        if number:
            click.echo(
                f"{table}: {many(number, 'record')} still exposed, although all was withheld that "
                "may be: there are too few records, or all of them have one value of a sensitive "
                "field. 'accordant check --audience' says which. Leave them out, or "
                "share fewer fields.",
                err=True,
            )
