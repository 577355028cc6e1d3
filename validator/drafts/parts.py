"""What a draft is made of, whatever it was made from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Yaml = Mapping[str, Any]
"""Keys of a standard's YAML: text, lists and mappings of text."""

CODE = re.compile(r"\S+( \S+)*")
"""What the text of a code may be."""


@dataclass(frozen=True)
class DraftField:
    """One field: its keys as an author would write them, and ``why`` they are so, for a comment."""

    name: str
    keys: Yaml
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftTable:
    """One table, and its headings in the data where they cannot be names of fields."""

    name: str
    fields: tuple[DraftField, ...]
    key: tuple[str, ...] = ()
    title: str = ""
    why: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Left:
    """Cells that no standard should accept, by number: what is to be mended in the data."""

    table: str
    field: str
    code: str
    count: int
    what: str


@dataclass(frozen=True)
class Draft:
    """A standard as it is drafted. ``reasons`` are the missing reasons, each with its label."""

    name: str
    tables: tuple[DraftTable, ...]
    source: str
    reasons: Mapping[str, str] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    title: str = ""


def slug(text: str, fallback: str, taken: Container[str] = ()) -> str:
    """A name as fields and tables have it (``victim_gender``), and not one of ``taken``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    if not name:
        name = fallback
    elif not name[0].isalpha():
        name = f"{fallback}_{name}"
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def slugs(texts: Iterable[str], fallback: str) -> list[str]:
    """A name for each text, no two alike."""
    found: list[str] = []
    for text in texts:
        found.append(slug(text, fallback, found))
    return found


def is_code(text: str) -> bool:
    """Whether a text can stand in a code list as it is."""
    return CODE.fullmatch(text) is not None and text.isprintable() and len(text) <= 100


def absence(*, blank: bool, missing: Iterable[str]) -> dict[str, Any]:
    """The keys that say how a value may be absent."""
    reasons = list(missing)
    if not blank and not reasons:
        return {"required": "true"}
    return ({"optional": "true"} if blank else {}) | ({"missing": reasons} if reasons else {})
