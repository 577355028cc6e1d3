"""The findings alone for programs: one JSON object a line, each as in the JSON report."""

from __future__ import annotations

import json

from validator.model.report import Report
from validator.model.visible import safe_json
from validator.registry import Format, Rendering
from validator.reports.json_report import finding_object


def _render(report: Report, how: Rendering) -> bytes:
    objects = (finding_object(item, how.show) for item in report.findings)
    return "".join(
        safe_json(json.dumps(item, ensure_ascii=False)) + "\n" for item in objects
    ).encode()


FORMAT = Format(
    name="jsonl",
    title="JSON Lines for programs: one finding a line",
    render=_render,
)
