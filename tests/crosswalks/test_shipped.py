"""The shipped crosswalks say what their sources say, and no more."""

from __future__ import annotations

import pytest

from validator.crosswalks.find import offered
from validator.crosswalks.judge import Judge, Outcome, preimages
from validator.crosswalks.load import load
from validator.crosswalks.reverse import reverse
from validator.errors import UsageError
from validator.model.crosswalk import Predicate

COPINE = [str(level) for level in range(1, 11)]
UK = ("copine-to-uk-2002", "copine-to-uk-2007", "copine-to-uk-2014", "uk-2007-to-uk-2014")


def said(name: str, *cells: str, prefer: tuple[str, ...] = (), take: str | None = None):
    crosswalk = load(name)
    return Judge(crosswalk, take or crosswalk.object.columns[0].name, prefer).judge(cells)


def candidates(name: str, code: str) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(c for row in said(name, code).rows for c in row.candidates))


@pytest.mark.parametrize("name", offered())
def test_every_row_has_a_source_a_status_and_a_justification(name: str):
    for part in load(name).parts:
        assert part.rows
        for row in part.rows:
            assert row.source.strip()
            assert row.status
            assert row.justification
        for choice in part.choices:
            assert choice.source.strip()
            assert choice.status


@pytest.mark.parametrize("name", offered())
def test_the_version_is_part_of_every_key(name: str):
    for part in load(name).parts:
        for end in (part.subject, part.object):
            assert all("@" in key and key.rpartition("@")[2] for key in end.keys)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("copine-to-uk-2002", "- - - 1 1 1 2? 3 4|3 5"),
        ("copine-to-uk-2007", "- - - 1 1 1 2|4 3 4|3 5"),
        ("copine-to-uk-2014", "- -|C -|C C C C B|A B A|B A"),
        ("uk-2007-to-uk-2014", "C B B A A"),
        ("uk-2002-to-uk-2007", "1 2|4 3 2|4 5"),
    ],
)
def test_severity_is_mapped_as_the_reference_says(name: str, table: str):
    for level, cell in zip(COPINE, table.split(), strict=False):
        options = tuple(None if part == "-" else part for part in cell.rstrip("?").split("|"))
        assert candidates(name, level) == options, level
        outcome = said(name, level).outcome
        resolves = len(options) == 1 and options[0] is not None and not cell.endswith("?")
        assert outcome.is_gap is not resolves, level


def test_predicates_and_statuses_of_severity_are_those_of_the_reference():
    rows = {row.key["copine_level"]: row for row in load("copine-to-uk-2014").rows}
    assert rows["4", "5", "6"].predicate is Predicate.BROAD
    assert rows["4", "5", "6"].status == "unverified"
    assert rows[("8",)].predicate is Predicate.CLOSE
    assert {rows[(level,)].status for level in ("7", "8", "9", "10")} == {"derived"}
    assert {row.status for row in load("uk-2007-to-uk-2014").rows} == {"secondary"}


@pytest.mark.parametrize("name", UK)
def test_no_reverse_mapping_of_severity_resolves_to_one_code(name: str):
    back = reverse(load(name))
    assert back.rows
    assert not any(row.resolves for row in back.rows)


def test_choices_bound_what_is_ambiguous_and_must_be_asked_for():
    assert said("copine-to-uk-2014", "7").text == "not_determinable"
    assert said("copine-to-uk-2014", "7", prefer=("lower-category",)).text == "B"
    assert said("copine-to-uk-2014", "7", prefer=("higher-category",)).text == "A"
    assert said("copine-to-uk-2014", "7", prefer=("higher-category",)).outcome is Outcome.PREFERRED


def test_the_class_of_a_file_says_an_age_group_and_leaves_the_nature_open():
    age = [said("cybertipline-file-class", c, take="victim_age_group") for c in ("A1", "B2")]
    assert [item.text for item in age] == ["prepubescent", "pubescent"]
    nature = said("cybertipline-file-class", "A1", take="content_nature")
    assert nature.outcome is Outcome.AMBIGUOUS


def test_a1_and_a2_are_no_countries_and_no_category_of_severity():
    assert said("cybertipline-country-to-iso-3166", "A1").outcome is Outcome.DROPPED
    assert said("cybertipline-country-to-iso-3166", "A2").outcome is Outcome.DROPPED
    assert said("cybertipline-country-to-iso-3166", "AF").text == "AFG"
    ends = {load(name).ends for name in offered()}
    assert not any("cybertipline" in one and "uk-sentencing" in other for one, other in ends)


def test_countries_are_mapped_one_to_one():
    for name in ("cybertipline-country-to-iso-3166", "m49-to-iso-3166"):
        found = preimages(load(name), "country")
        assert len(found) == 249
        assert all(len(backs) == 1 and backs[0].certain for backs in found.values())


def test_m49_keeps_its_leading_zeros():
    assert said("m49-to-iso-3166", "004").text == "AFG"
    assert said("m49-to-iso-3166", "4").outcome is Outcome.UNMAPPED


def test_an_age_band_is_no_developmental_stage():
    for band in ("0-2", "7-10", "16-17"):
        judged = said("iwf-age-band-to-developmental-stage", band)
        assert (judged.outcome, judged.text) == (Outcome.DROPPED, "not_determinable")


def test_not_known_does_not_say_which_reason_it_is():
    assert said("iso-5218-to-gender", "1").text == "male"
    assert said("iso-5218-to-gender", "0").outcome is Outcome.AMBIGUOUS
    judged = said("iso-5218-to-gender", "9")
    assert (judged.outcome, judged.text) == (Outcome.ABSENT, "not_applicable")


def test_project_vic_is_mapped_by_the_titles_of_one_tool_alone():
    assert load("project-vic-us-to-nature").subject.keys == ("project-vic-us@autopsy",)
    assert said("project-vic-us-to-nature", "1").text == "csam"
    assert said("project-vic-us-to-nature", "2").outcome is Outcome.AMBIGUOUS
    assert said("project-vic-us-to-nature", "3").outcome is Outcome.AMBIGUOUS
    assert said("project-vic-us-to-nature", "0").outcome is Outcome.DROPPED


def test_the_letter_codes_of_sdmx_without_a_title_are_not_read():
    assert said("sdmx-cl-sex-to-gender", "F").text == "female"
    assert {said("sdmx-cl-sex-to-gender", c).outcome for c in ("_T", "_U", "_Z", "_O", "_N")} == {
        Outcome.DROPPED
    }


def test_a_crosswalk_that_is_not_there_names_those_that_are():
    with pytest.raises(UsageError, match="copine-to-uk-2014"):
        load("copine-to-uk")
