"""The words of each language, read from YAML: numbers, roles, negation, hedges, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from validator.model.text import LANGUAGES
from validator.standards.strict_yaml import parse
from validator.texts.tokenise import Word, phrase

Phrase = tuple[str, ...]
Tags = Mapping[str, Any]
"""What a phrase is: the kind of mark, and what goes with it."""

LONGEST = 10
"""Words of the longest phrase that is looked up."""


@dataclass
class Phrases:
    """Phrases with their tags. ``vocabulary`` holds every word of every phrase."""

    tags: dict[Phrase, dict[str, Any]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, kind: str, value: Any = True) -> None:
        """Tag a phrase; what it is already it stays."""
        self.put(phrase(text), kind, value)

    def put(self, keys: Phrase, kind: str, value: Any) -> None:
        """The same for the look-up keys of a phrase, of which a mark has an empty one."""
        if not keys or len(keys) > LONGEST:
            return
        self.tags.setdefault(keys, {})[kind] = value
        self.vocabulary.update(filter(None, keys))
        self.longest[keys[0]] = max(len(keys), self.longest.get(keys[0], 0))

    def merge(self, other: Phrases) -> None:
        """Take over what another has."""
        for keys, tags in other.tags.items():
            self.tags.setdefault(keys, {}).update(tags)
        self.vocabulary |= other.vocabulary
        for first, length in other.longest.items():
            self.longest[first] = max(length, self.longest.get(first, 0))


@dataclass(frozen=True)
class Language:
    """One language: its commonest words, its phrases, and its words for nationalities.

    ``doubles`` maps words for two of a kind (Arabic duals) to the word for many, ``implies``
    words that hold a value besides what they name (agresora) to a term for it.
    """

    common: frozenset[str]
    phrases: Phrases
    doubles: Mapping[str, str]
    demonyms: Mapping[str, str]
    implies: Mapping[str, str]
    ambiguous: frozenset[Phrase]
    role_words: Mapping[str, tuple[str, ...]]


@cache
def language(name: str) -> Language:
    """The words of one language, from ``words/{name}.yaml``."""
    place = files("validator.texts") / "words" / f"{name}.yaml"
    data: Any = parse(place.read_bytes(), f"validator/texts/words/{name}.yaml").data
    found = Phrases()
    for text, number in (*data["numbers"].items(), *data["hundred"].items()):
        found.add(text, "number", int(number))
    roles: dict[str, tuple[str, ...]] = {}
    for role, words in data["roles"].items():
        for text in words["one"]:
            found.add(text, "role", role)
        for text in words["many"]:
            found.add(text, "role", role)
            found.add(text, "many")
        roles[role] = (*words["one"], *words["many"])
    for text in data["adults"]:
        found.add(text, "adult")
    for kind, texts in data["marks"].items():
        for text in texts:
            found.add(text, kind)
    for text in data["names"]:
        found.add(text, "name")
    for text, many in data["doubles"].items():
        tags = found.tags[phrase(many)]
        for kind, value in (*tags.items(), ("double", many)):
            found.add(text, kind, value)
    return Language(
        common=frozenset(" ".join(phrase(text)) for text in data["common"]),
        phrases=found,
        doubles=dict(data["doubles"]),
        demonyms=_inflected(data["demonyms"], data["inflections"]),
        implies=dict(data["implies"]),
        ambiguous=frozenset(phrase(text) for text in data["ambiguous"]),
        role_words=roles,
    )


def _inflected(words: Mapping[str, str], endings: Mapping[str, Any]) -> Mapping[str, str]:
    """Each word with its other forms: the first ending that fits, and a plural in s."""
    found: dict[str, str] = {}
    for word, name in words.items():
        plain_word = " ".join(phrase(word))
        others = [word, f"{word}s"]
        for ending, variants in endings.items():
            if plain_word.endswith(phrase(ending)[0]):
                stem = plain_word[: -len(phrase(ending)[0])]
                others += [stem + variant for variant in variants]
                break
        for other in others:
            found.setdefault(other, name)
    return found


@cache
def lexicon(names: frozenset[str]) -> Phrases:
    """The phrases of several languages together."""
    found = Phrases()
    for name in LANGUAGES:
        if name in names:
            found.merge(language(name).phrases)
    return found


BITS = 15
"""Bits for the votes of one language: a text has far fewer words than they can count."""
VOTERS = tuple(name for name in LANGUAGES if name != "ar")


def languages_of(words: Iterable[Word]) -> frozenset[str]:
    """The languages that a text may be in: those with most of its commonest words."""
    return elected(sum(map(vote, words)))


def vote(word: Word) -> int:
    """What a word has to say of the language of its text: a number to be added to the others."""
    return 0 if word.mark or word.number is not None else _vote(word.raw[0], word.key)


@lru_cache(maxsize=50_000)
def _vote(first: str, key: str) -> int:
    if "\u0600" <= first <= "\u06ff":
        return 1 << BITS * len(VOTERS)
    return sum(_weight(language(name), key) << BITS * i for i, name in enumerate(VOTERS))


@lru_cache(maxsize=10_000)
def elected(votes: int) -> frozenset[str]:
    """The languages that the sum of the votes is for. One Arabic word is enough."""
    if votes >> BITS * len(VOTERS):
        return frozenset({"ar"})
    counts = {name: votes >> BITS * i & (1 << BITS) - 1 for i, name in enumerate(VOTERS)}
    most = max(counts.values())
    return frozenset(name for name, count in counts.items() if count == most)


def _weight(of: Language, key: str) -> int:
    """A common word counts twice, any other word that the language alone may know once."""
    if key in of.common:
        # the letter of Côte d'Ivoire makes no text French
        return 2 if len(key) > 1 else 1
    return 1 if key in of.phrases.vocabulary else 0
