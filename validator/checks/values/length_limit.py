"""A text that is too short or too long."""

from validator.expressions.values import fits
from validator.model.standard import Field, Kind, Severity
from validator.registry import Cell, CellCheck, Verdict


def _limits(field: Field) -> str:
    if field.min_length is not None and field.max_length is not None:
        return f"between {field.min_length} and {field.max_length} characters"
    if field.max_length is not None:
        return f"at most {field.max_length} characters"
    return f"at least {field.min_length} characters"


def _judge(cell: Cell) -> Verdict | None:
    if fits(cell.field, cell.text):
        return None
    way = "Shorten" if len(cell.text) > (cell.field.min_length or 0) else "Complete"
    return Verdict(f"The text must have {_limits(cell.field)}. {way} it.")


CHECK = CellCheck(
    code="length-limit",
    severity=Severity.ERROR,
    title="A text that is too short or too long",
    means="The number of characters lies outside the field's limits.",
    why="Long texts carry what codes should say, and what should not leave the country.",
    mend="Shorten the text, and put what can be coded into the coded fields.",
    order=90,
    applies=lambda f: f.kind is Kind.STRING and (f.min_length, f.max_length) != (None, None),
    judge=_judge,
)
