"""Which reports a command is asked for, and where each of them goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from validator.model.report import Report, Show
    from validator.registry import Annotator, Format, Rendering

NARROWEST = 60
WIDTH = 100
"""Where no terminal says how wide it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that was asked for. Without a ``file`` it goes to standard output."""

    form: Format | Annotator
    file: Path | None

    @property
    def name(self) -> str:
        """The word that asks for it."""
        return self.form.name

    @property
    def repeats(self) -> bool:
        """Whether it holds the data that were checked."""
        return hasattr(self.form, "annotate")

    def of(self, report: Report, how: Rendering) -> bytes:
        """The report in this form."""
        form: Any = self.form
        made: bytes = (form.annotate if self.repeats else form.render)(report, how)
        return made


def wanted(forms: Sequence[str], output: str | None, inputs: Sequence[str]) -> tuple[Wanted, ...]:
    """What ``--format`` (``X`` or ``X=FILE``, any number of them) and ``--output`` ask for.

    Raises click.UsageError for what is unknown, goes nowhere, or would overwrite something.
    """
    found = [_of(form) for form in forms or ["text"]]
    plain = [item for item in found if item.file is None]
    if len(plain) > 1:
        raise click.UsageError(
            f"{_listed(plain)} cannot all go to one place. Name files for all but one of them, "
            f"such as --format {plain[-1].name}=FILE."
        )
    if output is not None:
        if not plain:
            raise click.UsageError(
                "--output is for a --format without a file, and every one here has its own."
            )
        found = [item if item.file else Wanted(item.form, Path(output)) for item in found]
    _refuse_overwriting(found, inputs)
    return tuple(found)


def render(report: Report, asked: Sequence[Wanted], show: Show) -> list[tuple[Wanted, bytes]]:
    """Every report that was asked for. Nothing is written yet, so that a failure leaves nothing."""
    from validator.registry import Rendering

    done = []
    for item in asked:
        terminal = item.file is None and _is_terminal()
        width = shutil.get_terminal_size().columns if terminal else WIDTH
        how = Rendering(show, max(width, NARROWEST), terminal)
        done.append((item, item.of(report, how)))
    return done


def write(report: Report, done: Sequence[tuple[Wanted, bytes]]) -> None:
    """Write every report to its place; files first, and a line on standard error names them."""
    from validator.cli._output import print_bytes, write_bytes
    from validator.model.visible import safe

    files = [item.file for item, _ in done if item.file is not None]
    for item, data in done:
        if item.file is not None:
            write_bytes(item.file, data)
    for item, data in done:
        if item.file is None:
            print_bytes(data)
    if files:
        told = "The report is in" if len(files) == 1 else "The reports are in"
        click.echo(f"{report.verdict}: {_sum(report)}. {told} {safe(_names(files))}.", err=True)
    for item, _ in done:
        if item.repeats:
            place = safe(str(item.file))
            click.echo(f"{place} holds the data: keep it where they are kept.", err=True)


def _of(form: str) -> Wanted:
    from validator.registry import annotators, form_of_report, formats

    name, given, file = form.partition("=")
    known = form_of_report(name)
    if known is None:
        names = sorted({*formats(), *annotators()})
        raise click.UsageError(f"There is no format '{name}'. There are: {', '.join(names)}.")
    if given and not file:
        raise click.UsageError(f"--format {name}= names no file. Write --format {name}=FILE.")
    return Wanted(known, Path(file) if file else None)


def _refuse_overwriting(found: Sequence[Wanted], inputs: Sequence[str]) -> None:
    taken = {Path(path).resolve(): "holds the data" for path in inputs if path != "-"}
    for item in found:
        if item.file is None:
            if item.repeats:
                raise click.UsageError(
                    f"{item.name} is nothing to read here. Name a file: --format {item.name}=FILE."
                )
            continue
        if item.file.is_dir():
            raise click.UsageError(f"'{item.file}' is a folder. Name a file for {item.name}.")
        place = item.file.resolve()
        if place in taken or _is_within(place, inputs):
            why = taken.get(place, "is among the data")
            raise click.UsageError(f"'{item.file}' {why}. Name another file for {item.name}.")
        if item.repeats and _has_macros(inputs, item.file):
            raise click.UsageError(f"The copy keeps its macros: end '{item.file}' in .xlsm.")
        taken[place] = "is named for another report too"


def _has_macros(inputs: Sequence[str], file: Path) -> bool:
    """Whether a copy of a workbook with macros has a name under which Excel would refuse it."""
    macros = any(path.lower().endswith(".xlsm") for path in inputs)
    return macros and file.suffix.lower() != ".xlsm"


def _is_within(place: Path, inputs: Sequence[str]) -> bool:
    """Whether a file of data, in a folder that is to be checked, is there already."""
    from validator.readers.discovery import by_suffix

    folders = (Path(path).resolve() for path in inputs if path != "-" and Path(path).is_dir())
    is_data = place.is_file() and place.suffix.lower() in by_suffix()
    return is_data and place.parent in folders


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _listed(items: Sequence[Wanted]) -> str:
    return " and ".join(item.name for item in items)


def _names(files: Sequence[Path]) -> str:
    *most, last = map(str, files)
    return f"{', '.join(most)} and {last}" if most else last


def _sum(report: Report) -> str:
    return ", ".join(
        f"{number:,} {severity}{'' if number == 1 else 's'}"
        for severity, number in report.totals.items()
    )
