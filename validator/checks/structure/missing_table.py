"""A table that the standard asks for is not there."""

from collections.abc import Iterable

from validator.model.standard import Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View


def _run(view: View) -> Iterable[Outcome]:
    for table in view.standard.tables:
        if not table.required:
            continue
        cure = f"Add a file {table.name}.csv with its headings."
        if any(not file.columns for file in view.files):
            cure = f"If it is in the file that could not be read, mend that file. If not: {cure}"
        verdict = Verdict(f"The table {table.name} is missing. {cure}")
        absent = table.name not in view.tables
        yield Outcome(table=table.name, hits=[Hit(verdict)] if absent else [], count=int(absent))


CHECK = SubmissionCheck(
    code="missing-table",
    severity=Severity.ERROR,
    title="A table is missing",
    means="The standard requires a table, and no file of the submission holds it.",
    why="The other tables refer to it, and cannot be understood without it.",
    mend="Add the file. 'accordant compile --to table-schema' shows its headings.",
    run=_run,
)
