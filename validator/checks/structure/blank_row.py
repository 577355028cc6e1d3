"""A row with nothing in it."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    rows = int(dict(fault.detail).get("rows", "1"))
    if rows > 1:
        return Verdict(f"From this row on {rows:,} rows are blank. Delete them.")
    return Verdict("The row is blank. Delete it, or restore the record that stood here.")


CHECK = FileCheck(
    code="blank-row",
    severity=Severity.WARNING,
    title="A blank row",
    means=("Every cell of the row is blank."),
    why=("A blank row may be a record that was lost, and some programs stop reading there."),
    mend=("Delete the row, or restore the record that stood there."),
    explain=_explain,
)
