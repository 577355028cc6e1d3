"""``accordant agree``: its reports, its exit codes, and what it never shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.agreement_of_coders.made import file, standard
from tests.commands import CANARY, EXAMPLES, Command, accordant

__all__ = ["accordant"]

SCHEMA = Path(__file__).parents[2] / "schemas/meta/agreement.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
CODERS = sorted((EXAMPLES / "coders").glob("*.csv"))
EXAMPLE = ("agree", *CODERS, "--standard", "global-indicator", "--table", "series")
FEW = ("--samples", "50")


def repeated(*cells: str, times: int = 10) -> list[str]:
    return [cell for cell in cells for _ in range(times)]


@pytest.fixture
def agree(accordant: Command, tmp_path: Path) -> Command:
    """``accordant agree`` of coders' cells, as JSON that is held against its schema."""

    def run(*coders, more=(), code: int = 0):
        paths = [file(tmp_path, f"coder-{n}", cells) for n, cells in enumerate(coders, 1)]
        always = ("agree", *paths, "-s", standard(tmp_path), "--table", "records", *FEW, *more)
        done = accordant(*always, "--format", "json")
        VALIDATOR.validate(done.report)
        assert "NaN" not in done.out
        assert done.code == accordant(*always).code == code
        return done

    return run


def test_the_schema_is_itself_valid():
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize("missing", ["as-missing", "as-category"])
@pytest.mark.parametrize("number", [2, 3])
def test_the_report_of_the_example_follows_the_schema(accordant, missing, number):
    always = ("agree", *CODERS[:number], *EXAMPLE[4:], *FEW, "--missing", missing)
    report = accordant(*always, "--format", "json").report
    VALIDATOR.validate(report)
    assert report["agreement"] == "accordant.agreement/1"
    assert len(report["coders"]) == number
    levels = {field["field"]: field["level"] for field in report["fields"]}
    assert levels["copine_max"] == ("ordinal" if missing == "as-missing" else "nominal")
    assert levels["victim_gender"] == "nominal"


def test_equal_input_gives_equal_bytes(accordant):
    for form in ("text", "json", "html"):
        runs = {accordant(*EXAMPLE, *FEW, "--format", form).out for _ in range(2)}
        assert len(runs) == 1


def test_another_seed_changes_intervals_and_nothing_else(accordant):
    one, other = (
        accordant(*EXAMPLE, *FEW, "--seed", seed, "--format", "json").report for seed in (1, 2)
    )
    assert one != other
    for report in (one, other):
        report["options"].pop("seed")
        for field in report["fields"]:
            field.pop("verdict_of_lower_bound")
            for estimate in field["coefficients"].values():
                estimate.pop("low")
                estimate.pop("high")
    assert one == other


def test_without_samples_there_are_no_intervals(accordant):
    report = accordant(*EXAMPLE, "--samples", 0, "--format", "json").report
    assert {f["coefficients"]["krippendorff_alpha"]["low"] for f in report["fields"]} == {None}
    assert "no intervals" in accordant(*EXAMPLE, "--samples", 0).out


def test_fail_under_names_the_fields_and_ends_with_one(agree):
    meant = repeated("red", "blue")
    slips = ["blue", "blue", *meant[2:]]
    coders = [{"colour": meant, "sure": repeated("true", "false")}, {"colour": slips}]
    coders[1]["sure"] = coders[0]["sure"]
    assert agree(*coders).report["summary"]["under"] == []
    done = agree(*coders, more=("--fail-under", "0.9"), code=1)
    assert done.report["summary"]["under"] == ["colour"]


def test_where_nothing_can_be_judged_the_report_says_why_and_ends_with_two(agree):
    same = {"colour": repeated("red"), "number": repeated("4"), "level": repeated("")}
    report = agree(same, same, code=2).report
    assert report["summary"]["verdict"] == "not-judged"
    reasons = {
        f["field"]: f["coefficients"]["krippendorff_alpha"]["reason"] for f in report["fields"]
    }
    assert reasons == {
        "colour": "not computable: every record has the same code",
        "level": "not computable: no record has codes from two coders",
        "number": "not computable: every record has the same code",
    }


def test_several_reports_at_once_each_in_its_place(accordant, tmp_path):
    page, data = tmp_path / "a.html", tmp_path / "a.json"
    done = accordant(
        *EXAMPLE, *FEW, "--format", "text", f"--format=html={page}", f"--format=json={data}"
    )
    assert done.out.startswith("NOT RELIABLE:")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    VALIDATOR.validate(json.loads(data.read_text("utf-8")))
    assert str(page) in done.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--format", "sarif"), "text, json, html"),
        (("--format", "json", "--format", "html"), "cannot all go to one place"),
        (("--format", f"json={CODERS[0]}"), "holds the data"),
        (("--table", "no-such-table"), "There is no table"),
        (("--key", "no_such_field"), "no field 'no_such_field'"),
        (("--confidence", "2"), "--confidence"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused(accordant, more, words):
    done = accordant(*EXAMPLE, *FEW, *more)
    assert done.code == 2
    assert words in done.err


def test_a_file_that_cannot_be_read_is_named(accordant, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = accordant("agree", CODERS[0], bad, *EXAMPLE[4:])
    assert done.code == 2
    assert "bad.csv" in done.err


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize("key", [(), ("--key", "name")])
def test_no_text_number_date_or_faulty_cell_is_ever_shown(accordant, tmp_path, form, key):
    # the fixture looks for the canary in everything that is printed
    refs = ["R001", "R002", CANARY]
    cells = {
        "ref": refs,
        "colour": ["red", CANARY, "red"],
        "number": ["770077", "770078", CANARY],
        "month": ["2077-01", "2077-02", CANARY],
        "name": [f"{CANARY}{n}" for n in range(3)],
        "remarks": [CANARY] * 3,
        CANARY: [CANARY] * 3,
    }
    other = {**cells, "colour": ["blue", CANARY, "blue"], "number": ["770079", "770077", CANARY]}
    other["month"] = ["2077-03", "2077-01", CANARY]
    paths = [file(tmp_path, f"coder-{n}", one) for n, one in enumerate((cells, other))]
    done = accordant(
        "agree", *paths, "-s", standard(tmp_path), "--table", "records", "--format", form, *key
    )
    assert done.out
    assert "7700" not in done.out
    assert "2077" not in done.out
    assert ("R001" in done.out) is (not key)


def test_in_a_narrow_place_alpha_and_the_verdict_remain():
    from validator.agreement.as_text import as_text
    from validator.agreement.compare import agree
    from validator.registry import Rendering

    agreement = agree("global-indicator", CODERS, table="series")
    text = as_text(agreement, Rendering(width=60)).decode()
    assert max(map(len, text.splitlines())) <= 60
    assert "Alpha" in text
    assert "Fleiss" not in text
    assert "\x1b" not in text
    assert "\x1b" in as_text(agreement, Rendering(colour=True)).decode()


def test_a_verdict_on_a_handful_of_records_says_so_itself(accordant, tmp_path):
    paths = [
        file(tmp_path, name, {"colour": colours})
        for name, colours in (("one", ["red", "blue"]), ("two", ["red", "blue"]))
    ]
    paths[1].write_text(paths[1].read_text("utf-8") + "R003,\n", "utf-8")
    always = ("-s", standard(tmp_path), "--table", "records")
    done = accordant("agree", *paths, *always)
    assert done.out.splitlines()[0] == (
        "RELIABLE: The one field is reliable. Too few records to rely on that: fewer than 10."
    )


def test_a_copy_of_a_coders_file_is_told(accordant, tmp_path):
    cells = {"colour": repeated("red", "blue")}
    paths = [file(tmp_path, name, cells) for name in ("one", "two")]
    always = ("-s", standard(tmp_path), "--table", "records", *FEW)
    out = " ".join(accordant("agree", *paths, *always).out.split())
    assert "one.csv and two.csv are the same file, byte for byte" in out
    paths[1].write_text(paths[1].read_text("utf-8").replace("red", "green", 1), "utf-8")
    assert "byte for byte" not in accordant("agree", *paths, *always).out


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["x", "y"], "4 without a valid one"),
        (["R001", "R001"], "4 whose own stands twice in one file"),
    ],
)
def test_why_no_record_could_be_matched_is_told(accordant, tmp_path, keys, told):
    paths = [
        file(tmp_path, name, {"ref": keys, "colour": ["red", "blue"]}) for name in ("one", "two")
    ]
    done = accordant("agree", *paths, "-s", standard(tmp_path), "--table", "records")
    assert done.code == 2
    assert told in done.err
    assert "they share no" not in done.err, "they may well share it"
