"""Finds the files of a room: nothing lists them, so adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any


def modules_of(package: str) -> Iterator[tuple[str, Any]]:
    """Every public module of a package, by name, imported."""
    room = importlib.import_module(package)
    for info in sorted(pkgutil.iter_modules(room.__path__), key=lambda item: item.name):
        if not info.ispkg and not info.name.startswith("_"):
            yield info.name, importlib.import_module(f"{package}.{info.name}")
