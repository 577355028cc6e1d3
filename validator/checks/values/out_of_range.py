"""A number or date beyond the field's limits."""

from validator.expressions.values import in_range, matches
from validator.model.lexical import pattern_of
from validator.model.standard import Field, Kind, Severity
from validator.registry import Cell, CellCheck, Verdict


def _limits(field: Field) -> str:
    if field.minimum is not None and field.maximum is not None:
        return f"between {field.minimum} and {field.maximum}"
    more, less = ("later", "earlier") if field.kind is Kind.DATE else ("more", "less")
    return (
        f"{field.minimum} or {more}" if field.minimum is not None else f"{field.maximum} or {less}"
    )


def _judge(cell: Cell) -> Verdict | None:
    field = cell.field
    if not matches(pattern_of(field) or "", cell.text) or in_range(field, cell.text):
        return None
    return Verdict(f"The value must be {_limits(field)}. Check it against your own record.")


def _applies(field: Field) -> bool:
    bounded = field.minimum is not None or field.maximum is not None
    return bounded and field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}


CHECK = CellCheck(
    code="out-of-range",
    severity=Severity.ERROR,
    title="A number or date beyond its limits",
    means="The value is well written, but less than the field's minimum or more than its maximum.",
    why="Such a value is nearly always a slip of the keyboard, and it distorts every total.",
    mend="Correct the value. If it is right, tell those who keep the standard.",
    order=70,
    applies=_applies,
    judge=_judge,
)
