"""What the reader of free text makes of any text at all."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.standards.load import load
from validator.texts import tokenise
from validator.texts.prefilter import may_speak
from validator.texts.speaker import Speaker
from validator.texts.words import language

SERIES = load("global-indicator").by_name["series"]
SPEAKER = Speaker(SERIES, SERIES.by_name["remarks"])
WORDS = """
two girls boy victim offender male female not or and of the suspected confirmed in France Germany
Jordan US us may identified images 12 3 : , . ; ? / ( ) no deux filles garçon victime auteur pas la
Suisse ou dos niñas víctima agresor país sospechado o فتاة ولد الضحية الجاني في فرنسا ليس أو صور ٣
one of another previously coded as changed from to at least é ß İ ﬁ ́
"""

sentences = st.lists(st.sampled_from(re.findall(r"\S+", WORDS)), max_size=30).map(" ".join)


def said(text: str) -> dict[str, str | None]:
    return {field: stated.value for field, stated in SPEAKER.says(text).items()}


@given(st.text(max_size=300))
def test_no_text_at_all_is_too_strange_to_be_read(text: str):
    SPEAKER.says(text)


@settings(max_examples=300, deadline=None)  # the first of them makes the index
@given(sentences)
def test_every_value_that_is_stated_is_one_the_field_may_hold(text: str):
    for field, stated in SPEAKER.says(text).items():
        about = SERIES.by_name[field]
        assert stated.values
        for value in stated.values:
            assert value in about.codelist.current if about.codelist else value.isdigit()


@settings(max_examples=300)
@given(sentences)
def test_the_prefilter_lets_through_every_text_that_states_something(text: str):
    if SPEAKER.says(text):
        frame = pl.DataFrame({"remarks": [text]})
        expression = may_speak("remarks", SPEAKER.index, SPEAKER.roles)
        import narwhals as nw

        kept = nw.from_native(frame.lazy()).filter(expression).to_native().collect()
        assert kept.height == 1


@given(st.text(alphabet="bdfghjkqvwxyz .,;?!", max_size=200))
def test_a_text_without_a_term_or_a_role_states_nothing(text: str):
    keys = {word.key for clause in tokenise.clauses(text) for word in clause.words}
    if keys.isdisjoint(SPEAKER.index.phrases.vocabulary | language("en").phrases.vocabulary):
        assert said(text) == {}


def test_no_clause_is_longer_than_the_work_allows():
    text = "male " * 900
    assert max(len(clause.words) for clause in tokenise.clauses(text)) == tokenise.LONGEST_CLAUSE


def test_twice_the_text_is_twice_the_words_and_no_more():
    once, twice = "Two girls, suspected in France. " * 40, "Two girls, suspected in France. " * 80
    count = lambda text: sum(len(clause.words) for clause in tokenise.clauses(text))  # noqa: E731 - shorter than a function
    assert count(twice) == 2 * count(once)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "-",
        "1,",
        "U.",
        "و",
        "(",
        "girl ",
        "or ",
        "not ",
        "1 ",
        "male ",
        "man ",
        "suspected France ",
    ],
)
def test_a_hostile_text_is_cut_where_no_note_would_end(unit: str):
    text = unit * 200_000
    words = sum(len(clause.words) for clause in tokenise.clauses(text))
    assert words <= tokenise.MAX_CHARACTERS
    SPEAKER.says(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Féminin", "FEMININ"),
        ("Pe\u0301rou", "perou"),
        ("أ", "ا"),
        ("الأردنّ", "الاردن"),
        ("٣", "3"),
        ("ﬁlm", "film"),
    ],
)
def test_what_is_written_differently_is_read_alike(first: str, second: str):
    keys = [[w.key for c in tokenise.clauses(t) for w in c.words] for t in (first, second)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("word", "form"),
    [("والأردن", "اردن"), ("بفرنسا", "فرنسا"), ("للضحية", "ضحيه"), ("فالبلد", "بلد")],
)
def test_an_arabic_word_is_found_behind_what_is_written_onto_it(word: str, form: str):
    (clause,) = tokenise.clauses(word)
    assert form in clause.words[0].forms


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("twenty-five images", "25"),
        ("one hundred and twenty images", "120"),
        ("1,250 images", "1250"),
        ("soixante-douze images", "72"),
        ("vingt-cinq images", "25"),
        ("treinta y cinco imágenes", "35"),
        ("خمسة وعشرون صورة", "25"),
        ("٤٠ صورة", "40"),
        ("صورتان", "2"),
        ("images: 14", "14"),
        ("Number of images is four.", "4"),
    ],
)
def test_numbers_are_read_in_four_languages(text: str, number: str):
    assert said(text) == {"image_count": number}


@pytest.mark.parametrize(
    "text",
    [
        "Received 3 copies of the form.",
        "Image 12 was sent again.",
        "3 video calls held.",
        "Batch 2023-11-B, page 4 of 12.",
        "White paper and black ink.",
        "Two units of the French police.",
        "The code for male changed in version 2.",
        "Victim identification unit informed.",
        "Is the victim identified?",
        "Si la victime est identifiée, modifier le statut.",
        "Libro blanco recibido.",
        "تقرير مالي مؤكد",
        "حقوق الطفل: كتيب من 12 صفحة",
    ],
)
def test_what_is_not_about_the_record_states_nothing(text: str):
    assert said(text) == {}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Three victims: two girls and a boy.", {"victim_count": "3", "victim_gender": "both"}),
        (
            "Offender: male, white; victim: female, Asian",
            {
                "offender_gender": "male",
                "offender_ethnicity": "white",
                "victim_gender": "female",
                "victim_ethnicity": "asian",
            },
        ),
        ("Some victims identified.", {"victim_status": "partly_identified"}),
        ("Suspected country changed from France to Belgium.", {"suspected_country": "BEL"}),
        ("No en México, sino en Guatemala (país sospechado).", {"suspected_country": "GTM"}),
        (
            "Deux auteurs, un homme et une femme.",
            {"offender_count": "2", "offender_gender": "both"},
        ),
        ("البلد المشتبه به ليس فرنسا بل بلجيكا", {"suspected_country": "BEL"}),
        (
            "La agresora no ha sido identificada.",
            {"offender_gender": "female", "offender_status": "unidentified"},
        ),
    ],
)
def test_whole_notes(text: str, stated: dict[str, str]):
    assert said(text) == stated


@pytest.mark.parametrize("name", ["en", "fr", "es", "ar"])
def test_every_nationality_leads_to_a_country(name: str):
    from validator.texts.terms import spellings
    from validator.texts.tokenise import phrase

    country = next(f for f in SERIES.fields if f.name == "suspected_country").codelist
    known = {phrase(text) for code in country.codes for text in spellings(code)}
    astray = {place for place in language(name).demonyms.values() if phrase(place) not in known}
    assert astray == set()
