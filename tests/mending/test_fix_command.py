"""``accordant fix``: where it writes, what it says, and what it never touches."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from validator import api
from validator.cli import accordant
from validator.model.disclosure import AUDIENCES
from validator.synthesis.submission import synthesise

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
TEXT = "contributor,series_ref,victim_gender\nFRA,FRA-00A1B2,Female\nFRA,FRA-00A1B3,male\n"
RISK = {"small-group", "uniform-group"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        accordant, ["fix", "-s", "global-indicator", *map(str, arguments)], standalone_mode=False
    )


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "series.csv"
    path.write_text(TEXT, "utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_original_is_not_touched_and_the_log_stands_beside_the_copy(series, tmp_path):
    done = run(series.parent, "-o", tmp_path / "copy")
    assert done.return_value == 0
    assert files(series.parent) == {"series.csv": TEXT.encode()}
    assert files(tmp_path / "copy") == {"series.csv": TEXT.replace("Female", "female").encode()}
    log = (tmp_path / "copy.changes.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(log))
    assert row["row"] == "2"
    assert (row["field"], row["after"]) == ("victim_gender", "female")
    assert "before" not in row, "the old cell is in the original, and nowhere else unless asked"


def test_old_cells_are_in_the_log_where_they_were_asked_for(series, tmp_path):
    run(series, "-o", tmp_path / "copy", "--show-values")
    log = (tmp_path / "copy.changes.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(log))
    assert (row["before"], row["after"]) == ("Female", "female")


def test_in_place_the_original_is_kept_however_often(series):
    run(series, "--in-place")
    assert series.with_name("series.csv.bak").read_text("utf-8") == TEXT
    mended = series.read_text("utf-8")
    run(series, "--in-place")
    assert series.read_text("utf-8") == mended
    assert not series.with_name("series.csv.bak2").exists(), "nothing changed"
    series.write_text(mended.replace("male", "MALE"), "utf-8")
    run(series, "--in-place")
    assert series.with_name("series.csv.bak").read_text("utf-8") == TEXT
    assert series.with_name("series.csv.bak2").exists()


def test_a_copy_never_replaces_its_original(series):
    done = run(series, "-o", series.parent)
    assert "would replace the original" in str(done.exception)
    assert files(series.parent) == {"series.csv": TEXT.encode()}


def test_a_place_must_be_named(series):
    assert "--output" in str(run(series).exception)


@pytest.mark.parametrize("option", [("--audience", "partner"), ("--k", 3), ("--l", 3)])
def test_an_audience_belongs_to_suppress(series, tmp_path, option):
    assert "--suppress" in str(run(series, "-o", tmp_path / "copy", *option).exception)


def test_suppress_needs_an_audience(series, tmp_path):
    assert "for whom" in str(run(series, "-o", tmp_path / "copy", "--suppress").exception)


def test_a_row_with_too_few_cells_is_carried_over_and_named(series, tmp_path):
    series.write_text(TEXT + "FRA\n", "utf-8")
    done = run(series, "-o", tmp_path / "copy")
    assert done.return_value == 1, "somebody has to mend that row"
    assert "row 4 stayed as before" in done.stderr
    mended = (TEXT + "FRA\n").replace("Female", "female").encode()
    assert files(tmp_path / "copy") == {"series.csv": mended}


def test_a_file_with_stray_quotes_is_left_out_with_a_sentence(series, tmp_path):
    series.write_text(TEXT + 'FRA,"x" y,male\n', "utf-8")
    done = run(series, "-o", tmp_path / "copy")
    assert done.return_value == 1
    assert "was left out" in done.stderr
    assert not (tmp_path / "copy" / "series.csv").exists()


def test_with_ragged_rows_nothing_is_withheld(series, tmp_path):
    """What stands in such a row could expose somebody, and nobody knows which cell it is."""
    series.write_text(TEXT + "FRA\n", "utf-8")
    done = run(series, "-o", tmp_path / "copy", "--suppress", "--audience", "public")
    assert done.return_value == 1
    assert "was left out" in done.stderr


def table_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def risk(folder: Path, audience: str, **sizes: int):
    """Findings by code, in the table order, of a submission for an audience."""
    who = replace(AUDIENCES[audience], **sizes)
    report = api.check("global-indicator", folder, audience=who, as_of="2026-01-31", max_rows=10**6)
    return report, [finding for finding in report.findings if finding.code in RISK]


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_the_shipped_example_passes_once_cells_are_withheld(tmp_path, audience):
    _, before = risk(EXAMPLES / "submission", audience)
    assert {finding.code for finding in before} == RISK
    done = run(
        EXAMPLES / "submission", "-o", tmp_path / "copy", "--suppress", "--audience", audience
    )
    report, after = risk(tmp_path / "copy", audience)
    assert (done.return_value, after) == (0, [])
    others = {finding.code for finding in report.findings} - {"low-completeness", "precise-date"}
    assert others == set(), "no rule is broken that held before"


def test_sizes_of_ones_own(tmp_path):
    options = ("--suppress", "--audience", "partner", "--k", 3, "--l", 1)
    run(EXAMPLES / "submission", "-o", tmp_path / "copy", *options)
    assert risk(tmp_path / "copy", "partner", k=3, l=1)[1] == []
    assert risk(tmp_path / "copy", "partner")[1] != []


@pytest.fixture
def submission(tmp_path):
    folder = tmp_path / "submission"
    standard = api.load("global-indicator")
    synthesise(standard, folder, rows=500, seed=7, as_of="2026-01-31")
    (folder / "manifest.json").unlink()
    return folder


def test_where_it_is_not_possible_it_says_so_and_the_rest_passes(submission, tmp_path):
    done = run(submission, "-o", tmp_path / "copy", "--suppress", "--audience", "partner")
    assert done.return_value == 1
    assert "still exposed" in done.stderr
    report, after = risk(tmp_path / "copy", "partner")
    others = {finding.code for finding in report.findings} - RISK - {"low-completeness"}
    assert others == set(), "no rule is broken that held before"
    # the contributor cannot be withheld: who sent few records, or uniform ones, stays exposed
    for finding in after:
        assert finding.table in {"series", "media"}
    for table in ("series", "media"):
        rows = table_of(tmp_path / "copy" / f"{table}.csv")
        exposed = {f.row for f in after if f.table == table and f.code == "small-group"}
        sizes: dict[str, int] = {}
        for row in rows:
            sizes[row["contributor"]] = sizes.get(row["contributor"], 0) + 1
        few = {n for n, row in enumerate(rows, 2) if sizes[row["contributor"]] < 5}
        assert exposed == few


def test_words_for_other_go_with_their_code(tmp_path):
    shutil.copytree(EXAMPLES / "submission", tmp_path / "data")
    path = tmp_path / "data" / "series.csv"
    rows = table_of(path)
    rows[0]["victim_ethnicity"], rows[0]["victim_ethnicity_other"] = "other", "Sample group"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    run(tmp_path / "data", "-o", tmp_path / "copy", "--suppress", "--audience", "public")
    kept = table_of(tmp_path / "copy" / "series.csv")[0]
    assert (kept["victim_ethnicity"], kept["victim_ethnicity_other"]) == ("withheld", "")
