"""The report of a translation for people, in a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.crosswalks import wording
from validator.crosswalks.judge import Outcome
from validator.crosswalks.report import Translation
from validator.model.report import Show
from validator.model.standard import Severity
from validator.model.words import many
from validator.registry import Rendering
from validator.reports.layout import columns, heading, indented, line, printed, stacked
from validator.reports.wording import named

if TYPE_CHECKING:
    from rich.console import RenderableType

FINDINGS_SHOWN = 40
FILES_SHOWN = 10
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def as_text(translation: Translation, how: Rendering) -> bytes:
    """The report as text, as wide as ``how`` says."""
    return printed(_parts(translation, how), how)


def _parts(translation: Translation, how: Rendering) -> Iterator[RenderableType]:
    word, why = wording.headline(translation)
    yield columns([(line(f"{word.upper()}:", "bold"), line(why, "bold"))], gap=1)
    yield line("")
    yield _about(translation)
    yield from heading("What became of the values")
    yield indented(_fields(translation))
    for label, names in wording.plain(translation):
        yield indented(line(f"{label}: {names}."))
    yield from _findings(translation)
    if how.show is Show.FULL:
        yield from _cells(translation)
    left = list(wording.left_out(translation))
    if left:
        yield from heading("Not carried over")
        yield indented(columns((line(name), line(why)) for name, why in left))
    yield line("")
    yield line(
        f"Lost: {translation.bits_lost:.2f} bits a record over all fields. Readable back: "
        f"{translation.reversible:,} of {many(translation.recorded, 'value')}."
    )
    yield line(wording.BITS)
    yield line("")
    yield columns((line(label, "dim"), line(text)) for label, text in wording.steps(translation))


def _about(translation: Translation) -> RenderableType:
    crosswalk = translation.crosswalk
    rows = [("Crosswalk", f"{crosswalk.id} {crosswalk.version}: {' to '.join(crosswalk.ends)}")]
    if translation.prefer:
        rows.append(("Choices", ", ".join(translation.prefer)))
    label = "Read"
    for item in translation.inputs[:FILES_SHOWN]:
        told = f"table {item.table}, {many(item.rows, 'record')}"
        told = told if item.table else f"NOT TRANSLATED: {item.why}"
        rows.append((label, f"{named(item.path)}: {told}"))
        label = ""
    if more := len(translation.inputs) - FILES_SHOWN:
        rows += [("", f"and {many(more, 'more file')}")] if more > 0 else []
    label = "Written"
    for output in translation.outputs:
        rows.append((label, f"{named(output.path)}: {many(output.rows, 'record')}"))
        label = ""
    return columns((line(label, "dim"), line(text)) for label, text in rows)


def _fields(translation: Translation) -> RenderableType:
    """A line a field: records by outcome, bits, and what can be read back."""
    from rich.table import Table

    items = wording.changed(translation)
    used = [o for o in Outcome if any(item.outcomes.get(o) for item in items)]
    several = len({item.table for item in items}) > 1
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("field", overflow="fold")
    for outcome in used:
        table.add_column(outcome.value, justify="right", no_wrap=True)
    table.add_column("bits lost", justify="right", no_wrap=True)
    table.add_column("back %", justify="right", no_wrap=True)
    for item in items:
        source, _, lost = wording.bits(item.bits)
        name = f"{item.table}.{item.field}" if several else item.field
        cells = [f"{item.outcomes.get(o, 0):,}" for o in used]
        told = f"{lost} of {source}"
        table.add_row(line(name), *map(line, cells), line(told), line(wording.back(item)))
    return table if items else line("No field goes through codes.")


def _findings(translation: Translation) -> Iterator[RenderableType]:
    if not translation.findings:
        return
    yield from heading("What was lost, and where")
    for finding in translation.findings[:FINDINGS_SHOWN]:
        label = line(finding.severity.value, STYLES[finding.severity])
        place = f"{finding.table}.{finding.field}, {wording.rows(finding)}"
        said = line(f"{finding.message} [{finding.code}]")
        yield columns([(label, stacked([line(place), said]))], by=2)
    if (more := len(translation.findings) - FINDINGS_SHOWN) > 0:
        yield indented(line(f"and {more:,} more (--format json lists them)"))


def _cells(translation: Translation) -> Iterator[RenderableType]:
    """The cells that are in no scheme, where somebody asked to see them."""
    yield from heading("Values that no row speaks of")
    yield indented(line("THESE ARE CELLS OF THE DATA: keep this report where the data are kept."))
    for item in translation.fields:
        for code in item.codes:
            for cell, count in code.cells if code.outcome is Outcome.UNMAPPED else ():
                yield indented(
                    line(f"{item.table}.{item.field}: {cell!r}, {many(count, 'record')}")
                )
