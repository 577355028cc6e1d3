"""The findings alone for a spreadsheet: one a row, and no cell that could be a formula."""

from __future__ import annotations

import csv
import io

from validator.model.report import Report, Show
from validator.model.visible import safe
from validator.registry import Format, Rendering
from validator.reports.json_report import finding_object

_FORMULA = frozenset("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, wide forms too."""


COLUMNS = (
    *("code", "severity", "table", "field", "rule", "file", "sheet", "row", "cell", "key"),
    *("message", "suggestion"),
)
"""The keys of a finding in the JSON report, as headings; a table without a row has them too."""
SHOWN = {Show.SHAPE: "shape", Show.FULL: "value"}


def _cell(content: object) -> str:
    """A cell that a spreadsheet shows as it stands: an apostrophe before what could compute."""
    text = "" if content is None else safe(str(content))
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text


def _render(report: Report, how: Rendering) -> bytes:
    out = io.StringIO()
    # every cell in quotation marks: some spreadsheets else split at a separator of their own
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    columns = COLUMNS if how.show is Show.LOCATION else (*COLUMNS, SHOWN[how.show])
    writer.writerow(columns)
    for item in report.findings:
        found = finding_object(item, how.show)
        writer.writerow(_cell(found.get(column)) for column in columns)
    # the mark at the beginning is what makes Excel read the rest as UTF-8
    return out.getvalue().encode("utf-8-sig")


FORMAT = Format(
    name="csv",
    title="a table of the findings, for a spreadsheet",
    render=_render,
)
