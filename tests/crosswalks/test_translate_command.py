"""``accordant translate``: what it writes, what it says, and what it never does."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.commands import CANARY, EXAMPLES, Command, accordant
from validator.standards.locate import schemas_folder

__all__ = ["accordant"]

NATIONAL = EXAMPLES / "national-example"
COPINE = "id,copine_level\n1,4\n2,7\n3,8\n4,1\n5,\n6,11\n"


@pytest.fixture
def copine(tmp_path: Path) -> Path:
    path = tmp_path / "levels.csv"
    path.write_text(COPINE, "utf-8")
    return path


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def schema() -> Draft202012Validator:
    path = schemas_folder() / "meta" / "translation.schema.json"
    return Draft202012Validator(json.loads(path.read_text("utf-8")))


def test_codes_stand_beside_the_original_ones(accordant: Command, copine: Path, tmp_path: Path):
    out = tmp_path / "out"
    ran = accordant("translate", copine, "-c", "copine-to-uk-2014", "-o", out)
    assert ran.code == 0
    assert table(out / "levels.csv") == [
        {"id": "1", "copine_level": "4", "uk_2014_category": "C"},
        {"id": "2", "copine_level": "7", "uk_2014_category": "not_determinable"},
        {"id": "3", "copine_level": "8", "uk_2014_category": "B"},
        {"id": "4", "copine_level": "1", "uk_2014_category": "not_determinable"},
        {"id": "5", "copine_level": "", "uk_2014_category": "not_recorded"},
        {"id": "6", "copine_level": "11", "uk_2014_category": "not_recorded"},
    ]
    assert "TRANSLATED WITH GAPS" in ran.out
    assert "'7' may be 'B' or 'A'; 'not_determinable' is written instead." in ran.out


def test_the_loss_report_counts_every_record(accordant: Command, copine: Path, tmp_path: Path):
    arguments = ["translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"]
    report = accordant(*arguments, "--format", "json").report
    schema().validate(report)
    (field,) = report["fields"]
    counted = {name: count for name, count in field["outcomes"].items() if count}
    assert counted == {
        "close": 1, "widened": 1, "ambiguous": 1, "dropped": 1, "unmapped": 1, "absent": 1,
    }  # fmt: skip
    found = {
        (item["code"], tuple(item["from"]), tuple(item["rows"])) for item in report["findings"]
    }
    assert found == {
        ("ambiguous-code", ("7",), (3,)),
        ("dropped-code", ("1",), (5,)),
        ("unmapped-value", (), (7,)),
    }
    assert report["summary"]["reversible"] == 0
    # six cells that all differ, of which two pairs became one text each
    entropy = field["entropy"]
    assert entropy["source"] == pytest.approx(2.584963, abs=1e-6)
    assert entropy["lost"] == pytest.approx(2 / 3, abs=1e-6)


def test_a_choice_is_asked_for_by_name(accordant: Command, copine: Path, tmp_path: Path):
    common = ["translate", copine, "-c", "copine-to-uk-2014"]
    accordant(*common, "-o", tmp_path / "low", "--prefer", "lower-category")
    accordant(*common, "-o", tmp_path / "high", "--prefer", "higher-category")
    assert table(tmp_path / "low" / "levels.csv")[1]["uk_2014_category"] == "B"
    assert table(tmp_path / "high" / "levels.csv")[1]["uk_2014_category"] == "A"
    ran = accordant(*common, "-o", tmp_path / "none", "--prefer", "highest")
    assert ran.code == 2
    assert "There are: higher-category, lower-category." in ran.err
    assert not (tmp_path / "none").exists()


def test_exit_codes(accordant: Command, copine: Path, tmp_path: Path):
    common = ["translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"]
    assert accordant(*common).code == 0
    assert accordant(*common, "--fail-on-loss").code == 1
    copine.write_text("id,copine_level\n1,4\n", "utf-8")
    assert accordant(*common, "--fail-on-loss").code == 0


def test_the_heading_may_be_another(accordant: Command, copine: Path, tmp_path: Path):
    copine.write_text(COPINE.replace("copine_level", "level"), "utf-8")
    common = ["translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"]
    ran = accordant(*common)
    assert ran.code == 2
    assert "--column copine_level=HEADING" in ran.err
    ran = accordant(*common, "--column", "copine_level=level", "--prefer", "lower-category")
    assert ran.code == 0
    assert table(tmp_path / "out" / "levels.csv")[1]["uk_2014_category"] == "B"


def test_backwards_nothing_is_certain(accordant: Command, tmp_path: Path):
    path = tmp_path / "levels.csv"
    path.write_text("uk_2007_level\n1\n5\n", "utf-8")
    common = ["translate", path, "-c", "copine-to-uk-2007", "--reverse", "-o", tmp_path / "out"]
    assert accordant(*common).code == 0
    assert {row["copine_level"] for row in table(tmp_path / "out" / "levels.csv")} == {
        "not_determinable"
    }


def test_the_national_example_passes_the_check(accordant: Command, tmp_path: Path):
    out = tmp_path / "out"
    ran = accordant("translate", NATIONAL, "-c", "national-example", "-o", out, "--format", "json")
    schema().validate(ran.report)
    assert ran.report["left_out"][0]["heading"] == "numero_classeur"
    checked = accordant(
        "check", out, "-s", "global-indicator@1.0.0", "--as-of", "2026-01-31", "--format", "json"
    )
    assert checked.code == 0
    series = table(out / "series.csv")
    assert series[0]["contributor"] == "FRA"
    assert {row["received_period"][4:6] for row in series} == {"-Q"}


def test_the_national_example_passes_with_its_choice_too(accordant: Command, tmp_path: Path):
    out = tmp_path / "out"
    ran = accordant(
        *("translate", NATIONAL, "-c", "national-example", "-o", out, "--format", "json"),
        *("--prefer", "older-of-two"),
    )
    assert ran.report["summary"]["outcomes"]["preferred"] == 6
    assert accordant("check", out, "--as-of", "2026-01-31").code == 0


def test_the_original_code_is_kept_where_the_standard_has_a_place(
    accordant: Command, tmp_path: Path
):
    path = tmp_path / "dossiers.csv"
    text = (NATIONAL / "dossiers.csv").read_text("utf-8")
    path.write_text(text.replace(";BLA;", ";AFN;"), "utf-8")
    accordant("translate", path, "-c", "national-example", "-o", tmp_path / "out")
    rows = [r for r in table(tmp_path / "out" / "series.csv") if r["offender_ethnicity"] == "other"]
    assert rows
    assert {row["offender_ethnicity_other"] for row in rows} == {"ne-origine 2015: AFN"}


def test_cells_are_in_no_report_unless_they_are_asked_for(
    accordant: Command, copine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("CI", raising=False)
    copine.write_text(f"id,copine_level,{CANARY}\n1,{CANARY},{CANARY}\n", "utf-8")
    common = ["translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"]
    for form in ("text", "json", "html"):
        # the fixture fails where the canary is seen
        assert accordant(*common, "--format", form).code == 0
    shown = accordant(*common, "--show", "full", canary="no such thing")
    assert CANARY in shown.out
    monkeypatch.setenv("CI", "true")
    assert accordant(*common, "--show", "full").code == 2


def test_what_is_doubtful_is_not_translated_and_nothing_is_written(
    accordant: Command, copine: Path, tmp_path: Path
):
    copine.write_text(COPINE + "7,4,extra\n", "utf-8")
    ran = accordant("translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "rows with too many or too few cells" in ran.err
    assert not list(tmp_path.glob("out/*"))


def test_the_original_is_never_replaced(accordant: Command, copine: Path, tmp_path: Path):
    ran = accordant("translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path)
    assert ran.code == 2
    assert "would replace the original" in ran.err
    assert copine.read_text("utf-8") == COPINE


def test_a_column_that_is_there_is_not_written_over(
    accordant: Command, copine: Path, tmp_path: Path
):
    copine.write_text("copine_level,uk_2014_category\n4,A\n", "utf-8")
    ran = accordant("translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "has a column 'uk_2014_category' already" in ran.err


def test_a_file_that_lacks_a_column_gets_a_reason_and_a_finding(accordant: Command, tmp_path: Path):
    path = tmp_path / "dossiers.csv"
    text = (NATIONAL / "dossiers.csv").read_text("utf-8")
    path.write_text(text.replace("sexe_victimes", "sexe"), "utf-8")
    ran = accordant(
        "translate", path, "-c", "national-example", "-o", tmp_path / "out", "--format", "json"
    )
    assert ran.code == 0
    (lacking,) = [f for f in ran.report["findings"] if f["code"] == "missing-source-column"]
    assert lacking["field"] == "victim_gender"
    assert {row["victim_gender"] for row in table(tmp_path / "out" / "series.csv")} == {
        "not_recorded"
    }
    # a heading that the crosswalk does not know is counted, not named
    assert ran.report["unread_columns"] == 1


def test_dates_that_are_none_are_reported_without_being_shown(accordant: Command, tmp_path: Path):
    path = tmp_path / "dossiers.csv"
    text = (NATIONAL / "dossiers.csv").read_text("utf-8")
    first = text.splitlines()[1].split(";")[3]
    path.write_text(text.replace(first, "31/02/2024", 1), "utf-8")
    ran = accordant("translate", path, "-c", "national-example", "-o", tmp_path / "out")
    assert "A date that is not of the form dd/mm/yyyy, or not in the calendar" in ran.out
    assert "31/02/2024" not in ran.out


def test_batches_do_not_change_the_answer(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    common = ["translate", NATIONAL, "-c", "national-example", "--format", "json"]
    whole = accordant(*common, "-o", tmp_path / "whole").report
    monkeypatch.setattr("validator.crosswalks.translate.BATCH", 7)
    parts = accordant(*common, "-o", tmp_path / "parts").report
    assert parts["fields"] == whole["fields"]
    assert parts["findings"] == whole["findings"]
    for name in ("series.csv", "media.csv"):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_many_distinct_values_are_counted_though_not_told_apart(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("validator.crosswalks.steps.DISTINCT", 4)
    monkeypatch.setattr("validator.crosswalks.translate.BATCH", 5)
    path = tmp_path / "levels.csv"
    path.write_text("copine_level\n" + "".join(f"{n}\n" for n in range(40)) + "8\n" * 3, "utf-8")
    arguments = ["translate", path, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"]
    (field,) = accordant(*arguments, "--format", "json").report["fields"]
    assert field["outcomes"]["close"] == 4
    assert field["outcomes"]["unmapped"] == 30
    assert sum(field["outcomes"].values()) == 43
    assert [row["uk_2014_category"] for row in table(tmp_path / "out" / "levels.csv")][-3:] == [
        "B", "B", "B",
    ]  # fmt: skip


def test_no_crosswalk_and_no_output_are_told(accordant: Command, copine: Path):
    ran = accordant("translate", copine, "-c", "nowhere", "-o", "out")
    assert ran.code == 2
    assert "There is no crosswalk 'nowhere'" in ran.err
    assert accordant("translate", copine, "-c", "copine-to-uk-2014").code == 2


def test_a_sheet_cannot_name_a_place_elsewhere(accordant: Command, tmp_path: Path):
    from xlsxwriter import Workbook

    path = tmp_path / "levels.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet(".. up")
        sheet.write_row(0, 0, ["uk_2007_level", "n"])
        sheet.write_row(1, 0, ["4", "1"])
    ran = accordant("translate", path, "-c", "uk-2007-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 0
    assert [item.name for item in (tmp_path / "out").iterdir()] == ["up.csv"]


def test_a_heading_that_is_there_twice_is_refused(accordant: Command, copine: Path, tmp_path: Path):
    copine.write_text("copine_level,copine_level\n4,7\n", "utf-8")
    ran = accordant("translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "two columns with one heading" in ran.err


def test_no_report_takes_the_place_of_a_table(accordant: Command, copine: Path, tmp_path: Path):
    out = tmp_path / "out"
    for place in (out / "levels.csv", out / "LEVELS.CSV", out):
        ran = accordant(
            "translate", copine, "-c", "copine-to-uk-2014", "-o", out, "--format", f"html={place}"
        )
        assert ran.code == 2
        assert "is where the translated data go" in ran.err
        assert not out.exists(), "it is said before anything is written"


def test_no_file_that_was_read_is_replaced_by_what_another_becomes(
    accordant: Command, tmp_path: Path
):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "dossiers.csv").write_bytes((NATIONAL / "dossiers.csv").read_bytes())
    # what 'dossiers' becomes has this name; the crosswalk does not know the file itself
    (folder / "series.csv").write_text("a,b\n1,2\n", "utf-8")
    ran = accordant("translate", folder, "-c", "national-example", "-o", folder)
    assert ran.code == 2
    assert "would replace the original" in ran.err
    assert (folder / "series.csv").read_text("utf-8") == "a,b\n1,2\n"


def test_the_reasons_of_a_file_that_was_translated_before_stay_apart(
    accordant: Command, tmp_path: Path
):
    path = tmp_path / "levels.csv"
    path.write_text('uk_2007_level\n4\nnot_determinable\nnot_recorded\n""\n9\n', "utf-8")
    ran = accordant(
        *("translate", path, "-c", "uk-2007-to-uk-2014", "-o", tmp_path / "out"),
        *("--format", "json"),
    )
    written = [row["uk_2014_category"] for row in table(tmp_path / "out" / "levels.csv")]
    assert written[1:] == ["not_determinable", "not_recorded", "not_recorded"]
    (field,) = ran.report["fields"]
    assert (field["outcomes"]["absent"], field["outcomes"]["unmapped"]) == (2, 1)


def test_an_empty_file_is_told_as_what_it_is(accordant: Command, tmp_path: Path):
    path = tmp_path / "levels.csv"
    path.write_text("", "utf-8")
    ran = accordant("translate", path, "-c", "copine-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "levels.csv cannot be read as a table. Run 'accordant check' on it." in ran.err


def test_the_heading_to_name_is_that_of_the_crosswalk(
    accordant: Command, copine: Path, tmp_path: Path
):
    ran = accordant(
        *("translate", copine, "-c", "copine-to-uk-2014", "-o", tmp_path / "out"),
        *("--column", "copine_level=Stufe"),
    )
    assert ran.code == 2
    assert "reads: 'Stufe'. Say which heading it is: --column copine_level=HEADING." in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("copine_level\n", "NOTHING TO TRANSLATE: the files hold no record"),
        (
            'copine_level,id\n"",1\n',
            "TRANSLATED: 1 record, and no value in them: missing reasons stand there",
        ),
    ],
)
def test_where_there_is_no_value_none_is_called_exact(
    accordant: Command, tmp_path: Path, text: str, told: str
):
    path = tmp_path / "levels.csv"
    path.write_text(text, "utf-8")
    ran = accordant("translate", path, "-c", "copine-to-uk-2014", "-o", tmp_path / "out")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == told
    assert "\n\n\n" not in ran.out


def test_a_heading_with_a_slip_is_never_called_an_exact_translation(
    accordant: Command, tmp_path: Path
):
    path = tmp_path / "fichiers.csv"
    text = (NATIONAL / "fichiers.csv").read_text("utf-8")
    path.write_text(text.replace("sexe_victimes", "sexe_victime"), "utf-8")
    always = ("translate", path, "-c", "national-example", "-o", tmp_path / "out")
    ran = accordant(*always, "--fail-on-loss")
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("TRANSLATED WITH GAPS: 91 records")
    assert "1 field without a column in the files" in ran.out
    assert accordant(*always).code == 0
