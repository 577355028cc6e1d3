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
    own: dict[str, str | None] = {}
    for code in current:
        own[fold(code.code)] = None if fold(code.code) in own else code.code
    return {**found, **own}


def _code(codes: CodeList | None, text: str) -> str | None:
    return _spellings(codes).get(fold(text)) if codes else None


def _reason(cell: Cell) -> str | None:
    reason = _code(cell.reasons, cell.text)
    return reason if reason in cell.field.missing else None


def _canonical(cell: Cell) -> str | None:
    field = cell.field
    if not field.many:
        return _code(field.codelist, cell.text) or _reason(cell)
    # a missing reason stands for the whole cell, never beside codes
    codes = [_code(field.codelist, part) for part in cell.text.split(field.separator)]
    return field.separator.join(c for c in codes if c) if all(codes) else _reason(cell)


def _judge(cell: Cell) -> Verdict | None:
    code = _canonical(cell)
    if code is None:
        return None
    if cell.text.strip() == code:
        return Verdict(f"There are spaces before or after the code. Type only: {code}.", code)
    return Verdict(
        f"The meaning is clear, but this is not how the code is written. Type the code: {code}.",
        code,
    )


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
    mend="Type the code that is suggested.",
    order=40,
    applies=_applies,
    judge=_judge,
)
