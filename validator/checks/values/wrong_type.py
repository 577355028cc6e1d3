"""A text that is no number, date or truth value where one is asked for."""

from validator.expressions.values import fold, matches
from validator.model.lexical import BOOLEANS, DATE_SHAPES, pattern_of
from validator.model.standard import Kind, Precision, Severity
from validator.registry import Cell, CellCheck, Verdict

_EXAMPLES = {"YYYY": "2024", "YYYY-Qn": "2024-Q2", "YYYY-MM": "2024-05", "YYYY-MM-DD": "2024-05-17"}
_SHAPED = {
    Precision.YEAR: r"[0-9]{4}",
    Precision.QUARTER: r"[0-9]{4}-Q[0-9]",
    Precision.MONTH: r"[0-9]{4}-[0-9]{2}",
    Precision.DAY: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_YES = frozenset(["true", "t", "yes", "y", "1", "vrai", "oui", "verdadero", "si", "نعم"])
_NO = frozenset(["false", "f", "no", "n", "0", "faux", "non", "falso", "لا"])


def _judge(cell: Cell) -> Verdict | None:
    field = cell.field
    if field.kind is Kind.BOOLEAN:
        word = fold(cell.text)
        answer = "true" if word in _YES else "false" if word in _NO else None
        what = "This field takes true or false."
        cure = f" Type {answer}." if answer else " Type one of them."
        return None if cell.text in BOOLEANS else Verdict(what + cure, answer)
    if matches(pattern_of(field) or "", cell.text):
        return None
    match field.kind:
        case Kind.INTEGER if matches(r"-?[1-9][0-9]{18,}", cell.text):
            return Verdict("The number has more than 18 digits. Check it against your own record.")
        case Kind.INTEGER:
            return Verdict(
                "This is not a whole number. Type digits only, such as 12: no spaces, no "
                "separators, no leading zeros."
            )
        case Kind.NUMBER:
            return Verdict(
                "This is not a number. Type digits with a point for decimals, such as 12.5: no "
                "spaces, no thousands separators."
            )
        case _:
            shape = DATE_SHAPES[field.precision]
            if matches(_SHAPED[field.precision], cell.text):
                return Verdict(
                    f"The calendar has no such {field.precision}. Check it against your own "
                    f"record, and type it as {shape}."
                )
            return Verdict(
                f"This is not a {field.precision} written as {shape}. Type it like "
                f"{_EXAMPLES[shape]}."
            )


CHECK = CellCheck(
    code="wrong-type",
    severity=Severity.ERROR,
    title="Not a number, date or truth value",
    means=(
        "The field takes a number, a date of a given precision, or true and false, and the cell "
        "holds something else, or the same in another spelling (007, 1 200, 05/2024)."
    ),
    why=(
        "The same text is read as different numbers and dates in different countries: 05/06/2024 "
        "is a day in May or in June."
    ),
    mend="Type the value in the spelling that the message shows.",
    order=60,
    applies=lambda field: field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN},
    judge=_judge,
)
