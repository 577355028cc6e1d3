"""Patterns in the portable subset say yes wherever those that they are made of do."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import re2

from validator.identifiers._lazily import lazily, sign_of
from validator.identifiers._linear import loosened, widened
from validator.identifiers._names import names
from validator.identifiers._plain import FORMS
from validator.identifiers.kind import Context
from validator.identifiers.recognise import kinds, recognise

PATTERNS = [p for kind in kinds().values() for p in kind.patterns]


@pytest.mark.parametrize(
    ("pattern", "sign"),
    [
        (r"(?<!\w)no\.(?= \d)", r"(?:(?:^|[^0-9A-Za-z_])no\.)"),
        (r"a(?<!\w)b", "(?:ab)"),
        (r"(?<![(\])])x(?!(?:a|\))b)y", "(?:xy)"),
        (r"\d{6,15}", "(?:[0-9]{6,})"),
        (r"a{0,63}b{1,64}c{0,2}d{8}", "(?:a*b+c{0,2}d{8})"),
        (r"(?P<day>a)", "(?:(?:a))"),
        (r"[^\s\d]", r"(?:[^\s\d])"),
        (r"[\]\d-]", r"(?:[\]0-9-])"),
    ],
)
def test_a_loosened_pattern_has_no_look_arounds_and_no_long_counts(pattern, sign):
    assert loosened(pattern) == sign


@pytest.mark.parametrize("refused", [r"(a)\1", r"[^\W.]"])
def test_what_cannot_be_loosened_is_refused(refused):
    with pytest.raises(ValueError, match="needs a sign of its own"):
        loosened(refused)


def test_a_letter_beyond_ascii_is_any_letter_beyond_ascii():
    for word in ("née", "السيد", "Ñandú"):
        assert re2.fullmatch(loosened(r"\w+"), word)
        assert re2.fullmatch(loosened(r"[^\W\d_]+"), word)


def test_a_sign_is_made_of_the_pattern_or_of_what_stands_for_it():
    assert sign_of(lazily("a", re.IGNORECASE, then="[A-Z]")) == "(?i:(?:a))[A-Z]"
    assert sign_of(lazily(r"(a)\1", instead="aa")) == "(?:aa)"
    assert sign_of(re.compile("a")) == "(?:a)"
    with pytest.raises(ValueError, match="write it in one"):
        sign_of(re.compile("a", re.VERBOSE))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: sign_of(p)[:24])
def test_every_sign_is_in_the_portable_subset(pattern):
    re2.compile(sign_of(pattern))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[0-9]{3}", "٤٠٢"),
        ("md5 [1-3]", "md7 9"),
        ("a[^0-5]{2}", "a03"),
        ("md5", "md٥"),
        ("[2-9]x", "۳x"),
        ("a b", "a\u202fb"),
        (r"a[ .\-]b", "a\u2011b"),
        ("[-+]1", "\u22121"),
        ("d'e", "d’e"),
        ("[.,]", "،"),
        ("(?-i:A) b{2}", "A\u00a0bb"),
        (r"\p{Lu}[\x{80}-\x{FF}] ", "Éé\t"),
    ],
)
def test_a_widened_pattern_reads_texts_as_they_are_typed(pattern, text):
    assert re2.search(widened(pattern, FORMS), text)


def test_the_lists_in_arabic_letters_are_those_of_two_languages():
    def arabic(words: frozenset[str]) -> set[str]:
        return {word for word in words if re.search("[\u0600-\u06ff]", word)}

    every, some = names(), names("ar", "fa")
    assert arabic(every.given) == arabic(some.given)
    assert arabic(every.surnames) == arabic(some.surnames)


def test_a_text_of_thousands_of_identifiers_gives_each_and_none_takes_longer_for_the_others():
    names = [f"a{number}.jpg" for number in range(20_000)]
    found = recognise(" ".join(names), Context())
    assert [f.kind.name for f in found] == ["file-name"] * len(names)
    assert all(a.span.end < b.span.start for a, b in pairwise(found))
