"""Rules that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from validator.model.condition import All, AnyOf, Condition, Not, Test
from validator.model.standard import Rule, Severity, Standard
from validator.model.text import Origin
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    seen: dict[Any, Rule] = {}
    for rule in standard.rules:
        first = seen.setdefault(_meaning(rule), rule)
        if first is not rule:
            what = f"The rule '{rule.id}' says the same as '{first.id}' on line "
            what += f"{first.origin.line}."
            yield LintFinding(rule.origin, what, "Keep one of them.")


def _meaning(rule: Rule) -> Any:
    def counted(item: Any) -> Any:
        return item and replace(item, where=_plain(item.where))

    return (
        rule.table,
        _plain(rule.when),
        _plain(rule.then),
        counted(rule.count),
        counted(rule.exists),
    )


def _plain(condition: Condition | None) -> Any:
    """A condition without its place, and without the order of its parts."""
    match condition:
        case Test():
            return replace(condition, origin=Origin())
        case Not(part):
            return Not(_plain(part))
        case All(parts) | AnyOf(parts):
            return type(condition), frozenset(_plain(part) for part in parts)
        case None:
            return None


LINT = Lint(
    code="identical-rules",
    severity=Severity.WARNING,
    title="Two rules that say the same",
    means="Two rules of one table have the same conditions, whatever they are called.",
    why="One fault is then reported twice, and a later change may reach only one of them.",
    mend="Keep one of the rules.",
    run=_run,
)
