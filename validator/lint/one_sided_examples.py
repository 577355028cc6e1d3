"""Rules that no example shows from both sides."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.standard import Severity, Standard
from validator.model.words import listed
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for rule in standard.rules:
        sides = {"pass": rule.passing, "fail": rule.failing}
        absent = [side for side, examples in sides.items() if not examples]
        if absent:
            which = listed((f"should {side}" for side in absent), "or")
            what = f"The rule '{rule.id}' has no example that {which}."
            words = listed(f"'{side}'" for side in absent)
            yield LintFinding(rule.origin, what, f"Under 'examples', write a record in {words}.")


LINT = Lint(
    code="one-sided-examples",
    severity=Severity.WARNING,
    title="A rule without examples on both sides",
    means="The rule has no example that passes, or none that fails.",
    why="Without both, nothing shows that the rule fires where it should and only there.",
    mend="Add a record that keeps the rule under `pass`, and one that breaks it under `fail`.",
    run=_run,
)
