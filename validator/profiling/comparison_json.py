"""A comparison for programs: ``accordant.comparison/1``, with a JSON Schema in ``schemas/meta/``.

Shares are in per cent; distances go from 0 to 1.
"""

from __future__ import annotations

from typing import Any

from validator.profiling import conventions, verdicts
from validator.profiling.compare import Comparison, FieldComparison, TableComparison
from validator.profiling.figures import portion
from validator.profiling.profile_json import input_object, portion_object
from validator.profiling.side_by_side import measure_of, others_of
from validator.profiling.sides import Side
from validator.profiling.verdicts import Measured
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool

COMPARISON = "accordant.comparison/1"
THRESHOLDS = {
    "least_records": verdicts.LEAST,
    "recorded_with_care": verdicts.GAP,
    "recorded_not_comparable": verdicts.WIDE_GAP,
    "reason": verdicts.REASON,
    "empty_with_care": verdicts.EMPTY,
    "empty_not_comparable": verdicts.MOSTLY_EMPTY,
    "other_with_care": verdicts.OTHER,
    "other_not_comparable": verdicts.MUCH_OTHER,
    "distance": verdicts.FAR,
    "too_few_for_a_distance": verdicts.COARSE,
    "convention": conventions.LEAST,
}


def as_json(comparison: Comparison) -> bytes:
    """The comparison as JSON; equal comparisons give equal bytes."""
    document = {
        "comparison": COMPARISON,
        "tool": tool(),
        "standard": {
            **identity(
                comparison.standard_id, comparison.standard_version, comparison.standard_digest
            ),
            "found_by": comparison.standard_found_by,
        },
        "contributors": list(comparison.contributors),
        "by": comparison.by,
        "seed": comparison.seed,
        "inputs": [
            {"contributor": name or None, **input_object(file)} for name, file in comparison.files
        ],
        "thresholds": THRESHOLDS,
        "summary": {
            verdict.value.replace(" ", "_"): n for verdict, n in comparison.verdicts.items()
        },
        "tables": [_table(table) for table in comparison.tables],
        "notes": list(comparison.notes),
    }
    return written(document)


def _table(table: TableComparison) -> dict[str, Any]:
    return {
        "table": table.name,
        "title": table.label,
        "records": dict(table.records),
        "fields": [_field(field) for field in table.fields],
        "not_compared": list(table.texts),
    }


def _field(field: FieldComparison) -> dict[str, Any]:
    measured = {each.versus.name: each for each in field.measured}
    return {
        "field": field.name,
        "title": field.label,
        "verdict": field.verdict.value,
        "grounds": [
            {
                "kind": ground.kind,
                "verdict": ground.verdict.value,
                "contributor": ground.contributor or None,
                "text": ground.text,
            }
            for ground in field.grounds
        ],
        "contributors": [_side(side, field, measured.get(side.name)) for side in field.sides.all],
    }


def _side(side: Side, field: FieldComparison, measured: Measured | None) -> dict[str, Any]:
    counts = side.counts
    if counts is None:
        return {"contributor": side.name, "has_column": False}
    others = others_of(side, field)
    rows = zip(field.sides.rows, field.sides.counts_of(side).tolist(), strict=True)
    return {
        "contributor": side.name,
        "has_column": True,
        "records": counts.records,
        "weight": side.weight,
        "recorded": portion_object(portion(counts.recorded, counts.records)),
        "recorded_where_it_applies": portion_object(
            portion(measured.versus.recorded[0], measured.versus.asked[0])
        )
        if measured
        else None,
        "missing": [
            {"reason": code, **portion_object(portion(count, counts.records))}
            for code, count in sorted(counts.reasons.items())
        ],
        "blank": portion_object(portion(counts.blank, counts.records)),
        "invalid": portion_object(portion(counts.invalid, counts.records)),
        "other": portion_object(others) if others else None,
        "values": [
            {"value": row, **portion_object(portion(count, counts.recorded))}
            for row, count in rows
            if count
        ],
        "distance": {"measure": measure_of(field), **measured.distance._asdict()}
        if measured and measured.distance
        else None,
        "steps": measured.steps if measured else None,
    }
