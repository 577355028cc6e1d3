"""``accordant.translation/1``: the report of a translation for programs."""

from __future__ import annotations

from typing import Any

from validator.crosswalks.judge import Outcome
from validator.crosswalks.report import CodeLoss, FieldLoss, LossFinding, Translation
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import tool

FORM = "accordant.translation/1"
DIGITS = 6


def as_json(translation: Translation) -> bytes:
    """The report as JSON. It never holds cells: others read it."""
    return written(answer(translation))


def answer(translation: Translation) -> dict[str, Any]:
    """The report as plain data."""
    crosswalk = translation.crosswalk
    subject, target = crosswalk.ends
    return {
        "translation": FORM,
        "tool": tool(),
        "crosswalk": {
            "id": crosswalk.id,
            "version": crosswalk.version,
            "digest": crosswalk.digest,
            "from": subject,
            "to": target,
            "through": [part.key for part in crosswalk.parts],
        },
        "prefer": list(translation.prefer),
        "inputs": [
            {
                "path": item.path,
                "table": item.table,
                "rows": item.rows,
                "sha256": item.sha256,
                "left": item.why or None,
            }
            for item in translation.inputs
        ],
        "outputs": [
            {"path": item.path, "table": item.table, "rows": item.rows, "sha256": item.sha256}
            for item in translation.outputs
        ],
        "summary": {
            "records": translation.records,
            "recorded": translation.recorded,
            "outcomes": _outcomes(translation.outcomes),
            "bits_lost": round(translation.bits_lost, DIGITS),
            "reversible": translation.reversible,
        },
        "fields": [_field(item) for item in translation.fields],
        "findings": [_finding(item) for item in translation.findings],
        "left_out": [
            {"file": file, "heading": heading, "why": why}
            for file, heading, why in translation.left_out
            if why != UNKNOWN
        ],
        "unread_columns": sum(why == UNKNOWN for _, _, why in translation.left_out),
    }


UNKNOWN = "no field of the crosswalk reads it"
"""Why a heading was left that the crosswalk does not know: such a heading may itself be a name."""


def _outcomes(outcomes: Any) -> dict[str, int]:
    return {outcome.value: outcomes.get(outcome, 0) for outcome in Outcome}


def _field(item: FieldLoss) -> dict[str, Any]:
    source, target, lost = (round(bits, DIGITS) for bits in item.bits)
    mean = item.sources_per_code
    return {
        "table": item.table,
        "field": item.field,
        "how": item.how.value,
        "columns": list(item.columns),
        "through": item.through,
        "from": item.subject or None,
        "to": item.object or None,
        "records": item.records,
        "recorded": item.recorded,
        "outcomes": _outcomes(item.outcomes),
        "entropy": {"source": source, "target": target, "lost": lost, "with": list(item.shared)},
        "round_trip": {
            "reversible": item.reversible,
            "sources_per_code": None if mean is None else round(mean, DIGITS),
        },
        "codes": [_code(code) for code in item.codes],
    }


def _code(code: CodeLoss) -> dict[str, Any]:
    return {
        "from": list(code.codes),
        "to": code.text or None,
        "outcome": code.outcome.value,
        "records": code.records,
        "predicate": code.predicate and f"skos:{code.predicate}",
        "status": code.status,
        "source": code.source,
        "candidates": list(code.candidates),
        "reversible": code.reversible,
        "sources": code.sources,
    }


def _finding(item: LossFinding) -> dict[str, Any]:
    return {
        "code": item.code,
        "severity": item.severity.value,
        "table": item.table,
        "field": item.field,
        "from": list(item.codes),
        "message": item.message,
        "count": item.count,
        "files": list(item.files),
        "rows": list(item.rows),
    }
