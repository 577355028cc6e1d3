"""Planted strings are looked for wherever a command leaves something: there must be none.

A canary stands in a place that holds what nobody else may see:

* ``cell``, in cells of every kind of field, in valid ones and in faulty ones;
* ``heading``, in a column that the standard does not know;
* ``file``, in the name of an input file and of its folder. A path is shown as the user gave it,
  because a report must say which file it is about; so this canary may stand in a path, and
  nowhere else;
* ``standard``, in the texts of a standard that the user wrote. Its labels, messages and rules
  are there to be shown, by ``explain`` and in findings, and where the standard is broken the key
  at fault is named; so this canary stands in what is not for show: comments, and an anchor.

Looked through are standard output and error, every file that a run leaves (reports, logs, also in
the folder for temporary files), and the text of tracebacks, where there are any. A crash is forced
in every check, reader and report, with a canary in its message.

Exempt, because to hold the data, or the standard, is what they are for:

* the copy that ``fix`` writes, and its log with ``--show-values``; the log without them may name
  codes of the standard, which no cell need have held;
* the ``xlsx`` report, which is the workbook that was checked with the findings marked in it, as
  far as it is that workbook: what is added (comments, the sheet of findings) holds none;
* what ``compile`` writes, and what ``synth`` writes: both follow the standard alone;
* ``--show full``, which says so; the test sees that it does show, so that the search is known to
  find what is there.

What ``serve`` answers, says and leaves is looked through in ``tests/web/test_nothing_leaks.py``.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import logging
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner

from tests.readers.books import xlsx
from validator.cli import _run
from validator.registry import discovery as registry

CELL, HEADING, FILE, STANDARD = "Zqcellzq", "Zqheadzq", "Zqfilezq", "Zqstanzq"
CANARIES = (CELL, HEADING, FILE, STANDARD)
FORMATS = sorted(registry.formats())
SHOWN = ["location", "shape"]

YAML = f"""# {STANDARD} in a comment
standard: example
version: 1.0.0
title: Example
missing_reasons: {{codelist: missing-reason, codes: {{not_recorded: Not recorded}}}}
tables:
  - table: records # {STANDARD}
    key: ref
    fields:
      ref: {{type: string, pattern: "R[0-9]{{3}}", required: true, identifies: pseudonym}}
      colour: {{codes: [red, blue], quasi_identifier: true, sensitive: true}}
      month: {{type: date, precision: month}}
      count: {{type: integer, minimum: 0, maximum: 9}}
      name: {{type: string, max_length: 20, optional: true}}
      remarks: {{type: string, optional: true, free_text: true}}
"""
ROWS = [
    f"R001,red,2024-05,1,{CELL},remark {CELL}",
    f"{CELL},red,2024-05,1,,",
    f"R003,{CELL},{CELL},{CELL},{CELL * 5},{CELL}@example.org",
    f"R003,red,2024-05,77,,name: {CELL.title()} Smith",
    f"R004,red,2024-05,1,,{CELL}.jpg and https://{CELL.lower()}.example.org",
    f'R005,red,2024-05,1,"{CELL}\n{CELL}",',
    "R006,RED,2024-5,1,,",
]
HEADER = f"ref,colour,month,count,name,remarks,{HEADING}"
BROKEN = {
    "sound": f"{HEADER}\n" + "".join(f"{row},{CELL}\n" for row in ROWS),
    "ragged": f"{HEADER}\n{ROWS[0]}\n{CELL}\n{ROWS[1]},{CELL},{CELL},{CELL}\n",
    "stray-quote": f'{HEADER}\nR001,red,2024-05,1,a "{CELL}" b,{CELL},\nR002,"{CELL}\n',
    "no-table": f"{CELL},{HEADING}\n{CELL},{CELL}\n",
    "latin": f"{HEADER}\n{ROWS[0]},é\n",
}


def book() -> bytes:
    """The sound rows as a workbook."""
    table = csv.reader(io.StringIO(BROKEN["sound"], newline=""))
    return xlsx({"records": table})


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a standard and data of several forms, and a folder of its own to work in."""
    (tmp_path / "standard.yaml").write_text(YAML, "utf-8")
    folder = tmp_path / f"data-{FILE}"
    folder.mkdir()
    for name, text in BROKEN.items():
        encoding = "latin-1" if name == "latin" else "utf-8"
        (folder / f"{name}-{FILE}.csv").write_bytes(text.encode(encoding))
    (folder / f"rows-{FILE}.json").write_text(f'[{{"ref": "{CELL}", "{HEADING}": 1}}]', "utf-8")
    (folder / f"broken-{FILE}.json").write_text(f'[{{"ref": "{CELL}"', "utf-8")
    (folder / f"broken-{FILE}.xlsx").write_bytes(f"PK {CELL}".encode())
    (folder / f"book-{FILE}.xlsx").write_bytes(book())
    (tmp_path / "left").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "left"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "left"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def data(place: Path) -> list[Path]:
    return sorted((place / f"data-{FILE}").iterdir())


def ran(place: Path, *arguments: object, caplog: pytest.LogCaptureFixture) -> str:
    """Everything that a run leaves: what it prints, logs, and writes to any file."""
    runner, codes = CliRunner(), []
    command = [str(argument) for argument in arguments]

    @click.command()
    def main() -> None:
        codes.append(_run(command))

    with caplog.at_level(logging.DEBUG):
        done = runner.invoke(main, [])
    assert done.exception is None, "no error reaches the interpreter, which would print its text"
    assert codes[0] in {0, 1, 2}
    written = [
        f"{path.name}\n{path.read_bytes().decode('utf-8', 'replace')}"
        for folder in ("left", "work")
        for path in sorted((place / folder).rglob("*"))
        if path.is_file() and "copy" not in path.parts[-2:-1]
    ]
    return "\n".join([done.output, caplog.text, *written])


def leaks(text: str, place: Path, *exempt: str) -> list[str]:
    """The canaries in the text; those of a path do not count within the path."""
    text = "".join(text.split())  # a report breaks its lines where it must
    for path in (*data(place), place / f"data-{FILE}"):
        for shown in (str(path), path.name):
            text = text.replace(shown, "PATH")
    folded = text.casefold()
    return [c for c in CANARIES if c not in exempt and c.casefold() in folded]


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("form", FORMATS)
def test_no_report_of_check_shows_a_value(place, form, show, caplog):
    for path in data(place):
        for more in ((), ("--audience", "public")):
            always = ("check", path, "-s", place / "standard.yaml", "--table", "records", *more)
            for where in ((), ("--output", place / "work" / "report")):
                text = ran(place, *always, "--show", show, "--format", form, *where, caplog=caplog)
                assert leaks(text, place) == [], f"{path.name} as {form}"


def added(marked: bytes, before: bytes | None) -> str:
    """What an annotated workbook holds besides the data: comments, findings, all other parts."""
    found = openpyxl.load_workbook(io.BytesIO(marked))
    texts = [str(cell.value) for row in found["Findings"].iter_rows() for cell in row]
    texts += [
        cell.comment.text
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    ]
    old, new = (parts(data) for data in (before or b"", marked))
    data = re.compile(r"xl/(worksheets/sheet\d+|sharedStrings)\.xml")
    texts += [text for name, text in new.items() if not data.fullmatch(name)]
    for name in old:
        counts = [text.count(CELL) + text.count(HEADING) for text in (old[name], new[name])]
        assert counts[1] <= counts[0], f"{name} holds more of the data than before"
    return "\n".join(texts)


def parts(data: bytes) -> dict[str, str]:
    if not data:
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("name", ["book", "sound", "ragged", "latin"])
def test_what_the_annotated_workbook_adds_holds_no_value(place, name, show, caplog):
    (path,) = (path for path in data(place) if path.name.startswith(name))
    marked = place / "work" / "copy" / "marked.xlsx"
    marked.parent.mkdir()
    always = ("check", path, "-s", place / "standard.yaml", "--table", "records")
    more = ("--audience", "partner", "--show", show, "--format", f"xlsx={marked}")
    assert leaks(ran(place, *always, *more, caplog=caplog), place) == []
    written = marked.read_bytes()
    assert CELL in "".join(parts(written).values()), "it is the data"
    before = path.read_bytes() if path.suffix == ".xlsx" else None
    text = added(written, before)
    assert len(text.splitlines()) > 20, "there are findings and comments"
    assert leaks(text, place) == []


def test_the_search_finds_what_is_shown_on_purpose(place, caplog, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    sound = next(path for path in data(place) if path.name.startswith("sound"))
    always = ("check", sound, "-s", place / "standard.yaml", "--table", "records")
    text = ran(place, *always, "--show", "full", "--format", "json", caplog=caplog)
    assert CELL in leaks(text, place)


def test_a_folder_and_a_standard_that_nobody_named(place, caplog):
    for arguments in (
        (place / f"data-{FILE}",),
        (place / f"data-{FILE}", "-s", place / "standard.yaml"),
        (place / f"data-{FILE}" / "not-there.csv",),
    ):
        assert leaks(ran(place, "check", *arguments, caplog=caplog), place) == []


def test_fix_says_and_logs_no_old_value(place, caplog):
    for path in data(place):
        always = (path, "-s", place / "standard.yaml", "--table", "records")
        for more in ((), ("--unsafe",), ("--suppress", "--audience", "partner")):
            out = place / "work" / "copy"
            text = ran(place, "fix", *always, *more, "-o", out, caplog=caplog)
            # the log is beside the copy; the copy itself holds the data
            assert leaks(text, place) == []


@pytest.mark.parametrize(
    "fault",
    [
        f"colour: {{codes: [red, blue]]] # {STANDARD}",
        f"colour: {{codes: [red, blue]}} \t# {STANDARD}\n      colour: {{codes: [red]}}",
        f"colour: &{STANDARD.lower()} {{codes: [red]}}",
    ],
)
@pytest.mark.parametrize("command", ["check", "fix", "lint", "compile", "synth", "explain"])
def test_a_broken_standard_is_named_by_line_and_column(place, command, fault, caplog):
    broken = YAML.replace("colour: {codes: [red, blue]", fault, 1)
    (place / "standard.yaml").write_text(broken, "utf-8")
    standard, (path, *_) = place / "standard.yaml", data(place)
    text = ran(place, *calls(command, standard, path, place), caplog=caplog)
    assert leaks(text, place) == []


@pytest.mark.parametrize("command", ["lint", "compile", "synth", "explain"])
def test_commands_of_the_standard_show_no_comment_of_it(place, command, caplog):
    text = ran(place, *calls(command, place / "standard.yaml", None, place), caplog=caplog)
    assert leaks(text, place) == []


def calls(command: str, standard: Path, path: Path | None, place: Path) -> tuple[object, ...]:
    out = place / "work" / "copy"
    return {
        "check": ("check", path, "-s", standard, "--table", "records"),
        "fix": ("fix", path, "-s", standard, "--table", "records", "-o", out),
        "lint": ("lint", standard),
        "compile": ("compile", standard, "--to", "json-schema", "-o", out),
        "synth": ("synth", standard, "--rows", 5, "--seed", 1, "-o", out),
        "explain": ("explain", "unknown-code"),
    }[command]


# --- forced crashes ------------------------------------------------------------------------------


def boom(*_: Any, **__: Any) -> Any:
    message = f"the cell {CELL} in the column {HEADING} of {FILE} under {STANDARD}"
    raise RuntimeError(message)


def crashing(check: Any) -> Iterator[Any]:
    """The check, once for each of its functions, with that function breaking down."""
    for field in dataclasses.fields(check):
        if callable(getattr(check, field.name)):
            yield dataclasses.replace(check, **{field.name: boom})


BREAKING = [
    pytest.param(check, broken, id=f"{check.code} {number}")
    for check in registry.checks()
    for number, broken in enumerate(crashing(check))
]


@pytest.mark.parametrize(("check", "broken"), BREAKING)
def test_a_check_that_breaks_down_tells_no_value(place, check, broken, monkeypatch, caplog):
    kept = tuple(broken if item.code == check.code else item for item in registry.checks())
    monkeypatch.setattr(registry, "checks", lambda: kept)
    sound = next(path for path in data(place) if path.name.startswith("sound"))
    always = ("check", sound, "-s", place / "standard.yaml", "--table", "records")
    text = ran(place, *always, "--audience", "partner", caplog=caplog)
    assert leaks(text, place) == []


INNER = [
    "validator.readers.discovery.read",
    "validator.readers.files.sources",
    "validator.standards.load.load",
    "validator.engine.run.run",
    "validator.mending.mend.mend",
    "validator.opening.opened",
    "validator.cli._output.write_bytes",
    "validator.cli._output.print_bytes",
    "validator.reports.redact.shown",
]


@pytest.mark.parametrize("place_of", INNER)
@pytest.mark.parametrize("command", ["check", "fix", "lint", "compile", "synth"])
def test_whatever_breaks_down_the_one_line_told_holds_no_value(
    place, command, place_of, monkeypatch, caplog
):
    monkeypatch.setattr(place_of, boom)
    sound = next(path for path in data(place) if path.name.startswith("sound"))
    text = ran(place, *calls(command, place / "standard.yaml", sound, place), caplog=caplog)
    assert leaks(text, place) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_that_breaks_down_tells_no_value(place, form, monkeypatch, caplog):
    broken = dataclasses.replace(registry.formats()[form], render=boom)
    monkeypatch.setattr("validator.registry.form_of_report", lambda _name: broken)
    sound = next(path for path in data(place) if path.name.startswith("sound"))
    always = ("check", sound, "-s", place / "standard.yaml", "--table", "records")
    text = ran(place, *always, "--format", form, caplog=caplog)
    assert leaks(text, place) == []
    assert "internal error" in text


def test_no_temporary_file_is_left(place, caplog):
    for path in data(place):
        ran(
            place, "check", path, "-s", place / "standard.yaml", "--table", "records", caplog=caplog
        )
    assert list((place / "left").rglob("*")) == []
