"""The report for people: in a terminal, or as plain lines in a log.

In the order in which a steward needs it: the verdict, what was checked, what to mend, how
complete the data are, what was not checked, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.model.report import CheckResult, CheckStatus, Report, Show, Verdict
from validator.model.standard import Severity
from validator.model.words import listed, many
from validator.registry import Format, Rendering
from validator.reports import answer, completeness, wording
from validator.reports.entries import Entry, entries, tally
from validator.reports.layout import columns, heading, indented, line, printed, stacked
from validator.reports.wording import counts

if TYPE_CHECKING:
    from rich.console import RenderableType

INPUTS_SHOWN = 10
ENTRIES_SHOWN = 20
"""Faults of one severity in one table. A larger ``--max-rows`` raises it, as follows."""
ROWS_A_LINE = 5
REASONS_SHOWN = 8
CODES_SHOWN = 4

VERDICTS = {
    Verdict.PASS: ("√", "bold black on green"),
    Verdict.FAIL: ("×", "bold white on red"),
    Verdict.UNCHECKED: ("?", "bold black on yellow"),
}
"""A sign and a style each; the signs are in every console font, the oldest of Windows too."""
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def _render(report: Report, how: Rendering) -> bytes:
    return printed(_parts(report, how), how)


def _parts(report: Report, how: Rendering) -> Iterator[RenderableType]:
    yield _verdict(report, how)
    if how.show is Show.FULL:
        yield line("THIS REPORT SHOWS CELL VALUES: keep it where the data are kept.", "bold")
    yield line("")
    yield _about(report)
    yield from _failed(report)
    yield from _findings(report, how)
    yield from completeness.tables(report, how)
    yield from _skipped(report)
    yield line("")
    yield line(answer.checks(report))
    yield line("")
    yield _next(report, how)


def _verdict(report: Report, how: Rendering) -> RenderableType:
    word, why = answer.verdict(report)
    sign, style = VERDICTS[report.verdict]
    answer_ = line(f" {sign} {word} ", style) if how.colour else line(f"{word}:")
    # in columns, so that a file's name that wraps cannot begin a line and pose as a verdict
    return columns([(answer_, line(why, "bold"))], gap=1)


def _about(report: Report) -> RenderableType:
    """What was checked, against what, and how that was found."""
    found_by = f" ({report.standard_found_by})" if report.standard_found_by else ""
    rows = [("Standard", f"{report.standard_id} {report.standard_version}{found_by}")]
    label = "Files" if len(report.inputs) > 1 else "File"
    for item in report.inputs[:INPUTS_SHOWN]:
        how = f" ({item.mapped_by})" if item.mapped_by else ""
        table = f"table {item.table}{how}, {many(item.rows, 'record')}"
        told = table if item.table else f"NOT CHECKED{how}"
        sheet = f", {wording.named(item.sheet)}" if item.sheet else ""
        rows.append((label, f"{wording.named(item.path)}{sheet}: {told}"))
        label = ""
    if rest := report.inputs[INPUTS_SHOWN:]:
        unmapped = sum(item.table is None for item in rest)
        told = f"and {many(len(rest), 'more file')}, "
        told += many(sum(item.rows for item in rest), "record")
        rows.append(("", told + (f"; {unmapped:,} of them NOT CHECKED" if unmapped else "")))
    if report.as_of:
        rows.append(("As of", report.as_of))
    rows += [("Note", note) for note in report.notes]
    return columns((line(label, "dim"), line(text)) for label, text in rows)


def _failed(report: Report) -> Iterator[RenderableType]:
    failed = [check for check in report.checks if check.status is CheckStatus.FAILED]
    if not failed:
        return
    yield from heading("Checks that broke down")
    yield indented(line("The fault is in accordant, not in the data."))
    for check in failed[:REASONS_SHOWN]:
        yield indented(line(f"{_place(check)}: {check.reason or 'no reason is known'}"))
    if len(failed) > REASONS_SHOWN:
        yield indented(line(f"and {len(failed) - REASONS_SHOWN:,} more: --format json lists them"))


def _place(check: CheckResult) -> str:
    place = ".".join(filter(None, (check.table, check.field or check.rule)))
    return f"{check.code} ({place})" if place else check.code


def _findings(report: Report, how: Rendering) -> Iterator[RenderableType]:
    # faults of no one table (a file that cannot be read, a table that is not there) come first
    by_table: dict[str | None, list[Entry]] = {None: []}
    by_table.update({item.table: [] for item in report.inputs})
    for entry in entries(report):
        by_table.setdefault(entry.table, []).append(entry)
    limit = max(ENTRIES_SHOWN, report.max_rows // ROWS_A_LINE)
    names = wording.short_names(report)
    for table, of_table in by_table.items():
        if not of_table:
            continue
        files = wording.files_of(report, table) if table else ()
        title = f"Table {table}" if table else "The submission as a whole"
        if files:
            title += f" ({files[0] if len(files) == 1 else many(len(files), 'file')})"
        yield from heading(f"{title}: {counts(tally(of_table))}")
        for severity in Severity:
            faults = _faults(entry for entry in of_table if entry.severity is severity)
            for fault in faults[:limit]:
                yield _fault(fault, how, {} if len(files) == 1 else names)
            if rest := faults[limit:]:
                yield _left_out(severity, rest, limit)


def _labelled(severity: Severity, body: RenderableType) -> RenderableType:
    return columns([(line(f"{severity.value:<7}", SEVERITIES[severity]), body)], by=2)


def _faults(found: Iterable[Entry]) -> list[list[Entry]]:
    """The entries, those together of which the same is said, in the order of the first of each."""
    faults: dict[object, list[Entry]] = {}
    for entry in found:
        same = (entry.code, entry.rule, entry.message, entry.suggestion)
        faults.setdefault(same, []).append(entry)
    return list(faults.values())


def _fault(fault: list[Entry], how: Rendering, names: wording.Names) -> RenderableType:
    """One fault: everywhere that it is, and then what it is, what to type instead, and its code."""
    first = fault[0]
    what = line(wording.what(first))
    if first.suggestion is not None:
        what.highlight_regex(wording.whole(first.suggestion), "bold green")
    what.append_text(line(f" [{wording.tag(first)}]", "dim"))
    places = [part for entry in fault for part in _where(entry, how, names)]
    return _labelled(first.severity, stacked([*places, what]))


def _where(entry: Entry, how: Rendering, names: wording.Names) -> Iterator[RenderableType]:
    subject, where = wording.places(entry, names)
    place = line(subject, "bold")
    place.append_text(line(f", {where}" if subject and where else where))
    if place:
        yield place
    if cells := wording.values(entry, how.show):
        yield line(cells)


def _left_out(severity: Severity, rest: list[list[Entry]], shown: int) -> RenderableType:
    found = many(sum(entry.count for fault in rest for entry in fault), f"more {severity.value}")
    lines = f"{len(rest):,} more lines" if len(rest) > 1 else "1 more line"
    enough = (shown + len(rest)) * ROWS_A_LINE
    told = f"{found} of less frequent kinds, in {lines}. To see them all: --max-rows {enough}"
    return _labelled(severity, line(told))


def _skipped(report: Report) -> Iterator[RenderableType]:
    skipped = [check for check in report.checks if check.status is CheckStatus.SKIPPED]
    if not skipped:
        return
    yield from heading("Not checked")
    gathered = wording.gathered((c.reason or "no reason is known", c.code) for c in skipped)
    for reason, number, codes in gathered[:REASONS_SHOWN]:
        names = [*codes[:CODES_SHOWN]]
        if more := codes[CODES_SHOWN:]:
            names.append(f"{len(more)} more")
        yield indented(
            line(f"{many(number, 'check')}: {reason}") + line(f" [{listed(names)}]", "dim")
        )
    if rest := gathered[REASONS_SHOWN:]:
        number = sum(item[1] for item in rest)
        yield indented(line(f"{many(number, 'check')} for other reasons: --format json lists them"))


def _next(report: Report, how: Rendering) -> RenderableType:
    steps = answer.next_steps(report, how.show)
    return columns((line(label, "bold"), line(text)) for label, text in steps)


FORMAT = Format(
    name="text",
    title="text for people, in a terminal or a log",
    render=_render,
)
