"""accordant: common data standards in YAML, compiled and checked.

``load(standard)``, ``check(standard, data)``, ``mend(standard, data)`` and
``compile(standard, target)``.
"""

from __future__ import annotations

from typing import Any

__all__ = ["check", "compile", "load", "mend"]


def __getattr__(name: str) -> Any:
    """Import the interface on first use: the command line starts faster without it."""
    if name in __all__:
        from validator import api

        return getattr(api, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
