"""The part of the text report that shows how far each field is filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.model.report import Completeness, Report
from validator.model.words import listed, many
from validator.registry import Rendering
from validator.reports.layout import heading, indented, line
from validator.reports.wording import share

if TYPE_CHECKING:
    from rich.console import RenderableType

LEGEND = (
    "In per cent of the records. reason: absent, with a missing reason. blank: absent, without "
    "one. published: recorded, in the source of the standard."
)
BAR = 10
ROOM = 78
"""The width that the numbers and a long field name need; bars are drawn where more is left."""


def tables(report: Report, how: Rendering) -> Iterator[RenderableType]:
    """For each table: the fields that are not full, in figures, and the names of those that are."""
    by_table: dict[str, list[Completeness]] = {}
    for item in report.completeness:
        if item.records:
            by_table.setdefault(item.table, []).append(item)
    for table, items in by_table.items():
        yield from heading(f"How complete: table {table}, {many(items[0].records, 'record')}")
        full = [item.field for item in items if _plain(item)]
        rest = [item for item in items if not _plain(item)]
        if not rest:
            yield indented(line("Every field is recorded in every record."))
            continue
        if full:
            yield indented(line(f"Recorded in every record: {listed(full)}"))
        yield indented(_figures(rest, bars=how.colour and how.width >= ROOM + BAR))
    if any(not _plain(item) for items in by_table.values() for item in items):
        yield line("")
        yield indented(line(LEGEND, "dim"))


def _plain(item: Completeness) -> bool:
    return item.recorded == item.records and item.published is None


def _figures(items: Sequence[Completeness], *, bars: bool) -> RenderableType:
    from rich.table import Table

    published = any(item.published is not None for item in items)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("field", overflow="fold")
    for name in ("recorded", "reason", "blank", "invalid", *(["published"] * published)):
        table.add_column(name, justify="right", no_wrap=True)
    if bars:
        table.add_column("", no_wrap=True)
    for item in items:
        cells = [line(item.field), line(share(item.recorded, item.records), "bold")]
        cells.append(line(share(item.missing, item.records)))
        cells += [
            line(share(part, item.records), "yellow" if part else "dim")
            for part in (item.blank, item.invalid)
        ]
        if published:
            cells.append(line("" if item.published is None else f"{item.published:.1f}"))
        if bars:
            cells.append(line(_bar(item)))
        table.add_row(*cells)
    return table


def _bar(item: Completeness) -> str:
    """The recorded share as a bar that is full, or empty, only where the share is."""
    length = round(BAR * item.recorded / item.records)
    if 0 < item.recorded < item.records:
        length = min(max(length, 1), BAR - 1)
    return "█" * length + "░" * (BAR - length)
