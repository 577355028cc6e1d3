"""Keys that may be absent."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for name in table.key:
            field = table.by_name[name]
            if not field.required:
                what = f"'{name}' is a key of '{table.name}', but is not required."
                yield LintFinding(field.origin, what, "Write 'required: true'.")


LINT = Lint(
    code="key-not-required",
    severity=Severity.WARNING,
    title="A key that may be absent",
    means="A field of the table's key is not `required: true`.",
    why="Records without it cannot be told apart or found again, and nothing can refer to them.",
    mend="Make the field required, or choose another key.",
    run=_run,
)
