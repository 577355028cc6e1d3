"""A baseline: what is known stays out of the report, and what is new does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validator import api, cli
from validator.baseline.file import as_bytes, read
from validator.model.report import CheckStatus, Report
from validator.model.standard import Standard
from validator.standards.load import load

HEAD = "ref,colour,size,note"
KEYED = """
standard: small
version: 1.0.0
tables:
  - table: things
    key: ref
    fields:
      ref: {type: string, pattern: "^[A-Z]{3}-[0-9]{3}$", required: true, identifies: pseudonym}
      colour: {codes: colour, required: true}
      size: {type: integer, minimum: 1, maximum: 9, required: true}
      note: {type: string, optional: true}
codelists:
  - codelist: colour
    codes: {red: {label: Red}, blue: {label: Blue}}
"""
KEYLESS = KEYED.replace("    key: ref\n", "").replace("standard: small", "standard: keyless")
SCHEMA = Path(__file__).parents[2] / "schemas" / "meta" / "baseline.schema.json"


@pytest.fixture(params=["keyed", "keyless"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Standard:
    """The same small standard, with a key and without one."""
    path = tmp_path / f"{request.param}.yaml"
    path.write_text(KEYED if request.param == "keyed" else KEYLESS, "utf-8")
    return load(path)


@pytest.fixture
def data(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, name: str = "things.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
        return path

    return write


def new(report: Report) -> list[tuple[str, int | None]]:
    return [(item.code, item.row) for item in report.findings]


def test_what_is_known_is_left_out(small: Standard, data: Any):
    path = data("AAA-001,green,5,", "AAA-002,red,50,", "AAA-003,red,5,")
    report, baseline = api.remember(small, path)
    assert (len(report.findings), baseline.count) == (2, 2)
    again = api.check(small, path, baseline=baseline)
    assert (new(again), again.known, again.exit_code) == ([], 2, 0)
    assert {check.status for check in again.checks if check.code == "unknown-code"} == {
        CheckStatus.PASSED
    }


def test_rows_and_columns_may_move(small: Standard, data: Any, tmp_path: Path):
    _, baseline = api.remember(small, data("AAA-001,green,5,", "AAA-002,red,5,"))
    moved = tmp_path / "things.csv"
    moved.write_text("note,size,colour,ref\n,5,red,AAA-002\n,5,green,AAA-001\n", "utf-8")
    assert new(api.check(small, moved, baseline=baseline)) == []


def test_what_is_new_is_told(small: Standard, data: Any):
    _, baseline = api.remember(small, data("AAA-001,green,5,", "AAA-002,red,5,"))
    path = data("AAA-003,green,5,", "AAA-001,green,5,", "AAA-002,red,50,")
    report = api.check(small, path, baseline=baseline)
    assert new(report) == [("unknown-code", 2), ("out-of-range", 4)]
    assert (report.known, report.exit_code) == (1, 1)
    assert sum(check.count for check in report.checks) == 2
    assert [group.rows for check in report.checks for group in check.groups] != []


def test_as_many_as_were_known_are_known(small: Standard, data: Any):
    _, baseline = api.remember(small, data(",green,5,", ",green,5,"))
    report = api.check(small, data(*[",green,5,"] * 3), baseline=baseline)
    assert new(report).count(("unknown-code", 4)) == 1
    assert report.known == baseline.count


def test_columns_that_the_standard_lacks_are_told_apart(small: Standard, tmp_path: Path):
    path = tmp_path / "things.csv"
    path.write_text("ref,colour,size,extra\nAAA-001,red,5,x\n", "utf-8")
    _, baseline = api.remember(small, path)
    path.write_text("ref,colour,size,extra,other\nAAA-001,red,5,x,y\n", "utf-8")
    report = api.check(small, path, baseline=baseline)
    assert [item.value for item in report.findings] == ["other"]


def test_totals_stay_exact_where_rows_are_capped(small: Standard, data: Any):
    _, baseline = api.remember(small, data(*[f"AAA-{i:03},green,5," for i in range(50)]))
    path = data(*[f"AAA-{i:03},green,5," for i in range(250)])
    report = api.check(small, path, baseline=baseline, max_rows=10)
    (check,) = [check for check in report.checks if check.count]
    assert (check.count, len(report.findings), report.known) == (200, 10, 50)
    assert check.groups[0].count == 200


def test_the_file_follows_its_schema_and_holds_no_value(small: Standard, data: Any, tmp_path: Path):
    rows = ["AAA-001,verygreen,5,secretnote", "wrongkey,red,5,", "AAA-002,red,5555,"]
    _, baseline = api.remember(small, data(*rows), as_of="2026-01-31")
    written = as_bytes(baseline)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(json.loads(written))
    for value in (b"verygreen", b"secretnote", b"5555", b"AAA-001", b"wrongkey"):
        assert value not in written
    path = tmp_path / "baseline.json"
    path.write_bytes(written)
    assert read(path).known == baseline.known
    assert as_bytes(read(path)) == written


def test_writing_it_anew_keeps_what_has_not_changed(small: Standard, data: Any):
    _, first = api.remember(small, data("AAA-001,green,5,"))
    _, second = api.remember(small, data("AAA-001,green,5,"), before=first)
    _, other = api.remember(small, data("AAA-001,green,5,"))
    assert second.known == first.known
    assert other.known != first.known  # digests of two baselines cannot be joined


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Any:
    (tmp_path / "small.yaml").write_text(KEYED, "utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = cli._run(["check", "things.csv", "-s", "small.yaml", *arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return command


def test_the_command_writes_one_and_is_content_with_what_it_knows(run: Any, data: Any):
    data("AAA-001,green,5,")
    assert run()[0] == 1
    code, out, err = run("--write-baseline", "known.json")
    assert (code, "unknown-code" in out) == (0, True)
    assert err == "1 finding is known from now on: known.json\n"
    code, out, _ = run("--baseline", "known.json")
    assert code == 0
    assert out.startswith("NOTHING NEW: no errors in 1 record beside 1 known finding\n")
    assert "known.json: 1 finding is known and left out" in out
    data("AAA-001,green,5,", "AAA-002,green,5,")
    code, out, _ = run("--baseline", "known.json", "--format", "json")
    report = json.loads(out)
    assert (code, report["summary"]["errors"], report["summary"]["known"]) == (1, 1, 1)


def test_the_project_may_name_it(run: Any, data: Any, tmp_path: Path):
    data("AAA-001,green,5,")
    (tmp_path / "accordant.yaml").write_text("standard: small.yaml\nbaseline: known.json\n")
    code, _, err = run()
    assert (code, "Write one with --write-baseline." in err) == (2, True)
    assert run("--write-baseline", "known.json")[0] == 0
    assert run()[0] == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"baseline": "accordant.baseline/2"}'])
def test_what_is_no_baseline_is_one_clear_line(run: Any, data: Any, tmp_path: Path, text: str):
    data("AAA-001,green,5,")
    (tmp_path / "known.json").write_text(text)
    expected = "accordant: known.json is no baseline. Write one with --write-baseline.\n"
    assert run("--baseline", "known.json") == (2, "", expected)


def test_one_of_another_standard_is_refused(run: Any, data: Any, tmp_path: Path):
    data("AAA-001,green,5,")
    run("--write-baseline", "known.json")
    text = (tmp_path / "known.json").read_text().replace('"small"', '"large"')
    (tmp_path / "known.json").write_text(text)
    code, _, err = run("--baseline", "known.json")
    assert code == 2
    assert "known.json was written for the standard large, and these data follow small." in err
