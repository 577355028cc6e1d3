"""A code that the standard has withdrawn."""

from validator.model.standard import Field, Severity
from validator.registry import Cell, CellCheck, Verdict


def _judge(cell: Cell) -> Verdict | None:
    codes = cell.field.codelist
    if codes is None:
        return None
    parts = cell.text.split(cell.field.separator) if cell.field.many else [cell.text]
    for part in parts:
        code = codes.by_code.get(part)
        if code is not None and code.retired is not None:
            retired = code.retired
            what = f"The code {part} is retired since version {retired.since}."
            if retired.use and not cell.field.many:
                return Verdict(f"{what} Type {retired.use} instead.", retired.use)
            return Verdict(f"{what} Choose a code that is in use.")
    return None


def _applies(field: Field) -> bool:
    return bool(field.codelist and any(code.retired for code in field.codelist.codes))


CHECK = CellCheck(
    code="retired-code",
    severity=Severity.ERROR,
    title="A code that is no longer in use",
    means="The cell holds a code that an earlier version of the standard had.",
    why="A retired code was split, merged or renamed: it no longer means one thing to everybody.",
    mend="Type the code that replaces it, where the standard names one.",
    order=30,
    applies=_applies,
    judge=_judge,
)
