"""A column of texts is read as each of its texts is, only sooner."""

from __future__ import annotations

import re
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import api
from validator.model.shapes import shapes
from validator.standards.load import load
from validator.texts import prefilter, tokenise
from validator.texts.columns import MOST, Columns
from validator.texts.prefilter import may_speak
from validator.texts.speaker import Speaker, Stated

SERIES = load("global-indicator").by_name["series"]
SPEAKER = Speaker(SERIES, SERIES.by_name["remarks"])
BUILD = Path(__file__).parents[1] / "notes" / "build"
NOTES = [
    note["text"]
    for path in sorted(BUILD.glob("*.yaml"))
    for note in yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - text only
]
WORDS = """
two girls boy victim offender male not or and of the suspected confirmed in France Germany Jordan
US U.S. EE. UU. A. B. identified images videos 3 12 48211 1,250 1.250.000 2024-05-17 17.05.2024
1234567890 AB-1204 3² ٣ ٤٨٢١١ ३ filles garçon victime suspecté pays la Suisse niñas víctima país
فتاة الضحية الجاني في فرنسا ليس أو صور والأردن é ß İ ﬁ Two But She. ticket batch twenty five
: , . ; ? ! / ( ) - – …
"""
PIECES = [*re.findall(r"\S+", WORDS), "\x1f", "\u00a0"]
texts = st.lists(
    st.tuples(
        st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", ". ", ".\n", "? ", "; "])
    ),
    max_size=25,
).map(lambda parts: "".join(piece + between for piece, between in parts))


def meanings_of(columns: Columns, many: list[str]) -> pl.Series:
    column = pl.Series(many, dtype=pl.String)
    return columns.meanings(column, shapes(column))


def read(many: list[str]) -> list[dict[str, Stated]]:
    columns = Columns(SPEAKER)
    meanings = meanings_of(columns, many)
    return [dict(columns.stated[meaning]) for meaning in meanings]


def through(many: list[str]) -> list[str]:
    frame = nw.from_native(pl.DataFrame({"remarks": many}, schema={"remarks": pl.String}))
    kept = frame.filter(may_speak("remarks", SPEAKER.index, SPEAKER.roles))
    return kept.get_column("remarks").to_list()


@settings(max_examples=300)
@given(st.lists(texts, min_size=1, max_size=8))
def test_a_column_says_what_its_texts_say(many: list[str]):
    assert read(many) == [dict(SPEAKER.says(text)) for text in many]


@settings(max_examples=200)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_no_column_is_too_strange_to_be_read(many: list[str]):
    assert read(many) == [dict(SPEAKER.says(text)) for text in many]


@settings(max_examples=300)
@given(st.lists(texts, min_size=1, max_size=8))
def test_what_the_prefilter_leaves_out_states_nothing(many: list[str]):
    kept = set(through(many))
    assert [text for text in many if SPEAKER.says(text) and text not in kept] == []


def test_a_column_of_which_no_text_is_left_says_nothing():
    assert read([]) == []


def test_the_labelled_notes_are_read_alike_alone_and_together():
    assert read(NOTES) == [dict(SPEAKER.says(text)) for text in NOTES]


def test_the_prefilter_keeps_every_labelled_note_that_states_something():
    assert {text for text in NOTES if SPEAKER.says(text)} <= set(through(NOTES))


@pytest.mark.parametrize(
    "text", ["Two girls, ref. {n}.", "Ticket {n}: two girls.", "Lot {n} relu. Deux filles, {n}."]
)
def test_numbers_that_count_nothing_make_no_difference(text: str):
    columns = Columns(SPEAKER)
    meanings = meanings_of(columns, [text.format(n=n) for n in (48211, 48212, 50999)])
    assert meanings.n_unique() == 1
    assert columns.stated[meanings[0]]["victim_count"].value == "2"


def test_a_text_of_many_thousand_letters_is_read_as_far_as_any_other():
    long = "Reviewed. " * 600 + "Two girls."
    assert read([long, "Two girls."])[0] == dict(SPEAKER.says(long))


def test_what_was_learnt_is_forgotten_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("validator.texts.columns.MOST", 2)
    columns = Columns(SPEAKER)
    for number in range(2, 8):
        meaning = meanings_of(columns, [f"{number} girls.", "One offender."])[0]
        assert columns.stated[meaning]["victim_count"].value == str(number)
        assert len(columns.stated) <= 3
    assert MOST > 2


def test_every_letter_that_the_prefilter_knows_is_folded_as_the_reader_folds_it():
    known = re.compile(f"[{prefilter._KNOWN}]")
    for letter in filter(known.match, map(chr, range(1, 0x3000))):
        folded = "".join(word.key for clause in tokenise.clauses(letter) for word in clause.words)
        for part in filter(str.isalpha, folded):
            assert re.match(prefilter._spelt(part), letter), hex(ord(letter))


def test_no_letter_before_a_cut_can_begin_initials():
    """A sentence ends after a small letter and a full stop; initials are capitals."""
    from validator.texts.columns import _LETTERS

    for letter in _LETTERS:
        assert not re.search("[A-Z]$", tokenise.plain(letter))


def test_texts_that_are_read_together_are_reported_with_their_own_rows_and_words():
    fields = dict.fromkeys(SERIES.by_name, "not_recorded")
    notes = [f"Ticket {number}: two girls." for number in (48211, 48212)]
    frame = pl.DataFrame([fields | {"remarks": note} for note in ["", *notes]])
    report = api.check("global-indicator", frame, table="series", as_of="2026-01-31")
    found = [f for f in report.findings if f.code == "code-in-text" and f.field == "victim_count"]
    assert [(f.row, f.suggestion, f.value) for f in found] == [
        (row, "2", note) for row, note in enumerate(notes, 3)
    ]
