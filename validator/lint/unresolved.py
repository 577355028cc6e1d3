"""Names that lead nowhere, and values that do not fit what they are about."""

from __future__ import annotations

from validator.model.standard import Severity
from validator.registry import Lint

LINT = Lint(
    code="unresolved",
    severity=Severity.ERROR,
    title="A name that leads nowhere",
    means=(
        "A file, code list, table, field, code or missing reason that something names does not "
        "exist; or a limit, pattern or comparison does not fit the field that it is about."
    ),
    why="The standard cannot be used: there is nothing that the check could compare with.",
    mend="Follow the message: it names what there is.",
)
