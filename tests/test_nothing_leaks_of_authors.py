"""What ``diff``, ``migrate`` and ``draft`` say and leave: planted strings are looked for in it.

Those who write standards run these commands over real submissions. Canaries stand in cells, in
headings and in file names, as in ``test_nothing_leaks``. Exempt, because to hold them is what they
are for, and looked at one by one here:

* the files that ``migrate`` writes, which are the data;
* ``standard.yaml`` and ``headings.csv`` of a draft: headings, the file's name, and **texts that
  repeat in a column** (codes, and the words for what is missing), but no other cell;
* what ``draft`` says where it is done: it names the tables, which are called as the files are.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.readers.books import xlsx
from tests.test_nothing_leaks import CELL, FILE, HEADING, STANDARD, boom, leaks, ran
from tests.versions.made_up import NEW, OLD

OLDER = f"# {STANDARD} in a comment\n{OLD}"
NEWER = f"# {STANDARD} in a comment\n{NEW}"
HEADER = ["ref", "hull", "tint", "cargo", "berth", "crew", HEADING]
ROWS = [
    [CELL, CELL, CELL, CELL, CELL, CELL, CELL],
    ["ABC-0001", "steel", "teal", f"grain;{CELL}", CELL, "77777", CELL],
    ["ABC-0002", f"steel {CELL}", "red", f"{CELL};odd", "1", f"{CELL}@example.org", ""],
    ["ABC-0003", "mixed", "unclear", "ore", f"{CELL}\n{CELL}", "1", f"=1+{CELL}"],
]
ALONE = [[f"{CELL}{number}", *row[1:]] for number, row in enumerate(ROWS)]
"""Each canary once in its column: nothing of it may stand in a draft."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions of a standard, and data of every kind that is read."""
    for name in ("left", "work", f"data-{FILE}"):
        (tmp_path / name).mkdir()
    (tmp_path / "standard-1.4.0.yaml").write_text(OLDER, "utf-8")
    (tmp_path / "standard.yaml").write_text(NEWER, "utf-8")
    table = [HEADER, *ROWS]
    frame = pl.DataFrame(ROWS, schema=HEADER, orient="row")
    text = frame.write_csv()
    records = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    files: dict[str, bytes] = {
        "sound.csv": text.encode(),
        "sound.tsv": frame.write_csv(separator="\t").encode(),
        "utf16.csv": text.encode("utf-16"),
        "rows.json": json.dumps(records).encode(),
        "rows.jsonl": "\n".join(map(json.dumps, records)).encode(),
        "book.xlsx": xlsx({"vessels": table, HEADING: table}),
        "ragged.csv": f"{text}{CELL},{CELL}\n{CELL}\n".encode(),
        "quote.csv": f'{text}"{CELL}\n'.encode(),
        "twice.csv": f"{HEADING},{HEADING}\n{CELL},{CELL}\n".encode(),
        "latin.csv": f"{text}é\n".encode("latin-1"),
        "nothing.csv": b"",
        "broken.json": f'[{{"ref": "{CELL}"'.encode(),
        "broken.xlsx": f"PK {CELL}".encode(),
        "broken.parquet": f"PAR1 {CELL}".encode(),
        "broken.yaml": f"classes: [{CELL}\n".encode(),
    }
    for name, data in files.items():
        stem, _, suffix = name.partition(".")
        (tmp_path / f"data-{FILE}" / f"{stem}-{FILE}.{suffix}").write_bytes(data)
    frame.write_parquet(tmp_path / f"data-{FILE}" / f"rows-{FILE}.parquet")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "left"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "left"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def files(place: Path) -> list[Path]:
    return sorted((place / f"data-{FILE}").iterdir())


def named(place: Path, name: str) -> Path:
    return next(path for path in files(place) if path.name.startswith(name))


def calls(command: str, place: Path, path: Path) -> tuple[object, ...]:
    """A call of the command; what it writes stands in a folder ``copy``, which is not read."""
    old, new = place / "standard-1.4.0.yaml", place / "standard.yaml"
    out = place / "work" / "copy"
    return {
        "diff": ("diff", old, new),
        "migrate": ("migrate", path, "--from", old, "--to", new, "-o", out),
        "draft": ("draft", path, "-o", out),
    }[command]


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_diff_shows_no_comment_of_a_standard(place, form, caplog):
    call = calls("diff", place, place)
    for where in ((form,), (f"{form}={place / 'work' / 'report'}",)):
        assert leaks(ran(place, *call, "--format", *where, caplog=caplog), place) == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_migrate_says_of_no_file_what_stands_in_it(place, form, caplog):
    for path in files(place):
        call = calls("migrate", place, path)
        for where in ((form,), (f"{form}={place / 'work' / 'report'}",)):
            text = ran(place, *call, "--format", *where, caplog=caplog)
            assert leaks(text, place) == [], path.name


def test_what_migrate_writes_is_the_data(place, caplog):
    """And the search does find what is there."""
    (place / f"data-{FILE}" / "vessels.csv").write_bytes(named(place, "sound").read_bytes())
    ran(place, *calls("migrate", place, place / f"data-{FILE}" / "vessels.csv"), caplog=caplog)
    text = (place / "work" / "copy" / "vessels.csv").read_text("utf-8")
    assert leaks(text, place) == [CELL, HEADING]


def test_draft_says_of_no_file_what_stands_in_it(place, caplog):
    for path in files(place):
        out = place / "work" / path.name / "copy"
        text = ran(place, "draft", path, "-o", out, caplog=caplog)
        # a table is called as its file or its sheet is
        assert leaks(text, place, FILE, HEADING) == [], path.name


def test_a_draft_holds_headings_and_what_repeats_and_no_other_cell(place, caplog):
    alone, out = place / "alone.csv", place / "work" / "copy"
    pl.DataFrame(ALONE, schema=HEADER, orient="row").write_csv(alone)
    ran(place, "draft", alone, "-o", out, caplog=caplog)
    text = (out / "standard.yaml").read_text("utf-8")
    assert leaks(text, place) == [HEADING]

    rows = [["red", f"blue {CELL}", f"{CELL}@example.org", f"{CELL.title()} Petrova"]] * 3
    headings = ["colour", "hue", "reached", "name"]
    pl.DataFrame(rows, schema=headings, orient="row").write_csv(alone)
    ran(place, "draft", alone, "-o", out / "again", caplog=caplog)
    text = (out / "again" / "standard.yaml").read_text("utf-8")
    assert f"blue {CELL}" in text, "a code list is drafted from what repeats"
    assert text.count(CELL) == text.count(f"blue {CELL}"), "and from nothing that identifies"
    assert "Petrova" not in text


INNER = {
    "diff": [
        "validator.standards.load.load",
        "validator.versions.comparison.compare",
        "validator.versions.field_changes.compare",
        "validator.versions.rule_changes.compare",
        "validator.versions.diff_forms._parts",
        "validator.cli._output.print_bytes",
    ],
    "migrate": [
        "validator.versions.route.load",
        "validator.opening.opened",
        "validator.readers.discovery.read",
        "validator.versions.route.route",
        "validator.versions.route.faults",
        "validator.versions.migrating.migrate",
        "validator.versions.migrating.table_of",
        "validator.versions.cells.Recoding.cell",
        "validator.versions.migration_forms._parts",
        "validator.cli._output.write_files",
        "validator.cli._output.print_bytes",
    ],
    "draft": [
        "validator.drafts.drafting.draft",
        "validator.drafts.drafting.read",
        "validator.drafts.from_data.draft",
        "validator.drafts.from_data.drafted",
        "validator.drafts.columns.recognise",
        "validator.drafts.columns.says_nothing",
        "validator.drafts.writing.files_of",
        "validator.drafts.writing.scalar",
        "validator.cli._output.write_files",
    ],
}


@pytest.mark.parametrize(
    ("command", "inner"), [(command, inner) for command in INNER for inner in INNER[command]]
)
def test_what_breaks_down_tells_no_value_and_leaves_no_file(
    place: Path, command: str, inner: str, monkeypatch: Any, caplog: Any
) -> None:
    sound = place / f"data-{FILE}" / "vessels.csv"
    sound.write_bytes(named(place, "sound").read_bytes())
    monkeypatch.setattr(inner, boom)
    text = ran(place, *calls(command, place, sound), caplog=caplog)
    assert "internal error" in text, "the function was called, and broke down"
    assert leaks(text, place) == []
    late = inner.endswith(("print_bytes", "migration_forms._parts"))
    assert late or not (place / "work" / "copy").exists()


def test_no_temporary_file_is_left(place, caplog):
    for path in files(place):
        for command in ("migrate", "draft"):
            ran(place, *calls(command, place, path), caplog=caplog)
    assert list((place / "left").rglob("*")) == []
    assert [p.name for p in (place / "work").iterdir()] == ["copy"]
