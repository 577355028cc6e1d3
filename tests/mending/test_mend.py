"""What leaves no doubt is mended in a copy, and nothing else changes."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import api
from validator.synthesis.submission import synthesise

STANDARD = """
standard: example
version: 1.0.0
missing_reasons:
  codelist: missing-reason
  codes: {not_recorded: Not recorded, withheld: {label: Withheld, withholds: true}}
tables:
  - table: records
    key: ref
    fields:
      ref: {type: string, pattern: "R[0-9]{3}", required: true, identifies: pseudonym}
      colour:
        codes: {red: {label: {en: Red, fr: Rouge}}, blue: Blue, other: {label: Other, other: true}}
        missing: [not_recorded]
        specify: colour_other
      colour_other: {type: string, optional: true}
      month: {type: date, precision: month, optional: true}
      count: {type: integer, minimum: 0, optional: true}
      remarks: {type: string, optional: true, free_text: true}
"""
RELATIONS = {
    *("rule-broken", "count-mismatch", "orphan-reference", "duplicate-key", "other-unspecified"),
}
"""Findings about several cells, which wait until each of them is spelt right."""
HEAD = "ref,colour,colour_other,month,count,remarks"


@pytest.fixture(scope="module")
def standard(tmp_path_factory):
    path = tmp_path_factory.mktemp("standard") / "standard.yaml"
    path.write_text(STANDARD, "utf-8")
    return api.load(path)


@pytest.fixture
def records(tmp_path):
    """Writes the bytes or text of ``records.csv`` and returns its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "records.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def mended(standard, path: Path, **options) -> bytes:
    (data,) = api.mend(standard, path, **options).files.values()
    return data


def rows(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter))


SAFE = [
    ("colour", "Red", "red"),
    ("colour", "ROUGE", "red"),
    ("colour", " blue ", "blue"),
    ("month", "2024-5", "2024-05"),
    ("count", " 12 ", "12"),
    ("count", "012", "12"),
]


@pytest.mark.parametrize(("field", "before", "after"), SAFE)
def test_a_cell_is_spelt_as_the_standard_spells_it_and_no_other_changes(
    standard, records, field, before, after
):
    cells = {"ref": "R001", "colour": "red", "month": "2024-01", "count": "3", "remarks": "a, b"}
    names = HEAD.split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([cells, {**cells, "ref": "R002", field: before}])
    found = rows(mended(standard, records(out.getvalue())))
    wanted = rows(out.getvalue().encode())
    wanted[2][names.index(field)] = after
    assert found == wanted


def test_what_only_the_steward_knows_is_left_alone(standard, records):
    text = f"{HEAD}\nR001,purple,,soon,many,\nR002,,,,,x\nR002,red,odd,2024-13,-1,\n"
    assert mended(standard, records(text)).decode() == text


def test_every_changed_cell_is_in_the_log_once(standard, records):
    path = records(f"{HEAD}\nR001,Red,,2024-5,1,\nR002,blue,,,,\nR003,Blue,,,07,\n")
    changes = api.mend(standard, path).changes
    assert [(c.row, c.field, c.before, c.after) for c in changes] == [
        (2, "colour", "Red", "red"),
        (2, "month", "2024-5", "2024-05"),
        (4, "colour", "Blue", "blue"),
        (4, "count", "07", "7"),
    ]


def test_suggestions_that_are_only_likely_are_written_with_unsafe_alone(standard, records):
    text = f"{HEAD}\nR001,blu,,,,\nR002,other,Red,,,\n"
    path = records(text)
    assert mended(standard, path).decode() == text
    bold = rows(mended(standard, path, unsafe=True))
    assert bold[1][1] == "blue"
    assert bold[2][1] == "red"


def test_what_the_remarks_say_is_written_with_unsafe_alone(tmp_path):
    head = "contributor,series_ref,victim_gender,remarks"
    path = tmp_path / "series.csv"
    path.write_text(f"{head}\nFRA,FRA-00A1B2,not_recorded,Two girls\n", "utf-8")
    assert b"not_recorded" in mended("global-indicator", path)
    assert b"FRA,FRA-00A1B2,female,Two girls" in mended("global-indicator", path, unsafe=True)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
)
def test_whatever_the_encoding_was_the_copy_is_utf_8(standard, records, encoding):
    text = f"{HEAD}\nR001,Red,,,,né à Zürich\nR002,red,,,,naïve\nR003,red,,,,Élysée\n"
    data = mended(standard, records(text.encode(encoding)))
    assert data.decode("utf-8") == text.replace("Red", "red")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_kept(standard, records, separator):
    text = f"{HEAD}\nR001,Red,,2024-05,1,plain\nR002,blue,,2024-06,2,plain\n"
    data = mended(standard, records(text.replace(",", separator)))
    assert data.decode() == text.replace("Red", "red").replace(",", separator)


def test_quoted_newlines_quotes_and_separators_are_kept(standard, records):
    text = f'{HEAD}\nR001,Red,,,,"one\ntwo, ""three"""\nR002,red,,,,"  spaced  "\n'
    found = rows(mended(standard, records(text)))
    assert found[1][1] == "red"
    assert [row[5] for row in found[1:]] == ['one\ntwo, "three"', "  spaced  "]


def test_columns_that_the_standard_does_not_know_are_kept_in_their_place(standard, records):
    text = "extra,ref,colour,Colour 2\nx y,R001,Red,Red\n,R002,blue,?\n"
    data = mended(standard, records(text))
    assert data.decode() == text.replace("R001,Red", "R001,red")


def test_blank_rows_and_the_numbers_of_rows_stay(standard, records):
    text = f"{HEAD}\n,,,,,\nR001,Red,,,,\n"
    result = api.mend(standard, records(text))
    assert [change.row for change in result.changes] == [3]
    assert rows(*result.files.values())[1] == [""] * 6


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.booleans())
def test_of_a_faulty_submission_findings_go_and_none_come_but_of_rules_now_heard(seed, unsafe):
    standard = api.load("global-indicator")
    with tempfile.TemporaryDirectory() as folder:
        source, once, twice = (Path(folder) / name for name in ("source", "once", "twice"))
        synthesise(standard, source, rows=30, seed=seed, faults=0.5, as_of="2026-01-31")
        (source / "manifest.json").unlink()
        first = api.mend(standard, source, unsafe=unsafe)
        write(once, {Path(path).name: data for path, data in first.files.items()})
        second = api.mend(standard, once, unsafe=unsafe)
        write(twice, {Path(path).name: data for path, data in second.files.items()})
        left_out = {Path(path).name for path in first.left_out}

        if not unsafe:
            assert second.changes == [], "what was mended is not mended again"
        before, after = found(standard, source), found(standard, once)
        if not unsafe:
            # a rule says nothing of a cell that is misspelt, and may once it is mended, also where
            # that cell stands in another table's record of the same series
            mended_series = {series(once / Path(c.file).name, c.row) for c in first.changes}
            for code, file, row, *_ in after - before:
                known = code in RELATIONS and series(once / file, row) in mended_series
                assert known or left_out, "without a file, others lack what it held"
        changed = {(Path(c.file).name, c.row, c.field): c for c in first.changes}
        for path in sorted(source.glob("*.csv")):
            if path.name in left_out:
                continue
            stayed = {
                row
                for (file, _), numbers in first.carried.items()
                if Path(file).name == path.name
                for row in numbers
            }
            old, new = (to_the_last(place / path.name) for place in (source, once))
            assert len(old) == len(new)
            for number, (a, b) in enumerate(zip(old, new, strict=True), 1):
                if number in stayed:
                    assert a == b
                    continue
                for name, one, other in zip(old[0], a, b, strict=True):
                    if one != other:
                        change = changed.pop((path.name, number, name))
                        assert change.after == other
        assert changed == {}, "every change of the log is a cell that differs"


def to_the_last(path: Path) -> list[list[str]]:
    """The rows of a file up to its last record: blank ones behind it are not copied."""
    found = rows(path.read_bytes())
    while not any(found[-1]):
        found.pop()
    return found


def write(folder: Path, files) -> None:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def series(path: Path, row: int) -> str:
    """The series to which a record belongs."""
    table = rows(path.read_bytes())
    return table[row - 1][table[0].index("series_ref")]


def found(standard, folder: Path) -> set[tuple[object, ...]]:
    report = api.check(standard, folder, max_rows=10**6, as_of="2026-01-31")
    return {
        (f.code, Path(f.file or "").name, f.row, f.field, f.rule)
        for f in report.findings
        if f.code != "missing-table"
    }
