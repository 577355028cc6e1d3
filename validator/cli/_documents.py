"""Answers that are no report of a check: as text, JSON or a web page, each to its place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from validator.cli import _reports

if TYPE_CHECKING:
    from validator.registry import Rendering

Answer = TypeVar("Answer")


def wanted(
    forms: Sequence[str], output: str | None, inputs: Sequence[str], known: Sequence[str]
) -> tuple[_reports.Wanted, ...]:
    """What ``--format`` and ``--output`` ask for, of the ``known`` forms.

    Raises click.UsageError as ``_reports.wanted`` does.
    """
    for form in forms:
        name = form.partition("=")[0]
        if name not in known:
            raise click.UsageError(f"There is no format '{name}'. There are: {', '.join(known)}.")
    return _reports.wanted(forms, output, inputs)


def deliver(
    answer: Answer,
    asked: Sequence[_reports.Wanted],
    forms: Mapping[str, Callable[[Answer, Rendering], bytes]],
) -> None:
    """Make every form that was asked for, then write them all; files first."""
    from validator.cli._output import print_bytes, write_bytes
    from validator.model.visible import safe
    from validator.registry import Rendering

    done = []
    for item in asked:
        terminal = item.file is None and sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else _reports.WIDTH
        how = Rendering(width=max(width, _reports.NARROWEST), colour=terminal)
        done.append((item, forms[item.name](answer, how)))
    for item, data in done:
        if item.file is not None:
            write_bytes(item.file, data)
            click.echo(f"Written: {safe(str(item.file))}", err=True)
    for item, data in done:
        if item.file is None:
            print_bytes(data)
