"""A heading that stands twice."""

from validator.expressions.headings import column_letters
from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    column, first = fault.column or 1, int(dict(fault.detail)["first"])
    if column == first:
        return Verdict(
            "The record gives two values under one name, and only the first was checked. "
            "Take one of them out."
        )
    return Verdict(
        f"Column {column_letters(column)} has the same heading as column {column_letters(first)}, "
        "and only the earlier one was checked. Rename or delete one of them."
    )


CHECK = FileCheck(
    code="duplicate-column",
    severity=Severity.ERROR,
    title="A heading that stands twice",
    means=("Two columns have the same heading, or a JSON record gives one name twice."),
    why=("Programs keep one of the two, and not all keep the same."),
    mend=("Rename or delete one of the columns."),
    explain=_explain,
)
