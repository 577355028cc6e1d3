"""Published figures that do not fit their field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from validator.expressions.values import is_value
from validator.lint.places import within
from validator.lint.words import shortened
from validator.model.standard import Field, Kind, Published, Severity, Standard
from validator.registry import Lint, LintFinding

FAR = 2
"""Points of a per cent by which a sum may miss 100: rounding, and codes left out by a source."""


def _run(standard: Standard) -> Iterator[LintFinding]:
    for table in standard.tables:
        for field in table.fields:
            if field.published:
                yield from _figures(standard, f"{table.name}.{field.name}", field, field.published)


def _figures(
    standard: Standard, name: str, field: Field, figures: Published
) -> Iterator[LintFinding]:
    known = field.codelist.by_code if field.codelist else None
    for value, share in figures.valid.items():
        at = within(field.origin, "published", "valid", value)
        if not (value in known if known is not None else _named(field, value, standard)):
            what = f"A figure is published for '{value}', which is no value of '{name}'."
            cure = f"Name one of its codes: {shortened(known)}." if known else "Name a value."
            yield LintFinding(at, what, cure)
        if not 0 <= share <= 100:
            what = f"The published share of '{value}' in '{name}' is {share} per cent."
            yield LintFinding(at, what, "A share lies between 0 and 100.")
    if figures.recorded is not None and not 0 <= figures.recorded <= 100:
        at = within(field.origin, "published", "recorded")
        what = f"The published recorded share of '{name}' is {figures.recorded} per cent."
        yield LintFinding(at, what, "A share lies between 0 and 100.")
    total = sum(figures.valid.values(), Decimal(0))
    # of several codes in a cell each is counted, so that their shares need not sum to anything
    if figures.valid and not field.many and abs(total - 100) > FAR:
        what = f"The published shares of '{name}' sum to {total}, not to about 100."
        cure = "Compare them with the source; if it says so, say why in the description."
        at = within(field.origin, "published", "valid")
        yield LintFinding(at, what, cure, severity=Severity.NOTE)


def _named(field: Field, value: str, standard: Standard) -> bool:
    """A value, or for numbers also a range such as 3-4 or 5+."""
    if field.kind not in {Kind.INTEGER, Kind.NUMBER}:
        return is_value(field, value, standard.missing_reasons)
    ends = re.fullmatch(r"([0-9.]+)(?:\+|-([0-9.]+))?", value)
    reasons = standard.missing_reasons
    return bool(ends) and all(is_value(field, end, reasons) for end in ends.groups() if end)  # type: ignore[union-attr]  # because bool(ends) says that it matched


LINT = Lint(
    code="published-figures",
    severity=Severity.WARNING,
    title="Published figures that do not fit",
    means=(
        "A published share is given for something that is no value of the field, or is no per "
        "cent; or the shares sum to something far from 100 (a note: a source may do so)."
    ),
    why="Profiles and synthetic submissions follow these figures.",
    mend="Compare the figures with their source, code by code.",
    run=_run,
)
