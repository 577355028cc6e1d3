"""One text to words: folded, cut into clauses, in time linear in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_CHARACTERS = 5_000
"""What stands behind these is not read: no note is longer, and the work stays bounded."""

LONGEST_CLAUSE = 80
"""A clause of more words is cut, so that the work grows with the text and no faster."""

_ARABIC = str.maketrans(
    {"ة": "ه", "ى": "ي", "ٱ": "ا", "ک": "ك", "ی": "ي", "ـ": "", "’": "'", "ʼ": "'"}
    | {chr(0x660 + n): str(n) for n in range(10)}
    | {chr(0x6F0 + n): str(n) for n in range(10)}
)
_SHORT = frozenset(
    re.findall(
        r"\w+",
        "st ste vict victs vic susp sosp conf ident pres fem masc env incl "
        "approx aprox max tot num nro nb nbr nbre cant",
    )
)
"""Shortened words whose full stop ends nothing: Vict.: 2."""
_PIECE = re.compile(
    r"(?P<short>(?:[A-Z]{1,2}\.[ ]?){2,})"  # U.S., EE. UU.
    r"|(?P<ordinal>\b[nN](?:\.?°s?|os?\.(?= ?(?:\d|of\b|de))|o(?= of\b)))"  # No. of, n° 3
    r"|(?P<arrow>[-=]>|[→⇒➔➜])"
    r"|(?P<spaced>(?<![\w.,/:+-])(?<!\d[ ])\d{1,3}(?:[ ]\d{3}){1,2}"  # 1 250 images
    r"(?=[ ][^\W\d_]|[.,;)]|$)(?![.,]\d))"
    r"|(?P<mixed>[^\W_\u0600-\u06ff]*\d\w*(?:[-/:.,]\w*\d\w*)*)"  # numbers, dates, references
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[.;!?؟؛\n\r,،:=()\[\]/&+\"«»|•–—-])"
)
_MANY = re.compile(r"[xX]\d{1,3}|\d{1,3}[xX]")
_LETTERED = re.compile(r"\d{1,2}[A-Z]")
_RANK = re.compile(r"\d{1,3}(?:st|nd|rd|th|er|re|e|eme|[ao°])")
_ORDINAL = re.compile(r"(?<=\b[nN])\.?º")
SHORTENED = re.compile(rf"\b(?i:{'|'.join(sorted(_SHORT))}|no)\.$")
"""Ends a sentence that goes on behind the full stop."""
_HEADING = re.compile(r"(?:^|[.;!?؟؛\n\r|])[^.;!?؟؛\n\r|,،()–—]{2,40}$")
_ENTRY = re.compile(r"[ ](?:\d{1,9}|[^\W\d_]+(?:[ -][^\W\d_]+){0,2})[ ]?(?:$|[.;,،(\n\r])")
_TRAILER = re.compile(r"[ ](?:[^\W\d_]+[ ]?){1,3}(?:$|[.;؛\n\r])")
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}(?:[.,]\d{3}){1,2}")

NUMERO = "n°"
_SIGNS = {"ordinal": NUMERO, "arrow": "→"}
"""How signs that are words are spelt."""
RANK = "nth"
"""How every ordinal in digits is spelt."""

STRONG = frozenset(".;!?؟؛\n\r|•–—")
"""Marks that end a clause."""
_DASHES = frozenset("-–—")
WEAK = frozenset(',،:=()[]/&+"«»')
"""Marks that stand between the parts of one clause."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or weak mark. ``forms`` are the spellings to look up, best first."""

    raw: str
    forms: tuple[str, ...]
    number: int | None = None
    mark: bool = False

    @property
    def key(self) -> str:
        """The folded spelling."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two strong marks; ``asked`` where a question mark ends it."""

    words: tuple[Word, ...]
    asked: bool = False


def plain(text: str) -> str:
    """A text without accents, vowel signs and the variants of Arabic letters; case is kept."""
    if text.isascii():
        return text
    # the sign of numero, which would else become a Spanish denial
    text = _ORDINAL.sub("°", text)
    split = unicodedata.normalize("NFKD", text)
    return "".join(c for c in split if not unicodedata.combining(c)).translate(_ARABIC)


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text."""
    words: list[Word] = []
    for word in _words(plain(text[:MAX_CHARACTERS])):
        ends = word.raw in STRONG
        if not ends:
            words.append(word)
        if words and (ends or len(words) == LONGEST_CLAUSE):
            yield Clause(tuple(words), asked=word.raw in {"?", "؟"})
            words = []
    if words:
        yield Clause(tuple(words))


def _words(text: str) -> Iterator[Word]:
    short = 0
    for piece in _PIECE.finditer(text):
        kind, raw = piece.lastgroup, piece.group()
        if kind == "word":
            word = Word(raw, forms(raw))
            short = piece.end() if word.key in _SHORT else 0
            yield word
        elif kind == "mixed":
            yield from _mixed(raw)
        elif kind == "spaced":
            yield Word(raw, (raw,), int(raw.replace(" ", "")))
        elif kind == "short":
            yield Word(raw, (re.sub(r"[. ]", "", raw).casefold(),))
        elif kind in _SIGNS:
            yield Word(raw, (_SIGNS[kind],))
        elif raw in _DASHES:
            if raw != "-" or _is_dash(text, piece.start()):
                yield Word(_dash(text, piece.start()), ("",), mark=True)
        elif raw != "." or not short or piece.start() != short:
            yield Word(raw, ("",), mark=True)


def _mixed(raw: str) -> Iterator[Word]:
    """The words of what has digits: 12, 1,250, x2, 2nd, 3F, a reference."""
    if _WHOLE.fullmatch(raw):
        yield Word(raw, (raw.casefold(),), int(re.sub(r"[.,]", "", raw)))
    elif _LETTERED.fullmatch(raw):
        yield Word(raw[:-1], (raw[:-1],), int(raw[:-1]))
        yield Word(raw[-1], (raw[-1].casefold(),))
    elif _RANK.fullmatch(raw):
        yield Word(raw, (RANK,))
    else:
        number = int(raw.strip("xX")) if _MANY.fullmatch(raw) else None
        yield Word(raw, (raw.casefold(),), number)


def _is_dash(text: str, at: int) -> bool:
    """Whether a hyphen stands between spaces; between letters it joins them."""
    return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()


def _dash(text: str, at: int) -> str:
    """The mark that a dash stands for: a colon, a comma, or the end of a clause."""
    if _heads(text, at):
        return ":"
    # Spain - ruled out
    return "," if _TRAILER.match(text, at + 1) else "–"


def _heads(text: str, at: int) -> bool:
    """Whether a dash stands for a colon: Number of victims - 2, Pays confirmé – Mali."""
    before = text[max(at - 42, 0) : at]
    return bool(_HEADING.search(before) and _ENTRY.match(text, at + 1))


@lru_cache(maxsize=20_000)
def forms(raw: str) -> tuple[str, ...]:
    """A plain word in lower case; an Arabic one also without what is written onto it."""
    key = raw.casefold()
    if not "\u0600" <= key[0] <= "\u06ff":
        return (key,)
    found = [key]
    for rest in (key, key[1:] if key[0] in "وف" else ""):
        if not rest:
            continue
        found.append(rest)
        if rest.startswith("لل"):
            found.append(rest[2:])
        for inner in (rest, rest[1:] if rest[0] in "بكل" else ""):
            found.append(inner)
            if inner.startswith("ال"):
                found.append(inner[2:])
    # an alif at the end marks an indefinite object
    found += [form[:-1] for form in found if len(form) > 4 and form.endswith("ا")]
    return tuple(dict.fromkeys([key, *(form for form in found if len(form) > 1)]))


def marked(text: str) -> tuple[str, ...]:
    """The look-up key of a phrase with marks between its words, which have empty keys."""
    cut = list(clauses(text))
    words = cut[0].words if len(cut) == 1 else ()
    keys = tuple(_without_article(word.key) for word in words)
    return keys[:-1] if keys[-1:] == ("",) else keys


@lru_cache(maxsize=50_000)
def phrase(text: str) -> tuple[str, ...]:
    """The look-up key of a phrase of words: each without the Arabic article."""
    simple = plain(text)
    if simple.replace(" ", "").isalpha() and max(simple) < "\u0600":
        # nothing but words between spaces: most of some thousands of terms
        return tuple(simple.casefold().split())
    keys = [
        word.key for clause in clauses(text) for word in clause.words if not word.mark and word.key
    ]
    return tuple(map(_without_article, keys))


def _without_article(key: str) -> str:
    return key[2:] if key.startswith("ال") and len(key) > 4 else key
