"""A column that the standard does not have."""

from collections.abc import Iterable

from validator.expressions.headings import column_letters
from validator.expressions.values import fold
from validator.model.standard import Severity, Table
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View

ALIKE = 75.0
"""From this likeness on (0 to 100) a heading is worth suggesting."""


def _nearest(heading: str, table: Table, there: tuple[str, ...]) -> str | None:
    from rapidfuzz import fuzz, process

    free = {fold(field.name): field.name for field in table.fields if field.name not in there}
    found = process.extractOne(
        fold(heading[:80]), list(free), scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    return free[found[0]] if found else None


def _run(view: View) -> Iterable[Outcome]:
    for index, file in enumerate(view.files):
        if file.table is None:
            continue
        table, count = view.standard.by_name[file.table], 0
        hits: list[Hit] = []
        for column, heading in enumerate(file.columns, start=file.left):
            if heading in table.by_name:
                continue
            count += 1
            if len(hits) >= view.max_rows:
                continue
            letters = column_letters(column)
            near = _nearest(heading, table, file.columns)
            if near:
                message = (
                    f"The heading of column {letters} is not in the standard, and the column was "
                    f"not checked. Did you mean {near}?"
                )
            elif not heading.strip():
                message = f"Column {letters} has no heading. Give it one, or delete the column."
            else:
                message = (
                    f"Column {letters} is not in the standard and was not checked. Rename or "
                    "delete it before you share the file."
                )
            verdict = Verdict(message, near)
            hits.append(Hit(verdict, file=index, row=file.header, value=heading, column=column))
        yield Outcome(table=file.table, hits=hits, count=count)


CHECK = SubmissionCheck(
    code="unknown-column",
    severity=Severity.WARNING,
    title="A column that the standard does not have",
    means="The heading is not a field of the table. The column's cells were not checked.",
    why="A column that nobody agreed on can carry what must not leave the country.",
    mend="Correct the heading, or delete the column from the copy that you share.",
    run=_run,
)
