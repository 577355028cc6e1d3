"""The right code in the wrong spelling: a label, a synonym, another case, spaces."""

from collections.abc import Mapping
from functools import lru_cache

from validator.expressions.values import fold
from validator.model.standard import CodeList, Field, Kind, Severity
from validator.registry import Cell, CellCheck, Verdict


@lru_cache(maxsize=256)
def _spellings(codes: CodeList) -> Mapping[str, str | None]:
    """Folded spelling to code; None where two codes share it. Current codes only."""
    found: dict[str, str | None] = {}
    current = [code for code in codes.codes if code.retired is None]
    for code in current:
        others = [*code.label.by_language.values(), *(t for ts in code.terms.values() for t in ts)]
        for text in others:
            key = fold(text)
            found[key] = code.code if found.get(key, code.code) == code.code else None
    # the code itself always speaks for itself, whatever another code's synonyms say
    return {**found, **{fold(code.code): code.code for code in current}}


def _canonical(cell: Cell, text: str) -> str | None:
    field, key = cell.field, fold(text)
    if field.codelist and (code := _spellings(field.codelist).get(key)):
        return code
    reason = _spellings(cell.reasons).get(key)
    return reason if reason in field.missing else None


def _judge(cell: Cell) -> Verdict | None:
    if cell.field.many:
        parts = [_canonical(cell, part) for part in cell.text.split(cell.field.separator)]
        code = cell.field.separator.join(p for p in parts if p) if all(parts) else None
    else:
        code = _canonical(cell, cell.text)
    if code is None:
        return None
    return Verdict(f"The spelling is not the code's. Type the code: {code}.", code)


def _applies(field: Field) -> bool:
    return field.kind is Kind.CODES or bool(field.missing)


CHECK = CellCheck(
    code="noncanonical-code",
    severity=Severity.ERROR,
    title="The right code in another spelling",
    means=(
        "The cell holds a code's label or synonym (in any language that the standard has), or the "
        "code itself with other capitals, accents, spaces, hyphens or underscores."
    ),
    why="A computer that reads the shared file compares codes letter by letter.",
    mend="Type the code that is suggested. 'accordant fix' can do it for you in a copy.",
    order=40,
    applies=_applies,
    judge=_judge,
)
