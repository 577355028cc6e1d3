"""A file that belongs to no table of the standard."""

from collections.abc import Iterable

from validator.model.standard import Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View


def _run(view: View) -> Iterable[Outcome]:
    tables = ", ".join(table.name for table in view.standard.tables)
    hits = []
    for index, file in enumerate(view.files):
        if file.table is not None or not file.columns:
            continue
        what = "sheet" if file.cells else "file"
        verdict = Verdict(
            f"The {what} was not checked: neither its name nor its headings fit a table ({tables})."
            " Name it after its table, or leave it out."
        )
        hits.append(Hit(verdict, file=index))
    yield Outcome(hits=hits, count=len(hits))


CHECK = SubmissionCheck(
    code="unknown-table",
    severity=Severity.WARNING,
    title="A file that belongs to no table",
    means=(
        "Neither the name nor the headings of a file, or of a workbook's sheet, tell which table "
        "of the standard it holds."
    ),
    why="A file that is not checked must not be shared as if it were.",
    mend="Name the file or sheet after its table (series.csv), or take it out of the submission.",
    run=_run,
)
