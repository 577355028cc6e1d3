"""Quasi-identifiers whose values cannot be listed."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.lexical import domain
from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for field in table.fields:
            if field.quasi_identifier and field.codelist is None and domain(field) is None:
                what = f"'{table.name}.{field.name}' is a quasi-identifier, and its values cannot "
                what += "be listed."
                yield LintFinding(field.origin, what, "Use a list of codes, such as bands.")


LINT = Lint(
    code="open-quasi-identifier",
    severity=Severity.WARNING,
    title="A quasi-identifier without codes",
    means="A field has `quasi_identifier: true`, and neither codes nor both bounds of an integer.",
    why="Nearly every record then differs from all others, so that no group protects a person.",
    mend="Record it in codes that many records share, or do not record it.",
    run=_run,
)
