"""Answers about a standard: which forms a command is asked for, and where each of them goes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from validator.registry import Rendering

Answer = TypeVar("Answer")
Asked = tuple[str, Path | None]
"""A form, and its file; without one it goes to standard output."""

NARROWEST, WIDTH = 60, 100
"""The least width, and the one where no terminal says how wide it is."""


def wanted(asked: Sequence[str], known: Sequence[str]) -> tuple[Asked, ...]:
    """What ``--format F`` and ``--format F=FILE`` ask for; the first known form by default.

    Raises click.UsageError for what is unknown, or where two are to go to one place.
    """
    found: list[Asked] = []
    for item in asked or known[:1]:
        form, given, file = item.partition("=")
        if form not in known:
            raise click.UsageError(f"There is no format '{form}'. There are: {', '.join(known)}.")
        if given and not file:
            raise click.UsageError(f"--format {form}= names no file. Write --format {form}=FILE.")
        found.append((form, Path(file) if file else None))
    places = [file for _, file in found]
    if len(set(places)) < len(places):
        raise click.UsageError("Two formats are to go to one place. Give each a file: F=FILE.")
    return tuple(found)


def deliver(
    answer: Answer,
    asked: Sequence[Asked],
    forms: Mapping[str, Callable[[Answer, Rendering], bytes]],
) -> None:
    """Make every form that was asked for, then write them all, files first."""
    from validator.cli._output import print_bytes, write_bytes
    from validator.model.visible import safe
    from validator.registry import Rendering

    terminal = sys.stdout is not None and sys.stdout.isatty()
    done = []
    for form, file in asked:
        shown = terminal and file is None
        width = shutil.get_terminal_size().columns if shown else WIDTH
        done.append(
            (file, forms[form](answer, Rendering(width=max(width, NARROWEST), colour=shown)))
        )
    for file, data in done:
        if file is not None:
            write_bytes(file, data)
            click.echo(f"Written: {safe(str(file))}", err=True)
    for file, data in done:
        if file is None:
            print_bytes(data)
