"""Patterns in plain words, where words are exact."""

from __future__ import annotations

import pytest

from validator.expressions.forms import in_words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (
            "^[A-Z]{3}-[0-9A-Z]{6,12}$",
            "3 capital letters, a hyphen, then 6 to 12 capital letters or digits",
        ),
        ("[0-9]+", "one or more digits"),
        ("[0-9]", "1 digit"),
        ("CASE-[0-9]{4}", "the text CASE, a hyphen, then 4 digits"),
        ("[A-Z0-9]{2,}", "2 or more capital letters or digits"),
        ("[0-9]{4}/[0-9]{2}", "4 digits, a slash, then 2 digits"),
    ],
)
def test_a_plain_pattern(pattern: str, words: str):
    assert in_words(pattern) == words


@pytest.mark.parametrize(
    "pattern", ["A|B", "(a)", "[^a]x", "a*", "[A-Z].", "^$", "[a-f]{2}", r"\d"]
)
def test_what_cannot_be_said_exactly_is_not_said(pattern: str):
    assert in_words(pattern) is None
