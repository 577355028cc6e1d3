"""What is made of the patterns of our own kinds: to make it takes longer than to check a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

PATTERNS = "columns.json"


@cache
def made_before() -> Mapping[str, Mapping[str, list[str]]]:
    """By kind, the ``patterns`` for columns and the ``signs`` for shapes.

    ``validator.reference`` writes them, and sees that they are those that would be made.
    """
    text = (files(__package__) / PATTERNS).read_text("utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(text)
    return found
