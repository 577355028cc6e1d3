"""Rules that compare free text as if it were coded."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.condition import Op, tests_of
from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding
from validator.standards.resolve import find

_EXACT = (Op.EQ, Op.NE, Op.IN, Op.NOT_IN)


def _run(standard: Standard) -> Iterator[LintFinding]:
    for rule in standard.rules:
        other = rule.count or rule.exists
        conditions = [(rule.table, rule.when), (rule.table, rule.then)]
        conditions += [(other.table, other.where)] if other else []
        for table, condition in conditions:
            for test in tests_of(condition):
                field = find(standard, standard.by_name[table], test.field)
                if field and field.free_text and test.op in _EXACT:
                    what = f"The rule '{rule.id}' compares '{test.field}', which is free text."
                    cure = "Ask whether it is 'recorded', or give it a field with codes."
                    yield LintFinding(test.origin, what, cure)


LINT = Lint(
    code="text-comparison",
    severity=Severity.WARNING,
    title="A rule that compares free text",
    means="A condition asks whether a free text equals a value.",
    why="People write the same thing in many ways, so that the rule depends on their spelling.",
    mend="Test a coded field instead, or only whether the text is `recorded`.",
    run=_run,
)
