"""A fast look over a column: which texts can hold anything that the reader would understand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import narwhals as nw

from validator.model.lexical import literal
from validator.model.text import LANGUAGES
from validator.texts.terms import TermIndex
from validator.texts.words import Phrase, language

if TYPE_CHECKING:
    from narwhals import Expr

_VARIANTS = {
    "a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõö", "u": "ùúûü",
    "y": "ý", "ا": "أإآٱ", "ه": "ة", "ي": "ىئی", "و": "ؤ", "ك": "ک",
}  # fmt: skip
"""Letters of a text that are read like the letter of a term."""
_LATIN = "a-zA-ZàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
_KNOWN = _LATIN + (
    "\\x01-\\x7f\u00a0\u00a1\u00a3\u00a7\u00a9\u00ab\u00b0\u00b7\u00bb\u00bf\u20ac"
    "\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u0669\u0671\u06a9\u06cc\u06f0-\u06f9"
    "\u2010-\u2015\u2018-\u201f\u2022\u2026"
)
_INITIALS = rf"(?:^|[^{_LATIN}])(?:[A-Z]{{1,2}}[.] ?){{2}}"
"""Letters with dots between them may be read as one word: U.S."""


def may_speak(column: str, index: TermIndex, roles: frozenset[str]) -> Expr:
    """Whether a text may state anything; linear in the text, portable, and never null.

    It says the same of all texts of a shape (see ``model.shapes``).
    ``roles`` are those that a field of the record belongs to.
    """
    return nw.col(column).str.contains(pattern(index, roles))


@lru_cache(maxsize=64)
def pattern(index: TermIndex, roles: frozenset[str]) -> str:
    """The alternatives: a word of each phrase that can say something.

    A text with a letter that the expression does not know how to fold is always looked at.
    """
    words = anchors(index, roles)
    arabic = {word for word in words if "\u0600" <= word[0] <= "\u06ff"}
    found = [f"[^{_KNOWN}]", _INITIALS]
    if words - arabic:
        found.append(rf"(?:^|[^{_LATIN}]){_any(words - arabic)}(?:$|[^{_LATIN}])")
    if arabic:
        # Arabic words have articles and more written onto them
        found.append(_any(arabic))
    return "|".join(found)


@lru_cache(maxsize=64)
def anchors(index: TermIndex, roles: frozenset[str]) -> frozenset[str]:
    """One word of each phrase that names a code, a person or a thing: its longest.

    Where a phrase stands all its words stand, and the longest is seldom a word such as *the*.
    """
    return frozenset(_anchor(phrase) for phrase in speaking(index, roles))


def speaking(index: TermIndex, roles: frozenset[str]) -> set[Phrase]:
    """The phrases without which a text states nothing."""
    found = set(index.phrases.tags)
    for name in LANGUAGES:
        for keys, tags in language(name).phrases.tags.items():
            if "adult" in tags or tags.get("role") in roles:
                found.add(keys)
    return found


def _anchor(phrase: Phrase) -> str:
    return max(phrase, key=len)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, by letters: far smaller than the words side by side."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _branches(tree)


def _branches(tree: Mapping[str, Any]) -> str:
    found = [_spelt(letter) + _branches(rest) for letter, rest in sorted(tree.items()) if letter]
    if not found:
        return ""
    return f"(?:{'|'.join(found)})" + ("?" if "" in tree else "")


def _spelt(letter: str) -> str:
    """A pattern for a folded letter as texts spell it; for a digit, one for all of them."""
    if letter.isdigit():
        return "[0-9٠-٩۰-۹]"
    low = letter + _VARIANTS.get(letter, "")
    every = "".join(dict.fromkeys(low + low.upper()))
    return f"[{every}]" if len(every) > 1 else literal(letter)
