"""A fast look over a column: which texts can hold anything that the reader would understand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import narwhals as nw

from validator.model.lexical import literal
from validator.model.text import LANGUAGES
from validator.texts.terms import TermIndex
from validator.texts.words import language

if TYPE_CHECKING:
    from narwhals import Expr

STEM = 5
"""Letters of a word that are looked for: enough to tell, few enough for plurals and endings."""

_ACCENTS = {
    "a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõö", "u": "ùúûü",
    "ا": "أإآٱ", "ه": "ة", "ي": "ى",
}  # fmt: skip
_UNWRITTEN = "[\u0640\u064b-\u0652\u0670]"
"""Arabic vowel signs and the mark that only lengthens a word."""
_STRANGE = "[\u0100-\u036f\u1e00-\u1eff\ufb00-\uffef]"
"""Letters that the folding here does not know: such a text is always looked at."""


def may_speak(column: str, index: TermIndex) -> Expr:
    """Whether a text may state anything; linear in the text, portable, and never null."""
    text = nw.col(column).str.to_lowercase()
    for letter, variants in _ACCENTS.items():
        text = text.str.replace_all(f"[{variants}]", letter)
    return text.str.replace_all(_UNWRITTEN, "").str.contains(pattern(index))


@lru_cache(maxsize=64)
def pattern(index: TermIndex) -> str:
    """The alternatives: the first letters of each term, and of each word for a role."""
    words = {keys[0] for keys in index.phrases.tags}
    for name in LANGUAGES:
        words |= {keys[0] for keys, tags in language(name).phrases.tags.items() if "role" in tags}
    stems = {word[:STEM] for word in words}
    # a stem that begins with another adds nothing
    short = {stem for stem in stems if not any(stem[:n] in stems for n in range(1, len(stem)))}
    dotted = {r"[.]".join(key) for key in index.capitals}
    return "|".join([_STRANGE, *sorted(map(literal, short)), *sorted(dotted)])
