"""A missing reason stands in a field that does not allow it."""

from validator.expressions.values import is_reason
from validator.model.standard import Severity
from validator.registry import Cell, CellCheck, Verdict


def _judge(cell: Cell) -> Verdict | None:
    if not is_reason(cell.reasons, cell.text) or cell.text in cell.field.missing:
        return None
    if cell.field.missing:
        allowed = ", ".join(cell.field.missing)
        return Verdict(
            f"This reason cannot be given in this field. Type the value, or one of: {allowed}."
        )
    if cell.field.optional:
        return Verdict("This field takes no missing reason. Leave the cell blank instead.")
    return Verdict("This field takes no missing reason: it must hold a value. Type the value.")


CHECK = CellCheck(
    code="reason-not-allowed",
    severity=Severity.ERROR,
    title="A missing reason that the field does not allow",
    means="The cell holds one of the standard's missing reasons, but not one that the field lists.",
    why=(
        "Each field allows the reasons that can be true of it. A reason that cannot be true "
        "hides whether the value is unknown, unrecorded or does not apply."
    ),
    mend="Type the value, or one of the missing reasons that the field allows.",
    order=20,
    applies=lambda _field: True,
    judge=_judge,
)
