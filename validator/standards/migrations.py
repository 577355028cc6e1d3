"""Builds a migration from its YAML. What its names lead to is for lint and ``migrate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from validator.model.migration import Add, Drop, Migration, Recode, Rename, Split, Step
from validator.standards.conditions import reference
from validator.standards.strict_yaml import Document, Path


def migration(document: Document, data: Any) -> Migration | None:
    """What stands under ``migrates``; None where nothing does."""
    if data is None:
        return None
    steps = tuple(
        step
        for index, item in enumerate(data.get("steps", ()))
        for step in _steps(document, ("migrates", "steps", index), item)
    )
    return Migration(data["from"], steps, document.origin(("migrates",), key=True))


def _steps(document: Document, path: Path, data: Mapping[str, Any]) -> Iterator[Step]:
    at = document.origin(path)
    match data:
        case {"rename": field, "to": to}:
            yield Rename(reference(field), to, at)
        case {"recode": fields, "codes": codes}:
            # the same list often stands in several fields
            for field in [fields] if isinstance(fields, str) else fields:
                yield Recode(reference(field), dict(codes), at)
        case {"split": field, "code": code, "into": into}:
            yield Split(reference(field), code, tuple(into), data.get("becomes"), at)
        case {"add": field}:
            yield Add(reference(field), data.get("value", ""), at)
        case {"drop": field}:
            yield Drop(reference(field), at)
