"""Codes that differ by case, accents, spaces or hyphens only."""

from __future__ import annotations

from collections.abc import Iterator

from validator.expressions.values import fold
from validator.model.standard import Code, Severity, Standard
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    reasons = standard.missing_reasons
    for codelist in (reasons, *standard.codelists):
        seen: dict[str, tuple[Code, str]] = {}
        if codelist is not reasons:
            seen = {fold(code.code): (code, reasons.id) for code in reasons.codes}
        for code in codelist.codes:
            first, place = seen.setdefault(fold(code.code), (code, codelist.id))
            if first is not code:
                what = f"The code '{code.code}' of '{codelist.id}' differs from '{first.code}'"
                what += "" if place == codelist.id else f" of '{place}'"
                what += f" (line {first.origin.line}) by case, accents, spaces or hyphens only."
                yield LintFinding(code.origin, what, "Rename one of them, or remove it.")


LINT = Lint(
    code="look-alike-codes",
    severity=Severity.ERROR,
    title="Codes that look alike",
    means=(
        "Two codes of one list, or a code and a missing reason, differ by case, accents, spaces, "
        "hyphens or underscores only."
    ),
    why="People mix them up, and no spelling mistake can be told from the other code.",
    mend="Give the codes names that differ in their letters.",
    run=_run,
)
