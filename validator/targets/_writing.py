"""What every target writes alike: JSON that reads and compares well, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from validator.model.standard import Code, Field, Standard, Table

WIDTH = 100
"""What fits in a line of this many characters stands in one line."""


def as_json(data: Any) -> bytes:
    """JSON as UTF-8: short values in one line, long ones with a line for each part."""
    return (_lines(data, 0, 0) + "\n").encode()


def _lines(data: Any, indent: int, before: int) -> str:
    flat = json.dumps(data, ensure_ascii=False)
    if not isinstance(data, dict | list) or indent + before + len(flat) < WIDTH:
        return flat
    opening, closing = "{}" if isinstance(data, dict) else "[]"
    inner = f",\n{' ' * (indent + 2)}".join(_parts(data, indent + 2))
    return f"{opening}\n{' ' * (indent + 2)}{inner}\n{' ' * indent}{closing}"


def _parts(data: dict[str, Any] | list[Any], indent: int) -> Iterator[str]:
    if isinstance(data, list):
        yield from (_lines(item, indent, 1) for item in data)
        return
    for key, value in data.items():
        name = json.dumps(key, ensure_ascii=False) + ": "
        yield name + _lines(value, indent, len(name) + 1)


def without_empty(**parts: Any) -> dict[str, Any]:
    """The parts that say something."""
    return {name: part for name, part in parts.items() if part not in (None, "", [], {}, ())}


def provenance(standard: Standard) -> dict[str, Any]:
    """Which standard, of which content, something was compiled from."""
    return without_empty(
        standard=standard.id,
        version=standard.version,
        digest=standard.digest,
        source=standard.source,
    )


def described(item: Field | Table) -> dict[str, Any]:
    """Title and description in English, and what no target has a word for, under one key."""
    own = without_empty(source=item.source)
    if isinstance(item, Field):
        own |= without_empty(
            status=item.status and str(item.status),
            identifies=item.identifies and str(item.identifies),
            quasi_identifier=item.quasi_identifier or None,
            sensitive=item.sensitive or None,
            free_text=item.free_text or None,
        )
    return without_empty(
        title=str(item.title), description=str(item.description), **{"x-accordant": own}
    )


def label(code: Code) -> str:
    """A code's label in English, or the code itself."""
    return str(code.label) or code.code


def number(text: str) -> int | float:
    """A canonical number as JSON writes it."""
    return float(text) if "." in text else int(text)
