"""Texts that make a cell faulty in one way only.

Each function of ``SPOILERS`` offers texts for one finding code; a ``Spoiler`` keeps those that no
other code could claim. Nothing here asks the checks themselves: a fault is what the design says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from validator.expressions.values import (
    PLACEHOLDERS,
    fits,
    fold,
    in_range,
    is_blank,
    is_placeholder,
    is_reason,
    is_value,
    matches,
)
from validator.model.lexical import pattern_of
from validator.model.standard import Code, CodeList, Field, Kind
from validator.synthesis.marginals import NOTES

_TYPELESS = {
    Kind.INTEGER: ("three", "2.5", "1e2", "1 000", "+4", "007"),
    Kind.NUMBER: ("two and a half", "1e2", "1 000.5", "2,5"),
    Kind.DATE: ("05/2024", "2024.05.17", "spring 2024", "20240517", "2024-13", "2024-Q5"),
    Kind.BOOLEAN: ("perhaps", "yes", "0"),
}
_FILLERS = ("n/a", "tbc", "???", "-", "unknown", "à confirmer", "pendiente", "غير معروف")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Offer = Callable[[Field, CodeList, str, Random], Iterator[str]]


class Spoiler:
    """Makes faulty texts for the fields of one standard."""

    def __init__(self, reasons: CodeList) -> None:
        self._reasons = reasons
        self._owners: dict[str, Mapping[str, set[str]]] = {}

    def text(self, code: str, field: Field, text: str, random: Random) -> str | None:
        """A text for a cell that holds ``text``, faulty as ``code`` says; None if none can be."""
        offers = [
            offer
            for offer in dict.fromkeys(SPOILERS[code](field, self._reasons, text, random))
            if offer != text and self._only(code, field, offer)
        ]
        return random.choice(offers) if offers else None

    def _only(self, code: str, field: Field, text: str) -> bool:
        """Whether ``text`` is faulty in that way, and in none that would be named before it."""
        reasons = self._reasons
        if is_value(field, text, reasons) or not text.isprintable():
            return False
        if code == "unexplained-blank":
            return is_blank(text)
        if code == "reason-not-allowed":
            return is_reason(reasons, text) and text not in field.missing
        if is_blank(text) or is_reason(reasons, text):
            return False
        if code == "retired-code":
            return True
        owners = self._spellings(field)
        spelt = [owners.get(fold(part), set()) for part in _parts(field, text)]
        if code == "noncanonical-code":
            current = field.codelist.current if field.codelist else ()
            right = all(len(names) == 1 and names.issubset(current) for names in spelt)
            return right and not is_placeholder(field, text)
        if all(spelt) and (field.codelist or field.missing):
            return False
        if code == "placeholder-text":
            return is_placeholder(field, text)
        if is_placeholder(field, text):
            return False
        return self._misfit(code, field, text)

    @staticmethod
    def _misfit(code: str, field: Field, text: str) -> bool:
        pattern = pattern_of(field)
        shaped = pattern is None or matches(pattern, text)
        match code:
            case "wrong-type":
                return not shaped or field.kind is Kind.BOOLEAN
            case "out-of-range":
                return shaped and not in_range(field, text)
            case "pattern-mismatch":
                return not shaped
            case "length-limit":
                return shaped and not fits(field, text)
            case _:
                return field.kind is Kind.CODES

    def _spellings(self, field: Field) -> Mapping[str, set[str]]:
        """Whose code each folded spelling could be: of the field, or a missing reason."""
        name = field.codelist.id if field.codelist else ""
        if name not in self._owners:
            found: dict[str, set[str]] = {}
            for listed in (field.codelist, self._reasons):
                for code in listed.codes if listed else ():
                    for spelling in _names(code):
                        found.setdefault(fold(spelling), set()).add(code.code)
            self._owners[name] = found
        return self._owners[name]


def _parts(field: Field, text: str) -> list[str]:
    return text.split(field.separator) if field.many else [text]


def _names(code: Code) -> Iterator[str]:
    yield code.code
    yield from code.label.by_language.values()
    for terms in code.terms.values():
        yield from terms


def _wrong_type(field: Field, _reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    yield from _TYPELESS.get(field.kind, ())


def _unknown(field: Field, _reasons: CodeList, text: str, random: Random) -> Iterator[str]:
    """A code with a slip of the keyboard."""
    if field.codelist is None:
        return
    code = random.choice(field.codelist.current)
    at = random.randrange(len(code))
    letter = random.choice(_LETTERS)
    yield code[:at] + letter + code[at:]
    yield code[:at] + letter + code[at + 1 :]
    yield code[:at] + code[at + 1 :]
    yield code[:at] + code[at : at + 2][::-1] + code[at + 2 :]
    if field.many and text in field.codelist.by_code:
        yield f"{text}{field.separator}{code[:at]}{letter}{code[at:]}"


def _noncanonical(field: Field, _reasons: CodeList, _text: str, random: Random) -> Iterator[str]:
    if field.codelist is None:
        return
    code = field.codelist.by_code[random.choice(field.codelist.current)]
    yield from _names(code)
    for name in (code.code, str(code.label)):
        yield from (name.upper(), name.lower(), name.title(), name.replace("_", " "), f" {name}")


def _retired(field: Field, _reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    yield from (c.code for c in (field.codelist.codes if field.codelist else ()) if c.retired)


def _out_of_range(field: Field, _reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    for limit, step in ((field.minimum, -1), (field.maximum, 1)):
        if limit is None:
            continue
        if field.kind is Kind.DATE:
            yield f"{'1000' if step < 0 else '2999'}{limit[4:]}"
        elif field.kind in {Kind.INTEGER, Kind.NUMBER}:
            whole = int(float(limit))
            yield from (str(whole + step), str(whole + 12 * step))


def _pattern(field: Field, _reasons: CodeList, text: str, _random: Random) -> Iterator[str]:
    if field.pattern is not None and field.kind is Kind.STRING:
        yield from (text.lower(), f"{text[:-1]}_", f"{text}_x", f" {text}", text.replace("-", "/"))


def _length(field: Field, _reasons: CodeList, _text: str, random: Random) -> Iterator[str]:
    if field.kind is Kind.STRING and field.pattern is None:
        if field.max_length is not None:
            note = f"{random.choice(NOTES)}. "
            yield (note * (field.max_length // len(note) + 2))[: field.max_length + 7].strip(" ")
        if (field.min_length or 0) > 1:
            yield "Batch"[: (field.min_length or 0) - 1]


def _blank(field: Field, _reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    if not field.optional:
        yield from ("", " ")


def _reason(field: Field, reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    yield from (reason for reason in reasons.by_code if reason not in field.missing)


def _placeholder(field: Field, _reasons: CodeList, _text: str, _random: Random) -> Iterator[str]:
    if not field.free_text:
        yield from (filler for filler in _FILLERS if filler in PLACEHOLDERS)


SPOILERS: Mapping[str, Offer] = {
    "wrong-type": _wrong_type,
    "unknown-code": _unknown,
    "noncanonical-code": _noncanonical,
    "retired-code": _retired,
    "out-of-range": _out_of_range,
    "pattern-mismatch": _pattern,
    "length-limit": _length,
    "unexplained-blank": _blank,
    "reason-not-allowed": _reason,
    "placeholder-text": _placeholder,
}
"""The codes of faults that lie in one cell, and what they write there."""
