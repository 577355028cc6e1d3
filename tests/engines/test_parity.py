"""The same records, wherever they are held, give the same findings, counts and keys.

Spark is started as it is by itself, on two cores of this machine; where there is no Java or no
PySpark its tests are skipped and say so, and CI installs both.
"""

from __future__ import annotations

import csv
import importlib.util
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.commands import CANARY, Command, accordant
from tests.engine.submissions import AS_OF, CLEAN, FAULTY, HEAD, SMALL, checked
from tests.strategies import loaded, standard_spec, table_spec
from validator import api
from validator.engine import elsewhere
from validator.model.reading import ROW
from validator.model.report import Report
from validator.readers.engines.spark import SET_UP
from validator.registry import engines
from validator.synthesis.submission import synthesise

__all__ = ["accordant"]

TABLES = ("series", "media", "victims", "offenders")
EVERY = 10**6


def needs_spark() -> None:
    if shutil.which("java") is None or importlib.util.find_spec("pyspark") is None:
        pytest.skip("NO SPARK: parity was not tried on it. Run .ci/run, which installs it.")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    needs_spark()
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tests")
    for setting, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
    }.items():
        builder = builder.config(setting, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(params=["duckdb", "spark"])
def held(request: pytest.FixtureRequest) -> Callable[[Path], Any]:
    """Holds a Parquet file in the other engine."""
    if request.param == "duckdb":
        import duckdb

        return lambda path: duckdb.read_parquet(str(path))
    session = request.getfixturevalue("spark")
    return lambda path: session.read.parquet(str(path))


def told(report: Report) -> tuple[Any, ...]:
    """All that a report says but for rows, which other engines do not have."""
    checks = [
        (c.code, c.severity, c.table, c.field, c.rule, c.status, c.count, c.reason)
        for c in report.checks
    ]
    groups = {
        (c.code, c.table, c.field, c.rule): {(g.message, g.suggestion, g.count) for g in c.groups}
        for c in report.checks
    }
    found = sorted(
        repr((f.code, f.table, f.field, f.rule, f.key, f.message, f.suggestion, f.value))
        for f in report.findings
    )
    return checks, groups, found, report.completeness, report.verdict


def frames(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables of a folder as text; a record of another width is cut or filled."""
    read = {}
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        width = len(header)
        rows = [(row + [""] * width)[:width] for row in rows]
        read[table] = pl.DataFrame(rows, dict.fromkeys(header, pl.String), orient="row")
    return read


def agree(
    tables: dict[str, pl.DataFrame],
    held: Callable[[Path], Any],
    tmp_path: Path,
    standard: Any = "global-indicator",
) -> Report:
    """Check here and there; the report of here."""
    there = {}
    for name, frame in tables.items():
        path = tmp_path / f"{name}.parquet"
        frame.write_parquet(path)
        there[name] = held(path)
    here = checked(tables, standard, max_rows=EVERY)
    other = checked(there, standard, max_rows=EVERY)
    assert told(other) == told(here)
    assert {finding.row for finding in other.findings} <= {None, 1}
    assert {group.rows for check in other.checks for group in check.groups} <= {()}
    return here


def test_a_clean_submission(held: Callable[[Path], Any], tmp_path: Path) -> None:
    assert agree(frames(CLEAN), held, tmp_path).exit_code == 0


def test_the_planted_faults(held: Callable[[Path], Any], tmp_path: Path) -> None:
    report = agree(frames(FAULTY), held, tmp_path)
    assert sum(report.totals.values()) >= 19


def test_faults_of_every_kind(held: Callable[[Path], Any], tmp_path: Path) -> None:
    folder = tmp_path / "made"
    synthesise(api.load("global-indicator"), folder, rows=400, seed=11, faults=0.2)
    report = agree(frames(folder), held, tmp_path)
    assert len({check.code for check in report.checks if check.count}) >= 15


def test_blank_records_a_default_twins_orphans_and_remarks(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    """What is counted over all records there, beside the few that are judged here."""
    things = [(f"AAA-{number:03}", "blue", "5", "") for number in range(60)]
    things += [("", "", "", " "), ("", "", "", ""), ("AAA-001", "red", "11", "n/a")]
    things += [("AAA-100", "zebra", "withheld", "seen"), ("a name", "", "99", "")]
    things += [("AAA-200", "blue", "5", "tbc")]
    parts = [("P1", "AAA-999", "2.5"), ("P2", "AAA-001", "heavy"), ("P2", "", "")]
    of_things = pl.DataFrame(things, HEAD.split(","), orient="row")
    of_parts = pl.DataFrame(parts, ["part", "ref", "weight"], orient="row")
    report = agree({"things": of_things, "parts": of_parts}, held, tmp_path, loaded(SMALL))
    counts: Counter[str] = Counter()
    for check in report.checks:
        counts[check.code] += check.count
    assert +counts == {
        "blank-row": 2,
        "unexplained-blank": 1,
        "placeholder-text": 2,
        "unknown-code": 1,
        "out-of-range": 1,
        "pattern-mismatch": 1,
        "wrong-type": 1,
        "duplicate-key": 2,
        "orphan-reference": 1,
        "rule-broken": 1,
        "suspected-default": 1,
    }
    assert {
        (c.field, c.records, c.recorded) for c in report.completeness if c.table == "things"
    } == {
        ("ref", 64, 63),
        ("colour", 64, 62),
        ("size", 64, 62),
        ("note", 64, 3),
    }


def test_a_default_is_counted_over_all_records_and_not_over_the_sample_in_which_it_stands_out(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    """The table has no key: nothing of it is brought here but what may be at fault."""
    fields = {"colour": {"codes": "colour", "missing": ["withheld"]}, "note": {"type": "string"}}
    standard = loaded(standard_spec(table_spec("things", fields)))
    colours = ["red"] * 100 + ["blue"] * (5 * elsewhere.SAMPLE - 100)
    things = pl.DataFrame({"colour": colours, "note": ["seen"] * len(colours)})
    report = agree({"things": things}, held, tmp_path, standard)
    (default,) = (f for f in report.findings if f.code == "suspected-default")
    assert default.message.startswith("The code blue stands in 99.0 %")


def test_only_records_that_may_be_at_fault_leave_the_engine_that_holds_them(
    held: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sifted = []

    def sift(*asked: Any) -> Any:
        sifted.append(sound(*asked))
        return sifted[-1]

    sound = elsewhere.sift
    monkeypatch.setattr(elsewhere, "sift", sift)
    things = [(f"AAA-{number:03}", "blue", "5", "seen") for number in range(60)]
    things += [("AAA-100", "zebra", "5", ""), ("AAA-101", "red", "11", "")]
    frame = pl.DataFrame(things, HEAD.split(","), orient="row")
    agree({"things": frame}, held, tmp_path, loaded(SMALL))
    assert [(of.records, of.suspects.height, of.kept.columns) for of in sifted] == [
        (62, 2, ["ref", ROW])
    ]


def test_a_record_at_fault_lends_its_key_to_no_other(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    things = [("AAA-000", "blue")] * 2 + [("AAA-100", "zebra"), ("AAA-101", "zebra")]
    path = tmp_path / "things.parquet"
    pl.DataFrame(things, ["ref", "colour"], orient="row").write_parquet(path)
    report = checked({"things": held(path)}, loaded(SMALL))
    keys = [(f.code, f.key) for f in report.findings if f.field in {"ref", "colour"}]
    assert sorted(keys) == [
        ("duplicate-key", "AAA-000"),
        ("unknown-code", "AAA-100"),
        ("unknown-code", "AAA-101"),
    ]


def test_the_order_in_which_an_engine_gives_records_changes_nothing(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    things = pl.DataFrame({"ref": [f"AAA-{n:03}" for n in range(20)], "colour": ["zebra"] * 20})
    reports = []
    for name, frame in (("forth", things), ("back", things.reverse())):
        path = tmp_path / f"{name}.parquet"
        frame.write_parquet(path)
        reports.append(checked({"things": held(path)}, loaded(SMALL), max_rows=2))
    forth, back = reports
    assert forth.findings == back.findings
    assert [f.key for f in forth.findings if f.code == "unknown-code"] == ["AAA-000", "AAA-001"]


def test_tables_without_a_record(held: Callable[[Path], Any], tmp_path: Path) -> None:
    things = pl.DataFrame(schema=dict.fromkeys(HEAD.split(","), pl.String))
    report = agree({"things": things}, held, tmp_path, loaded(SMALL))
    assert report.findings == ()
    assert {(c.records, c.blank) for c in report.completeness} == {(0, 0)}


def test_numbers_dates_and_gaps_become_the_text_that_a_standard_writes(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    tables = frames(CLEAN)
    numbers = ("victim_count", "offender_count", "image_count", "video_count")
    typed = tables["series"].with_columns(
        *(pl.col(name).cast(pl.Float64, strict=False) for name in numbers),
        pl.when(pl.col("remarks") != "").then(pl.col("remarks")).alias("remarks"),
    )
    agree({**tables, "series": typed}, held, tmp_path)


def test_a_heading_that_an_engine_takes_for_something_else_is_a_heading(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    odd = ("*", "a.b", "`x`", 'a"b', "'; drop table things; --", "c1", "__records__")
    frame = pl.DataFrame({"ref": ["AAA-001", "AAA-001"], "colour": ["zebra", "blue"]})
    frame = frame.with_columns(pl.lit(name).alias(name) for name in odd)
    report = agree({"things": frame}, held, tmp_path, loaded(SMALL))
    assert sum(check.count for check in report.checks if check.code == "unknown-column") == len(odd)


@pytest.mark.parametrize("name", ["duckdb", "spark"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_command_reads_a_folder_with_another_engine(
    name: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name == "spark":
        request.getfixturevalue("spark")
    folder = CLEAN
    if kind == "parquet":
        folder = tmp_path
        for table, frame in frames(CLEAN).items():
            # a table in parts
            (folder / table).mkdir()
            for part, rows in enumerate((frame.head(3), frame.slice(3))):
                rows.write_parquet(folder / table / f"part-{part}.parquet")
    report = api.check("global-indicator", folder, as_of=AS_OF, engine=name)
    assert report.exit_code == 0
    assert [item.rows for item in report.inputs] == [144, 17, 40, 54]
    assert all(f"Checked with {name}" in note for note in report.notes)
    assert len(report.notes) == len(report.inputs)


def test_a_file_with_faults_of_structure_is_read_here_and_a_note_says_so() -> None:
    report = api.check("global-indicator", FAULTY, as_of=AS_OF, engine="duckdb", max_rows=EVERY)
    assert told(report)[2] == told(checked(FAULTY, max_rows=EVERY))[2]
    assert any("series.csv: Read without duckdb" in note for note in report.notes)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            [str(CLEAN), "--engine", "oracle"],
            "There is no engine 'oracle'. There are: duckdb, spark.",
        ),
        (["duckdb://series", "--engine", "duckdb"], "duckdb has no such tables"),
        (["nowhere", "--engine", "duckdb"], "nowhere"),
    ],
)
def test_what_an_engine_cannot_open_is_one_clear_line(
    accordant: Command, arguments: list[str], says: str
) -> None:
    ended = accordant("check", *arguments, "-s", "global-indicator")
    assert ended.code == 2
    assert says in ended.err


def test_a_name_that_an_engine_takes_for_a_pattern_is_refused(
    accordant: Command, tmp_path: Path
) -> None:
    (tmp_path / "series[1].csv").write_bytes((CLEAN / "series.csv").read_bytes())
    ended = accordant("check", tmp_path, "-s", "global-indicator", "--engine", "duckdb")
    assert ended.code == 2
    assert "takes for a pattern" in ended.err


# --- files of a folder: none is passed over -------------------------------------------------------


def in_parts(folder: Path) -> Path:
    """The clean submission, whose series are in two files, and whose victims are called older."""
    head, *rows = (CLEAN / "series.csv").read_text("utf-8").splitlines(keepends=True)
    for number, part in enumerate((rows[:7], rows[7:])):
        (folder / f"series-{number}.csv").write_text(head + "".join(part), "utf-8")
    shutil.copy(CLEAN / "media.csv", folder)
    shutil.copy(CLEAN / "victims.csv", folder / "older-victims.csv")
    shutil.copy(CLEAN / "offenders.csv", folder)
    return folder


@pytest.mark.parametrize("named", ["", "*.csv"], ids=["a folder", "a pattern"])
def test_every_file_of_a_folder_is_checked_whatever_it_is_called(
    named: str, tmp_path: Path
) -> None:
    (tmp_path / "_temporary").mkdir()
    shutil.copy(FAULTY / "series.csv", tmp_path / "_temporary")
    report = api.check("global-indicator", in_parts(tmp_path) / named, as_of=AS_OF, engine="duckdb")
    assert report.exit_code == 0
    assert {(item.table, item.rows) for item in report.inputs} == {
        *(("media", 144), ("offenders", 17), ("series", 40), ("victims", 54)),
    }


def test_a_file_of_another_kind_in_a_folder_is_told_of(accordant: Command, tmp_path: Path) -> None:
    in_parts(tmp_path)
    (tmp_path / "offenders.csv").rename(tmp_path / "offenders.csv.gz")
    ended = accordant("check", tmp_path, "-s", "global-indicator", "--engine", "duckdb")
    assert ended.code == 2
    assert "offenders.csv.gz: the engine duckdb reads Parquet or delimited text" in ended.err


def test_a_pattern_that_fits_nothing_is_one_clear_line(accordant: Command, tmp_path: Path) -> None:
    ended = accordant("check", tmp_path / "*.csv", "-s", "global-indicator", "--engine", "duckdb")
    assert (ended.code, "no Parquet or delimited file is there" in ended.err) == (2, True)


def test_headings_of_several_lines_are_read_here(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    path.write_text('ref,colour,"two\nlines"\nAAA-001,zebra,a\n')
    report = api.check(loaded(SMALL), path, as_of=AS_OF, engine="duckdb")
    assert [(f.code, f.row) for f in report.findings if f.code == "unknown-code"] == [
        ("unknown-code", 2)
    ]
    assert "Read without duckdb" in " ".join(report.notes)


# --- an engine that does not answer ---------------------------------------------------------------


def test_a_damaged_file_is_a_finding_and_shows_nothing_of_it(
    held: Callable[[Path], Any], tmp_path: Path
) -> None:
    path = tmp_path / "series.parquet"
    pl.concat([frames(CLEAN)["series"]] * 50).write_parquet(path)
    data = bytearray(path.read_bytes())
    # the pages; what the file says of itself stands at its end
    data[100 : len(data) // 2 : 50] = bytes(len(data[100 : len(data) // 2 : 50]))
    path.write_bytes(data)
    report = checked({"series": held(path)})
    assert report.exit_code == 2
    assert [f.table for f in report.findings if f.code == "unreadable-file"] == ["series"]


def test_what_a_relation_cannot_give_is_never_shown(tmp_path: Path) -> None:
    import duckdb

    texts = duckdb.from_arrow(pl.DataFrame({"ref": [CANARY]}).to_arrow())
    relation = texts.project("ref, ref::int as size")
    report = checked({"things": relation}, loaded(SMALL))
    assert report.exit_code == 2
    assert CANARY not in repr(report)


def test_spark_that_nobody_has_set_up_listens_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs_spark()
    for name in ("SPARK_LOCAL_IP", *SET_UP):
        monkeypatch.delenv(name, raising=False)
    program = (
        "from validator.readers.engines.spark import _session\n"
        "session = _session()\n"
        "print(session.conf.get('spark.driver.host'), session.sparkContext.uiWebUrl)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout in {"127.0.0.1 None\n", "localhost None\n"}


def test_an_address_names_its_engine(accordant: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def table(name: str) -> pl.LazyFrame:
        asked.append(name)
        return frames(CLEAN)["series"].lazy()

    known = replace(engines()["spark"], table=table)
    monkeypatch.setattr("validator.opening.engines", lambda: {"spark": known})
    ended = accordant("check", "spark://lake.series", "-s", "global-indicator", "--as-of", AS_OF)
    assert (asked, ended.code) == (["lake.series"], 0)
