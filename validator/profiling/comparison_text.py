"""A comparison for people, in a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.words import listed, many
from validator.profiling.compare import Comparison, FieldComparison, TableComparison
from validator.profiling.printing import per_cent
from validator.profiling.side_by_side import LEGEND, names, parts, summary, values
from validator.profiling.verdicts import Verdict
from validator.registry import Rendering
from validator.reports.layout import columns, heading, indented, line, printed
from validator.reports.wording import clipped

if TYPE_CHECKING:
    from rich.console import RenderableType

CONTRIBUTORS_SHOWN = 6
ROWS_SHOWN = 12
GROUNDS_SHOWN = 6
NOTHING = "There is nothing to hold it against."
STYLES = {
    Verdict.NOT_COMPARABLE: "bold red",
    Verdict.WITH_CARE: "yellow",
    Verdict.COMPARABLE: "green",
    Verdict.NOT_JUDGED: "dim",
}


def as_text(comparison: Comparison, how: Rendering) -> bytes:
    """The comparison as text of a width, with or without colour."""
    return printed(_parts(comparison), how)


def _parts(comparison: Comparison) -> Iterator[RenderableType]:
    yield line(f"Comparison: {comparison.standard_id} {comparison.standard_version}", "bold")
    yield line(f"The standard is {comparison.standard_found_by}.", "dim")
    yield line(summary(comparison), "bold")
    for note in comparison.notes:
        yield line(note)
    for name, file in comparison.files:
        if file.table is None:
            who = f" of {clipped(name)}" if name else ""
            yield line(f"Left out{who}: {clipped(file.path)} ({file.mapped_by}).", "yellow")
    for table in comparison.tables:
        yield from _table(table)
    yield line("")
    yield line(LEGEND, "dim")


def _table(table: TableComparison) -> Iterator[RenderableType]:
    told = [f"{clipped(name)} {many(n, 'record')}" for name, n in table.records.items()]
    yield from heading(f"Table {table.name}: {listed(told)}")
    for verdict in (Verdict.NOT_COMPARABLE, Verdict.WITH_CARE):
        for field in table.fields:
            if field.verdict is verdict:
                yield from _field(field)
    few: dict[tuple[str, ...], list[str]] = {}
    for field in table.fields:
        if field.verdict is Verdict.NOT_JUDGED:
            # all of them: whoever is not named here is taken to have enough
            why = tuple(ground.text for ground in field.grounds) or (NOTHING,)
            few.setdefault(why, []).append(field.name)
    if few:
        yield line("")
        yield indented(line("Not judged", STYLES[Verdict.NOT_JUDGED]))
        for why, fields in few.items():
            yield from (indented(line(text), 4) for text in why)
            yield indented(line(listed(fields), "dim"), 6)
    fine = [field for field in table.fields if field.verdict is Verdict.COMPARABLE]
    if fine:
        yield line("")
        yield indented(line("Comparable", STYLES[Verdict.COMPARABLE]))
        yield indented(line(listed([field.name for field in fine])), 4)
        noted = [(line(f.name), line(g.text)) for f in fine for g in f.grounds]
        if noted:
            yield indented(columns(noted), 4)
    if table.texts:
        yield line("")
        yield indented(line(f"Texts are not compared: {listed(list(table.texts))}.", "dim"))


def _field(field: FieldComparison) -> Iterator[RenderableType]:
    yield line("")
    title = line(field.name, "bold")
    title.append(": ").append_text(line(field.verdict.value, STYLES[field.verdict]))
    yield indented(title)
    grounds = field.grounds[:GROUNDS_SHOWN]
    yield indented(columns((line("-"), line(ground.text)) for ground in grounds), 4)
    if more := len(field.grounds) - len(grounds):
        yield indented(line(f"And {many(more, 'more ground')}: --format json and html list them."))
    yield indented(_side_by_side(field), 4)


def _side_by_side(field: FieldComparison) -> RenderableType:
    from rich.table import Table

    shown = names(field)[:CONTRIBUTORS_SHOWN]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("%", min_width=22, overflow="fold")
    for name in shown:
        table.add_column(line(clipped(name)), justify="right", min_width=7)
    if more := len(names(field)) - len(shown):
        table.add_column(line(f"and {more} more"))
    for part in parts(field):
        table.add_row(line(part.name), *[line(per_cent(p)) for p in part.portions[: len(shown)]])
    lines, left = values(field, ROWS_SHOWN)
    if lines:
        table.add_row(line("of those recorded:", "dim"))
    for part in lines:
        cells = [line(per_cent(p)) for p in part.portions[: len(shown)]]
        table.add_row(line(f"  {part.name}"), *cells)
    if left:
        table.add_row(line(f"  and {left} more", "dim"))
    return table
