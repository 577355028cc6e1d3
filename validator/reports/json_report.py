"""The report for programs: ``accordant.report/1``, as ``schemas/meta/report.schema.json`` says.

Equal reports give equal bytes: keys have a fixed order, and checks and findings keep theirs.
"""

from __future__ import annotations

from typing import Any

from validator.model.report import CheckResult, Completeness, Finding, Input, Report, Show
from validator.model.standard import Severity
from validator.registry import Format, Rendering
from validator.reports.for_programs import as_json, identity, tool
from validator.reports.redact import shown

REPORT = "accordant.report/1"


def _input(item: Input) -> dict[str, Any]:
    return {
        "path": item.path,
        "table": item.table,
        "rows": item.rows,
        "sha256": item.sha256,
        "mapped_by": item.mapped_by or None,
        **({} if item.sheet is None else {"sheet": item.sheet}),
    }


def _check(item: CheckResult) -> dict[str, Any]:
    return {
        "code": item.code,
        "table": item.table,
        "field": item.field,
        "rule": item.rule,
        "status": item.status.value,
        "count": item.count,
        "reason": item.reason,
    }


def finding_object(item: Finding, show: Show) -> dict[str, Any]:
    """A finding as programs get it: every key of the contract, in its order."""
    told = {
        "code": item.code,
        "severity": item.severity.value,
        "table": item.table,
        "field": item.field,
        "rule": item.rule,
        "file": item.file,
        "row": item.row,
        "key": item.key,
        "message": item.message,
        "suggestion": item.suggestion,
        **({} if item.sheet is None else {"sheet": item.sheet}),
        **({} if item.cell is None else {"cell": item.cell}),
    }
    if show is not Show.LOCATION:
        # null where no cell is at fault, so that the key is there in all findings or in none
        told["shape" if show is Show.SHAPE else "value"] = shown(item, show)
    return told


def _completeness(item: Completeness) -> dict[str, Any]:
    return {
        "table": item.table,
        "field": item.field,
        "records": item.records,
        "recorded": item.recorded,
        "missing": item.missing,
        "blank": item.blank,
        "invalid": item.invalid,
        "published": item.published,
    }


def _render(report: Report, how: Rendering) -> bytes:
    totals = report.totals
    document = {
        "report": REPORT,
        "tool": tool(),
        "standard": identity(report.standard_id, report.standard_version, report.standard_digest),
        "inputs": [_input(item) for item in report.inputs],
        "summary": {
            "verdict": report.verdict.value,
            "errors": totals[Severity.ERROR],
            "warnings": totals[Severity.WARNING],
            "notes": totals[Severity.NOTE],
            **({} if report.known is None else {"known": report.known}),
        },
        "checks": [_check(item) for item in report.checks],
        "findings": [finding_object(item, how.show) for item in report.findings],
        "completeness": [_completeness(item) for item in report.completeness],
        "max_rows": report.max_rows,
        "as_of": report.as_of or None,
        "fail_on": report.fail_on.value,
        "notes": list(report.notes),
    }
    return as_json(document)


FORMAT = Format(
    name="json",
    title=f"JSON for programs ({REPORT}), with its own JSON Schema",
    render=_render,
)
