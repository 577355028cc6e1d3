"""The words of code lists: which phrase of a text means which code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from validator.model.standard import Code, CodeList
from validator.model.text import LANGUAGES
from validator.texts.tokenise import marked, phrase
from validator.texts.words import Phrases, language

SHORT = 4
"""Terms in capitals of at most this many letters count in capitals only: US, UK, EAU."""
LONG_LIST = 30
"""Lists with more codes than this are not words with a plural, and their codes may be quoted."""


@dataclass(frozen=True, eq=False)
class TermIndex:
    """Phrases to codes, by the identifier of the list.

    ``opposites`` gives the code that the negation of another is (not identified: unidentified).
    ``capitals`` holds the phrases that count in capitals only, ``letters`` the codes of single
    letters, which count behind what they stand for only.
    """

    phrases: Phrases = field(default_factory=Phrases)
    opposites: dict[str, Mapping[str, str]] = field(default_factory=dict)
    capitals: set[str] = field(default_factory=set)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)


@lru_cache(maxsize=64)
def index(lists: tuple[CodeList, ...], places: frozenset[str]) -> TermIndex:
    """The index of several lists; ``places`` are the identifiers of those that list places."""
    found = TermIndex()
    for codes in lists:
        words = dict(_words(codes))
        for text, code in words.items():
            keys = phrase(text)
            if len(keys) == 1 and len(keys[0]) == 1:
                found.letters.setdefault(keys[0], {})[codes.id] = code
                found.phrases.vocabulary.add(keys[0])
                continue
            if len(keys) == 1 and len(keys[0]) <= SHORT and text.replace(".", "").isupper():
                found.capitals.add(keys[0])
            _add(found, text, "term", codes.id, code)
            if codes.id not in places and len(keys) == 1 and text.isascii():
                _add(found, f"{text}s", "term", codes.id, code)
        if codes.id in places:
            found.places.add(codes.id)
            _demonyms(found, codes, {phrase(text): code for text, code in words.items()})
            _quoted(found, codes)
        _implied(found, codes, {phrase(text): code for text, code in words.items()})
        found.opposites[codes.id] = _opposites(codes)
    return found


def _add(found: TermIndex, text: str, kind: str, of: str, code: str) -> None:
    # as people write it, and as a list does: Korea, Republic of; Antigua & Barbuda
    for keys in {phrase(text), marked(text)}:
        tags = found.phrases.tags.get(keys, {})
        found.phrases.put(keys, kind, {of: code} | tags.get(kind, {}))


def _words(codes: CodeList) -> Iterator[tuple[str, str]]:
    """Every label and term, unless two codes share it. Codes that mean other say nothing."""
    owners: dict[tuple[str, ...], set[str]] = {}
    texts = [(text, code.code) for code in codes.codes if _speaks(code) for text in spellings(code)]
    for text, code in texts:
        owners.setdefault(phrase(text), set()).add(code)
    return ((text, code) for text, code in texts if len(owners[phrase(text)]) == 1)


def _speaks(code: Code) -> bool:
    return code.retired is None and not code.other and code.code != "other"


def spellings(code: Code) -> Iterator[str]:
    """The label and the terms of a code in every language."""
    yield from code.label.by_language.values()
    for terms in code.terms.values():
        yield from terms


def _demonyms(found: TermIndex, codes: CodeList, by_name: Mapping[tuple[str, ...], str]) -> None:
    for name in LANGUAGES:
        for word, place in language(name).demonyms.items():
            code = by_name.get(phrase(place))
            if code is not None and phrase(word) not in by_name:
                _add(found, word, "demonym", codes.id, code)


def _implied(found: TermIndex, codes: CodeList, by_name: Mapping[tuple[str, ...], str]) -> None:
    """Words of people that also say a value, and Arabic duals."""
    for name in LANGUAGES:
        words = language(name)
        for word, term in (*words.implies.items(), *words.doubles.items()):
            code = by_name.get(phrase(term))
            if code is not None and phrase(word) not in by_name:
                _add(found, word, "term", codes.id, code)


def _quoted(found: TermIndex, codes: CodeList) -> None:
    for code in codes.current:
        alpha_3 = len(code) == 3 and code.isalpha() and code.isupper()
        if alpha_3 and phrase(code) not in found.phrases.tags:
            found.capitals.add(phrase(code)[0])
            _add(found, code, "quoted", codes.id, code)


def _opposites(codes: CodeList) -> Mapping[str, str]:
    by_phrase = {phrase(text): code for text, code in _words(codes)}
    return {
        code: by_phrase[denied]
        for keys, code in by_phrase.items()
        if (denied := ("not", *keys)) in by_phrase
    }
