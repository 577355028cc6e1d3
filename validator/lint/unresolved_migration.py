"""A migration whose names lead nowhere, or that leaves records at fault."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from validator.errors import BrokenStandard
from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding
from validator.versions.resolving import faults
from validator.versions.route import before


def _run(standard: Standard) -> Iterator[LintFinding]:
    old = None
    with contextlib.suppress(BrokenStandard):
        # what is wrong with the older version is told where that one is looked at
        old = before(standard)
    for fault in faults(standard, old):
        yield LintFinding(fault.at, fault.what, fault.cure, severity=fault.severity)


LINT = Lint(
    code="unresolved-migration",
    severity=Severity.ERROR,
    title="A migration that cannot be followed",
    means=(
        "A step of `migrates` names a table, field, code or missing reason that one of the two "
        "versions does not have, or writes what the field may not hold; or nothing is said of "
        "something that is gone or newly needed (a warning)."
    ),
    why="`accordant migrate` would leave records at fault, or cannot run at all.",
    mend="Follow the message. Keep the version before as `standard-VERSION.yaml` beside this one.",
    run=_run,
)
