"""Which forms a command is asked to answer in, and where each of them goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from validator.model.report import Show

if TYPE_CHECKING:
    from validator.registry import Rendering

Answer = TypeVar("Answer")
FORMS = ("text", "json", "html")
"""What most commands answer in."""
NARROWEST = 60
WIDTH = 100
"""Where no terminal says how wide it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that was asked for by its name. Without a ``file`` it goes to standard output."""

    name: str
    file: Path | None

    def rendering(self, show: Show = Show.LOCATION) -> Rendering:
        """How wide it is to be, and whether with colour."""
        from validator.registry import Rendering

        terminal = self.file is None and sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else WIDTH
        return Rendering(show, max(width, NARROWEST), terminal)


def wanted(
    forms: Sequence[str], output: str | None, inputs: Sequence[str], known: Collection[str]
) -> tuple[Asked, ...]:
    """What ``--format`` (``X`` or ``X=FILE``, any number of them) and ``--output`` ask for.

    Raises click.UsageError for what is unknown, goes nowhere, or would overwrite something.
    """
    found = [_of(form, known) for form in forms or ["text"]]
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
        found = [item if item.file else Asked(item.name, Path(output)) for item in found]
    _refuse_overwriting(found, inputs)
    return tuple(found)


def deliver(
    answer: Answer,
    asked: Sequence[Asked],
    as_text: Callable[[Answer, Rendering], bytes],
    **forms: Callable[[Answer], bytes],
) -> None:
    """Make every form that was asked for, then write them all, files first.

    Text is as wide as its place, and may have colour; the other forms are the same everywhere.
    """
    from validator.model.visible import safe

    def made(item: Asked) -> bytes:
        return forms[item.name](answer) if item.name in forms else as_text(answer, item.rendering())

    write([(item, made(item)) for item in asked])
    for item in asked:
        if item.file is not None:
            click.echo(f"Written: {safe(str(item.file))}", err=True)


def write(done: Sequence[tuple[Asked, bytes]]) -> None:
    """Write every form to its place, files first."""
    from validator.cli._output import print_bytes, write_bytes

    for item, data in done:
        if item.file is not None:
            write_bytes(item.file, data)
    for item, data in done:
        if item.file is None:
            print_bytes(data)


def _of(form: str, known: Collection[str]) -> Asked:
    name, given, file = form.partition("=")
    if name not in known:
        names = ", ".join(known)
        raise click.UsageError(f"There is no format '{name}'. There are: {names}.")
    if given and not file:
        raise click.UsageError(f"--format {name}= names no file. Write --format {name}=FILE.")
    return Asked(name, Path(file) if file else None)


def _refuse_overwriting(found: Sequence[Asked], inputs: Sequence[str]) -> None:
    taken = {Path(path).resolve(): "holds the data" for path in inputs if path != "-"}
    for item in found:
        if item.file is None:
            continue
        if item.file.is_dir():
            raise click.UsageError(f"'{item.file}' is a folder. Name a file for {item.name}.")
        place = item.file.resolve()
        if place in taken or _is_within(place, inputs):
            why = taken.get(place, "is among the data")
            raise click.UsageError(f"'{item.file}' {why}. Name another file for {item.name}.")
        taken[place] = "is named for another report too"


def _is_within(place: Path, inputs: Sequence[str]) -> bool:
    """Whether a file of data, in a folder that is to be checked, is there already."""
    from validator.readers.discovery import by_suffix

    folders = (Path(path).resolve() for path in inputs if path != "-" and Path(path).is_dir())
    is_data = place.is_file() and place.suffix.lower() in by_suffix()
    return is_data and place.parent in folders


def _listed(items: Sequence[Asked]) -> str:
    return " and ".join(item.name for item in items)
