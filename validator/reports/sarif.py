"""SARIF 2.1.0, as code scanning services read it.

GitHub refuses a run of more than 25,000 results and shows the 5,000 heaviest, so the heaviest
come first and the rest is left out; the exact totals stand in the run's properties, and a
notification says how many results there are in truth.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from validator.model.report import CheckStatus, Finding, Report, Show, Verdict
from validator.model.standard import Severity
from validator.model.visible import safe
from validator.model.words import many
from validator.registry import Check, Format, Rendering, checks
from validator.reports import answer, wording
from validator.reports.for_programs import as_json, tool
from validator.reports.redact import shown

MOST = 25_000
"""Results of a run that GitHub takes."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _render(report: Report, how: Rendering) -> bytes:
    kept = sorted(report.findings, key=lambda item: item.severity.rank)
    codes = sorted({check.code for check in report.checks} | {item.code for item in kept})
    known = {check.code: check for check in checks()}
    index = {code: number for number, code in enumerate(codes)}
    files = {item.path: item.table for item in report.inputs}
    run = {
        "tool": {
            "driver": {
                **tool(),
                "rules": [_rule(code, known.get(code)) for code in codes],
            }
        },
        "invocations": [_invocation(report, len(kept))],
        "artifacts": [
            {"location": {"uri": _uri(path)}, "roles": ["analysisTarget"]} for path in files
        ],
        "columnKind": "unicodeCodePoints",
        "properties": _properties(report, min(len(kept), MOST)),
        "results": [_result(item, files, index, how.show) for item in kept[:MOST]],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(document, indent=1)


def _rule(code: str, check: Check | None) -> dict[str, Any]:
    if check is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.means},
        "help": {"text": f"{check.why}\n\nHow to mend it: {check.mend}"},
        "defaultConfiguration": {"level": check.severity.value},
        "properties": {"tags": [check.group]},
    }


def _result(
    item: Finding, files: Mapping[str, str | None], index: Mapping[str, int], show: Show
) -> dict[str, Any]:
    told = item.message
    if item.suggestion is not None and not wording.says_itself(item.message, item.suggestion):
        told += f" Type instead: {item.suggestion}"
    extra = {
        "rule": item.rule,
        "cell": item.cell,
        "key": item.key,
        "suggestion": item.suggestion,
        "shape" if show is Show.SHAPE else "value": shown(item, show),
    }
    return {
        "ruleId": item.code,
        "ruleIndex": index[item.code],
        "level": item.severity.value,
        "message": {"text": safe(told)},
        "locations": [*_locations(item, files)],
        "partialFingerprints": {"accordantFinding/v1": _fingerprint(item)},
        "properties": {name: text for name, text in extra.items() if text is not None},
    }


def _locations(item: Finding, files: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    """The row as a line of the file, and the field as a member of the table."""
    of_table = (path for path, table in files.items() if table == item.table)
    path = item.file or next(of_table, None) or next(iter(files), None)
    if path is None:
        return
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(path)},
            "region": {"startLine": item.row or 1},
        }
    }
    if item.field or item.table:
        name = ".".join(filter(None, (item.table, item.field)))
        kind = "member" if item.field else "type"
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": kind}]
    yield location


def _uri(path: str) -> str:
    """A path as a relative reference, or a file URI where it begins at a root or a drive."""
    plain = path.replace("\\", "/")
    try:
        raw = plain.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = plain.encode("utf-8", "surrogatepass")
    if re.match(r"[A-Za-z]:/", plain):
        return f"file:///{plain[0]}:{quote(raw[2:])}"
    return f"file://{quote(raw)}" if plain.startswith("/") else quote(raw)


def _fingerprint(item: Finding) -> str:
    """The same for the same fault of the same record, wherever its row moves to."""
    parts = (item.code, item.table, item.field, item.rule, item.key or item.row)
    told = json.dumps(parts).encode()
    return hashlib.sha256(told).hexdigest()[:32]


def _invocation(report: Report, kept: int) -> dict[str, Any]:
    notices = [
        _notice(f"{check.code}: {check.reason or 'no reason is known'}", "error")
        for check in report.checks
        if check.status is CheckStatus.FAILED
    ]
    skipped = [c for c in report.checks if c.status is CheckStatus.SKIPPED]
    notices += [
        _notice(f"{many(number, 'check')} could not be made: {reason}", "note")
        for reason, number, _ in wording.gathered((c.reason or "", c.code) for c in skipped)
    ]
    total = sum(report.totals.values())
    if total > min(kept, MOST):
        told = f"{min(kept, MOST):,} of {many(total, 'finding')} are listed here."
        notices.append(_notice(told, "note"))
    return {
        "executionSuccessful": report.verdict is not Verdict.UNCHECKED,
        "exitCode": report.exit_code,
        "exitCodeDescription": safe(": ".join(answer.verdict(report))),
        "toolExecutionNotifications": notices,
    }


def _notice(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": safe(text)}}


def _properties(report: Report, written: int) -> dict[str, Any]:
    totals = report.totals
    return {
        "standard": f"{report.standard_id} {report.standard_version}",
        "verdict": report.verdict.value,
        "errors": totals[Severity.ERROR],
        "warnings": totals[Severity.WARNING],
        "notes": totals[Severity.NOTE],
        "resultsWritten": written,
        "counts": [
            {"code": c.code, "table": c.table, "field": c.field, "rule": c.rule, "count": c.count}
            for c in report.checks
            if c.count
        ],
    }


FORMAT = Format(
    name="sarif",
    title="SARIF 2.1.0 for code scanning",
    render=_render,
)
