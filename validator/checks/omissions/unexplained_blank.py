"""A cell is blank, and the field does not say that a blank is an answer."""

from validator.expressions.values import is_blank
from validator.model.standard import Severity
from validator.registry import Cell, CellCheck, Verdict


def _judge(cell: Cell) -> Verdict | None:
    if cell.field.optional or not is_blank(cell.text):
        return None
    if cell.field.missing:
        reasons = ", ".join(cell.field.missing)
        return Verdict(f"The cell is blank. Type the value, or say why there is none: {reasons}.")
    return Verdict("The cell is blank, and this field must always hold a value. Type the value.")


CHECK = CellCheck(
    code="unexplained-blank",
    severity=Severity.ERROR,
    title="A cell is blank without a reason",
    means=(
        "The cell holds nothing, or only spaces, and the field is not marked optional. "
        "Where the field allows missing reasons, one of them must stand instead of a value."
    ),
    why=(
        "A blank can mean that nobody looked, that nobody could tell, or that the question does "
        "not arise. Those who compare records cannot know which, so a blank is never an answer."
    ),
    mend="Type the value. Where there is none, type the missing reason that is true.",
    order=10,
    applies=lambda field: not field.optional,
    judge=_judge,
)
