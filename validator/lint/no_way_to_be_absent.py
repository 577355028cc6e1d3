"""Fields that cannot say that a value is absent."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for field in table.fields:
            if not (field.required or field.optional or field.missing):
                what = f"'{table.name}.{field.name}' has neither 'missing' nor 'optional', and is "
                what += "not 'required'."
                cure = "Name the reasons it allows under 'missing', or write 'required: true'."
                yield LintFinding(field.origin, what, cure)


LINT = Lint(
    code="no-way-to-be-absent",
    severity=Severity.WARNING,
    title="A field that cannot say that a value is absent",
    means="The field is neither required nor optional, and allows no missing reason.",
    why="A contributor without the value can only leave a blank, which is reported, or invent one.",
    mend="Say which missing reasons the field allows, or that it is required or optional.",
    run=_run,
)
