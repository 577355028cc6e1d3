"""A row with more or fewer cells than the header."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    facts = dict(fault.detail)
    return Verdict(
        f"The row has {facts.get('got', '?')} cells where the header has "
        f"{facts.get('expected', '?')}. Look for a separator inside a text, or a lost cell."
    )


CHECK = FileCheck(
    code="ragged-row",
    severity=Severity.ERROR,
    title="A row with too many or too few cells",
    means=("The row does not have as many cells as the header has columns."),
    why=(
        "From the place where a cell is lost or added, every value stands under the wrong heading."
    ),
    mend=("Look for a separator inside a text (put such a text in double quotes), or a lost cell."),
    explain=_explain,
)
