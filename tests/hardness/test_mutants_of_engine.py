"""Kills mutants of the engine: which table a file holds, where a finding is, what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from tests.engine.submissions import AS_OF, HEAD, SMALL, checked, found, statuses, written
from tests.readers.books import xlsx
from tests.strategies import loaded, standard_spec, table_spec
from validator.engine import flags, passing, run
from validator.engine.plan import TEXT as TEXTS
from validator.engine.plan import Plan, plan
from validator.model.reading import Fault
from validator.model.report import CheckStatus, Report
from validator.model.standard import Standard, Table
from validator.opening import opened
from validator.registry import Cell, Probe, Verdict, discovery

TEXT = {"type": "string"}


@pytest.fixture(scope="module")
def small() -> Standard:
    return loaded(SMALL)


def in_batches(rows: int, standard: Standard, path: Path, max_rows: int = 100) -> Report:
    """A check of a file that comes in batches of so many rows."""
    _, _, (reading,) = opened(standard, path)
    parted = replace(reading, frames=lambda _wanted: reading.frames(rows))
    return run.run(standard, [parted], run.Options(as_of=AS_OF, max_rows=max_rows))


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("things", "things!B2"),
        ("the_things", "the_things!B2"),
        ("all things", "'all things'!B2"),
        ("John's things", "'John''s things'!B2"),
    ],
)
def test_a_cell_is_named_as_spreadsheet_programs_name_it(
    tmp_path: Path, small: Standard, sheet: str, cell: str
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx({sheet: [HEAD.split(","), ["AAA-001", "zebra", "5", ""]]}))
    (only,) = checked(path, small).findings
    assert only.cell == cell


def test_only_what_stands_in_a_cell_of_a_workbook_has_one(tmp_path: Path, small: Standard) -> None:
    of_text = checked(written(tmp_path, "things.csv", HEAD, "AAA-001,zebra,5,"), small)
    assert [(f.row, f.cell) for f in of_text.findings] == [(2, None)]
    book = tmp_path / "book.xlsx"
    book.write_bytes(
        xlsx({"things": [HEAD.split(","), ["AAA-001", "blue", "5", ""]], "x": [["a"]]})
    )
    assert [(f.code, f.row, f.cell) for f in checked(book, small).findings] == [
        ("unknown-table", None, None)
    ]


def test_a_column_of_no_field_is_named_by_its_place_on_the_sheet(
    tmp_path: Path, small: Standard
) -> None:
    """The table begins in column B: what stands left of it is nothing."""
    rows = [["", *HEAD.split(","), "officer"], ["", "AAA-001", "blue", "5", "", "17"]]
    path = tmp_path / "things.xlsx"
    path.write_bytes(xlsx({"things": rows}))
    (only,) = checked(path, small).findings
    assert only.message.startswith("Column F is not in the standard")
    assert (only.row, only.cell) == (1, "things!F1")


def test_half_of_its_headings_make_a_table_unless_they_are_half_of_another(tmp_path: Path) -> None:
    one, other = table_spec("one", {"a": TEXT, "b": TEXT}), {"c": TEXT, "d": TEXT}
    path = written(tmp_path, "export.csv", "b,x", "1,2")
    (alone,) = checked(path, loaded(standard_spec(one, table_spec("two", other)))).inputs
    assert (alone.table, alone.mapped_by) == ("one", "by its headings")
    (tied,) = checked(
        path, loaded(standard_spec(one, table_spec("two", other | {"b": TEXT})))
    ).inputs
    assert tied.table == "one", "half is more than a third"
    (tied,) = checked(
        path, loaded(standard_spec(one, table_spec("two", {"b": TEXT, "c": TEXT})))
    ).inputs
    assert tied.table is None
    assert tied.mapped_by == "its name fits no table, and its headings fit several"


def test_a_blank_row_is_no_record_of_any_field(tmp_path: Path, small: Standard) -> None:
    rows = ["AAA-001,blue,5,", ",,,", ",,,", "AAA-002,blue,5,seen"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert found(report) == [
        ("things.csv", 3, None, "blank-row"),
        ("things.csv", 4, None, "blank-row"),
    ]
    counted = {c.field: (c.records, c.recorded, c.blank) for c in report.completeness}
    assert counted["colour"] == (2, 2, 0)
    assert counted["note"] == (2, 1, 1)


def test_a_key_is_shown_where_it_is_one_and_never_where_it_may_be_anything(
    tmp_path: Path, small: Standard
) -> None:
    rows = ["AAA-001,zebra,5,", "a name,zebra,5,", "AAA-003,zebra,5,"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    keys = {f.row: f.key for f in report.findings if f.code == "unknown-code"}
    assert keys == {2: "AAA-001", 3: None, 4: "AAA-003"}


@pytest.mark.parametrize("private", [{"identifies": "direct"}, {"free_text": "true"}])
def test_a_key_that_names_somebody_or_is_free_text_is_never_shown(
    tmp_path: Path, private: dict[str, str]
) -> None:
    fields = {"ref": TEXT | private, "colour": {"codes": "colour"}}
    standard = loaded(standard_spec(table_spec("things", fields, key="ref")))
    report = checked(written(tmp_path, "things.csv", "ref,colour", "a name,zebra"), standard)
    assert [f.key for f in report.findings if f.code == "unknown-code"] == [None]


def test_findings_stand_by_table_as_the_standard_has_them_and_those_of_none_first(
    tmp_path: Path, small: Standard
) -> None:
    """Within a table by file, row and code."""
    written(tmp_path, "parts.csv", "part,ref,weight", "P1,,heavy", "Q1,AAA-001,1")
    written(tmp_path, "things.2.csv", HEAD, "AAA-002,blue,99,", "AAA-003,zebra,99,")
    written(tmp_path, "things.1.csv", HEAD, "AAA-001,zebra,5,")
    written(tmp_path, "zzz.csv", "x,y", "1,2")
    places = [(Path(f.file or "").name, f.row, f.code) for f in checked(tmp_path, small).findings]
    assert places == [
        ("zzz.csv", None, "unknown-table"),
        ("things.1.csv", 2, "unknown-code"),
        ("things.2.csv", 2, "out-of-range"),
        ("things.2.csv", 3, "out-of-range"),
        ("things.2.csv", 3, "unknown-code"),
        ("parts.csv", 2, "wrong-type"),
        ("parts.csv", 3, "pattern-mismatch"),
    ]


@pytest.mark.parametrize(
    ("name", "table", "how"),
    [
        ("things-parts.csv", "things", "by its headings"),
        ("things-of-2024.csv", "things", "by its name"),
        ("2024.things.csv", "things", "by its headings"),
        ("some_things_more.parts.csv", "things", "by its name"),
    ],
)
def test_a_name_tells_the_table_where_it_names_one_before_its_first_dot(
    tmp_path: Path, small: Standard, name: str, table: str, how: str
) -> None:
    (read,) = checked(written(tmp_path, name, HEAD, "AAA-001,blue,5,"), small).inputs
    assert (read.table, read.mapped_by) == (table, how)


def test_a_standard_of_one_table_is_not_taken_to_fit_every_file(tmp_path: Path) -> None:
    standard = loaded(standard_spec(table_spec("one", {"a": TEXT, "b": TEXT, "c": TEXT})))
    (read,) = checked(written(tmp_path, "export.csv", "a,x", "1,2"), standard).inputs
    assert read.table is None
    (read,) = checked(written(tmp_path, "export.csv", "a,b", "1,2"), standard).inputs
    assert read.table == "one"


def test_the_files_of_a_table_are_counted_together(tmp_path: Path) -> None:
    age = {
        "type": "integer",
        "missing": ["not_recorded", "withheld", "not_applicable"],
        "published": {"recorded": 90},
    }
    standard = loaded(standard_spec(table_spec("things", {"ref": TEXT, "age": age})))
    rows = ["A,7"] * 9 + ["A,not_recorded"] * 3 + ["A,withheld"] * 2
    rows += ["A,not_applicable"] * 4 + ["A,"] * 2 + ["A,x1"]
    written(tmp_path, "things.1.csv", "ref,age", *rows)
    written(tmp_path, "things.2.csv", "ref,age", *rows)
    report = checked(tmp_path, standard)
    (ages,) = (c for c in report.completeness if c.field == "age")
    assert (ages.records, ages.recorded, ages.missing, ages.blank, ages.invalid) == (
        42,
        18,
        18,
        4,
        2,
    )
    assert ages.published == 90.0
    assert [c.published for c in report.completeness if c.field == "ref"] == [None]
    (seldom,) = (f for f in report.findings if f.code == "low-completeness")
    # 18 of the 30 records that the field applies to, and in which it is not withheld
    assert seldom.message.startswith("Only 60.0 % of the records hold a value")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("blue", 30), ("red", 3000)], "The code red stands in 99.0 %"),
        ([("red", 3000), ("blue", 30)], "The code red stands in 99.0 %"),
        ([("red", 40), ("red", 40)], "The code red stands in 100.0 %"),
        ([("red", 30), ("withheld", 10)], None),
        ([("withheld", 1), ("red", 300)], "The code red stands in 100.0 %"),
        ([("red", 300), ("withheld", 1)], "The code red stands in 100.0 %"),
    ],
)
def test_a_default_is_suspected_over_all_files_of_a_table(
    tmp_path: Path, small: Standard, files: list[tuple[str, int]], says: str | None
) -> None:
    for number, (colour, records) in enumerate(files):
        rows = [f"AAA-001,{colour},5,"] * records
        written(tmp_path, f"things.{number}.csv", HEAD, *rows)
    report = checked(tmp_path, small)
    told = [f.message for f in report.findings if f.code == "suspected-default"]
    assert [message.startswith(says or "never") for message in told] == [True] * bool(says)


def test_what_a_reader_counted_and_did_not_keep_is_counted(tmp_path: Path, small: Standard) -> None:
    path = written(tmp_path, "things.csv", HEAD, "AAA-001,blue,5,")
    _, _, (reading,) = opened(small, path)
    kept = tuple(
        Fault("ragged-row", row, detail=(("got", got), ("expected", "4")))
        for row, got in ((7, "3"), (8, "3"), (9, "5"))
    )
    more = replace(reading, faults=kept, fault_counts=(("ragged-row", 5),))
    report = run.run(small, [more], run.Options(as_of=AS_OF))
    (ragged,) = (check for check in report.checks if check.code == "ragged-row")
    assert ragged.count == 5
    assert {group.message[:20]: (group.count, group.rows) for group in ragged.groups} == {
        "The row has 3 cells,": (2, (7, 8)),
        "The row has 5 cells,": (3, (9,)),  # what was not kept is taken to be like the last
    }
    assert [finding.row for finding in report.findings] == [7, 8, 9]


def test_a_check_that_applies_nowhere_yet_is_shown_and_one_fault_hides_no_skip(
    tmp_path: Path, small: Standard
) -> None:
    """A rule whose column is absent in one file of two is skipped for that file, not for both."""
    written(tmp_path, "things.1.csv", "ref,colour", "AAA-001,red")
    written(tmp_path, "things.2.csv", HEAD, "AAA-002,red,11,")
    report = checked(tmp_path, small)
    (rule,) = (check for check in report.checks if check.rule == "red-is-small")
    assert (rule.count, rule.reason) == (1, None)


def test_the_rows_of_equal_findings_are_the_first_ten_over_all_batches(
    tmp_path: Path, small: Standard
) -> None:
    rows = [f"AAA-{row:03},{'zebra' if row % 2 else 'blue'},{row},nothing" for row in range(40)]
    report = in_batches(8, small, written(tmp_path, "things.csv", HEAD, *rows), max_rows=3)
    (unknown,) = (check for check in report.checks if check.code == "unknown-code")
    (group,) = unknown.groups
    assert (group.count, group.rows) == (20, tuple(range(3, 23, 2)))
    assert [f.row for f in report.findings if f.code == "unknown-code"] == [3, 5, 7]


def test_of_what_is_found_in_a_field_the_first_rows_are_kept_whatever_they_hold(
    tmp_path: Path, small: Standard
) -> None:
    rows = [f"AAA-{row:03},{'ab'[row % 2]},5," for row in range(6)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small, max_rows=3)
    assert [f.row for f in report.findings if f.code == "unknown-code"] == [2, 3, 4]


def test_of_what_is_found_in_a_text_the_first_rows_are_kept_whatever_they_say(
    tmp_path: Path, small: Standard
) -> None:
    rows = [f"AAA-{row:03},blue,5,{'ab'[row % 2]}{row}@example.org" for row in range(6)]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows[::-1]), small, max_rows=3)
    assert [f.row for f in report.findings] == [2, 3, 4]
    assert [check.count for check in report.checks if check.count] == [6]


def test_a_text_is_read_beside_a_blank_row(tmp_path: Path, small: Standard) -> None:
    rows = ["AAA-001,blue,5,desk@example.org", ",,, ", "AAA-002,blue,5,"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert [(f.code, f.row) for f in report.findings] == [
        ("direct-identifier", 2),
        ("blank-row", 3),
    ]


def test_groups_stand_by_how_often_they_are(tmp_path: Path, small: Standard) -> None:
    sizes = ["0", "x1", "x1", "x1", "1.", "1."]
    rows = [f"AAA-{row:03},blue,{size}," for row, size in enumerate(sizes)]
    colours = [f"BBB-{row:03},{text},5," for row, text in enumerate(["blu", "redd", "redd"])]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows, *colours), small)
    groups = {check.code: [g.count for g in check.groups] for check in report.checks}
    assert groups["unknown-code"] == [2, 1]
    assert groups["wrong-type"] == [5]


def test_groups_of_which_there_are_as_many_stand_as_they_were_met(tmp_path: Path) -> None:
    codes = [f"code{number}" for number in range(100)]
    standard = loaded(standard_spec(table_spec("things", {"kind": {"codes": codes}, "b": TEXT})))
    met = codes[::-3]
    rows = [f"{code.upper()},x" for code in met]
    report = checked(written(tmp_path, "things.csv", "kind,b", *rows), standard)
    (spelt,) = (check for check in report.checks if check.code == "noncanonical-code")
    assert [(group.suggestion, group.count) for group in spelt.groups] == [(c, 1) for c in met]


def test_a_column_that_is_absent_is_counted_as_nothing_and_hides_no_other(
    tmp_path: Path, small: Standard
) -> None:
    report = checked(written(tmp_path, "things.csv", "ref,size,note", "AAA-001,5,"), small)
    counted = {c.field: (c.records, c.recorded, c.blank) for c in report.completeness}
    assert counted == {"ref": (1, 1, 0), "size": (1, 1, 0), "note": (1, 0, 1)}


# --- flags -------------------------------------------------------------------------------------


def test_the_flags_of_all_batches_are_worked_out_together_by_the_same_queries(
    tmp_path: Path, small: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where one breaks are they worked out one by one, which takes much longer."""
    queries = []

    def source(*given: Any, **named: Any) -> Any:
        queries.append(given)
        return sound(*given, **named)

    sound = flags.register_io_source
    monkeypatch.setattr(flags, "register_io_source", source)
    monkeypatch.setattr(flags.Flags, "_one_by_one", None)
    rows = [f"AAA-{row:03},zebra,5,seen" for row in range(7)]
    report = in_batches(2, small, written(tmp_path, "things.csv", HEAD, *rows))
    assert [(f.code, f.row) for f in report.findings] == [
        ("unknown-code", row) for row in range(2, 9)
    ]
    assert len(queries) == 2, "one for the table, and one for its optional text"


def test_a_probe_that_breaks_is_shown_as_failed_and_accuses_nobody(
    tmp_path: Path, small: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_standard: Standard, table: Table, _as_of: str) -> list[Probe]:
        return [Probe(table.name, nw.col("nowhere") == "", (), Verdict("Never."), "colour")]

    every = tuple(
        replace(check, probes=broken) if check.code == "stale-status" else check
        for check in discovery.checks()
    )
    monkeypatch.setattr(discovery, "checks", lambda: every)
    path = written(tmp_path, "things.csv", HEAD, "AAA-001,zebra,5,", "AAA-002,blue,5,")
    report = in_batches(1, small, path)
    assert [(f.code, f.row) for f in report.findings] == [("unknown-code", 2)]
    assert statuses(report, "stale-status") == {"colour": CheckStatus.FAILED}


def test_where_a_text_column_cannot_be_read_each_check_that_reads_it_is_shown_as_failed(
    tmp_path: Path, small: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*asked: Any) -> Plan:
        planned = plan(*asked)
        bad = [(n, nw.col("nowhere") if n[0] == TEXTS else e) for n, e in planned.flags]
        return replace(planned, flags=tuple(bad))

    monkeypatch.setattr(passing, "plan", breaking)
    rows = ["AAA-001,zebra,5,desk@example.org", "AAA-002,blue,5,"]
    report = checked(written(tmp_path, "things.csv", HEAD, *rows), small)
    assert [(f.code, f.row) for f in report.findings] == [("unknown-code", 2)]
    failed = {(c.code, c.field) for c in report.checks if c.status is CheckStatus.FAILED}
    direct = "direct-identifier"
    assert failed == {(direct, "ref"), (direct, "note"), ("placeholder-text", "note")}
    assert report.exit_code == 2


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_a_row_with_text_where_no_field_is_is_blank_in_no_batch(
    tmp_path: Path, small: Standard, rows: int
) -> None:
    lines = ["ref,colour,size,extra", ",,,something", "AAA-001,blue,5,"]
    report = in_batches(rows, small, written(tmp_path, "things.csv", *lines))
    blank = [(f.row, f.field) for f in report.findings if f.code == "unexplained-blank"]
    assert blank == [(2, "colour"), (2, "ref"), (2, "size")]


@pytest.mark.parametrize("rows", [3, 100])
def test_a_mostly_blank_text_is_judged_in_its_own_rows(tmp_path: Path, rows: int) -> None:
    fields = {"ref": TEXT, "word": TEXT | {"pattern": "[a-z]+", "optional": "true"}}
    standard = loaded(standard_spec(table_spec("things", fields)))
    words = ["", "", "X1", "", "yes", "X2", "X3", "", "yes", "yes", "", "X4"]
    lines = [f"A,{word}" for word in words]
    report = in_batches(rows, standard, written(tmp_path, "things.csv", "ref,word", *lines))
    found_in = [(f.row, f.value) for f in report.findings]
    assert found_in == [(row, word) for row, word in enumerate(words, 2) if word.startswith("X")]
    (counted,) = (c for c in report.completeness if c.field == "word")
    assert (counted.recorded, counted.blank, counted.invalid) == (3, 5, 4)


def test_a_check_of_cells_that_crashes_leaves_the_cell_to_the_others(
    tmp_path: Path, small: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_cell: Cell) -> None:
        raise ValueError

    every = tuple(
        replace(check, judge=crash) if check.code == "reason-not-allowed" else check
        for check in discovery.checks()
    )
    monkeypatch.setattr(discovery, "checks", lambda: every)
    report = checked(written(tmp_path, "things.csv", HEAD, "AAA-001,zebra,99,"), small)
    assert [f.code for f in report.findings] == ["out-of-range", "unknown-code"]
    failed = {c.field for c in report.checks if c.status is CheckStatus.FAILED}
    assert failed == {"colour", "size"}


def test_a_note_of_the_reader_names_its_file_and_its_sheet(tmp_path: Path, small: Standard) -> None:
    rows = [["Return of 2025", "", "", ""], HEAD.split(","), ["AAA-001", "blue", "5", ""]]
    path = tmp_path / "book.xlsx"
    path.write_bytes(xlsx({"things": rows}))
    assert [note.partition(": ")[0] for note in checked(path, small).notes] == [f"{path}, things"]
    path = written(tmp_path, "things.csv", "Return of 2025", "", HEAD, "AAA-001,blue,5,")
    assert [note.partition(": ")[0] for note in checked(path, small).notes] == [str(path)]


def test_a_parser_that_stops_leaves_the_submission_unchecked(
    tmp_path: Path, small: Standard
) -> None:
    def stopping(_rows: int) -> Iterator[pl.DataFrame]:
        yield from reading.frames(1)
        raise pl.exceptions.ComputeError

    _, _, (reading,) = opened(small, written(tmp_path, "things.csv", HEAD, "AAA-001,zebra,5,"))
    report = run.run(small, [replace(reading, frames=stopping)], run.Options(as_of=AS_OF))
    (failed,) = (check for check in report.checks if check.status is CheckStatus.FAILED)
    assert (failed.code, failed.table) == ("unreadable-file", "things")
    assert failed.reason == "the parser stopped (ComputeError)"
    assert report.exit_code == 2


def test_an_expression_of_an_optional_text_that_breaks_fails_alone() -> None:
    planned = plan(loaded(SMALL), loaded(SMALL).tables[0], ["note"], AS_OF, raise_)
    bad = nw.col("note").cast(nw.Int64) > 1
    sparse = tuple(
        (name, bad if name.startswith("r") else expression, column, elsewhere)
        for name, expression, column, elsewhere in planned.sparse
    )
    told: list[str] = []
    broken = flags.Flags(replace(planned, sparse=sparse), {}, lambda name, _: told.append(name))
    batch = pl.DataFrame({"note": ["", "seen"]})
    for _ in range(2):  # the second batch asks it no more
        found = broken.of(batch)
        assert found.get_column(told[0]).all()
        assert set(found.columns) >= {name for name, *_ in sparse}
    assert len(told) == 1


def raise_(_check: object, error: Exception) -> None:
    raise error
