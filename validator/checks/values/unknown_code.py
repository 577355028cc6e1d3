"""A text that is no code of the field's list, nor any known spelling of one."""

from functools import lru_cache

from validator.expressions.values import fold
from validator.model.standard import CodeList, Kind, Severity
from validator.registry import Cell, CellCheck, Verdict

ALIKE = 72.0
"""From this likeness on (0 to 100) a code is worth suggesting."""
SHOWN = 8


@lru_cache(maxsize=256)
def _spellings(codes: CodeList) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # who types the label of a retired code means the one that replaced it
    meant = {c.code: c.retired.use if c.retired else c.code for c in codes.codes}
    pairs = [
        (fold(text), owner)
        for code in codes.codes
        if (owner := meant[code.code]) in codes.current
        for text in (
            code.code,
            *code.label.by_language.values(),
            *(term for terms in code.terms.values() for term in terms),
        )
    ]
    return tuple(text for text, _ in pairs), tuple(code for _, code in pairs)


def nearest(codes: CodeList, text: str) -> str | None:
    """The code whose code, label or synonym is most like ``text``; None where none is alike."""
    from rapidfuzz import fuzz, process

    texts, owners = _spellings(codes)
    # a very long cell is no misspelling, and comparing it would take long
    if len(text) > 80:
        return None
    found = process.extractOne(fold(text), texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return owners[found[2]] if found else None


def _judge(cell: Cell) -> Verdict | None:
    codes = cell.field.codelist
    if codes is None:
        return None
    shown = ", ".join(codes.current[:SHOWN])
    rest = f" and {len(codes.current) - SHOWN} more" if len(codes.current) > SHOWN else ""
    if cell.field.many:
        return Verdict(
            f"At least one part is not a code of this field. Type codes with "
            f"'{cell.field.separator}' between them, without spaces: {shown}{rest}."
        )
    near = nearest(codes, cell.text)
    if near:
        return Verdict(f"This is not a code of this field. Did you mean {near}?", near)
    reasons = ", ".join(cell.field.missing)
    cure = f" Where there is no value, type the reason: {reasons}." if reasons else ""
    return Verdict(f"This is not a code of this field. Type one of: {shown}{rest}.{cure}")


CHECK = CellCheck(
    code="unknown-code",
    severity=Severity.ERROR,
    title="A text that is no code",
    means=(
        "The field takes codes of a list, and the cell holds something else. Where a code, a "
        "label or a synonym is spelt much like it, that code is suggested."
    ),
    why="A value outside the code list means something to one country only.",
    mend=(
        "Choose a code from the standard's list. Where none fits, use the code for other if there "
        "is one, and tell those who keep the standard."
    ),
    order=100,
    applies=lambda field: field.kind is Kind.CODES,
    judge=_judge,
)
