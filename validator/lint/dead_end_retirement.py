"""Retired codes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.places import within
from validator.lint.words import shortened
from validator.model.standard import Severity, Standard
from validator.registry import Lint, LintFinding


def _run(standard: Standard) -> Iterator[LintFinding]:
    for codelist in (standard.missing_reasons, *standard.codelists):
        for code in codelist.codes:
            use = code.retired.use if code.retired else None
            if use is None or use in codelist.current:
                continue
            why = "is retired itself" if use in codelist.by_code else "is no code of the list"
            what = f"The retired code '{code.code}' of '{codelist.id}' is to be replaced by "
            what += f"'{use}', which {why}."
            cure = f"Name a current code: {shortened(codelist.current)}."
            yield LintFinding(within(code.origin, "retired", "use"), what, cure)
        if codelist.codes and not codelist.current:
            what = f"Every code of '{codelist.id}' is retired."
            yield LintFinding(codelist.origin, what, "Keep a code that may be used.")


LINT = Lint(
    code="dead-end-retirement",
    severity=Severity.ERROR,
    title="A retired code that leads nowhere",
    means="A retired code names a replacement under `use` that may not be used itself.",
    why="The steward is told to type a code that is then reported as well.",
    mend="Name a current code under `use`, or leave `use` out.",
    run=_run,
)
