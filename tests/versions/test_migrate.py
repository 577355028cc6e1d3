"""``accordant migrate``: what becomes of records, and what is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from tests.commands import CANARY, Command, accordant, run
from tests.versions.made_up import CARRIED, NEW, RECORDS, written
from validator.api import check
from validator.cli import EXIT_FINDINGS, EXIT_PASS, EXIT_UNCHECKED
from validator.errors import BrokenStandard, UsageError
from validator.model.standard import Severity
from validator.readers.dataframe import read_frame
from validator.standards.load import load
from validator.versions.migrating import migrate
from validator.versions.route import route

__all__ = ["accordant"]

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/meta/migration.schema.json").read_text("utf-8"))


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    return written(tmp_path)


def carry(standard: Path, *more: object, source: str = "vessels.csv") -> int:
    folder = standard.parent
    where = ("--from", "1.4.0", "--to", standard, "--output", folder / "out")
    return run("migrate", folder / source, *where, *more)


def test_every_record_is_carried_as_the_newer_version_says(standard: Path) -> None:
    assert carry(standard) == EXIT_FINDINGS  # teal stays, for somebody to look at
    assert (standard.parent / "out" / "vessels.csv").read_text("utf-8") == CARRIED


def test_what_is_lost_is_counted_on_the_records(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carry(standard, "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    Draft202012Validator(SCHEMA).validate(answer)
    lost = {(d["deed"], d["where"], d["what"]): d["records"] for d in answer["done"] if d["loss"]}
    assert lost == {
        ("left-for-review", "vessels.colour", "teal (now one of green, blue) stays"): 2,
        (
            "given-up",
            "vessels.hull",
            "mixed (now one of composite, plastic) to not_determinable",
        ): 1,
        ("given-up", "vessels.cargo", "odd to not_determinable"): 2,
        ("merged", "vessels.hull", "steel to metal"): 1,
        ("merged", "vessels.hull", "iron to metal"): 1,
        ("merged", "vessels.cargo", "grain to cereals"): 1,
        ("merged", "vessels.cargo", "maize to cereals"): 1,
        # not_determinable now stands for what was unclear, and for what was given up
        ("merged", "vessels.hull", "unclear to not_determinable"): 1,
        ("dropped", "vessels.berth", "recorded values"): 3,
    }
    kept = {(d["deed"], d["where"], d["what"]): d["records"] for d in answer["done"]}
    assert kept["recoded", "vessels.colour", "red to crimson"] == 1
    assert kept["recoded", "vessels.colour", "unclear to not_determinable"] == 1
    assert kept["renamed", "vessels.colour", "tint to colour"] == 5
    assert kept["added", "vessels.engine", "not_recorded"] == 5
    assert answer["summary"] == {"records": 5, "cells_with_loss": 13, "to_review": True}


def test_the_text_names_losses_first_and_no_cell(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carry(standard)
    told = capsys.readouterr().out
    assert told.startswith("TO REVIEW: sightings 1.4.0 to sightings 2.0.0: 13 cells with a loss\n")
    assert "vessels.colour: teal (now one of green, blue) stays: 2 records" in told
    assert "ABC-000" not in told


def test_only_what_is_left_for_review_is_at_fault_afterwards(standard: Path) -> None:
    folder = standard.parent
    before = check(standard / "standard-1.4.0.yaml", folder / "vessels.csv")
    # the blank berth was at fault before, and went with its field
    assert [(f.row, f.code) for f in before.findings] == [(4, "unexplained-blank")]
    carry(standard)
    after = check(standard, folder / "out" / "vessels.csv")
    errors = [f for f in after.findings if f.severity is Severity.ERROR]
    assert [(f.row, f.field, f.code) for f in errors] == [
        (3, "colour", "unknown-code"),
        (4, "colour", "unknown-code"),
    ]


def test_what_was_at_fault_before_stays_as_it_is(standard: Path) -> None:
    (standard.parent / "vessels.csv").write_text(
        "ref,hull,tint,extra\nABC-0001,STEEL,steel,private\n", "utf-8"
    )
    assert carry(standard) == EXIT_PASS
    out = (standard.parent / "out" / "vessels.csv").read_text("utf-8")
    assert out == "ref,hull,colour,extra,engine\nABC-0001,STEEL,steel,private,not_recorded\n"


def test_a_workbook_and_a_parquet_file_become_csv(standard: Path) -> None:
    frame = pl.read_csv(RECORDS.encode(), infer_schema=False)
    frame.write_parquet(standard.parent / "vessels.parquet")
    carry(standard, source="vessels.parquet")
    assert (standard.parent / "out" / "vessels.csv").read_text("utf-8") == CARRIED
    frame.write_excel(standard.parent / "vessels.xlsx", worksheet="vessels")
    carry(standard, source="vessels.xlsx")
    assert (standard.parent / "out" / "vessels.csv").read_text("utf-8") == CARRIED


def test_several_files_of_one_table_stay_apart(standard: Path) -> None:
    folder = standard.parent / "parts"
    folder.mkdir()
    for part in ("vessels-a.csv", "vessels-b.csv"):
        (folder / part).write_text(RECORDS, "utf-8")
    carry(standard, source="parts")
    names = sorted(path.name for path in (standard.parent / "out").iterdir())
    assert names == ["vessels-1.csv", "vessels-2.csv"]


def test_a_way_of_several_versions_is_gone_step_by_step(standard: Path) -> None:
    (standard / "standard-2.0.0.yaml").write_text(NEW, "utf-8")
    later = NEW.replace("version: 2.0.0", "version: 2.1.0").partition("migrates:")[0]
    later += "migrates: {from: 2.0.0, steps: [{recode: vessels.hull, codes: {metal: wood}}]}\n"
    (standard / "standard.yaml").write_text(later, "utf-8")
    carry(standard)
    out = (standard.parent / "out" / "vessels.csv").read_text("utf-8")
    assert out == CARRIED.replace("metal", "wood")


def test_the_shipped_standard_carries_its_example_without_a_loss(tmp_path: Path) -> None:
    to = ("--to", "global-indicator@1.1.0", "--output", tmp_path)
    assert run("migrate", ROOT / "examples/submission", "--from", "1.0.0", *to) == EXIT_PASS
    report = check("global-indicator@1.1.0", tmp_path, as_of="2026-01-31")
    assert not [f for f in report.findings if f.severity is Severity.ERROR]


def test_cells_and_headings_are_never_printed(accordant: Command, standard: Path) -> None:
    folder = standard.parent
    cells = f"ref,hull,tint,berth,{CANARY}\n{CANARY},{CANARY},teal,{CANARY},{CANARY}\n"
    (folder / "vessels.csv").write_text(cells, "utf-8")
    for form in ("text", "json"):
        where = ("--from", "1.4.0", "--to", standard, "--output", folder / form)
        assert accordant("migrate", folder / "vessels.csv", *where, "--format", form).code == 1
    assert CANARY in (folder / "text" / "vessels.csv").read_text("utf-8")


# --- what cannot be done, in one line


def refused(capsys: pytest.CaptureFixture[str], code: int, *words: str) -> None:
    told = capsys.readouterr().err
    assert code == EXIT_UNCHECKED, told
    assert all(word in told for word in words), told


def test_nothing_is_written_where_it_is_not_certain_what_stands_where(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (standard.parent / "vessels.csv").write_text(f"{RECORDS}ABC-0006,steel,red\n", "utf-8")
    refused(capsys, carry(standard), "ragged-row", "accordant check")
    assert not (standard.parent / "out").exists()


def test_a_file_of_no_table_is_told(standard: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (standard.parent / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    refused(capsys, carry(standard, source="notes.csv"), "No file holds a table", "vessels")


def test_a_column_that_is_in_the_way_is_told(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (standard.parent / "vessels.csv").write_text("ref,engine\nABC-0001,x\n", "utf-8")
    refused(capsys, carry(standard), "There is a column engine already", "Rename or delete")


def test_the_old_files_are_never_replaced(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = standard.parent
    where = ("--from", "1.4.0", "--to", standard, "--output", folder)
    refused(capsys, run("migrate", folder / "vessels.csv", *where), "Choose another --output")
    assert (folder / "vessels.csv").read_text("utf-8") == RECORDS


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("9.9.9", "standard", "There is no version 9.9.9"),
        ("1.4.0", "2.0.0", "Name the standard too"),
        ("standard@2.0.0", "standard@1.4.0", "is the older one"),
        ("standard@1.4.0", "standard@3.0.0", "There are: 2.0.0, 1.4.0"),
    ],
)
def test_a_way_that_there_is_not_is_told(
    standard: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    folder = standard.parent
    names = [name.replace("standard", str(standard)) for name in (old, new)]
    where = ("--from", names[0], "--to", names[1], "--output", folder / "out")
    refused(capsys, run("migrate", folder / "vessels.csv", *where), says)


def test_a_migration_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    standard = written(tmp_path, new=NEW.replace("steel: metal", "steel: metall"))
    with pytest.raises(BrokenStandard, match=r"'metall' is nothing .* Did you mean 'metal'"):
        route(load(f"{standard}@1.4.0"), load(standard))


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("{rename: vessels.tint}", "The key 'to' is missing"),
        ("{drop: vessels.berth, value: x}", "The key 'value' is not known here"),
        ("{to: colour}", "Add exactly one of them"),
        ("{add: engine}", "'add' cannot be 'engine'"),
        ("{split: vessels.hull, code: mixed, into: [wood]}", "'into'"),
    ],
)
def test_a_step_in_the_wrong_form_is_told_with_its_place(
    step: str, says: str, tmp_path: Path
) -> None:
    new = NEW.partition("    - {rename")[0] + f"    - {step}\n"
    with pytest.raises(BrokenStandard, match=says) as told:
        load(written(tmp_path, new=new))
    assert {problem.line for problem in told.value.problems} == {new.count("\n")}


def test_a_version_of_another_start_is_told(tmp_path: Path) -> None:
    standard = written(tmp_path, new=NEW.replace("from: 1.4.0", "from: 1.3.0"))
    with pytest.raises(UsageError, match=r"migrates from 1.3.0, and not from 1.4.0"):
        route(load(f"{standard}@1.4.0"), load(standard))


def test_losses_add_up_over_many_records(standard: Path) -> None:
    frame = pl.concat([pl.read_csv(RECORDS.encode(), infer_schema=False)] * 1000)
    versions = route(load(f"{standard}@1.4.0"), load(standard))
    migrated = migrate(versions, [read_frame("vessels", frame)])
    assert sum(migrated.losses.values()) == 13_000


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ("{rename: vessels.crew, to: hull}", "already has the field 'vessels.hull'"),
        ("{rename: vessels.berth, to: crew}", "already has the field 'vessels.crew'"),
        ("{drop: vessels.ref}", "still has 'vessels.ref', and nothing fills it"),
    ],
)
def test_a_step_that_would_cost_a_column_or_write_it_twice_is_not_followed(
    steps: str, says: str, tmp_path: Path
) -> None:
    new = NEW.replace("    - {drop: vessels.berth}\n", f"    - {steps}\n")
    assert new != NEW
    standard = written(tmp_path, new=new)
    with pytest.raises(BrokenStandard, match=says):
        route(load(f"{standard}@1.4.0"), load(standard))


def test_a_field_may_be_dropped_and_added_anew(tmp_path: Path) -> None:
    anew = "    - {drop: vessels.crew}\n    - {add: vessels.crew, value: not_recorded}\n"
    standard = written(tmp_path, new=NEW + anew)
    assert carry(standard) == EXIT_FINDINGS
    carried = pl.read_csv(standard.parent / "out" / "vessels.csv", infer_schema=False)
    assert set(carried["crew"]) == {"not_recorded"}


def test_two_fields_may_change_their_names_with_each_other(tmp_path: Path) -> None:
    fields = "{a: {type: string, optional: true}, b: {type: string, optional: true}}"
    old = f"standard: s\nversion: 1.4.0\ntables: [{{table: vessels, fields: {fields}}}]\n"
    steps = "[{rename: vessels.a, to: b}, {rename: vessels.b, to: a}]"
    new = old.replace("1.4.0", "2.0.0") + f"migrates: {{from: 1.4.0, steps: {steps}}}\n"
    (tmp_path / "standard-1.4.0.yaml").write_text(old, "utf-8")
    (tmp_path / "standard.yaml").write_text(new, "utf-8")
    (tmp_path / "vessels.csv").write_text("a,b\n1,2\n", "utf-8")
    assert carry(tmp_path / "standard.yaml") == EXIT_PASS
    assert (tmp_path / "out" / "vessels.csv").read_text("utf-8") == "b,a\n1,2\n"


def test_a_column_that_has_the_new_name_already_is_not_written_twice(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "ref,tint,colour\nABC-0001,red,blue\n"
    (standard.parent / "vessels.csv").write_text(text, "utf-8")
    refused(capsys, carry(standard), "There is a column colour already", "Rename or delete it")
    assert not (standard.parent / "out").exists()


def test_a_report_does_not_replace_a_migrated_file(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = standard.parent / "out" / "vessels.csv"
    refused(capsys, carry(standard, "--format", f"json={place}"), "is one of the new files")
    assert not place.exists()


def test_the_fault_in_an_older_version_is_told_by_its_place(
    standard: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (standard / "standard-1.4.0.yaml").write_text("standard: s\ntables: ]\n", "utf-8")
    refused(capsys, carry(standard), "standard-1.4.0.yaml:2:9", "cannot be read")
