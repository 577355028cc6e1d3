"""A field for explaining ``other`` is filled, and the code is not ``other``."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from validator.expressions import fields as cells
from validator.expressions.values import SAYS_NOTHING
from validator.model.lexical import literal
from validator.model.standard import Field, Severity, Standard, Table
from validator.registry import Probe, SubmissionCheck, Verdict


def _probes(standard: Standard, table: Table, _as_of: str) -> Iterable[Probe]:
    for field in table.fields:
        if not field.specify or not field.others:
            continue
        named = " or ".join(f"'{code}'" for code in field.others)
        column, words = nw.col(field.name), nw.col(field.specify)
        reasons = standard.missing_reasons
        answered = cells.recorded(column, field, reasons) | cells.among(column, field.missing)
        # a stand-in or a missing reason in the text is reported by itself
        says = ~cells.whole_match(words.str.to_lowercase(), SAYS_NOTHING)
        yield Probe(
            table=table.name,
            field=field.specify,
            expression=answered & ~_other(field) & ~cells.blank(words),
            confirm=says & ~cells.missing(words, reasons),
            reads=(field.name, field.specify),
            verdict=Verdict(
                f"{field.specify} is filled, but {field.name} is not {named}. Clear the "
                f"text, or type {' or '.join(field.others)} in {field.name} if no code fits."
            ),
        )


def _other(field: Field) -> nw.Expr:
    column = nw.col(field.name)
    if not field.many:
        return cells.among(column, field.others)
    between = literal(field.separator)
    one = "|".join(map(literal, field.others))
    return column.str.contains(rf"(?:\A|{between})(?:{one})(?:{between}|\z)")


CHECK = SubmissionCheck(
    code="text-not-allowed",
    severity=Severity.ERROR,
    title="An explanation of 'other' where the code is not 'other'",
    means=(
        "The field that explains the code for 'other' holds a text, and the coded field holds "
        "another code or a missing reason."
    ),
    why=(
        "The two say different things, and the text is read by nobody: it is looked at for records "
        "that are coded as other only."
    ),
    mend="Clear the text, or use the code for 'other' where no code fits.",
    probes=_probes,
)
