"""The cases that stand beside lints: a YAML file each, named after the lint's code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.registry import Check


def cases(room: Path) -> Iterator[Any]:
    """Every case of a room with its lint's code, as a parameter of a test."""
    for path in sorted(room.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            yield pytest.param(path.stem.replace("_", "-"), case, id=f"{path.stem}: {case['case']}")


def one_sided(room: Path, lints: Iterable[Check]) -> list[str]:
    """The lints whose cases show only where they speak, or only where they do not."""
    found = []
    for lint in lints:
        path = room / f"{lint.code.replace('-', '_')}.yaml"
        wanted = {bool(case["finds"]) for case in yaml.safe_load(path.read_text("utf-8"))}
        found += [lint.code] if wanted != {True, False} else []
    return found
