"""A standard drafted from data lints clean and accepts the data, whatever they are."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import CANARY, Command, accordant, run
from tests.strategies import STRAY, thorough
from validator.api import check
from validator.cli import EXIT_PASS, EXIT_UNCHECKED
from validator.drafts.drafting import draft
from validator.drafts.parts import Draft
from validator.drafts.writing import files_of
from validator.expressions.values import PLACEHOLDERS
from validator.lint.examine import examine
from validator.model.standard import Identifies, Kind, Severity, Standard
from validator.standards.load import load

__all__ = ["accordant"]

ROOT = Path(__file__).parents[2]


def made(folder: Path, *files: Path) -> tuple[Draft, Standard]:
    """The draft from files, and the standard that its YAML is; it lints clean."""
    drafted = draft([str(file) for file in files], "made-up")
    for name, data in files_of(drafted).items():
        (folder / name).write_bytes(data)
    remarks = examine(folder / "standard.yaml").remarks
    assert [r.finding.what for r in remarks if r.severity is not Severity.NOTE] == []
    return drafted, load(folder / "standard.yaml")


def of(folder: Path, text: str, name: str = "records.csv") -> tuple[Draft, Standard]:
    """The draft from one text of CSV."""
    (folder / name).write_text(text, "utf-8")
    return made(folder, folder / name)


def column(*cells: str) -> str:
    return "\n".join(["n,x", *(f"{number},{cell}" for number, cell in enumerate(cells))]) + "\n"


# --- the promise


CELLS = st.one_of(
    st.sampled_from(["red", "green", "blue", "Red", "dark red"]),
    st.sampled_from(["1", "2", "30", "-4", "2.5", "007", "2024-05-17", "2024-05", "17/05/2024"]),
    st.sampled_from(["ABC-0001", "ABC-0002", "XYZ-12AB", "true", "false", ""]),
    st.sampled_from(sorted(PLACEHOLDERS)).map(str.upper),
    st.sampled_from(["n/a", "unknown", "Not recorded", "withheld", "-"]),
    st.sampled_from(STRAY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)
HEADINGS = st.lists(
    st.sampled_from(["id", "Colour", "victim age", "âge", "2nd", "x", "X", "país", "a.b", "年"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    headings = draw(HEADINGS)
    rows = draw(st.integers(1, 40))
    data = {}
    for heading in headings:
        pool = draw(st.lists(CELLS, min_size=1, max_size=6))
        picks = draw(st.lists(st.integers(0, len(pool) - 1), min_size=rows, max_size=rows))
        data[heading] = [pool[pick] for pick in picks]
    return pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))


@given(frame=frames())
@thorough(60)
def test_a_draft_lints_clean_and_accepts_its_own_data(frame: pl.DataFrame) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        frame.write_parquet(folder / "records.parquet")
        drafted, standard = made(folder, folder / "records.parquet")
        (table,) = drafted.tables
        named = frame.rename(dict(table.headings))
        report = check(standard, {"records": named}, table="records", max_rows=10**6)
        faults = Counter(
            (f.field, f.code)
            for f in report.findings
            # what identifies somebody is never accepted
            if f.severity is Severity.ERROR and f.code != "direct-identifier"
        )
        told: Counter[tuple[str | None, str]] = Counter()
        for left in drafted.left:
            told[left.field, left.code] += left.count
        assert faults == told, (table.fields, frame.rows())


@pytest.mark.parametrize("submission", ["submission"])
def test_the_shipped_example_is_accepted_by_its_draft(submission: str, tmp_path: Path) -> None:
    files = sorted((ROOT / "examples" / submission).glob("*.csv"))
    drafted, standard = made(tmp_path, *files)
    assert drafted.left == ()
    report = check(standard, ROOT / "examples" / submission, as_of="2026-01-31")
    assert [f.code for f in report.findings if f.severity is Severity.ERROR] == []
    series = standard.by_name["series"]
    assert series.key == ("series_ref",)
    assert series.by_name["series_ref"].identifies is Identifies.PSEUDONYM
    assert standard.by_name["victims"].by_name["series_ref"].references is not None
    assert {"not_recorded", "not_determinable"} <= set(standard.missing_reasons.by_code)


# --- each rule of thumb


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["true", "false", "true"], Kind.BOOLEAN),
        (["1", "20", "3"], Kind.INTEGER),
        (["1.5", "2", "-3"], Kind.NUMBER),
        (["2024-05-17", "2023-01-01"], Kind.DATE),
        (["2024-05", "2023-01"], Kind.DATE),
        (["2024-Q1", "2023-Q4"], Kind.DATE),
        (["red", "red", "blue", "blue"], Kind.CODES),
        # leading zeros are no number, and these are too rare to list
        (["012", "013", "014"], Kind.STRING),
        (["17/05/2024", "18/05/2024"], Kind.STRING),
    ],
)
def test_types(cells: list[str], kind: Kind, tmp_path: Path) -> None:
    _, standard = of(tmp_path, column(*cells))
    assert standard.tables[0].by_name["x"].kind is kind


def test_a_value_that_stands_once_is_never_listed(tmp_path: Path) -> None:
    _, standard = of(tmp_path, column(*["red", "blue"] * 20, "a rare one"))
    assert standard.tables[0].by_name["x"].kind is Kind.STRING
    assert "a rare one" not in (tmp_path / "standard.yaml").read_text("utf-8")


def test_what_identifies_somebody_is_never_listed(tmp_path: Path) -> None:
    mails = ["one@example.org", "two@example.org"] * 5
    _, standard = of(tmp_path, column(*mails))
    found = standard.tables[0].by_name["x"]
    assert (found.kind, found.identifies) == (Kind.STRING, Identifies.DIRECT)
    assert "example.org" not in (tmp_path / "standard.yaml").read_text("utf-8")


def test_habits_become_missing_reasons_and_blanks_optional(tmp_path: Path) -> None:
    drafted, standard = of(
        tmp_path, column("4", "n/a", "", "unknown", "n/a", "N/A", "Not recorded")
    )
    assert set(standard.missing_reasons.by_code) == {"n/a", "unknown", "Not recorded"}
    found = standard.tables[0].by_name["x"]
    assert (found.kind, found.optional) == (Kind.INTEGER, True)
    assert [(left.field, left.count) for left in drafted.left] == [("x", 1)]  # N/A


def test_references_share_a_pattern_and_name_nobody(tmp_path: Path) -> None:
    _, standard = of(tmp_path, column("ABC-0001", "ABC-0A02", "XYZ-9999"))
    found = standard.tables[0].by_name["x"]
    assert found.pattern == "[A-Z]{3}-[0-9A-Z]{4}"
    assert found.identifies is Identifies.PSEUDONYM


def test_long_texts_are_free_text(tmp_path: Path) -> None:
    _, standard = of(tmp_path, column("a remark of some words", "another one of these"))
    assert standard.tables[0].by_name["x"].free_text


def test_tables_are_linked_by_the_name_of_a_key(tmp_path: Path) -> None:
    (tmp_path / "ships.csv").write_text("ship,crew\nS-1,4\nS-2,5\nS-3,6\n", "utf-8")
    (tmp_path / "calls.csv").write_text("call,ship\n1,S-1\n2,S-1\n3,S-3\n", "utf-8")
    _, standard = made(tmp_path, tmp_path / "ships.csv", tmp_path / "calls.csv")
    link = standard.by_name["calls"].by_name["ship"].references
    assert link is not None
    assert (link.table, link.field) == ("ships", "ship")


def test_headings_that_are_no_names_are_listed_beside_it(tmp_path: Path) -> None:
    of(tmp_path, "Victim Age,2nd\n4,5\n")
    with (tmp_path / "headings.csv").open(encoding="utf-8") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows == [("records", "Victim Age", "victim_age"), ("records", "2nd", "column_2nd")]


def test_each_field_says_why_in_counts(tmp_path: Path) -> None:
    of(tmp_path, column("red", "red", "blue", "blue", ""))
    text = (tmp_path / "standard.yaml").read_text("utf-8")
    assert "# 5 records, 2 distinct values, 1 blank. 2 values repeat, each at least 2" in text


# --- the command


def test_the_command_writes_a_draft_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "records.csv").write_text(column("1", "2"), "utf-8")
    command = ("draft", tmp_path / "records.csv", "--output", tmp_path / "My draft")
    assert run(*command) == EXIT_PASS
    assert "2 fields in records" in capsys.readouterr().out
    assert load(tmp_path / "My draft").id == "my-draft"
    assert run(*command) == EXIT_UNCHECKED
    assert "already" in capsys.readouterr().err


def test_cells_and_headings_are_never_printed(accordant: Command, tmp_path: Path) -> None:
    cells = f"{CANARY},id\n{CANARY},1\nN/A,2\nn/a,3\nn/a,4\n"
    (tmp_path / "records.csv").write_text(cells, "utf-8")
    ran = accordant("draft", tmp_path / "records.csv", "--output", tmp_path / "out")
    assert ran.code == EXIT_PASS
    assert "Cells to mend in the data: 1;" in ran.out
    assert CANARY.lower() not in (ran.out + ran.err).lower()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("nothing.csv", "", "could not be read as a table"),
        ("odd.xyz", "a", "not a kind of file that is read here"),
        ("broken.yaml", "classes: [", "cannot be read"),
    ],
)
def test_what_cannot_be_drafted_is_told_in_one_line(
    name: str, text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert run("draft", tmp_path / name, "--output", tmp_path / "out") == EXIT_UNCHECKED
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("name", ("Anna Petrova", "Joan Miller")),
        ("Full_Name", ("Anna Petrova", "Joan Miller")),
        ("first name", ("anna", "joan")),
        ("surname", ("PETROVA", "MILLER")),
        ("nom", ("Dupont", "Moreau")),
        ("alias", ("kitfox7", "owl22")),
        ("passport", ("X1234567", "K7654321")),
        ("date of birth", ("17/05/2001", "18/06/2002")),
    ],
)
def test_what_identifies_by_its_heading_is_never_listed(
    heading: str, texts: tuple[str, ...], tmp_path: Path
) -> None:
    drafted, standard = of(tmp_path, f"{heading}\n" + "\n".join(texts * 5) + "\n")
    text = files_of(drafted)["standard.yaml"].decode()
    assert not [value for value in texts if value in text]
    (field,) = standard.tables[0].fields
    assert field.kind is Kind.STRING
    assert "none is listed here" in " ".join(text.replace("#", " ").split())


def test_a_number_of_a_document_is_no_pseudonym(tmp_path: Path) -> None:
    texts = "\n".join(f"X12345{number}" for number in range(10, 40))
    _, standard = of(tmp_path, f"passport\n{texts}\n")
    assert standard.tables[0].fields[0].identifies is not Identifies.PSEUDONYM


def test_codes_under_other_headings_stay_codes(tmp_path: Path) -> None:
    for heading in ("rig", "vessel name", "country name", "code name", "status"):
        _, standard = of(tmp_path, f"{heading}\n" + "ketch\nsloop\n" * 5)
        assert standard.tables[0].fields[0].kind is Kind.CODES, heading


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path, accordant: Command) -> None:
    data = tmp_path / "headings.csv"
    data.write_text("Vessel Ref,rig\n1,2\n", "utf-8")
    answer = accordant("draft", data, "--output", tmp_path)
    assert answer.code == EXIT_UNCHECKED
    assert data.read_text("utf-8") == "Vessel Ref,rig\n1,2\n"
    assert not (tmp_path / "standard.yaml").exists()
