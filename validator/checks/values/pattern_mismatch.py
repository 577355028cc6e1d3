"""A text that does not have the form that the field asks for."""

from validator.expressions.forms import in_words
from validator.expressions.values import matches
from validator.model.standard import Kind, Severity
from validator.registry import Cell, CellCheck, Verdict


def _judge(cell: Cell) -> Verdict | None:
    pattern = cell.field.pattern
    if pattern is None or matches(pattern, cell.text):
        return None
    if matches(pattern, cell.text.strip()):
        return Verdict("There are spaces before or after the text. Remove them.")
    if matches(pattern, cell.text.strip().upper()):
        return Verdict("The text has small letters where capitals belong. Type capitals.")
    form = in_words(pattern) or f"as a pattern, {pattern}"
    return Verdict(f"The text does not have the form of this field: {form}. Correct it.")


CHECK = CellCheck(
    code="pattern-mismatch",
    severity=Severity.ERROR,
    title="A text of the wrong form",
    means="The field asks for a form, such as three capitals, a hyphen and digits.",
    why=(
        "References join the tables of a submission. A reference of another form may also carry a "
        "case number or a name out of the country."
    ),
    mend="Correct the text, or make a new opaque reference.",
    order=80,
    applies=lambda field: field.kind is Kind.STRING and field.pattern is not None,
    judge=_judge,
)
