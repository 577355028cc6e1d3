"""``accordant translate``: a submission through a crosswalk, with its losses."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli import _forms, _options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.cli._forms import Asked
    from validator.crosswalks.report import Translation
    from validator.model.crosswalk import Crosswalk
    from validator.registry import Rendering


@click.command("translate", short_help="Translate files through a crosswalk, and say what is lost.")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--crosswalk",
    "-c",
    required=True,
    metavar="C",
    help="A YAML or SSSOM file, a folder, or a shipped name.",
)
@click.option("--output", "-o", type=click.Path(file_okay=False), help="The folder to write into.")
@click.option(
    "--prefer",
    multiple=True,
    metavar="NAME",
    help="A choice that the crosswalk documents for what is ambiguous.",
)
@click.option("--reverse", is_flag=True, help="Read a crosswalk of codes backwards.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=HEADING",
    help="The file's heading for one of the crosswalk's columns.",
)
@click.option(
    "--table",
    metavar="T",
    help="The table that a single file holds, or the name to write it under.",
)
@_options.forms(
    "text (the default), json or html. Several times: several reports, each but one in its "
    "own FILE."
)
@click.option(
    "--fail-on-loss",
    is_flag=True,
    help="Exit code 1 where a missing reason replaced a value, or a file lacks a column.",
)
@click.option(
    "--show",
    type=click.Choice(["location", "full"]),
    default="location",
    show_default=True,
    help="full: the text report shows cells that are in no scheme.",
)
@click.option("--yes-show-values", is_flag=True, help="Allow --show full where CI=true.")
@click.option(
    "--sssom",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write the crosswalk itself as SSSOM TSV ('-': here), and translate nothing.",
)
def COMMAND(  # noqa: N802 - the name by which the group finds it
    paths: tuple[str, ...],
    crosswalk: str,
    output: str | None,
    prefer: tuple[str, ...],
    reverse: bool,
    columns: tuple[str, ...],
    table: str | None,
    forms: tuple[str, ...],
    fail_on_loss: bool,
    show: str,
    yes_show_values: bool,
    sssom: str | None,
) -> int:
    """Translate files through a crosswalk, and say what is lost.

    Nothing is guessed: what is ambiguous, or has no counterpart, becomes a missing reason and is
    reported, unless --prefer names a choice that the crosswalk documents. A crosswalk of codes
    adds its columns to the files; one of submissions writes the tables of its standard.

    Exit codes: 0 written, whatever was lost; 1 with --fail-on-loss, a missing reason replaced a
    value, or a file lacks a column; 2 could not.
    """
    from validator.crosswalks.as_html import as_html
    from validator.crosswalks.as_json import as_json
    from validator.crosswalks.as_text import as_text
    from validator.crosswalks.load import load
    from validator.crosswalks.reverse import reverse as reversed_
    from validator.crosswalks.translate import Options, translate
    from validator.model.report import Show

    loaded = load(crosswalk)
    if reverse:
        loaded = reversed_(loaded)
    if sssom is not None:
        return _write_sssom(loaded, sssom, paths)
    if not paths or output is None:
        raise click.UsageError("Name the files or folders to translate, and --output FOLDER.")
    if show == "full" and os.environ.get("CI") == "true" and not yes_show_values:
        raise click.UsageError(
            "--show full is refused where CI=true: logs are kept, and others read them. Add "
            "--yes-show-values if you mean it."
        )
    asked = _forms.wanted(forms, None, paths, _forms.FORMS)
    _refuse_reports_among_data(asked, Path(output))
    options = Options(prefer, _pairs(columns), table)
    translation = translate(loaded, paths, Path(output), options)

    def text(answer: Translation, how: Rendering) -> bytes:
        return as_text(answer, replace(how, show=Show(show)))

    _forms.deliver(translation, asked, text, json=as_json, html=as_html)
    return 1 if fail_on_loss and translation.has_gaps else 0


def _refuse_reports_among_data(asked: Sequence[Asked], output: Path) -> None:
    """A report must not take the name of a table: it is written last, and would replace it."""
    for item in asked:
        if item.file is None:
            continue
        place = item.file.resolve()
        is_table = place.parent == output.resolve() and place.suffix.lower() == ".csv"
        if is_table or place == output.resolve():
            raise click.UsageError(
                f"'{item.file}' is where the translated data go. Name another file for {item.name}."
            )


def _pairs(columns: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for item in columns:
        name, given, heading = item.partition("=")
        if not given or not name or not heading:
            raise click.UsageError(
                f"--column {item} names no heading. Write --column NAME=HEADING."
            )
        found[name] = heading
    return found


def _write_sssom(crosswalk: Crosswalk, place: str, paths: tuple[str, ...]) -> int:
    from validator.cli._output import print_bytes, write_bytes
    from validator.crosswalks.sssom import write
    from validator.model.visible import safe

    if paths:
        raise click.UsageError("--sssom writes the crosswalk and reads no files. Leave PATHS out.")
    data = write(crosswalk)
    if place == "-":
        print_bytes(data)
    else:
        write_bytes(Path(place), data)
        click.echo(f"Written: {safe(place)}", err=True)
    return 0
