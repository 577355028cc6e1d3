"""A profile tells what is recorded, what is not and why, beside what was published."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.commands import CANARY, EXAMPLES, SUBMISSION, accordant
from tests.profiling.submissions import SHIPPED, standard, written
from validator import api
from validator.model.disclosure import AUDIENCES
from validator.profiling.bands import banded, quantile
from validator.profiling.profile import profile
from validator.profiling.profile_json import as_json
from validator.standards.load import load
from validator.synthesis.submission import synthesise

__all__ = ["accordant"]

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas/meta/profile.schema.json").read_text("utf-8")
)
STANDARD = load(SHIPPED)
PUBLISHED = [
    pytest.param(table.name, field.name, id=f"{table.name}.{field.name}")
    for table in STANDARD.tables
    for field in table.fields
    if field.published
]


def field_of(made, table, name):
    """One field of a profile."""
    (found,) = [t for t in made.tables if t.name == table]
    return next(f for f in found.fields if f.name == name)


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    """A submission whose marginals are the report's, but for sampling."""
    folder = tmp_path_factory.mktemp("synthetic")
    synthesise(
        STANDARD, folder, rows=100_000, seed=7, as_of="2026-01-31", tables=["series", "media"]
    )
    return profile(STANDARD, folder)


@pytest.mark.parametrize(("table", "name"), PUBLISHED)
def test_a_submission_like_the_reports_gives_the_published_figures(synthetic, table, name):
    found = field_of(synthetic, table, name)
    figures = STANDARD.by_name[table].by_name[name].published
    if figures.recorded is not None:
        assert found.recorded.share == pytest.approx(float(figures.recorded), abs=0.5)
    shares = {row.value: row.portion.share for row in found.rows}
    for value, share in figures.valid.items():
        # the synthesis scales what does not sum to 100, and its rules pull a little
        assert shares[value] == pytest.approx(float(share), abs=0.5), value


GENDER = {"female": 18_792, "male": 9_019, "both": 1_189}
EXACT = {
    # 40,000 records, of which 72.5 % are recorded
    "media": {
        "victim_gender": {**GENDER, "not_recorded": 6_000, "not_determinable": 5_000},
        "suspected_country": {"FRA": 4_280, "not_recorded": 35_720},
    },
    # 100,000 records; 2 % is "about 2": with 1.8 the figures make 100
    "series": {
        "content_nature": {"csam": 84_200, "csem": 15_200, "both": 600},
        "victim_count": {"1": 71_600, "2": 15_700, "3": 4_400, "4": 2_300, "5": 4_000, "9": 2_000},
        "victim_age_group": {
            "very_young": 4_300,
            "prepubescent": 56_200,
            "pubescent": 25_400,
            "multiple": 14_100,
        },
        "offender_gender": {"male": 92_700, "both": 5_500, "female": 1_800},
        "offender_ethnicity": {
            "white": 78_800,
            "hispanic_latino": 12_200,
            "black": 4_200,
            "asian": 3_200,
            "other": 1_600,
        },
        "copine_max": {"3": 15_800, "6": 40_000, "9": 44_200},
    },
}


@pytest.fixture(scope="module")
def exact(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exact")
    for table, columns in EXACT.items():
        written(folder / f"{table}.csv", columns)
    written(
        folder / "ethnicity" / "series.csv",
        {
            "victim_ethnicity": {
                "white": 719_274,
                "hispanic_latino": 94_839,
                "asian": 92_961,
                "black": 19_719,
                "multiple": 12_207,
                "not_determinable": 61_000,
            }
        },
    )
    return folder


@pytest.mark.parametrize(("table", "name"), PUBLISHED)
def test_on_exact_counts_each_published_figure_is_printed_as_it_is(exact, table, name):
    figures = STANDARD.by_name[table].by_name[name].published
    place = exact / "ethnicity" if name == "victim_ethnicity" else exact
    # a figure that counts files stands in the table of files
    at = "media" if figures.unit == "file" else table
    found = field_of(profile(STANDARD, place / f"{at}.csv"), at, name)
    rows = {row.value: row for row in found.rows}
    if figures.recorded is not None:
        assert round(found.recorded.share, 1) == float(figures.recorded)
        assert found.source.agrees
    for value, share in figures.valid.items():
        if share != Decimal(2):  # "about 2", so that the three sum to 100.2
            assert round(rows[value].portion.share, 1) == float(share)
        assert rows[value].published == share
        assert rows[value].agrees


def test_level_6_or_above_is_read_from_the_cumulated_shares(exact):
    found = field_of(profile(STANDARD, exact / "series.csv"), "series", "copine_max")
    above = {row.value: row.and_above.share for row in found.rows}
    assert above["6"] == pytest.approx(84.2)
    assert above["1"] == 100


def test_figures_that_do_not_sum_to_100_are_said_and_not_scaled(exact):
    made = profile(STANDARD, exact / "series.csv")
    said = {
        name: (field_of(made, "series", name).source.total, field_of(made, "series", name).notes)
        for name in ("content_nature", "offender_gender", "offender_ethnicity", "victim_count")
    }
    for name, total in (("content_nature", "99.4"), ("offender_gender", "100.2")):
        assert said[name][0] == Decimal(total)
        assert f"sum to {total}, not to 100" in said[name][1][0]
    assert (
        "sum to 98.4, not to 100. 1.6 points are given to no value"
        in said["offender_ethnicity"][1][0]
    )
    assert said["victim_count"] == (100, ())


def test_series_and_files_are_kept_apart(exact):
    made = profile(STANDARD, exact)
    assert {t.name: (t.unit, t.records) for t in made.tables} == {
        "series": ("series", 100_000),
        "media": ("file", 40_000),
    }
    files = field_of(made, "media", "victim_gender")
    assert files.source.same_unit
    series = written(exact / "one" / "series.csv", {"victim_gender": {"female": 10}})
    other = field_of(profile(STANDARD, series), "series", "victim_gender")
    assert not other.source.same_unit
    assert [row.agrees for row in other.rows] == [None, None, None]
    assert "count files, and these records are series" in other.notes[0]


# --- what the cells are --------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["submission", "submission-with-faults"])
def test_the_counts_are_those_of_a_check(folder):
    report = api.check(SHIPPED, EXAMPLES / folder, as_of="2026-01-31")
    made = profile(SHIPPED, EXAMPLES / folder)
    for item in report.completeness:
        found = field_of(made, item.table, item.field)
        reasons = sum(reason.portion.count for reason in found.reasons)
        parts = (found.recorded.count, reasons, found.blank.count, found.invalid.count)
        assert parts == (item.recorded, item.missing, item.blank, item.invalid), item.field
        assert sum(parts) == found.records


@pytest.fixture
def small(tmp_path):
    """The profile of one file of the small standard with exact counts, by field."""

    def made(columns, **how):
        path = written(tmp_path / "records.csv", columns, key="ref")
        (table,) = profile(standard(tmp_path), path, **how).tables
        return table, {field.name: field for field in table.fields}

    return made


def test_unknown_and_unrecorded_are_never_one_bucket(small):
    _, fields = small(
        {
            "colour": {
                "red": 50,
                "not_recorded": 20,
                "not_determinable": 10,
                "not_applicable": 5,
                "withheld": 4,
                "": 3,
                " ": 2,
                "unknown": 6,
            }
        }
    )
    colour = fields["colour"]
    assert [(r.code, r.portion.count, r.allowed) for r in colour.reasons] == [
        ("not_recorded", 20, True),
        ("not_determinable", 10, True),
        ("not_applicable", 5, True),
        ("withheld", 4, False),
    ]
    assert (colour.recorded.count, colour.blank.count, colour.invalid.count) == (50, 5, 6)
    assert colour.recorded.share == 50
    # where the question does not arise, nothing could be recorded
    assert (colour.asked.count, colour.asked.total) == (50, 95)
    assert "Not allowed in this field: withheld" in colour.notes[-1]


def test_valid_shares_are_of_the_recorded_values_alone(small):
    _, fields = small({"colour": {"red": 30, "blue": 10, "not_recorded": 60}})
    shares = {row.value: row.portion.share for row in fields["colour"].rows}
    assert shares == {"red": 75, "blue": 25, "green": 0, "other": 0}
    assert fields["colour"].unused == 2


def test_several_codes_in_a_cell_count_once_each(small):
    _, fields = small({"themes": {"a;b": 6, "a": 2, "a;a": 1, "b;x": 1}})
    themes = fields["themes"]
    assert {row.value: row.portion.count for row in themes.rows} == {"a": 9, "b": 6, "c": 0}
    assert (themes.recorded.count, themes.invalid.count) == (9, 1)


def test_numbers_have_quantiles_and_dates_have_years(small):
    _, fields = small(
        {
            "amount": {str(n): 1 for n in range(101)},
            "ratio": {"0.5": 50, "2.25": 51},
            "day": {"2023-05-01": 60, "2024-02-29": 40, "2023-02-29": 1},
        }
    )
    assert fields["amount"].numbers.quantiles["median"] == 50
    assert fields["amount"].numbers.mean == 50
    assert [(row.value, row.portion.count) for row in fields["amount"].rows] == [
        *(("0", 1), ("1-4", 4), ("5-9", 5), ("10-49", 40), ("50-99", 50), ("100-499", 1))
    ]
    assert fields["ratio"].numbers.quantiles["largest"] == 2.25
    assert [(row.value, row.portion.count) for row in fields["day"].rows] == [
        *(("2023", 60), ("2024", 40))
    ]
    assert fields["day"].invalid.count == 1


def test_very_many_numbers_are_kept_to_three_digits(small, monkeypatch):
    monkeypatch.setattr("validator.profiling.counting.MOST_NUMBERS", 100)
    _, fields = small({"amount": {str(10_000 + n): 1 for n in range(200)}})
    assert fields["amount"].numbers.rounded
    assert sum(row.portion.count for row in fields["amount"].rows) == 200


def test_quantiles_are_numbers_that_are_there():
    assert [quantile({"1": 1, "3": 1}, at) for at in (0, 0.5, 0.51, 1)] == [1, 1, 3, 3]
    assert banded({"1": 2, "7": 1, "-3": 1}, ["1", "2-4", "5+"]) == {
        "1": 2,
        "2-4": 0,
        "5+": 1,
        "other": 1,
    }


def test_blank_rows_are_no_records_and_absent_columns_are_named(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("ref,colour\nR1,red\n,\nR2,blue\n", "utf-8")
    (table,) = profile(standard(tmp_path), path).tables
    assert (table.records, table.blank_rows) == (2, 1)
    assert "level" in table.absent


def test_a_file_without_the_column_is_not_taken_for_blank_cells(tmp_path):
    one = written(tmp_path / "records.csv", {"colour": {"red": 8}, "level": {"1": 8}})
    two = written(tmp_path / "more" / "records.csv", {"colour": {"blue": 4}})
    (table,) = profile(standard(tmp_path), [one, two]).tables
    level = next(field for field in table.fields if field.name == "level")
    assert (table.records, level.records, level.without_column) == (12, 8, 4)
    assert level.recorded.share == 100


# --- forms ---------------------------------------------------------------------------------------


def test_the_json_follows_its_schema(exact, synthetic, small):
    Draft202012Validator.check_schema(SCHEMA)
    check = Draft202012Validator(SCHEMA).validate
    for made in (
        synthetic,
        profile(STANDARD, exact),
        profile(None, SUBMISSION),
        profile(None, SUBMISSION, audience=AUDIENCES["public"]),
    ):
        check(json.loads(as_json(made)))
        assert as_json(made) == as_json(made)


def test_the_command_writes_each_form_to_its_place(accordant, tmp_path):
    page, data = tmp_path / "profile.html", tmp_path / "profile.json"
    ran = accordant(
        *("profile", SUBMISSION, "--field", "victim_gender"),
        *("--format", "text", "--format", f"html={page}", "--format", f"json={data}"),
    )
    assert ran.code == 0
    assert "not_determinable" in ran.out
    assert "23     62.2   46.1 to 75.9" in ran.out
    names = {f["field"] for t in json.loads(data.read_bytes())["tables"] for f in t["fields"]}
    assert names == {"victim_gender"}
    assert 'aria-label="female: 62.2 %, interval 46.1 to 75.9, published 64.8"' in page.read_text()


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_no_form_shows_a_cell_that_is_not_a_value(accordant, tmp_path, form):
    path = written(
        tmp_path / "records.csv",
        {
            name: {CANARY: 10}
            for name in ("ref", "colour", "level", "themes", "amount", "day", "remarks", CANARY)
        },
    )
    ran = accordant("profile", path, "-s", standard(tmp_path), "--format", form)
    assert ran.code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--field", "nonsense"], "no field 'nonsense'"),
        (["--table", "nonsense"], "no table 'nonsense'"),
        (["--format", "xml"], "There are: text, json, html"),
        (["--format", "text", "--format", "json"], "cannot all go to one place"),
        (["--format", "json={data}"], "holds the data"),
    ],
)
def test_a_call_that_cannot_be_is_one_clear_error(accordant, tmp_path, arguments, told):
    path = written(tmp_path / "records.csv", {"colour": {"red": 3}})
    named = [argument.format(data=path) for argument in arguments]
    ran = accordant("profile", path, "-s", standard(tmp_path), *named)
    assert ran.code == 2
    assert told in ran.err


def test_what_cannot_be_read_stops_it(accordant, tmp_path):
    broken = tmp_path / "records.xlsx"
    broken.write_bytes(b"PK nonsense")
    ran = accordant("profile", broken, "-s", standard(tmp_path))
    assert ran.code == 2
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("x,y\n1,2\n", "utf-8")
    ran = accordant("profile", stranger, "-s", standard(tmp_path))
    assert ran.code == 2
    assert "None of the files holds a table of small" in ran.err


def test_records_of_a_file_that_is_named_twice_are_not_counted_twice(accordant, tmp_path):
    folder = tmp_path / "data"
    path = written(folder / "records.csv", {"colour": {"red": 9}}, key="ref")
    for paths in ((path, path), (folder, path)):
        done = accordant("profile", *paths, "-s", standard(tmp_path))
        assert done.code == 2
        assert "is named twice, and its records would be counted twice" in done.err
