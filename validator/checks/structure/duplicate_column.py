"""A heading that stands twice."""

from validator.expressions.headings import column_letters
from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    first = dict(fault.detail).get("first")
    earlier = f"column {column_letters(int(first))}" if first else "an earlier column"
    return Verdict(
        f"Column {column_letters(fault.column or 1)} has the same heading as {earlier}, and only "
        "the earlier one was checked. Rename or delete one of them."
    )


CHECK = FileCheck(
    code="duplicate-column",
    severity=Severity.ERROR,
    title="A heading that stands twice",
    means=("Two columns have the same heading."),
    why=("Programs keep one of the two, and not all keep the same."),
    mend=("Rename or delete one of the columns."),
    explain=_explain,
)
