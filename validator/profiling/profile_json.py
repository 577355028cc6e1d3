"""A profile for programs: ``accordant.profile/1``, after ``schemas/meta/profile.schema.json``.

Shares are in per cent. What an audience may not see is null, and ``hidden`` is true.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from validator.measures.intervals import CONFIDENCE
from validator.profiling.counting import CountedFile
from validator.profiling.figures import FieldProfile, Portion, Profile, Row, Source, TableProfile
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool

PROFILE = "accordant.profile/1"


def as_json(profile: Profile) -> bytes:
    """The profile as JSON; equal profiles give equal bytes."""
    k = profile.audience.k if profile.audience else 0
    document = {
        "profile": PROFILE,
        "tool": tool(),
        "standard": {
            **identity(profile.standard_id, profile.standard_version, profile.standard_digest),
            "found_by": profile.standard_found_by,
            "source": profile.source,
        },
        "inputs": [input_object(file, k) for file in profile.files],
        "audience": {"name": profile.audience.name, "k": k} if profile.audience else None,
        "interval": {"confidence": CONFIDENCE, "method": "Wilson"},
        "tables": [_table(table) for table in profile.tables],
    }
    return written(document)


def input_object(file: CountedFile, k: int = 0) -> dict[str, Any]:
    """A file; how many records it has is null where they are fewer than ``k``."""
    return {
        "path": file.path,
        **({} if file.sheet is None else {"sheet": file.sheet}),
        "table": file.table,
        "rows": None if 0 < file.records < k else file.records,
        "mapped_by": file.mapped_by,
    }


def _table(table: TableProfile) -> dict[str, Any]:
    return {
        "table": table.name,
        "title": table.label,
        "unit": table.unit,
        "records": table.records,
        "blank_rows": table.blank_rows,
        "fields": [_field(field) for field in table.fields],
        "absent": list(table.absent),
        "notes": list(table.notes),
    }


def _field(field: FieldProfile) -> dict[str, Any]:
    return {
        "field": field.name,
        "title": field.label,
        "records": field.records,
        "recorded": portion_object(field.recorded),
        "recorded_where_it_applies": portion_object(field.asked) if field.asked else None,
        "missing": [
            {"reason": reason.code, "allowed": reason.allowed, **portion_object(reason.portion)}
            for reason in field.reasons
        ],
        "blank": {"optional": field.optional, **portion_object(field.blank)},
        "invalid": portion_object(field.invalid),
        "distribution": {
            "of": field.shape.value,
            "rows": [_row(row) for row in field.rows],
            "unused_codes": field.unused,
        },
        "numbers": {
            "quantiles": dict(field.numbers.quantiles),
            "mean": field.numbers.mean,
            "rounded": field.numbers.rounded,
        }
        if field.numbers
        else None,
        "published": _source(field.source) if field.source else None,
        "notes": list(field.notes),
    }


def portion_object(portion: Portion) -> dict[str, Any]:
    """A count and its share in per cent."""
    return {
        "count": portion.count,
        "of": portion.total,
        "share": portion.share,
        "low": portion.low,
        "high": portion.high,
        "hidden": portion.hidden,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "value": row.value,
        "label": row.label or None,
        **portion_object(row.portion),
        "and_above": row.and_above.share if row.and_above else None,
        "published": _number(row.published),
        "agrees": row.agrees,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "unit": source.unit,
        "same_unit": source.same_unit,
        "recorded": _number(source.recorded),
        "agrees": source.agrees,
        "sum": _number(source.total),
        "source": source.named,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
