"""JUnit XML: a test suite a table, and a test case for each check of a field or rule.

A case fails where its findings weigh enough to fail the check as a whole (``--fail-on``); what
is lighter is told in the case's output. A check that could not be made is skipped, and one that
broke down is an error. Times are 0, so that equal reports give equal bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from validator.model.report import CheckResult, CheckStatus, Report, Show
from validator.model.visible import safe
from validator.model.words import many
from validator.registry import Format, Rendering
from validator.reports import wording
from validator.reports.entries import Entry, by_check

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ENTRIES_SHOWN = 20
"""Kinds of finding that one case tells; its message has the exact number of findings."""


def _render(report: Report, how: Rendering) -> bytes:
    from xml.etree import ElementTree as ET

    suites: dict[str, list[Element]] = {}
    names = wording.short_names(report)
    often = Counter(item.table for item in report.inputs)
    for check, found in by_check(report):
        suites.setdefault(check.table or "submission", []).append(
            _case(check, found, report, how, {} if often[check.table] == 1 else names)
        )
    root = ET.Element("testsuites", name="accordant")
    for table, cases in suites.items():
        suite = ET.SubElement(root, "testsuite", {"name": safe(table), **_numbers(cases)})
        suite.extend(cases)
    for name, number in _numbers([case for cases in suites.values() for case in cases]).items():
        # the form knows no skipped tests for all suites together
        if name != "skipped":
            root.set(name, number)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _case(
    check: CheckResult,
    found: Sequence[Entry],
    report: Report,
    how: Rendering,
    names: wording.Names,
) -> Element:
    from xml.etree import ElementTree as ET

    place = ".".join(filter(None, (check.field, check.rule)))
    name = f"{check.code} {place}" if place else check.code
    case = ET.Element(
        "testcase", classname=safe(check.table or "submission"), name=safe(name), time="0"
    )
    reason = safe(check.reason or "no reason is known")
    if check.status is CheckStatus.SKIPPED:
        ET.SubElement(case, "skipped", message=reason)
    elif check.status is CheckStatus.FAILED:
        ET.SubElement(case, "error", type="internal-error", message=reason)
    elif check.count:
        told = _told(found, how.show, names)
        if check.severity.rank <= report.fail_on.rank:
            message = many(check.count, check.severity.value)
            ET.SubElement(case, "failure", type=check.code, message=message).text = told
        else:
            ET.SubElement(case, "system-out").text = told
    return case


def _told(found: Sequence[Entry], show: Show, names: wording.Names) -> str:
    """A line an entry; the line ends are the only characters in it that do not show."""
    lines = []
    for entry in found[:ENTRIES_SHOWN]:
        parts = (*wording.places(entry, names), wording.what(entry), wording.values(entry, show))
        lines.append(safe(f"{entry.severity}: {' | '.join(filter(None, parts))}"))
    if rest := sum(entry.count for entry in found[ENTRIES_SHOWN:]):
        lines.append(f"and {rest:,} more")
    return "\n".join(lines)


def _numbers(cases: Sequence[Element]) -> dict[str, str]:
    def cases_with(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    return {
        "tests": str(len(cases)),
        "failures": cases_with("failure"),
        "errors": cases_with("error"),
        "skipped": cases_with("skipped"),
        "time": "0",
    }


FORMAT = Format(
    name="junit",
    title="JUnit XML for CI servers: a test case for each check",
    render=_render,
)
