"""A column that the standard asks for is not there."""

from collections.abc import Iterable

from validator.expressions.headings import same_heading
from validator.model.standard import Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View


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
    means="The table has no column for a field that is not optional.",
    why="A field that is left out altogether is an omission in every record.",
    mend="Add the column, and in each row type the value or the missing reason that is true.",
    run=_run,
)
