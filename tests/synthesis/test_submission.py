import json
from pathlib import Path

import polars as pl
import pytest

from validator import api
from validator.errors import UnreadableInput, UsageError
from validator.standards.load import load
from validator.synthesis.marginals import NOTES, support
from validator.synthesis.submission import MANIFEST, synthesise

STANDARD = load("global-indicator")
DAY = "2026-11-21"


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A submission that is large enough for its shares to be told from chance."""
    folder = tmp_path_factory.mktemp("large")
    synthesise(STANDARD, folder, rows=40_000, seed=5, as_of=DAY)
    return folder


def test_without_faults_there_is_nothing_to_find(large):
    report = api.check(STANDARD, large, as_of=DAY)
    assert report.findings == ()
    assert report.verdict == "pass"
    assert {entry.table for entry in report.inputs} == set(STANDARD.by_name)


def test_another_standard_is_followed_as_well(tmp_path):
    everything = load(Path(__file__).with_name("everything.yaml"))
    synthesise(everything, tmp_path / "out", rows=1500, seed=1, as_of=DAY)
    report = api.check(everything, tmp_path / "out", as_of=DAY)
    assert report.findings == ()
    visits = pl.read_csv(tmp_path / "out/visits.csv", infer_schema=False)["grade"]
    assert visits.is_in(["low", "mid", "high"]).mean() == pytest.approx(0.55, abs=0.05)


@pytest.mark.parametrize("table", STANDARD.by_name)
def test_shares_are_the_published_ones(large, table):
    frame = pl.read_csv(large / f"{table}.csv", infer_schema=False)
    for field in STANDARD.by_name[table].fields:
        if field.published is None:
            continue
        made = support(field, STANDARD.missing_reasons, DAY)
        valid = [v for v, recorded in zip(made.values, made.is_recorded, strict=True) if recorded]
        recorded = frame[field.name].is_in(valid)
        if field.published.recorded is not None:
            assert recorded.mean() == pytest.approx(float(field.published.recorded) / 100, abs=0.02)
        category = dict(zip(made.values, made.category.tolist(), strict=True))
        found = frame[field.name].filter(recorded).replace_strict(category, return_dtype=pl.Int64)
        for index, share in enumerate(made.shares.tolist()):
            assert (found == index).mean() == pytest.approx(share, abs=0.02), field.name


def test_the_same_seed_gives_the_same_bytes_however_it_is_cut(tmp_path):
    for name, block in (("one", 1 << 16), ("many", 37)):
        synthesise(STANDARD, tmp_path / name, rows=150, seed=3, faults=0.2, as_of=DAY, block=block)
    assert files(tmp_path / "one") == files(tmp_path / "many")


def test_another_seed_gives_other_records(tmp_path):
    for seed in (1, 2):
        synthesise(STANDARD, tmp_path / f"{seed}", rows=20, seed=seed, tables=["series"], as_of=DAY)
    assert files(tmp_path / "1")["series.csv"] != files(tmp_path / "2")["series.csv"]


def test_free_text_is_administrative_and_mostly_blank(large):
    remarks = pl.read_csv(large / "series.csv", infer_schema=False)["remarks"]
    assert set(remarks.drop_nulls()) == set(NOTES)
    assert remarks.null_count() / len(remarks) == pytest.approx(0.9, abs=0.02)


def test_a_file_is_plain_csv(large):
    text = (large / "media.csv").read_bytes()
    assert text.startswith(b"media_ref,series_ref,contributor,")
    assert b"\r" not in text
    assert b'""' not in text
    assert text.endswith(b"\n")


def test_some_media_belong_to_no_series(large):
    series = pl.read_csv(large / "media.csv", infer_schema=False)["series_ref"]
    assert 0 < series.null_count() / len(series) < 0.05


def test_only_the_tables_asked_for_are_written(tmp_path):
    made = synthesise(STANDARD, tmp_path, rows=30, seed=1, tables=["victims", "series"], as_of=DAY)
    assert set(files(tmp_path)) == {"series.csv", "victims.csv", MANIFEST}
    assert made.records["series"] == 30


def test_no_rows_are_headers_alone(tmp_path):
    synthesise(STANDARD, tmp_path, rows=0, seed=1, as_of=DAY)
    assert files(tmp_path)["victims.csv"].count(b"\n") == 1


def test_the_manifest_says_what_was_made(tmp_path):
    synthesise(STANDARD, tmp_path, rows=10, seed=4, tables=["series"], as_of=DAY)
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8")) == {
        "standard": "global-indicator",
        "version": STANDARD.version,
        "seed": 4,
        "as_of": DAY,
        "records": {"series": 10},
        "faults": [],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tables": ["serie"]}, "no table 'serie'"),
        ({"as_of": "2026-02-30"}, "is not a day"),
        ({"faults": 1.5}, "from 0 to 1"),
        ({"rows": -1}, "must not be negative"),
    ],
)
def test_arguments_that_cannot_be_followed_are_refused(tmp_path, wrong, said):
    with pytest.raises(UsageError, match=said):
        synthesise(STANDARD, tmp_path / "out", **({"rows": 5, "seed": 1} | wrong))
    assert not (tmp_path / "out").exists()


def test_tables_of_another_submission_are_not_mixed_in(tmp_path):
    (tmp_path / "media.csv").write_text("media_ref\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"holds media\.csv"):
        synthesise(STANDARD, tmp_path, rows=5, seed=1, tables=["series"], as_of=DAY)


def test_nothing_is_left_behind_when_it_fails(tmp_path):
    def fail(_units):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synthesise(STANDARD, tmp_path, rows=5, seed=1, tables=["series"], as_of=DAY, progress=fail)
    assert files(tmp_path) == {}


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnreadableInput, match="cannot be written"):
        synthesise(STANDARD, tmp_path / "file", rows=5, seed=1, tables=["series"], as_of=DAY)


def test_rules_that_leave_no_room_are_one_clear_error(tmp_path):
    path = tmp_path / "none.yaml"
    path.write_text(
        """\
standard: none
version: 1.0.0
title: {en: No room}
tables:
  - table: things
    title: {en: Things}
    fields:
      a: {codes: [x, y], required: true}
      b: {codes: [x, y], required: true}
rules:
  - {rule: alike, table: things, title: {en: Alike}, then: {a: {eq: {field: b}}}}
  - {rule: unlike, table: things, title: {en: Unlike}, then: {a: {ne: {field: b}}}}
""",
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match="Hardly any record of 'things'"):
        synthesise(load(path), tmp_path / "out", rows=5, seed=1, as_of=DAY)
