"""Each kind finds what it says in every language, and what identifies nobody is left alone."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
import yaml

from validator.identifiers.columns import may_identify
from validator.identifiers.kind import Context
from validator.identifiers.recognise import kinds, recognise

OWN = "^[A-Z]{3}-[0-9A-Z]{6,12}$"
"""The form of the shipped standard's references."""

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def cases():
    for file in FILES:
        for heading, items in yaml.safe_load(file.read_text("utf-8")).items():
            for item in items:
                given = item if isinstance(item, dict) else {"text": item}
                wanted = given.get("kinds", [] if heading == "decoys" else [heading])
                name = f"{file.stem} {heading}: {given['text']}"
                yield pytest.param(given["text"], given.get("region"), wanted, id=name)


def found(text: str, region: str | None = None) -> list[str]:
    return sorted({item.kind.name for item in recognise(text, Context(region, (OWN,)))})


@pytest.mark.parametrize(("text", "region", "wanted"), list(cases()))
def test_a_text_holds_the_kinds_that_it_says_and_no_other(text, region, wanted):
    assert found(text, region) == wanted
    if wanted:
        frame = nw.from_native(pl.DataFrame({"text": [text]}))
        may = frame.select(may_identify(nw.col("text")).alias("may"))["may"].to_list()
        assert may == [True], "the filter over the column lets it through"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_kind_and_many_decoys_are_tried_in_every_language(file):
    headings = yaml.safe_load(file.read_text("utf-8"))
    assert headings.keys() == {*kinds(), "decoys"}
    assert len(headings["decoys"]) >= 25


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("mailto:desk@example.org", ["email"]),
        ("https://example.org/@finch/IMG_0042.jpg", ["url"]),
        ("username: desk.north@example.org", ["email"]),
        ("9e107d9d372bb6826bd81d3542a419d6.jpg", ["hash"]),
        ("passport no. 0612345678", ["national-id"]),
        ("case no. 0612345678", ["case-number"]),
        ("Tel. 0612345678", ["phone"]),
        ("DOB 12/03/2011", ["date-of-birth"]),
        ("12 rue Victor Hugo", ["address"]),
        ("desk@example.org and 192.0.2.14", ["email", "ip-address"]),
    ],
)
def test_where_kinds_overlap_the_most_specific_speaks_alone(text, wanted):
    assert found(text) == wanted


def test_a_national_number_is_read_in_the_contributors_country():
    assert found("20 7946 0958 noted", "GB") == ["phone"]
    assert found("20 7946 0958 noted", "FR") == []


def test_a_reference_of_the_standard_identifies_nobody_even_after_the_word_case():
    assert found("case no. FRA-00A1B2") == []
    assert recognise("case no. FRA-00A1B2", Context()) != ()


@pytest.mark.parametrize("mark", ["\u200e", "\u202a", "\u200b", "\u00ad"])
def test_marks_that_nobody_sees_hide_nothing(mark):
    hidden = f"write to desk{mark}@{mark}example.org"
    (item,) = recognise(hidden, Context())
    assert item.kind.name == "email"
    assert hidden[item.span.start : item.span.end] == f"desk{mark}@{mark}example.org"


def test_accents_apart_from_their_letters_are_the_same_words():
    assert found("ne\u0301e le 12/03/2011") == ["date-of-birth"]


def test_places_are_those_of_the_text_as_written():
    text = "الهاتف ٠٥٠١٢٣٤٥٦٧"
    (item,) = recognise(text, Context())
    assert text[item.span.start : item.span.end] == "٠٥٠١٢٣٤٥٦٧"
