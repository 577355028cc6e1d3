"""A file that belongs to no table of the standard."""

from collections.abc import Iterable

from validator.model.standard import Severity
from validator.registry import Hit, Outcome, SubmissionCheck, Verdict, View


def _run(view: View) -> Iterable[Outcome]:
    tables = ", ".join(table.name for table in view.standard.tables)
    verdict = Verdict(
        f"The file was not checked: neither its name nor its headings fit a table ({tables}). "
        "Name it after its table, or leave it out."
    )
    strangers = [i for i, f in enumerate(view.files) if f.table is None and f.columns]
    hits = [Hit(verdict, file=index) for index in strangers]
    yield Outcome(hits=hits, count=len(hits))


CHECK = SubmissionCheck(
    code="unknown-table",
    severity=Severity.WARNING,
    title="A file that belongs to no table",
    means="Neither the file's name nor its headings tell which table of the standard it holds.",
    why="A file that is not checked must not be shared as if it were.",
    mend="Name the file after its table (series.csv), or take it out of the submission.",
    run=_run,
)
