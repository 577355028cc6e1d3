"""Judges one text by itself: the Python side of what ``fields`` says to a whole column."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import re2

from validator.model.lexical import domain, literal, pattern_of
from validator.model.standard import CodeList, Field, Kind

PLACEHOLDERS = frozenset(
    text
    for line in (
        "?|??|???|????|-|--|---|.|..|...|x|xx|xxx|xxxx|n/a|n/d|n/c|n.a.|n.a|n.d.|na|nd",
        # what a spreadsheet shows where a formula went wrong
        "#n/a|#null!|#div/0!|#value!|#ref!|#name?|#num!|#getting_data|#spill!|#calc!|#field!",
        "none|null|nil|nan|tbc|tbd|tba|todo|unk|unknown|undefined|unspecified|pending|missing",
        "empty|blank|not known|not available|to be confirmed|to be determined|to be completed",
        "not specified|not stated|not provided",
        "inconnu|inconnue|indéterminé|indéterminée|néant|vide|aucun|aucune|s/o|sans objet",
        "non disponible|non renseigné|non renseignée|à confirmer|à déterminer|à compléter",
        "non précisé|non précisée|à préciser|à venir",
        "desconocido|desconocida|ninguno|ninguna|vacío|s/d|s.d.|n/s|pendiente|sin datos",
        "no disponible|por confirmar|no se sabe|no consta|sin información|por completar",
        "por determinar|por especificar|sin especificar|no especificado|no especificada",
        "غير معروف|غير معروفة|مجهول|مجهولة|لا يوجد|لا شيء|فارغ|غير متوفر|غير متوفرة|غير متاح",
        "غير متاحة|غير محدد|غير محددة|يحدد لاحقا|يحدد لاحقًا|قيد التأكيد|بانتظار التأكيد",
    )
    for text in line.split("|")
)
"""Texts that fill a cell and say nothing, in every shipped language; compared in lower case."""

# white space, controls and zero-width marks, spelt out: engines differ on what \\s is
_CLASS = "\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff"
_WORDS = "|".join(literal(text) for text in sorted(PLACEHOLDERS))

VISIBLE = f"[^{_CLASS}]"
"""The pattern of one character that a reader can see."""

UNSEEN = f"[{_CLASS}]*"
"""The pattern of a text in which there is nothing to see."""

SAYS_NOTHING = f"{UNSEEN}(?:{_WORDS})?{UNSEEN}"
"""The pattern of a text, in lower case, that is blank or a placeholder."""


def fold(text: str) -> str:
    """A text without case, accents, and the differences of spaces, hyphens and underscores."""
    plain = text.casefold()
    if not plain.isascii():
        split = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join(plain.replace("_", " ").replace("-", " ").split())


@cache
def whole(pattern: str) -> Any:
    """A compiled matcher of whole values, in linear time whatever the pattern.

    Raises ``re2.error`` for what the portable subset does not have.
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(rf"\A(?:{pattern})\z", options)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of ``text`` matches."""
    # asked of bytes, it need not say where in the text a match stands, which takes it longest
    return whole(pattern).search(text.encode()) is not None


def is_blank(text: str) -> bool:
    """Whether there is nothing in the cell that a reader can see."""
    return matches(UNSEEN, text)


def is_reason(reasons: CodeList, text: str) -> bool:
    """Whether ``text`` is one of the standard's missing reasons."""
    return text in reasons.by_code


def is_placeholder(field: Field, text: str) -> bool:
    """Whether the text only fills the cell. Free text may say what it likes."""
    return not field.free_text and matches(SAYS_NOTHING, text.lower())


def in_range(field: Field, text: str) -> bool:
    """Whether a well-formed number or date lies within the field's bounds."""
    low, high = field.minimum, field.maximum
    if field.kind is Kind.DATE:
        return (low is None or text >= low) and (high is None or text <= high)
    convert = int if field.kind is Kind.INTEGER else float
    value = convert(text)
    return (low is None or value >= convert(low)) and (high is None or value <= convert(high))


def is_value(field: Field, text: str, reasons: CodeList) -> bool:
    """Whether ``text`` is a valid value of the field: not blank, not a missing reason, no fault."""
    if is_reason(reasons, text) or is_blank(text):
        return False
    if field.many:
        return all(part in field.codelist.current for part in text.split(field.separator))  # type: ignore[union-attr]  # because many-valued fields are coded
    listed = domain(field)
    if listed is not None:
        return text in listed
    pattern = pattern_of(field)
    if pattern is not None and not matches(pattern, text):
        return False
    if field.kind is not Kind.STRING:
        return in_range(field, text)
    return fits(field, text) and (pattern is not None or not is_placeholder(field, text))


def fits(field: Field, text: str) -> bool:
    """Whether a string's length, in characters, lies within the field's limits."""
    low, high = field.min_length, field.max_length
    return (low is None or len(text) >= low) and (high is None or len(text) <= high)
