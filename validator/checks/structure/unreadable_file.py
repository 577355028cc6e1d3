"""A file that cannot be read as a table."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    reason = dict(fault.detail).get("reason", "it is not a table")
    return Verdict(f"The file could not be checked: {reason}. Save it again as CSV (UTF-8).")


CHECK = FileCheck(
    code="unreadable-file",
    severity=Severity.ERROR,
    title="A file that cannot be read",
    means=("The file is empty, is not what its name says, or cannot be opened as a table."),
    why=("What cannot be read is not checked, and must not be taken for checked."),
    mend=("Open the file in the program that made it and save it again as CSV (UTF-8)."),
    explain=_explain,
)
