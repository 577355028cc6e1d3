"""A column that the standard asks for is not there."""

from collections.abc import Iterable

from validator.expressions.headings import same_heading
from validator.model.disclosure import Audience
from validator.model.standard import Field, Kind, Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View

LEFT_OUT = "the column is not there, and need not be for this audience"


def _not_for(audience: Audience | None, field: Field) -> bool:
    """Whether the checks of disclosure may advise to leave the field out."""
    if audience is None or field.required:
        return False
    exact = field.kind is Kind.DATE and field.precision not in audience.dates
    return exact or field.quasi_identifier or field.sensitive


def _run(view: View) -> Iterable[Outcome]:
    for index, file in enumerate(view.files):
        if file.table is None:
            continue
        for field in view.standard.by_name[file.table].fields:
            if field.optional:
                continue
            hits = []
            if field.name not in file.columns:
                near = any(same_heading(field.name, column) for column in file.columns)
                if not near and _not_for(view.audience, field):
                    yield Outcome(table=file.table, field=field.name, skipped=LEFT_OUT)
                    continue
                cure = (
                    "A heading differs from it in capitals, spaces or accents alone: make it"
                    if near
                    else "Add it, with a value or a missing reason in each row. The heading is"
                )
                what = f"The column {field.name} is missing."
                verdict = Verdict(f"{what} {cure} {field.name}.", field.name)
                hits.append(Hit(verdict, file=index, row=file.header))
            yield Outcome(table=file.table, field=field.name, hits=hits, count=len(hits))


CHECK = SubmissionCheck(
    code="missing-column",
    severity=Severity.ERROR,
    title="A column is missing",
    means=(
        "The table has no column for a field that is not optional. With --audience, a column that "
        "could expose somebody, or holds dates too exact for that audience, may be left out."
    ),
    why="A field that is left out altogether is an omission in every record.",
    mend="Add the column, and in each row type the value or the missing reason that is true.",
    run=_run,
)
