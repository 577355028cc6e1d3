"""Fields that do not say what they are or where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.words import shortened
from validator.model.standard import Severity, Standard
from validator.model.words import many
from validator.registry import Lint, LintFinding

_CURES = {
    "title": "Write the name that people see.",
    "description": "Write what to record there.",
    "source": "Name the place in a publication, or whose decision it was.",
}


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for name, cure in _CURES.items():
            bare = [field for field in table.fields if not getattr(field, name)]
            if bare:
                what = f"{many(len(bare), 'field')} of '{table.name}' without a {name}: "
                what += f"{shortened(field.name for field in bare)}."
                yield LintFinding(bare[0].origin, what, cure, len(bare))


LINT = Lint(
    code="undocumented-field",
    severity=Severity.NOTE,
    title="A field that is not documented",
    means="Fields of a table have no title, no description or no source.",
    why="Contributors then fill the field in different ways, and nobody can look up which holds.",
    mend="Write the title, the description and the source.",
    run=_run,
)
