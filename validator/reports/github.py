"""Workflow commands for GitHub Actions: the findings beside the lines of the files.

GitHub shows at most ten annotations of a level for a step, and the rest not at all. So equal
findings are one annotation, the heaviest and most frequent come first, and the last notice of
the ten is given to a line with the exact totals. Nothing but commands is written: a line of
another kind could be read as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.report import Input, Report
from validator.model.standard import Severity
from validator.model.visible import safe
from validator.registry import Format, Rendering
from validator.reports import answer, wording
from validator.reports.entries import Entry, entries

MOST = 10
"""Annotations of one level that GitHub shows for a step."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _render(report: Report, how: Rendering) -> bytes:
    return "".join(f"{line}\n" for line in _lines(report, how)).encode()


def _lines(report: Report, how: Rendering) -> Iterator[str]:
    found = entries(report)
    shown = 0
    for severity, level in LEVELS.items():
        of_level = [entry for entry in found if entry.severity is severity]
        # one notice is left for the summary
        for entry in of_level[: MOST - (severity is Severity.NOTE)]:
            shown += 1
            yield _annotation(level, entry, report, how)
    word, why = answer.verdict(report)
    told = f"{word}: {why}. {answer.checks(report)}"
    if len(found) > shown:
        told += f" {shown} of {len(found):,} kinds of finding are shown."
    yield _command("notice", {"title": "accordant"}, told)


def _annotation(level: str, entry: Entry, report: Report, how: Rendering) -> str:
    file = next((item.file for item in entry.findings if item.file), None)
    inputs = report.inputs if entry.table is None else _inputs(report, entry.table)
    path = file or (inputs[0].path if inputs else None)
    properties = {"file": path} if path else {}
    if path and entry.rows:
        properties["line"] = str(entry.rows[0])
    properties["title"] = wording.tag(entry)
    names = {} if len(inputs) == 1 else wording.short_names(report)
    subject, where = wording.places(entry, names)
    place = ", ".join(filter(None, (subject, where)))
    parts = (place and f"{place}.", wording.what(entry), wording.values(entry, how.show))
    return _command(level, properties, " ".join(filter(None, parts)))


def _inputs(report: Report, table: str) -> list[Input]:
    return [item for item in report.inputs if item.table == table]


def _command(level: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={_escaped_property(text)}" for name, text in properties.items())
    return f"::{level} {told}::{_escaped(message)}"


def _escaped(text: str) -> str:
    # line ends are gone already: ``safe`` shows them as escapes
    return safe(text).replace("%", "%25")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(
    name="github",
    title="annotations in GitHub Actions (workflow commands)",
    render=_render,
)
