"""What every answer for programs has in common: what made it, of which standard, and its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from validator.model.visible import safe_json


def as_json(document: Mapping[str, Any], indent: int = 2) -> bytes:
    """A document as JSON, harmless to read, with a line feed at its end.

    Equal documents give equal bytes. Raises ValueError where a number is none (NaN): what cannot
    be computed is null.
    """
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    return (safe_json(text) + "\n").encode()


def tool() -> dict[str, str]:
    """What made the document."""
    return {"name": "accordant", "version": version("accordant")}


def identity(id_: str, version_: str, digest: str) -> dict[str, str | None]:
    """Which standard, which version of it, and the digest of its files where they were read."""
    return {"id": id_, "version": version_, "digest": digest or None}
