"""Texts that differ in their digits alone are read once, where that changes nothing."""

from __future__ import annotations

import re

import narwhals as nw
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.notes import load
from tests.identifiers.test_properties import REGIONS, typed
from validator.identifiers.columns import MOST, Alike, may_identify
from validator.identifiers.kind import Context
from validator.identifiers.recognise import kinds, look, recognise
from validator.model.shapes import shape, shapes

DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
REFERENCES = ("^[A-Z]{3}-[0-9A-Z]{6,12}$", "^R[1-5]{2}[^0-5]?$", "^a[1-5]@example[.]org$")
TOLD = ("phone", "url")
"""They say themselves where a digit matters."""
BLIND = [kind for kind in kinds().values() if not kind.digits and kind.name not in TOLD]


def respelt(text: str, digits: list[str]) -> str:
    """The text with other digits, each of its own script."""
    new = iter(digits)

    def other(old: re.Match[str]) -> str:
        block = DIGITS.index(old[0]) // 10 * 10
        return DIGITS[block + int(next(new, "7"))]

    return re.sub(f"[{DIGITS}]", other, text)


def names(text: str, country: str | None, references: tuple[str, ...]) -> list[str]:
    found = recognise(text, Context(country, references))
    return list(dict.fromkeys(one.kind.name for one in found))


@st.composite
def respellings(draw):
    """Some texts of one shape."""
    text = draw(typed() | st.sampled_from(NOTES))
    many = draw(st.lists(st.lists(st.sampled_from("0123456789"), max_size=40), max_size=3))
    return [text, *(respelt(text, digits) for digits in many)]


NOTES = [note.text for half in ("build", "report") for note in load(half)]


@settings(max_examples=600)
@given(respellings(), REGIONS, st.sampled_from([(), REFERENCES]))
@example(["R11 R77 a@example.org", "R66 R77 a@example.org"], None, REFERENCES)
@example(["a1@example.org", "a9@example.org"], None, REFERENCES)
@example(["www.a.i3p", "www.a.i2p"], None, ())
@example(["Call +44 20 7946 0012, ref. 40.", "Call +11 11 1111 1111, ref. 99."], "GB", ())
@example(["12. 2024-05-17 reviewed", "12. 2099-99-99 reviewed"], "FR", ())
@example(["tel. 00 44 20 7946 0012 3456 789", "tel. 11 44 20 7946 0012 3456 789"], "FR", ())
def test_texts_of_one_number_hold_the_same(many, country, references):
    column = pl.Series(many, dtype=pl.String)
    alike = Alike(references)
    numbers = alike.alike(column, shapes(column)).to_list()
    first: dict[int, list[str]] = {}
    for text, number in zip(many, numbers, strict=True):
        where = country if number >= alike.settled else None
        held = names(text, country, references)
        assert first.setdefault(number, names(text, where, references)) == held
        assert number or not held
        assert number >= alike.settled or alike(text) == (number > 0)


@given(respellings())
def test_the_filter_says_the_same_of_all_texts_of_a_shape(many):
    frame = nw.from_native(pl.DataFrame({"text": [*many, shape(many[0])]}))
    assert frame.select(may_identify(nw.col("text")).alias("may"))["may"].n_unique() == 1


@given(st.text() | typed())
def test_a_text_has_the_shape_that_a_column_finds(text):
    column = shapes(pl.Series([text, "", text], dtype=pl.String))
    assert [column.names[code] for code in column.codes] == [shape(text), "", shape(text)]
    assert shape(text) == re.sub(f"[{DIGITS}]", "0", text)


@pytest.mark.parametrize("kind", BLIND, ids=lambda kind: kind.name)
def test_a_kind_that_reads_any_digit_alike_names_none(kind):
    for pattern in kind.patterns:
        written = re.sub(r"\{\d+(,\d*)?\}|\\x\{\w+\}|0-9", "", pattern._pattern)
        assert not re.search("[0-9]", written)


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("Questions to desk.12@example.org", True),
        ("Call +44 20 7946 0012, ref. 12345.", True),
        ("Call 020 7946 0012, ref. 12345.", False),  # a number of some country's
        ("See 192.0.2.14", False),  # or a version
        ("www.a.i3p", False),  # a domain only where it is i2p
    ],
)
def test_what_is_read_once_for_a_shape(text, once):
    assert look(text, ()).by_digits is not once


def test_a_reference_is_told_from_others_by_its_digits():
    assert not look("a9@example.org", ()).by_digits
    assert look("a9@example.org", REFERENCES).by_digits
    assert not look("R99 noted, a@example.org", REFERENCES).by_digits, "it stands apart"


def test_a_column_of_which_no_text_is_left_holds_nothing():
    column = pl.Series([], dtype=pl.String)
    assert Alike(REFERENCES).alike(column, shapes(column)).to_list() == []


def test_shapes_are_forgotten_before_they_grow_too_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("validator.identifiers.columns.MOST", 2)
    alike = Alike(())
    column = pl.Series([f"{word}@example.org" for word in "abcd"])
    assert alike.alike(column, shapes(column)).to_list() == [1, 1, 1, 1]
    assert len(alike._by_shape) <= 2 < MOST
