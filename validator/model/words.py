"""Numbers and lists in words."""

from __future__ import annotations

from collections.abc import Iterable


def many(number: int, noun: str, nouns: str = "") -> str:
    """``1 error``, ``1,200 records``; ``nouns`` is the plural where an s does not make it."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, end = [*words] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end
