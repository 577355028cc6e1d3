"""Puts a crosswalk to every lint of crosswalks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood
from validator.crosswalks.load import every, load
from validator.discovery import modules_of
from validator.model.crosswalk import Crosswalk
from validator.registry import LintFinding, by_code


@cache
def lints() -> tuple[CrosswalkLint, ...]:
    """Every lint of crosswalks there is, by code."""
    return tuple(by_code(modules_of("validator.crosswalks.lints"), "LINT", "crosswalk"))


def examine(path: str | Path) -> tuple[Crosswalk, list[tuple[CrosswalkLint, LintFinding]]]:
    """The crosswalk at a path, or the shipped one of that name, and what the lints find.

    It is compared with those beside it and the shipped ones. Raises UsageError where there is
    none, and BrokenStandard where it does not load.
    """
    crosswalk = load(path)
    place = Path(crosswalk.origin.file)
    neighbours = [
        other
        for other in every(place.parent)
        if Path(other.origin.file).resolve() != place.resolve()
    ]
    return crosswalk, list(found_in(crosswalk, neighbours))


def found_in(
    crosswalk: Crosswalk, others: list[Crosswalk]
) -> Iterator[tuple[CrosswalkLint, LintFinding]]:
    """What every lint says of a crosswalk, and of those of codes that its tables go through."""
    parts = [crosswalk] if not crosswalk.tables else [crosswalk, *crosswalk.parts]
    for part in parts:
        beside = tuple(other for other in others if other.key != part.key)
        for lint in lints():
            for finding in lint.run(Neighbourhood(part, beside)):
                yield lint, finding
