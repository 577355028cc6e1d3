from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.report_samples import (
    BLANK,
    COMPLETENESS,
    HOSTILE_PATH,
    NO_CODE_NEAR,
    RETIRED,
    SAMPLES,
    SERIES,
    clean,
    empty,
    faulty,
    found,
    hostile,
    many_equal,
    many_groups,
    nothing_read,
    of_file,
    report,
    skipped,
    two_files,
    unchecked,
    with_warnings,
)
from validator.model.report import Completeness, Show
from validator.model.standard import Severity
from validator.registry import Rendering, formats
from validator.reports.redact import shape

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def text(of, show=Show.LOCATION, *, width=80, colour=False) -> str:
    return formats()["text"].render(of, Rendering(show, width, colour)).decode()


def flat(of, show=Show.LOCATION) -> str:
    """The report without its line breaks, for what may wrap."""
    return " ".join(text(of, show, width=1000).split())


# --- the verdict ---


def test_one_of_a_kind_is_told_in_the_singular():
    once = found("stale-status", {("Review it.", None): [40]}, severity=Severity.WARNING)
    assert "See whether the 1 warning is as you meant." in flat(report(once))
    assert "See whether the 2 warnings are as you meant." in flat(with_warnings)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (clean, "READY: no errors in 1,200 records"),
        (with_warnings, "READY: no errors in 1,200 records (2 warnings)"),
        (
            faulty,
            "NOT READY TO SHARE: 117 errors of 8 kinds in the submission; 3 warnings and 3 notes",
        ),
        (many_equal, "NOT READY TO SHARE: 100,000 errors of 1 kind in series.csv"),
        (two_files, "NOT READY TO SHARE: 8 errors of 1 kind in table series"),
        (unchecked, "COULD NOT BE CHECKED: 1 check broke down; the others found 1 error"),
        (nothing_read, "COULD NOT BE CHECKED: no file was read"),
        (empty, "NOTHING TO CHECK: no record of any table in series.csv"),
        (
            replace(with_warnings, fail_on=Severity.WARNING),
            "NOT READY TO SHARE: 2 warnings of 1 kind in series.csv"
            " (no errors, but --fail-on is warning)",
        ),
        (
            replace(clean, fail_on=Severity.NOTE),
            "READY: no errors, warnings or notes in 1,200 records",
        ),
    ],
)
def test_the_first_line_is_the_verdict_in_words(of, expected):
    assert text(of, width=200).splitlines()[0] == expected


def test_the_verdict_has_a_sign_of_its_own_and_not_colour_alone():
    signs = [ESCAPES.sub("", text(of, colour=True))[:3] for of in (clean, faulty, unchecked)]
    assert signs == [" √ ", " × ", " ? "]


# --- findings ---


def test_a_hundred_thousand_equal_faults_are_one_entry_with_the_exact_count():
    told = text(many_equal)
    assert told.count("[unexplained-blank]") == 1
    assert "victim_gender, 100,000 rows: 2 to 101 and 99,900 more" in told
    assert len(told.splitlines()) < 40


def test_few_places_are_named_by_key_and_many_by_row():
    told = flat(faulty)
    assert "victim_gender, row 23 (FRA-000017)" in told
    assert "victim_gender, 100 rows: 17, 45, 60 and 100 to 196 This is not" in told
    scattered = report(found("unexplained-blank", {(BLANK, None): range(2, 402, 4)}, field="x"))
    assert "x, 100 rows: 2, 6, 10, 14, 18, 22 and 94 more" in flat(scattered)


def test_row_numbers_are_written_as_a_spreadsheet_writes_them():
    far = report(found("unexplained-blank", {(BLANK, None): [1234, 56789]}, field="x"))
    assert "2 rows: 1234 (FRA-0004D2) and 56789" in flat(far)


def test_rows_say_their_file_where_a_table_has_several():
    assert "8 rows: 2, 3 in a/series.csv; 2 in b/series.csv; 5 more" in flat(two_files)


def test_what_concerns_one_of_several_files_as_a_whole_names_it():
    inputs = tuple(replace(SERIES, path=f"in/{name}.csv") for name in "ab")
    fault = of_file("missing-column", "Add it.", table="series", field="x", file="in/b.csv")
    assert "error x, in b.csv Add it." in flat(report(fault, inputs=inputs))


def test_where_no_row_was_kept_a_table_of_several_files_names_no_row():
    assert "8 rows (a larger --max-rows names them)" in flat(replace(two_files, findings=()))


def test_counts_come_from_the_checks_where_no_finding_was_kept():
    assert "victim_gender, 100,000 rows: 2, 3 to 6" not in flat(many_equal)
    told = flat(replace(many_equal, findings=()))
    assert "victim_gender, 100,000 rows: 2 to 6 and 99,995 more" in told


def test_findings_that_are_not_told_apart_are_still_counted():
    check, findings = found("unexplained-blank", {(BLANK, None): range(2, 12)}, field="x")
    told = flat(report((replace(check, count=25), findings)))
    assert "25 errors" in told
    assert "x, 10 rows: 2 to 11" in told
    assert "x, 15 times More findings of this check" in told


def test_the_heaviest_and_most_frequent_stand_first_and_whole_columns_before_rows():
    told = flat(faulty)
    order = ["[missing-column]", "17, 45, 60", "[duplicate-key]", "[ragged-row]", "[stale-status]"]
    places = [told.index(mark) for mark in order]
    assert places == sorted(places)


def test_what_is_said_of_several_fields_as_a_whole_is_said_once():
    told = flat(faulty)
    assert "note image_count, video_count and youth_produced Only 0.0 %" in told
    assert told.count("[low-completeness]") == 1


def test_what_is_said_of_rows_of_several_fields_is_said_once_below_them():
    said = {("This is not a date. Type year-month.", None): [2, 3]}
    of = report(
        found("wrong-type", said, field="status_reviewed"),
        found("unknown-code", {("It is no code.", None): [9]}, field="victim_gender"),
        found("wrong-type", {**said}, field="received"),
    )
    places = "status_reviewed, 2 rows: 2 (FRA-000002) and 3 (FRA-000003) received, 2 rows: 2"
    assert f"error {places}" in flat(of)
    assert flat(of).count("This is not a date. Type year-month. [wrong-type]") == 1


def test_a_broken_rule_is_named_so_that_it_can_be_explained():
    told = flat(faulty)
    assert "has one gender. [rule-broken: single-victim-one-gender]" in told


def test_a_missing_heading_is_of_the_whole_column():
    missing = found("missing-column", {("The column is not in the file.", None): [1]}, field="x")
    blank = found("unexplained-blank", {(BLANK, None): [2, 3]}, field="y")
    told = flat(report(blank, missing))
    assert told.index("[missing-column]") < told.index("[unexplained-blank]")


def test_a_suggestion_is_told_once():
    told = flat(report(found("retired-code", {(RETIRED, "not_determinable"): [3]}, field="x")))
    assert told.count("not_determinable") == 1
    other = flat(report(found("unknown-code", {(NO_CODE_NEAR, "male"): [3]}, field="x")))
    assert "Its codes: female, male, both. Type instead: male [unknown-code]" in other


def test_the_rarest_of_very_many_kinds_are_left_out_and_that_is_said():
    told = flat(many_groups)
    assert told.count("[unknown-code]") == 20
    assert "735 more errors of less frequent kinds, in 30 more lines" in told
    assert "To see them all: --max-rows 250" in told
    everything = flat(replace(many_groups, max_rows=250))
    assert everything.count("[unknown-code]") == 50
    assert "less frequent" not in everything


# --- the rest ---


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [(0, "0"), (1, "<0.1"), (500_000, "50.0"), (999_999, ">99.9")],
)
def test_one_record_in_a_million_is_never_rounded_away(recorded, expected):
    item = Completeness("series", "x", 1_000_000, recorded, 1_000_000 - recorded, 0, 0)
    (row,) = re.findall(r"^  x +(\S+)", text(report(completeness=(item,))), re.MULTILINE)
    assert row == expected


def test_a_bar_is_full_only_where_every_record_is_recorded():
    told = ESCAPES.sub("", text(report(completeness=COMPLETENESS), width=120, colour=True))
    assert re.search(r"victim_ethnicity .* █████████░$", told, re.MULTILINE)
    assert "█" not in text(faulty, width=120)


def test_skipped_checks_are_gathered_by_their_reason():
    told = flat(faulty)
    assert "8 checks: the submission has no table offenders [noncanonical-code," in told
    assert "1 check: the column age_basis is missing [rule-broken]" in told


def test_a_ready_report_still_says_that_checks_could_not_be_made():
    passed = report(skipped("unknown-code", "victims", "gender", "there is no table victims"))
    told = flat(passed)
    assert told.startswith("READY")
    assert "1 check could not be made: see 'Not checked'." in told


def test_a_check_that_broke_down_is_no_fault_of_the_data():
    told = flat(unchecked)
    assert "The fault is in accordant, not in the data." in told
    assert "duplicate-key (series.series_ref): an internal error (ZeroDivisionError)" in told


def test_it_says_how_the_files_and_the_standard_were_found():
    told = flat(faulty)
    assert "global-indicator 1.0.0 (the only standard whose tables match)" in told
    assert "submission/series.csv: table series (by its name), 1,200 records" in told
    assert "submission/notes.csv: NOT CHECKED (neither its name nor its headings fit" in told


def test_the_files_of_a_large_folder_are_not_all_listed():
    inputs = tuple(replace(SERIES, path=f"in/{n:03}.csv") for n in range(300))
    assert "and 290 more files, 348,000 records" in flat(replace(clean, inputs=inputs))


def test_it_ends_with_what_to_do():
    assert "accordant explain unknown-table" in flat(faulty)
    assert "Mend the 117 errors of 8 kinds in a copy of the data" in flat(faulty)
    assert "READY means that the data follow the standard." in flat(clean)


# --- safety ---


@pytest.mark.parametrize("width", [0, 40, 80, 120])
@pytest.mark.parametrize("name", SAMPLES)
def test_plain_text_holds_no_control_characters_and_keeps_to_the_width(name, width):
    told = text(SAMPLES[name], Show.FULL, width=width)
    assert all(line.isprintable() for line in told.split("\n"))
    assert max(map(len, told.split("\n"))) <= max(width, 40)
    assert told.endswith("\n")


def test_colour_adds_its_own_escapes_and_no_others():
    told = ESCAPES.sub("", text(hostile, Show.FULL, colour=True))
    assert all(line.isprintable() for line in told.split("\n"))
    assert r"in/\x1b[2J\x1b]0;owned\x07[bold red]a[/]\u202etxt" in told


def test_a_file_cannot_write_a_line_of_its_own():
    for width in (40, 80, 120):
        assert not [
            line for line in text(hostile, width=width).split("\n") if line.startswith("READY")
        ]
    assert HOSTILE_PATH not in text(hostile, width=1000)


def test_the_environment_changes_nothing(monkeypatch):
    before = text(faulty), text(faulty, colour=True)
    for name, value in {
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "9",
    }.items():
        monkeypatch.setenv(name, value)
    assert (text(faulty), text(faulty, colour=True)) == before


# a beginning that stands nowhere in a report by itself, and whose shape is another text
PLANTED = st.text(min_size=0, max_size=30).map(lambda end: "Zq7Xw" + end)


@given(st.lists(PLANTED, min_size=1, max_size=3), st.sampled_from(sorted(formats())))
def test_no_report_holds_a_value_unless_it_was_asked_for(values, form):
    planted = report(
        found("unknown-code", {(NO_CODE_NEAR, None): [2, 3, 4]}, field="x", values=values),
        found("wrong-type", {("Type a whole number.", None): [2]}, field="y", values=values),
    )

    def rendered(show, *, colour=False):
        return formats()[form].render(planted, Rendering(show, 100_000, colour)).decode()

    for colour in (False, True):
        assert "Zq7Xw" not in rendered(Show.LOCATION, colour=colour)
        assert "Zq7Xw" not in rendered(Show.SHAPE, colour=colour)
        assert "Zq7Xw" in rendered(Show.FULL, colour=colour)
    assert "Aa9Aa" not in rendered(Show.LOCATION)
    assert shape("Zq7Xw") in rendered(Show.SHAPE)
