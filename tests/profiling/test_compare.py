"""Planted differences are found, each as what it is; equal contributors are comparable."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from jsonschema import Draft202012Validator

from tests.commands import CANARY, SUBMISSION, accordant
from tests.profiling.submissions import SHIPPED, standard, written
from validator.profiling.compare import MOST, REST, compare
from validator.profiling.comparison_json import as_json
from validator.profiling.conventions import suspected
from validator.profiling.verdicts import Verdict
from validator.standards.load import load
from validator.synthesis.submission import synthesise

__all__ = ["accordant"]

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas/meta/comparison.schema.json").read_text("utf-8")
)
USUAL = {
    "colour": {"red": 500, "blue": 280, "green": 20, "not_recorded": 110, "not_determinable": 90},
    "level": {
        **dict(zip("123456789", (60, 90, 150, 150, 130, 120, 60, 120, 40), strict=True)),
        "not_recorded": 50,
        "not_determinable": 30,
    },
    "amount": {str(n): 10 for n in range(100)},
    "themes": {"a": 500, "a;b": 300, "c": 200},
    "day": {"2022-05-01": 400, "2023-05-01": 600},
}


@pytest.fixture
def compared(tmp_path):
    """The small standard's fields, compared between the usual contributor and changed ones."""

    def made(*changes):
        paths = []
        for i, change in enumerate([{}, *changes]):
            path = tmp_path / f"C{i}" / "records.csv"
            paths.append(str(written(path, {**USUAL, **change}, key="ref").parent))
        (table,) = compare(standard(tmp_path), paths).tables
        return {field.name: field for field in table.fields}

    return made


def kinds(field, contributor=None):
    return {g.kind for g in field.grounds if contributor in {None, g.contributor}}


def test_equal_contributors_are_comparable_in_every_field(compared):
    fields = compared({}, {})
    assert {field.verdict for field in fields.values()} == {Verdict.COMPARABLE}
    assert "ref" not in fields, "a text is not compared"


def test_a_field_that_one_records_less_often_is_told(compared):
    fewer = {"red": 250, "blue": 130, "not_recorded": 620}
    colour = compared({"colour": fewer})["colour"]
    assert colour.verdict is Verdict.NOT_COMPARABLE
    assert "completeness" in kinds(colour)
    some = {"red": 440, "blue": 160, "not_recorded": 200, "not_determinable": 200}
    assert compared({"colour": some})["colour"].verdict is Verdict.WITH_CARE


def test_records_to_which_the_question_does_not_apply_are_no_gap(compared):
    fewer = {**{k: v // 2 for k, v in USUAL["colour"].items()}, "not_applicable": 500}
    assert compared({"colour": fewer})["colour"].verdict is Verdict.COMPARABLE


def test_a_bucket_of_unknown_and_unrecorded_is_told(compared):
    bucket = {"red": 500, "blue": 280, "green": 20, "not_recorded": 200}
    colour = compared({"colour": bucket})["colour"]
    assert colour.verdict is Verdict.WITH_CARE
    (ground,) = [g for g in colour.grounds if g.kind == "one-reason"]
    assert ground.contributor == "C1"
    assert "unknown and unrecorded may be in one bucket" in ground.text


def test_another_use_of_a_reason_is_told_by_its_name(compared):
    turned = {"red": 400, "blue": 280, "green": 20, "not_recorded": 10, "not_determinable": 290}
    colour = compared({}, {"colour": turned})["colour"]
    (ground,) = [g for g in colour.grounds if g.kind == "reason"]
    assert (ground.contributor, colour.verdict) == ("C2", Verdict.WITH_CARE)
    assert (
        ground.text == "C2 gives not_determinable for 29.0 % of the records, the others for 9.0 %."
    )


def test_blank_and_invalid_cells_are_told_apart(compared):
    blank = {**USUAL["colour"], "not_recorded": 0, "not_determinable": 0, "": 200}
    invalid = {**USUAL["colour"], "not_recorded": 0, "not_determinable": 0, "mauve": 200}
    assert "blank" in kinds(compared({"colour": blank})["colour"], "C1")
    colour = compared({"colour": invalid})["colour"]
    assert "invalid" in kinds(colour, "C1")
    assert "blank" not in kinds(colour)
    assert "mauve" not in str(colour.grounds)


def test_a_code_for_other_that_swallows_the_list_is_told(compared):
    swallowed = {"red": 500, "other": 300, "not_recorded": 110, "not_determinable": 90}
    colour = compared({}, {"colour": swallowed})["colour"]
    assert colour.verdict is Verdict.NOT_COMPARABLE
    assert {"other", "only-one", "never"} <= kinds(colour, "C2")


def test_a_code_that_only_one_uses_is_named(compared):
    without = {"red": 500, "blue": 300, "not_recorded": 110, "not_determinable": 90}
    colour = compared({"colour": without})["colour"]
    assert [g.text for g in colour.grounds] == ["Only C0 uses green."]
    assert colour.verdict is Verdict.WITH_CARE


def test_values_that_are_spread_otherwise_are_told_with_the_interval_and_the_code(compared):
    turned = {"red": 280, "blue": 500, "green": 20, "not_recorded": 110, "not_determinable": 90}
    colour = compared({"colour": turned})["colour"]
    (ground,) = colour.grounds
    assert ground.kind == "distance"
    assert "27 points (22 to 32) apart" in ground.text
    assert "62.5 %, against 35.0 %" in ground.text
    distance = colour.measured[0].distance
    assert distance.observed == pytest.approx(0.275)
    assert distance.low < 0.275 < distance.high


def test_numbers_and_years_are_compared_along_their_order(compared):
    later = {"2023-05-01": 500, "2024-05-01": 500}
    more = {str(n + 40): 10 for n in range(100)}
    fields = compared({"day": later, "amount": more})
    assert "other years" in fields["day"].grounds[0].text
    assert fields["amount"].verdict is Verdict.WITH_CARE
    assert fields["amount"].measured[0].distance.observed == pytest.approx(0.4)


# --- local conventions ---------------------------------------------------------------------------

LEVELS = USUAL["level"]
MERGED = {**LEVELS, "6": 0, "7": 300, "8": 0}
SHIFTED = {**LEVELS, "4": 280, "5": 0}


@pytest.mark.parametrize("contributors", [1, 3])
def test_a_level_that_takes_what_its_neighbours_have_elsewhere_is_suspected(compared, contributors):
    level = compared(*[{}] * (contributors - 1), {"level": MERGED})["level"]
    assert level.verdict is Verdict.NOT_COMPARABLE
    (ground,) = [g for g in level.grounds if g.kind == "convention"]
    assert ground.contributor == f"C{contributors}"
    assert "has 32.6 % in 7 and 0.0 % in 6 and 8" in ground.text
    assert "compare 6, 7 and 8 taken together" in ground.text


def test_one_neighbour_alone_can_be_meant(compared):
    level = compared({"level": SHIFTED})["level"]
    (ground,) = [g for g in level.grounds if g.kind == "convention"]
    assert "compare 4 and 5 taken together" in ground.text


def test_severer_material_is_no_convention(compared):
    # twice as much of the upper half: every level moves, none takes what its neighbours lose
    severe = {level: n * (1 if int(level) < 6 else 3) for level, n in list(LEVELS.items())[:9]}
    records = 1000 - sum(severe.values()) // 2
    severe = {level: n // 2 for level, n in severe.items()} | {"not_recorded": records}
    assert "convention" not in kinds(compared({"level": severe})["level"])


def test_the_order_of_a_list_without_order_says_nothing(compared):
    merged = {"red": 0, "blue": 780, "green": 20, "not_recorded": 110, "not_determinable": 90}
    assert "convention" not in kinds(compared({"colour": merged})["colour"])


def test_chance_alone_is_hardly_ever_taken_for_a_convention():
    shares = np.array(list(LEVELS.values())[:9]) / 920
    codes = [str(n) for n in range(1, 10)]
    found = 0
    for seed in range(500):
        drawn = np.random.default_rng(seed)
        samples = drawn.multinomial(200, shares), drawn.multinomial(600, shares)
        found += any(True for _ in suspected(codes, *samples))
    assert found <= 3


# --- what cannot be judged -----------------------------------------------------------------------


def test_too_few_values_are_not_judged(compared):
    usual = {"colour": "red", "level": "3", "amount": "1", "themes": "a", "day": "2022-05-01"}
    colour = compared({name: {value: 40} for name, value in usual.items()})["colour"]
    assert colour.verdict is Verdict.NOT_JUDGED
    assert "Fewer than 50 recorded values: C1." in {ground.text for ground in colour.grounds}
    few = {"red": 30, "blue": 10, "not_recorded": 510, "not_determinable": 450}
    # that so little is recorded can be told all the same
    assert compared({"colour": few})["colour"].verdict is Verdict.NOT_COMPARABLE


def test_a_column_that_one_lacks_cannot_be_compared(tmp_path):
    one = written(tmp_path / "A" / "records.csv", USUAL, key="ref")
    rest = {name: counts for name, counts in USUAL.items() if name != "level"}
    two = written(tmp_path / "B" / "records.csv", rest, key="ref")
    (table,) = compare(standard(tmp_path), [str(one.parent), str(two.parent)]).tables
    level = next(field for field in table.fields if field.name == "level")
    assert level.verdict is Verdict.NOT_COMPARABLE
    assert level.grounds[0].text == "B has no column for it."


def test_the_field_that_names_the_contributor_is_not_judged(tmp_path):
    for name in ("FRA", "KEN"):
        columns = {**USUAL, "contributor": {name: 1000}}
        written(tmp_path / name / "records.csv", columns, key="ref")
    (table,) = compare(standard(tmp_path), [str(tmp_path / n) for n in ("FRA", "KEN")]).tables
    contributor = next(field for field in table.fields if field.name == "contributor")
    assert (contributor.verdict, kinds(contributor)) == (Verdict.NOT_JUDGED, {"label"})


# --- one submission with several contributors ----------------------------------------------------


def test_one_submission_is_split_by_its_contributors(tmp_path):
    frames = []
    for name, change in (("FRA", {}), ("KEN", {"level": MERGED}), ("PER", {})):
        path = written(tmp_path / name / "part.csv", {**USUAL, **change}, key="ref")
        frame = pl.read_csv(path, infer_schema=False)
        frames.append(frame.with_columns(pl.lit(name).alias("contributor")))
    stray = frames[0].head(7).with_columns(pl.lit("nobody").alias("contributor"))
    # rows come in any order
    whole = pl.concat([*frames, stray]).sample(fraction=1.0, shuffle=True, seed=1)
    whole.write_csv(tmp_path / "records.csv")
    made = compare(standard(tmp_path), [str(tmp_path / "records.csv")], by="contributor")
    assert made.contributors == ("FRA", "KEN", "PER")
    assert made.notes == (
        "7 records of records have no value of contributor, and belong to nobody here.",
    )
    (table,) = made.tables
    assert dict(table.records) == dict.fromkeys(("FRA", "KEN", "PER"), 1000)
    heavy = {f.name: kinds(f, "KEN") for f in table.fields if f.verdict is Verdict.NOT_COMPARABLE}
    assert heavy == {"level": {"convention"}}


def test_very_many_contributors_stand_beside_the_rest(tmp_path):
    folder = tmp_path / "whole"
    synthesise(load(SHIPPED), folder, rows=3000, seed=3, as_of="2026-01-31", tables=["series"])
    made = compare(SHIPPED, [str(folder)], by="contributor", fields=["content_nature"])
    assert len(made.contributors) == MOST + 1
    assert made.contributors[-1] == REST
    assert "more are (the rest)" in made.notes[-1]


# --- how often equal contributors are taken for different ones -----------------------------------


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    synthesise(load(SHIPPED), folder, rows=20_000, seed=5, as_of="2026-01-31", tables=["series"])
    return pl.read_csv(folder / "series.csv", infer_schema=False)


@pytest.mark.parametrize("seed", range(6))
def test_two_samples_of_the_same_records_are_comparable(series, tmp_path, seed):
    mixed = series.sample(fraction=1.0, shuffle=True, seed=seed)
    for i, name in enumerate(("A", "B")):
        (tmp_path / name).mkdir()
        mixed[1500 * i : 1500 * (i + 1)].write_csv(tmp_path / name / "series.csv")
    made = compare(SHIPPED, [str(tmp_path / "A"), str(tmp_path / "B")], seed=seed)
    # three long lists of countries are too much for so few records
    told = {f.name for f in made.tables[0].fields if f.verdict is Verdict.NOT_JUDGED}
    assert told <= {"contributor", "suspected_country", "confirmed_country"}
    assert made.verdicts[Verdict.WITH_CARE] == made.verdicts[Verdict.NOT_COMPARABLE] == 0


def test_files_of_few_series_weigh_no_more_than_the_series(tmp_path):
    for name in ("A", "B"):
        synthesise(
            *(load(SHIPPED), tmp_path / name),
            rows=200,
            seed=ord(name),
            as_of="2026-01-31",
            tables=["series", "media"],
        )
    made = compare(SHIPPED, [str(tmp_path / "A"), str(tmp_path / "B")], fields=["media_type"])
    (media,) = made.tables
    side = media.fields[0].sides.all[0]
    assert side.weight == pytest.approx(200 / media.records["A"])


# --- forms ---------------------------------------------------------------------------------------


def test_the_json_follows_its_schema_and_is_the_same_every_time(tmp_path):
    paths = []
    for name, change in (("A", {}), ("B", {"level": MERGED, "colour": {"red": 30, "": 970}})):
        paths.append(str(written(tmp_path / name / "records.csv", {**USUAL, **change}).parent))
    del change
    lone = written(tmp_path / "C" / "records.csv", {"colour": USUAL["colour"]})
    made = compare(standard(tmp_path), [*paths, str(lone.parent)])
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(as_json(made)))
    again = compare(standard(tmp_path), [*paths, str(lone.parent)])
    assert as_json(made) == as_json(again)


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_each_form_tells_the_ground_and_no_cell_that_is_not_a_value(accordant, tmp_path, form):
    invalid = {"red": 500, CANARY: 500}
    one = written(tmp_path / "A" / "records.csv", {**USUAL, CANARY: {CANARY: 1000}}, key="ref")
    two = written(tmp_path / "B" / "records.csv", {**USUAL, "colour": invalid}, key="ref")
    ran = accordant(
        *("compare", one.parent, two.parent, "-s", standard(tmp_path), "--format", form)
    )
    assert ran.code == 0
    assert "50.0 % of the cells of B are invalid" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([SUBMISSION], "Name two submissions or more"),
        ([SUBMISSION, "--by", "contributor"], "only one contributor in the data: FRA"),
        ([SUBMISSION, "--by", "remarks"], "--by needs a field with codes"),
        ([SUBMISSION, SUBMISSION], "named twice"),
        ([SUBMISSION, "nowhere"], "nowhere"),
    ],
)
def test_a_call_that_cannot_be_is_one_clear_error(accordant, arguments, told):
    ran = accordant("compare", *arguments)
    assert ran.code == 2
    assert told in ran.err


def test_every_contributor_with_too_few_values_is_named(accordant, tmp_path):
    paths = [
        written(tmp_path / name / "records.csv", {"colour": {"red": 9, "blue": 3}}, key="ref")
        for name in ("north", "south")
    ]
    done = accordant(
        *("compare", *(path.parent for path in paths)),
        *("-s", standard(tmp_path), "--field", "colour"),
    )
    for name in ("north", "south"):
        assert f"Fewer than 50 recorded values: {name}." in done.out


def test_one_submission_under_two_spellings_is_no_comparison(accordant, tmp_path):
    path = written(tmp_path / "records.csv", {"colour": {"red": 9}}, key="ref")
    done = accordant(
        "compare", path, path.parent / ".." / path.parent.name / path.name, "-s", standard(tmp_path)
    )
    assert done.code == 2
    assert "The same path is named twice" in done.err
