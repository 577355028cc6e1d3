"""The reports of a check: which are asked for, and what is said once they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validator.cli import _forms
from validator.cli._forms import Asked
from validator.model.words import listed, many

if TYPE_CHECKING:
    from validator.model.report import Report, Show


class _Names(Collection[str]):
    """The names of all forms of report; to know of one, the others need not be imported."""

    def __contains__(self, name: object) -> bool:
        from validator.registry import form_of_report

        return form_of_report(str(name)) is not None

    def __iter__(self) -> Iterator[str]:
        from validator.registry import annotators, formats

        return iter(sorted({*formats(), *annotators()}))

    def __len__(self) -> int:
        return len([*self])


def wanted(forms: Sequence[str], output: str | None, inputs: Sequence[str]) -> tuple[Asked, ...]:
    """What ``--format`` and ``--output`` ask for.

    Raises click.UsageError for what is unknown, goes nowhere, or would overwrite something.
    """
    found = _forms.wanted(forms, output, inputs, _Names())
    for item in found:
        if not _repeats(item):
            continue
        if item.file is None:
            raise click.UsageError(
                f"{item.name} is nothing to read here. Name a file: --format {item.name}=FILE."
            )
        if _has_macros(inputs, item.file):
            raise click.UsageError(f"The copy keeps its macros: end '{item.file}' in .xlsm.")
    return found


def render(report: Report, asked: Sequence[Asked], show: Show) -> list[tuple[Asked, bytes]]:
    """Every report that was asked for. Nothing is written yet, so that a failure leaves nothing."""
    return [(item, _made(report, item, show)) for item in asked]


def write(report: Report, done: Sequence[tuple[Asked, bytes]]) -> None:
    """Write every report to its place; files first, and a line on standard error names them."""
    from validator.model.visible import safe

    _forms.write(done)
    files = [item.file for item, _ in done if item.file is not None]
    if files:
        told = "The report is in" if len(files) == 1 else "The reports are in"
        click.echo(
            f"{report.verdict}: {_sum(report)}. {told} {safe(listed(map(str, files)))}.", err=True
        )
    for item, _ in done:
        if _repeats(item):
            place = safe(str(item.file))
            click.echo(f"{place} holds the data: keep it where they are kept.", err=True)


def _form(item: Asked) -> Any:
    from validator.registry import form_of_report

    return form_of_report(item.name)


def _repeats(item: Asked) -> bool:
    """Whether the report holds the data that were checked."""
    return hasattr(_form(item), "annotate")


def _made(report: Report, item: Asked, show: Show) -> bytes:
    form = _form(item)
    make = form.annotate if _repeats(item) else form.render
    made: bytes = make(report, item.rendering(show))
    return made


def _has_macros(inputs: Sequence[str], file: Path) -> bool:
    """Whether a copy of a workbook with macros has a name under which Excel would refuse it."""
    macros = any(path.lower().endswith(".xlsm") for path in inputs)
    return macros and file.suffix.lower() != ".xlsm"


def _sum(report: Report) -> str:
    return ", ".join(many(number, severity) for severity, number in report.totals.items())
