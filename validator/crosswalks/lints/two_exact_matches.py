"""Codes that are said to be exactly two things."""

from __future__ import annotations

from collections.abc import Iterator

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood, Node, pairs
from validator.model.crosswalk import Predicate
from validator.model.standard import Severity
from validator.registry import LintFinding


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    forward: dict[tuple[Node, str], Node] = {}
    backward: dict[tuple[Node, str], Node] = {}
    for subject, target, row in pairs(of.crosswalk):
        if target is None or row.predicate is not Predicate.EXACT:
            continue
        other = forward.setdefault((subject, row.target), target)
        if other != target:
            what = f"'{subject[1]}' is said to be exactly '{other[1]}', and exactly '{target[1]}'."
            yield LintFinding(row.origin, what, _CURE)
        first = backward.setdefault((target, row.target), subject)
        if first != subject:
            what = f"'{first[1]}' and '{subject[1]}' are both said to be exactly '{target[1]}'."
            yield LintFinding(row.origin, what, _CURE)


_CURE = "Keep exactMatch for the one that says the same; closeMatch or broadMatch fits the other."

LINT = CrosswalkLint(
    code="two-exact-matches",
    severity=Severity.ERROR,
    title="A code that is exactly two things",
    means=(
        "One code has exactMatch with two codes of the same column, or two codes have it with the "
        "same one."
    ),
    why=(
        "What is exactly the same as two things makes the two the same. A translation could not "
        "choose, and none could be read back."
    ),
    mend="Keep one exactMatch, and give the other the relation that it has.",
    run=_run,
)
