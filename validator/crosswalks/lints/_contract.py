"""What a lint of a crosswalk must have, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from validator.model.crosswalk import Crosswalk, Row
from validator.registry import Check, LintFinding

Node = tuple[str, str]
"""A code under its scheme: ``("uk-sentencing@2007", "2")``."""


@dataclass(frozen=True)
class Neighbourhood:
    """A crosswalk, and the others that could be used with it (itself not among them)."""

    crosswalk: Crosswalk
    others: tuple[Crosswalk, ...]


@dataclass(frozen=True, kw_only=True)
class CrosswalkLint(Check):
    """A look at a crosswalk that loads."""

    run: Callable[[Neighbourhood], Iterable[LintFinding]]


def pairs(crosswalk: Crosswalk) -> Iterator[tuple[Node, Node | None, Row]]:
    """Every pair of codes that rows of a single column on each side name; None: no counterpart."""
    if len(crosswalk.subject.columns) != 1:
        return
    (column,) = crosswalk.subject.columns
    for row in crosswalk.rows:
        scheme, target = column.scheme, crosswalk.object.by_name[row.target].scheme
        if scheme is None or target is None or row.when is not None or row.reasons:
            continue
        for code, candidate in product(row.key[column.name], row.candidates):
            yield (scheme.key, code), (target.key, candidate) if candidate else None, row
