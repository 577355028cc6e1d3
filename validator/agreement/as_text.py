"""The comparison for people, in a terminal or a log. Without colour nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.agreement import wording
from validator.agreement.report import Agreement, Verdict
from validator.model.words import listed, many
from validator.registry import Rendering
from validator.reports.layout import columns, heading, indented, line, printed
from validator.reports.wording import gathered, named

if TYPE_CHECKING:
    from rich.console import RenderableType

ROOM = 94
"""The width that every coefficient needs; in less, alpha alone is shown."""
PAIRS_SHOWN = 3
RECORDS_SHOWN = 12
STYLES = {
    Verdict.RELIABLE: "green",
    Verdict.TENTATIVE: "yellow",
    Verdict.NOT_RELIABLE: "bold red",
    Verdict.NOT_JUDGED: "dim",
}


def as_text(agreement: Agreement, how: Rendering) -> bytes:
    """The comparison as text, as wide as ``how`` says."""
    return printed(_parts(agreement, how.width), how)


def _parts(agreement: Agreement, width: int) -> Iterator[RenderableType]:
    word, why = wording.headline(agreement)
    answer = line(f"{word.upper()}:", STYLES[agreement.verdict])
    yield columns([(answer, line(why, "bold"))], gap=1)
    yield line("")
    yield _about(agreement)
    yield from heading("How far the coders agree")
    yield indented(_figures(agreement, every=width >= ROOM))
    yield line("")
    yield indented(line(f"{wording.BOUNDS} {wording.CHANCE}", "dim"))
    yield from _notes(agreement)
    yield from _confused(agreement)
    yield from _adjudicate(agreement)
    yield from _skipped(agreement)
    yield line("")
    yield columns((line(a, "bold"), line(b)) for a, b in wording.steps(agreement))


def _about(agreement: Agreement) -> RenderableType:
    id_, version, _ = agreement.standard
    rows = [
        ("Standard", f"{id_} {version} ({agreement.standard_found_by})"),
        ("Table", f"{agreement.table}, matched by {listed(agreement.key)}"),
    ]
    for number, item in enumerate(agreement.coders):
        sheet = f", {named(item.sheet)}" if item.sheet else ""
        label = "" if number else "Coders"
        rows.append((label, f"{named(item.path)}{sheet}: {wording.coder(item)}"))
    rows += [("Compared", wording.records(agreement)), ("Method", wording.method(agreement))]
    return columns((line(label, "dim"), line(text)) for label, text in rows)


def _figures(agreement: Agreement, *, every: bool) -> RenderableType:
    from rich.table import Table

    names = list(wording.COEFFICIENTS) if every else ["krippendorff_alpha"]
    names = [name for name in names if name != "gwet_ac2"]
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("field", overflow="fold")
    if every:
        table.add_column("level", no_wrap=True)
    table.add_column("records", justify="right", no_wrap=True)
    for name in names:
        table.add_column(wording.COEFFICIENTS[name][0], justify="right", no_wrap=True)
    table.add_column("interval", no_wrap=True)
    table.add_column("verdict", overflow="fold")
    for item in agreement.fields:
        cells = [line(item.field)]
        cells += [line(item.level)] if every else []
        cells.append(line(f"{item.units:,}"))
        for name in names:
            style = "bold" if name == "krippendorff_alpha" else ""
            cells.append(line(wording.figure(item.estimates[name].value), style))
        low, high = item.alpha.low, item.alpha.high
        cells.append(line("" if low is None or high is None else f"{low:.3f} to {high:.3f}"))
        cells.append(line(wording.WORDS[item.verdict], STYLES[item.verdict]))
        table.add_row(*cells)
    return table


def _notes(agreement: Agreement) -> Iterator[RenderableType]:
    told = [f"{item.field}: {note}" for item in agreement.fields for note in item.notes]
    told += wording.cautions(agreement)
    if told:
        yield from heading("Mind")
        for text in told:
            yield indented(line(text))


def _confused(agreement: Agreement) -> Iterator[RenderableType]:
    rows = []
    for item in agreement.fields:
        worst = item.confusion.worst if item.confusion else []
        pairs = [f"{one} and {other} ({count:,})" for one, other, count in worst[:PAIRS_SHOWN]]
        if more := len(worst) - PAIRS_SHOWN:
            pairs += [many(more, "other pair")] if more > 0 else []
        if pairs:
            rows.append((line(item.field), line(listed(pairs))))
    if rows:
        yield from heading("Codes most confused, and how often")
        yield columns(rows, by=2)


def _adjudicate(agreement: Agreement) -> Iterator[RenderableType]:
    if not agreement.adjudicate:
        return
    yield from heading(f"To adjudicate: {many(agreement.adjudicate, 'record')}")
    shown = agreement.records[:RECORDS_SHOWN]
    yield columns(
        (
            (
                line(wording.record(item, agreement), "bold"),
                line("; ".join(map(wording.difference, item.differences))),
            )
            for item in shown
        ),
        by=2,
    )
    if more := agreement.adjudicate - len(shown):
        yield indented(line(f"and {more:,} more: --format html or json, with --max-rows"))


def _skipped(agreement: Agreement) -> Iterator[RenderableType]:
    if not agreement.skipped:
        return
    yield from heading("Not compared")
    for reason, number, names in gathered((why, name) for name, why in agreement.skipped):
        yield indented(
            line(f"{many(number, 'field')}: {reason}") + line(f" [{listed(names)}]", "dim")
        )
