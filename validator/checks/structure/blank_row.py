"""A row with nothing in it."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    del fault
    return Verdict("The row is blank. Delete it, or restore the record that stood here.")


CHECK = FileCheck(
    code="blank-row",
    severity=Severity.WARNING,
    title="A blank row",
    means=("Every cell of the row is blank."),
    why=("A blank row may be a record that was lost, and some programs stop reading there."),
    mend=("Delete the row."),
    explain=_explain,
)
