"""What a crosswalk makes of one combination of cells."""

from __future__ import annotations

from tests.crosswalks.making import made
from validator.crosswalks.judge import Judge, Outcome

SCHEMES = {"class-1": ["EN", "AD"], "basis-1": ["E", "D"], "right-1": ["young", "old", "both"]}
AGE = {
    "from": {
        "fields": {
            "class": {"scheme": "class", "version": "1"},
            "basis": {"scheme": "basis", "version": "1"},
            "year": {"type": "integer"},
        }
    },
    "to": {"scheme": "right", "version": "1"},
    "rows": [
        {
            "from": {"class": "EN"},
            "when": {"year": {"ge": "2015"}},
            "to": "young",
            "predicate": "exactMatch",
        },
        {"from": {"class": "EN"}, "when": {"year": {"lt": "2015"}}, "to": ["young", "old"]},
        {"from": {"class": "AD", "basis": "D"}, "to": "old", "predicate": "exactMatch"},
        {"from": {"class": "AD", "basis": "E"}, "to": "both", "predicate": "broadMatch"},
    ],
    "choices": {
        "older": {
            "title": "The older",
            "source": "us",
            "status": "derived",
            "picks": [{"from": {"class": "EN"}, "to": "old"}],
        }
    },
}


def judge(tmp_path, *cells, prefer=(), **parts):
    crosswalk = made(tmp_path, SCHEMES, **(AGE | parts))
    return Judge(crosswalk, "right", prefer).judge(cells)


def test_a_condition_tells_two_meanings_of_a_code_apart(tmp_path):
    assert judge(tmp_path, "EN", "E", "2020").text == "young"
    assert judge(tmp_path, "EN", "E", "2014").outcome is Outcome.AMBIGUOUS


def test_a_condition_that_cannot_be_told_makes_no_row_speak(tmp_path):
    for year in ("", "soon", "20 15"):
        assert judge(tmp_path, "EN", "E", year).outcome is Outcome.UNMAPPED


def test_what_holds_under_a_condition_is_never_readable_back(tmp_path):
    judged = judge(tmp_path, "EN", "E", "2020")
    assert (judged.outcome, judged.reversible) == (Outcome.EXACT, False)


def test_a_code_may_be_more_than_one_column(tmp_path):
    assert judge(tmp_path, "AD", "D", "2020").text == "old"
    judged = judge(tmp_path, "AD", "E", "2020")
    assert (judged.text, judged.outcome) == ("both", Outcome.WIDENED)


def test_a_choice_resolves_only_what_it_names(tmp_path):
    judged = judge(tmp_path, "EN", "E", "2014", prefer=["older"])
    assert (judged.text, judged.outcome) == ("old", Outcome.PREFERRED)
    assert judge(tmp_path, "EN", "E", "2020", prefer=["older"]).text == "young"


SIMPLE = {"left-1": ["a", "b", "c", "d"], "right-1": ["x", "y"]}


def simple(tmp_path, cell, rows, **parts):
    crosswalk = made(tmp_path, SIMPLE, rows=rows, **parts)
    return Judge(crosswalk, "right").judge((cell,))


def test_a_blank_has_no_value_and_an_unknown_text_has_no_row(tmp_path):
    rows = [{"from": "a", "to": "x", "predicate": "exactMatch"}]
    assert simple(tmp_path, " ", rows).outcome is Outcome.ABSENT
    assert simple(tmp_path, "", rows).text == "not_recorded"
    assert simple(tmp_path, "A", rows).outcome is Outcome.UNMAPPED


def test_the_crosswalk_says_which_reason_stands_for_what(tmp_path):
    rows = [{"from": "a", "to": ["x", "y"]}, {"from": "b", "to": "none"}]
    reasons = {"ambiguous": "withheld", "dropped": "not_applicable", "blank": "not_visible"}
    said = [simple(tmp_path, cell, rows, reasons=reasons).text for cell in ("a", "b", "")]
    assert said == ["withheld", "not_applicable", "not_visible"]


def test_what_stands_for_no_value_in_the_files_becomes_its_reason(tmp_path):
    rows = [{"from": "a", "to": "x", "predicate": "exactMatch"}]
    judged = simple(tmp_path, "ND", rows, absent={"ND": "not_determinable"})
    assert (judged.outcome, judged.text) == (Outcome.ABSENT, "not_determinable")


def test_two_rows_that_differ_are_ambiguous_and_two_that_agree_take_the_weaker_claim(tmp_path):
    rows = [
        {"from": "a", "to": "x", "predicate": "exactMatch"},
        {"from": "a", "to": "y", "predicate": "exactMatch"},
        {"from": "b", "to": "x", "predicate": "exactMatch"},
        {"from": "b", "to": "x", "predicate": "broadMatch"},
    ]
    assert simple(tmp_path, "a", rows).outcome is Outcome.AMBIGUOUS
    assert simple(tmp_path, "b", rows).outcome is Outcome.WIDENED


def test_related_and_no_more_is_not_written(tmp_path):
    rows = [{"from": "a", "to": "x", "predicate": "relatedMatch"}]
    assert simple(tmp_path, "a", rows).outcome is Outcome.AMBIGUOUS


def test_an_exact_match_that_two_codes_share_cannot_be_read_back(tmp_path):
    rows = [{"from": ["a", "b"], "to": "x", "predicate": "exactMatch"}]
    judged = simple(tmp_path, "a", rows)
    assert (judged.outcome, judged.reversible, judged.sources) == (Outcome.EXACT, False, 2)
