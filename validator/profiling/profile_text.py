"""A profile for people, in a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.words import listed
from validator.profiling.figures import (
    FieldProfile,
    Portion,
    Profile,
    Row,
    Shape,
    Source,
    TableProfile,
)
from validator.profiling.printing import count, interval, number, per_cent
from validator.profiling.units import many_of
from validator.registry import Rendering
from validator.reports.layout import heading, indented, line, printed
from validator.reports.wording import named

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

ROWS_SHOWN = 12
"""Rows of one distribution; the other forms have them all."""
FIRST, WIDEST = 24, 40
"""Characters of the column that names the rows."""


def as_text(profile: Profile, how: Rendering) -> bytes:
    """The profile as text of a width, with or without colour."""
    return printed(_parts(profile), how)


def _parts(profile: Profile) -> Iterator[RenderableType]:
    yield line(f"Profile: {profile.standard_id} {profile.standard_version}", "bold")
    yield line(f"The standard is {profile.standard_found_by}.", "dim")
    for file in profile.files:
        place = named(file.path) + (f", {named(file.sheet)}" if file.sheet else "")
        if file.table is None:
            yield line(f"Left out: {place} ({file.mapped_by}).", "yellow")
    if profile.audience:
        yield line(
            f"For {profile.audience.name}: counts below {profile.audience.k} are hidden.", "bold"
        )
    for table in profile.tables:
        yield from _table(table)
    yield line("")
    yield line(legend(profile), "dim")


def legend(profile: Profile) -> str:
    """How the figures are to be read."""
    source = f"{profile.source}. " if profile.source else "the source of the standard. "
    return (
        "%: of the records in the first part of each field, of the recorded values in the second. "
        "Interval: 95 %, Wilson's. Published: as the standard gives it, from "
        f"{source}Differs: the interval does not meet the published figure."
    )


def _table(table: TableProfile) -> Iterator[RenderableType]:
    told = "too few" if table.records is None else many_of(table.unit, table.records)
    yield from heading(f"Table {table.name}: {told}")
    for note in table.notes:
        yield indented(line(note, "dim"))
    if table.blank_rows:
        yield indented(line(f"{table.blank_rows:,} rows are blank, and are no records."))
    for field in table.fields:
        yield line("")
        yield indented(_title(field))
        yield indented(_figures(field), 4)
        for text in _said(field):
            yield indented(line(text, "dim"), 4)
    if table.absent:
        yield line("")
        yield indented(line(f"No file has a column for: {listed(list(table.absent))}."))


def _title(field: FieldProfile) -> RenderableType:
    title = line(field.name, "bold")
    if field.label != field.name:
        title.append(": ").append_text(line(field.label))
    return title


def _figures(field: FieldProfile) -> Table:
    from rich.table import Table

    published = field.source is not None
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    longest = max((len(row_name(row)) + 2 for row in field.rows[:ROWS_SHOWN]), default=0)
    table.add_column("", min_width=min(max(longest, FIRST), WIDEST), overflow="fold")
    names = ["count", "%", "95 % interval", *(["and above"] * field.ordered)]
    for name in [*names, *([_header(field.source)] if field.source else [])]:
        table.add_column(name, justify="right", no_wrap=True, min_width=7)
    table.add_column("", no_wrap=True)

    def row(
        name: str,
        portion: Portion,
        above: str = "",
        theirs: object = None,
        agrees: bool | None = None,
        style: str = "",
    ) -> None:
        cells = [line(name, style), line(count(portion), style), line(per_cent(portion), style)]
        cells.append(line(interval(portion), style))
        cells += [line(above)] if field.ordered else []
        cells += [line("" if theirs is None else f"{theirs}")] if published else []
        cells += [line("differs", "yellow")] if agrees is False else []
        table.add_row(*cells)

    source = field.source
    rate, agrees = (source.recorded, source.agrees) if source else (None, None)
    row("recorded", field.recorded, "", rate, agrees, "bold")
    for reason in field.reasons:
        if reason.portion.count != 0:
            row(reason.code, reason.portion)
    for name, part in (("blank", field.blank), ("invalid", field.invalid)):
        if part.count != 0:
            unusual = name == "invalid" or not field.optional
            row(name, part, style="yellow" if unusual else "")
    if field.rows:
        told = (
            "recorded values" if field.recorded.hidden else f"of {count(field.recorded)} recorded"
        )
        table.add_row(line(f"{told}:", "dim"))
    for each in field.rows[:ROWS_SHOWN]:
        above = per_cent(each.and_above) if each.and_above else ""
        row(f"  {row_name(each)}", each.portion, above, each.published, each.agrees)
    return table


def row_name(row: Row) -> str:
    """A row of a distribution: its value, and its label where the value is a mere code."""
    if len(row.value) > 3 or row.label.casefold() in {"", row.value.casefold()}:
        return row.value
    return f"{row.value} {row.label}"


def _header(source: Source) -> str:
    return "published" if source.unit is None else f"published ({many_of(source.unit, None)})"


def _said(field: FieldProfile) -> Iterator[str]:
    none = [reason.code for reason in field.reasons if reason.portion.count == 0]
    none += [
        name for name, p in (("blank", field.blank), ("invalid", field.invalid)) if p.count == 0
    ]
    if none:
        yield f"None: {listed(none)}."
    if field.asked is not None:
        yield (
            f"{per_cent(field.asked)} % recorded ({interval(field.asked)}) of the "
            f"{field.asked.total:,} records to which it applies."
        )
    rest = field.rows[ROWS_SHOWN:]
    if rest:
        what = {Shape.YEARS: "years", Shape.NUMBERS: "numbers"}.get(field.shape, "codes")
        yield f"And {len(rest)} more {what}: --format json and html list them."
    if field.unused:
        yield f"{field.unused} of the list's codes {'is' if field.unused == 1 else 'are'} not used."
    if field.numbers and field.numbers.quantiles:
        told = [f"{name} {number(value)}" for name, value in field.numbers.quantiles.items()]
        mean = field.numbers.mean
        told += [f"mean {mean:,.2f}"] if mean is not None else []
        yield f"{', '.join(told)[0].upper()}{', '.join(told)[1:]}."
    yield from field.notes
