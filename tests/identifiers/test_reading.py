"""Which fields are read, in what context, and at what cost."""

from __future__ import annotations

import subprocess
import sys

import pytest

from validator.checks.disclosure._opaque import is_opaque
from validator.checks.disclosure.direct_identifier import CHECK
from validator.model.standard import CodeList, Field, Identifies, Kind, Reference, Standard, Table

REASONS = CodeList("missing-reason", ())
REF = Field(
    "ref", Kind.STRING, pattern="^[A-Z]{3}-[0-9A-Z]{6,12}$", identifies=Identifies.PSEUDONYM
)
PARENT = Table(
    "series",
    (
        REF,
        Field("contributor", Kind.CODES, CodeList("country", ())),
        Field("remarks", Kind.STRING, free_text=True),
        Field("source", Kind.STRING, identifies=Identifies.DIRECT),
        Field("number", Kind.INTEGER),
        Field("day", Kind.DATE),
    ),
)
CHILD = Table(
    "victims",
    (
        Field("ref", Kind.STRING, references=Reference("series", "ref")),
        Field("note", Kind.STRING),
    ),
)
STANDARD = Standard("example", "1.0.0", REASONS, (PARENT, CHILD))


def read(table: Table, *there: str) -> dict[str, tuple[str, ...]]:
    return {r.field: r.reads for r in CHECK.readers(STANDARD, table, frozenset(there))}


def test_text_is_read_and_codes_numbers_dates_and_pseudonyms_are_not():
    fields = read(PARENT, *PARENT.by_name)
    assert fields == {"remarks": ("contributor",), "source": ("contributor",)}


def test_a_field_that_repeats_a_pseudonym_is_one_too():
    assert read(CHILD, "ref", "note") == {"note": ()}


def test_a_column_that_is_not_there_is_not_read():
    assert read(PARENT, "remarks") == {"remarks": ()}


def test_the_contributor_is_known_by_two_letters_or_three_and_anything_else_is_no_country():
    (reader,) = CHECK.readers(STANDARD, PARENT, frozenset({"remarks", "contributor"}))
    text = "20 7946 0958 noted"
    said = {
        country: len(list(reader.judge({"remarks": text, "contributor": country})))
        for country in ("GBR", "GB", "FRA", "", "nowhere", "ZZZ", "??")
    }
    assert {country for country, number in said.items() if number} == {"GBR", "GB"}


def test_what_is_said_names_the_kind_and_never_the_text():
    (reader,) = CHECK.readers(STANDARD, PARENT, frozenset({"remarks"}))
    (said,) = reader.judge({"remarks": "desk@example.org"})
    assert "(email)" in said.verdict.message
    assert "example" not in said.verdict.message
    assert said.verdict.suggestion is None


@pytest.mark.parametrize(
    ("pattern", "opaque"),
    [
        ("^[A-Z]{3}-[0-9A-Z]{6,12}$", True),
        ("[A-Z]{2}[0-9]{6}", True),
        ("[0-9]{4}", True),
        ("R-[0-9]{1,10}", True),
        ("[0-9]{10}", False),
        ("[0-9]+", False),
        ("[0-9a-f]{32}", False),
        (".{1,5}", False),
        ("[A-Z][a-z ]+", False),
        ("[^ ]+", False),
        ("(AB|CD)[0-9]{3}", False),
        ("A|[0-9]{12}", False),
        ("[a-z]+[.][a-z]+", False),
        (r"A\.[0-9]{2}", False),
        ("[A-Z]{3}|", False),  # or nothing, and whatever comes behind
        # fewer digits than a number has, or a letter that must be there
        ("[0-9]{6}", True),
        ("[0-9]{7}", False),
        ("[0-9]{3}[0-9]{4}", False),
        ("[0-9]?[0-9]{6}", False),
        ("[0-9]{6}[0-9]", False),
        ("[0-9]{4}-[0-9]{2}", True),
        ("[0-9]{2,}", False),
        ("[0-9A-Z]{8}", False),
        ("-_[0-9]{9}", False),
        ("[A-Z]?[0-9]{9}", False),
        ("[A-Z]{0,3}[0-9]{9}", False),
        ("[A-Z]{1,3}[0-9]{9}", True),
        ("[A-Z][0-9]{9}", True),
        # shorter than a digest
        ("[A-Z]{21}", True),
        ("[A-Z]{22}", False),
        ("[A-Z]{10}[a-z]{12}", False),
        ("[A-Z]+", False),
        ("[A-Z]{3,}", False),
        ("[A-Z]*", False),
    ],
)
def test_a_pattern_is_opaque_where_no_text_of_it_can_name_anybody(pattern, opaque):
    assert is_opaque(pattern) is opaque


def test_the_lists_are_loaded_where_they_are_needed_and_not_before():
    code = (
        "import sys; from validator.identifiers.recognise import recognise; "
        "from validator.identifiers.kind import Context; "
        "recognise('Batch 12 of 40, desk@example.org', Context('FR')); "
        "heavy = {'faker', 'phonenumbers', 'pycountry', 'stdnum', 'polars'}; "
        "print(sorted(heavy & set(sys.modules))); "
        "from validator.identifiers.columns import patterns; patterns(); "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # what a look over a column takes of the lists is written down beforehand
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
