from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.visible import safe, safe_json
from validator.reports.redact import LONGEST_SHAPE, shape

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Fran-123", "Aaaa-999"),
        ("FRA-00A1B2", "AAA-99A9A9"),
        ("Élodie", "Aaaaaa"),
        ("E\u0301lodie", "Aaaaaa"),
        ("أنثى", "aaaa"),
        ("女性", "aa"),
        ("٢٠٢٤-Q2", "9999-A9"),
        ("a@b.example", "a@a.aaaaaaa"),
        ("female ", "aaaaaa "),
        ("female\u200b", r"aaaaaa\u200b"),
        ("female\xa0", r"aaaaaa\xa0"),
        ("yes\U0001f600", "aaa*"),
        ("no\U000e0041", "aa*"),
        ("", ""),
    ],
)
def test_a_shape_keeps_the_form_and_drops_the_content(value, expected):
    assert shape(value) == expected


def test_a_long_value_has_a_short_shape():
    assert shape("a" * 10_000_000) == "a" * LONGEST_SHAPE + "…"


@given(ANY_TEXT)
def test_a_shape_holds_no_letter_or_digit_of_the_value(value):
    # escapes name the characters that do not show, and only those
    plain = "".join(c for c in value if c.isprintable() or c == " ")
    told = {c for c in shape(plain) if c.isalnum()}
    assert told <= {"A", "a", "9"}


@given(ANY_TEXT)
def test_safe_text_shows_every_character_and_stays_one_line(text):
    assert safe(text).isprintable()
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("a\r\nb\tc", r"a\x0d\x0ab\x09c"),
        ("\x9b0m", r"\x9b0m"),
        ("a\u202egnp.csv", r"a\u202egnp.csv"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("a\u2028b", r"a\u2028b"),
        ("\udcff", r"\udcff"),
        ("\U000e0041", r"\U000e0041"),
        ("séries أنثى 女性.csv", "séries أنثى 女性.csv"),
    ],
)
def test_what_could_mislead_a_reader_is_made_visible(text, expected):
    assert safe(text) == expected


@given(ANY_TEXT)
def test_json_keeps_the_data_and_can_always_be_written(text):
    written = safe_json(json.dumps(text, ensure_ascii=False))
    assert written.encode().decode().isprintable()
    # JSON cannot tell two halves of a surrogate pair from the character that they make
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert json.loads(written) == joined
