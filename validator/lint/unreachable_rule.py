"""Rules that never fire, whatever the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import narwhals as nw

from validator.lint.places import within
from validator.lint.space import Lowered, Space, TooLarge
from validator.model.condition import All, Condition, tests_of
from validator.model.standard import Bound, Severity, Standard
from validator.model.text import Origin
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    space = Space(standard)
    for rule in space.rules:
        try:
            yield from _rule(space, rule)
        except TooLarge as size:
            what = f"Whether the rule '{rule.rule.id}' can fire"
            yield space.undecided(rule.rule.origin, what, size)


def _rule(space: Space, lowered: Lowered) -> Iterator[LintFinding]:
    rule = lowered.rule
    if lowered.when and not _any(space, lowered.when):
        yield _unmet(space, lowered.when, within(rule.origin, "when"), f"'when' of '{rule.id}'")
    elif lowered.then:
        frame = space.frame(lowered.when, lowered.then, blanks=True)
        if not _some(frame, space.fires(lowered)):
            always = " where its 'when' holds" if lowered.when else ""
            what = f"The 'then' of '{rule.id}' cannot fail{always}, so that the rule never fires."
            cure = "Compare what it demands with the values and reasons that its fields allow."
            yield LintFinding(within(rule.origin, "then"), what, cure)
    elif rule.count and rule.count.bound is Bound.AT_LEAST and rule.count.number == 0:
        what = f"'{rule.id}' asks for at least 0 rows, so that it never fires."
        yield LintFinding(within(rule.origin, "count"), what, "Ask for at least 1.")
    if lowered.where and not _any(space, lowered.where):
        word = "count" if rule.count else "exists"
        yield _unmet(
            space, lowered.where, within(rule.origin, word, "where"), f"'where' of '{rule.id}'"
        )


def _unmet(space: Space, condition: Condition, at: Origin, which: str) -> LintFinding:
    """Names the part that cannot be met by itself, where there is one."""
    for part in _parts(condition):
        if not _any(space, part):
            field = tests_of(part)[0].field
            what = f"No record can meet the {which}: '{field}' never holds what it asks for."
            cure = f"Name values that '{field}' may hold, or missing reasons that it allows."
            return LintFinding(tests_of(part)[0].origin, what, cure)
    what = f"No record can meet the {which}: its tests exclude one another."
    return LintFinding(at, what, "Remove a test, or put alternatives under 'any'.")


def _parts(condition: Condition) -> Iterable[Condition]:
    if isinstance(condition, All):
        return [inner for part in condition.parts for inner in _parts(part)]
    return [condition]


def _any(space: Space, condition: Condition) -> bool:
    return _some(space.frame(condition, blanks=True), space.truth(condition).holds)


def _some(frame: Any, where: Any) -> bool:
    return bool(nw.from_native(frame).select(found=where.any())["found"][0])


LINT = Lint(
    code="unreachable-rule",
    severity=Severity.ERROR,
    title="A rule that never fires",
    means=(
        "No record, however it is filled, meets the rule's `when`; or its `then` cannot fail "
        "where the `when` holds; or no row can meet its `where`. Every combination of values "
        "that the conditions can tell apart is tried, each field with the values and missing "
        "reasons that it allows. Tests of text (patterns and prefixes) count as open."
    ),
    why="Its author believes that something is checked, and nothing is.",
    mend="Name values that the fields may hold now, or remove the rule.",
    run=_run,
)
