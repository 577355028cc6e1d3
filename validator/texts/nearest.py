"""Which code of a list a short text means, if it is spelt like one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from validator.model.standard import CodeList
from validator.texts.terms import spellings
from validator.texts.tokenise import clauses, phrase

SLIP = 10
"""So many letters may hold one slip: a letter that is wrong, lost, doubled or exchanged."""
LONG_ENOUGH = 5
"""Shorter words are too easily alike: they must be equal."""
LONGEST = 80
"""A longer text is no term, and comparing it would take long."""


@lru_cache(maxsize=256)
def _spellings(codes: CodeList) -> Mapping[str, str | None]:
    """Folded spelling to code; None where two codes share it. ``other`` is no answer."""
    found: dict[str, str | None] = {}
    for code in codes.codes:
        if code.retired is not None or code.other:
            continue
        for text in (code.code.replace("_", " "), *spellings(code)):
            key = " ".join(phrase(text))
            # one letter may stand for anything
            if len(key) > 1:
                found[key] = code.code if found.get(key, code.code) == code.code else None
    return found


@lru_cache(maxsize=20_000)
def codable(codes: CodeList, text: str) -> str | None:
    """The code that the whole text spells, exactly or but for a slip; None where none."""
    if len(text) > LONGEST:
        return None
    known = _spellings(codes)
    for key in _readings(text):
        if key in known:
            return known[key]
    key = " ".join(phrase(text))
    if len(key) < LONG_ENOUGH:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = max(1, len(key) // SLIP)
    found = process.extract(key, known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=5)
    near = {
        known[match]
        for match, _, _ in found
        if len(match) >= LONG_ENOUGH and _digits(match) == _digits(key)
    }
    return near.pop() if len(near) == 1 else None


def _digits(text: str) -> str:
    """A wrong digit is no slip: it makes another version, level or year."""
    return "".join(filter(str.isdigit, text))


def _readings(text: str) -> list[str]:
    """The text folded, and without a last s or what Arabic writes onto the front of a word."""
    whole = " ".join(phrase(text))
    words = [word for clause in clauses(text) for word in clause.words if not word.mark]
    found = [whole]
    if whole.endswith("s"):
        found.append(whole[:-1])
    if len(words) == 1:
        found += words[0].forms
    return found
