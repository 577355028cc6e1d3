"""The comparison for programs: ``accordant.agreement/1``, as its JSON Schema says.

Equal comparisons give equal bytes. Nothing is ever NaN: what cannot be computed is null, with the
reason beside it.
"""

from __future__ import annotations

from typing import Any

from validator.agreement.report import Agreement, Coder, FieldAgreement, Record, Verdict
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool

ID = "accordant.agreement/1"


def as_json(agreement: Agreement) -> bytes:
    """The comparison as JSON, with a line feed at its end."""
    how = agreement.options
    document = {
        "agreement": ID,
        "tool": tool(),
        "standard": identity(*agreement.standard),
        "table": agreement.table,
        "key": list(agreement.key),
        "summary": {
            "verdict": agreement.verdict.value,
            **{v.value.replace("-", "_"): len(agreement.of(v)) for v in Verdict},
            "matched": agreement.matched,
            "in_all_files": agreement.everywhere,
            "to_adjudicate": agreement.adjudicate,
            "under": list(agreement.under),
        },
        "options": {
            "missing": how.missing.value,
            "seed": how.bootstrap.seed,
            "samples": how.bootstrap.samples,
            "confidence": how.bootstrap.confidence,
            "fail_under": how.fail_under,
            "max_rows": how.max_rows,
        },
        "coders": [_coder(item) for item in agreement.coders],
        "fields": [_field(item) for item in agreement.fields],
        "skipped": [{"field": name, "reason": reason} for name, reason in agreement.skipped],
        "adjudicate": [_record(item) for item in agreement.records],
    }
    return written(document)


def _coder(item: Coder) -> dict[str, Any]:
    return {
        "name": item.name,
        "path": item.path,
        "sheet": item.sheet,
        "sha256": item.sha256,
        "records": item.records,
        "compared": item.compared,
        "alone": item.alone,
        "repeated_key": item.repeated,
        "no_valid_key": item.keyless,
        "structure_faults": item.faults,
    }


def _field(item: FieldAgreement) -> dict[str, Any]:
    return {
        "field": item.field,
        "title": item.title,
        "level": item.level.value,
        "categories": item.categories,
        "verdict": item.verdict.value,
        "verdict_of_lower_bound": item.at_worst.value,
        "units": item.units,
        "ratings": item.ratings,
        "disagreed": item.disagreed,
        "one_sided": item.one_sided,
        "left_out": {"blank": item.blank, "reason": item.reasons, "invalid": item.invalid},
        "coefficients": {
            name: {
                "value": estimate.value,
                "low": estimate.low,
                "high": estimate.high,
                "reason": estimate.reason,
            }
            for name, estimate in item.estimates.items()
        },
        "confusion": None
        if item.confusion is None
        else {
            "codes": list(item.confusion.codes),
            "pairs": [
                {"first": first, "later": later, "count": count}
                for (first, later), count in item.confusion.counts.items()
            ],
            "most_confused": [
                {"codes": [one, other], "count": count}
                for one, other, count in item.confusion.worst
            ],
        },
        "notes": list(item.notes),
    }


def _record(item: Record) -> dict[str, Any]:
    return {
        "key": item.key,
        "rows": list(item.rows),
        "fields": [
            {
                "field": difference.field,
                "codes": None if difference.codes is None else list(difference.codes),
            }
            for difference in item.differences
        ],
    }
