"""A row with more or fewer cells than the header."""

from validator.model.reading import Fault
from validator.model.standard import Severity
from validator.registry import FileCheck, Verdict


def _explain(fault: Fault) -> Verdict:
    facts = dict(fault.detail)
    if facts.get("kind") == "merged":
        return Verdict(
            "The cell is merged with others, so that only its first row and column hold its value. "
            "Unmerge it, and type the value into each."
        )
    got, expected = int(facts.get("got", "0")), int(facts.get("expected", "0"))
    what = f"The row has {got:,} {'cell' if got == 1 else 'cells'}, and the header {expected:,}."
    if got > expected:
        return Verdict(
            f"{what} A separator inside a text makes one cell too many: put that text in double "
            "quotes, or take the separator out."
        )
    return Verdict(f"{what} Look for a cell that was lost, or a row that was broken in two.")


CHECK = FileCheck(
    code="ragged-row",
    severity=Severity.ERROR,
    title="A row with too many or too few cells",
    means=(
        "The row does not have as many cells as the header has columns, or cells of a spreadsheet "
        "are merged into one."
    ),
    why=(
        "From the place where a cell is lost or added, every value stands under the wrong heading."
    ),
    mend=(
        "Look for a separator inside a text (put such a text in double quotes), or a lost cell; "
        "unmerge merged cells."
    ),
    explain=_explain,
)
