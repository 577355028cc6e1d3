"""Separators of several codes that do not separate, or are not needed."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.places import within
from validator.lint.words import shortened
from validator.model.standard import Field, Severity, Standard
from validator.registry import Lint, LintFinding

_DEFAULT = ";"


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for field in table.fields:
            at, name = within(field.origin, "separator"), f"{table.name}.{field.name}"
            for what, cure in _faults(standard, field, name):
                yield LintFinding(at, what, cure)


def _faults(standard: Standard, field: Field, name: str) -> Iterator[tuple[str, str]]:
    mark = field.separator
    if not field.many:
        if mark != _DEFAULT:
            what = f"'{name}' has a separator, but holds one value."
            yield what, "Write 'many: true', or remove it."
        return
    if mark.isalnum() or mark.isspace() or not mark.isprintable() or mark in "\"'":
        what = f"The separator of '{name}' is a letter, a digit, a quote or nothing to see."
        yield what, "Use a mark that no code holds, such as ; or |."
    reasons = [reason for reason in standard.missing_reasons.by_code if mark in reason]
    if reasons:
        what = (
            f"The separator '{mark}' of '{name}' stands in missing reasons: {shortened(reasons)}."
        )
        yield what, "Use a mark that no code and no missing reason holds, such as ; or |."


LINT = Lint(
    code="bad-separator",
    severity=Severity.WARNING,
    title="A separator that does not separate",
    means=(
        "The separator of a field with `many: true` is a letter, a digit, a quote or white space, "
        "or stands in a missing reason; or a field that holds one value has a separator."
    ),
    why="A cell can then be taken apart in two ways, or not as its author meant.",
    mend="Use `;` or `|`.",
    run=_run,
)
