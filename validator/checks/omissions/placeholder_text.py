"""A cell is filled with a text that says nothing."""

from validator.expressions.values import is_blank, is_placeholder
from validator.model.standard import Severity
from validator.registry import Cell, CellCheck, Verdict


def _judge(cell: Cell) -> Verdict | None:
    if not is_placeholder(cell.field, cell.text):
        return None
    if is_blank(cell.text):
        return Verdict(
            "The cell looks blank, but holds spaces or other characters that cannot be seen. "
            "Clear it."
        )
    if cell.field.missing:
        reasons = ", ".join(cell.field.missing)
        return Verdict(
            "The cell is filled but says nothing. Type the value, or say why there is none: "
            f"{reasons}."
        )
    if cell.field.optional:
        return Verdict("The cell is filled but says nothing. Leave it blank instead.")
    return Verdict("The cell is filled but says nothing. Type the value.")


CHECK = CellCheck(
    code="placeholder-text",
    severity=Severity.ERROR,
    title="A cell is filled with words that say nothing",
    means=(
        "The cell holds a stand-in such as n/a, tbc, ??? or unknown, in English, French, Spanish "
        "or Arabic, instead of a value or a missing reason. So does a cell of an optional field "
        "that holds spaces alone. Free text fields are left alone."
    ),
    why=(
        "A stand-in looks like an answer and is none: unknown and not recorded end in one bucket, "
        "and the rate of recorded values looks better than it is."
    ),
    mend="Type the missing reason that is true, or the value.",
    order=50,
    applies=lambda field: not field.free_text,
    judge=_judge,
)
