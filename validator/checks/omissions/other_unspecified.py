"""The code for "other" is used, and the field that should explain it is empty."""

from collections.abc import Iterable

import narwhals as nw

from validator.expressions import fields as cells
from validator.model.standard import Severity, Standard, Table
from validator.registry import Probe, SubmissionCheck, Verdict


def _probes(standard: Standard, table: Table, _as_of: str) -> Iterable[Probe]:
    for field in table.fields:
        if not field.specify or not field.others:
            continue
        named = " or ".join(f"'{code}'" for code in field.others)
        column, words = nw.col(field.name), nw.col(field.specify)
        said = cells.blank(words) | cells.missing(words, standard.missing_reasons)
        yield Probe(
            table=table.name,
            field=field.specify,
            expression=cells.among(column, field.others) & said,
            reads=(field.name, field.specify),
            verdict=Verdict(
                f"{field.name} is {named}, but {field.specify} does not say which. "
                f"Type it in a few words, or choose a code of {field.name} that fits."
            ),
        )


CHECK = SubmissionCheck(
    code="other-unspecified",
    severity=Severity.ERROR,
    title="The code 'other' without its explanation",
    means="A field holds the code for 'other', and the field that should say which is blank.",
    why=(
        "An unexplained 'other' cannot be compared with anything, and a code list cannot be "
        "improved without knowing what it lacks."
    ),
    mend="Say which in a few words in the specify field, or choose a code that fits.",
    probes=_probes,
)
