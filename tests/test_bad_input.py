"""Whatever data come in: a report or one clear line, no traceback, no value shown, nothing lost."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest

from tests.commands import CANARY, SERIES, Command, Ran, accordant

__all__ = ["accordant"]

HEADER, *ROWS = SERIES.decode().splitlines()
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


@pytest.fixture
def check(accordant: Command, tmp_path: Path) -> Command:
    """``accordant check`` of one file's bytes against the shipped standard, as JSON and as text."""

    def run(data: bytes, name: str = "series.csv", *more: object) -> Ran:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        always = ("check", path, "--standard", "global-indicator", "--as-of", "2026-01-31", *more)
        done = accordant(*always, "--format", "json")
        text = accordant(*always)
        assert text.code == done.code
        return done

    return run


def lines(*rows: str, end: str = "\n") -> bytes:
    return "".join(row + end for row in (HEADER, *rows)).encode()


def planted(row: str, **cells: str) -> str:
    """The row with other cells."""
    values = row.split(",")
    for name, text in cells.items():
        values[HEADER.split(",").index(name)] = text
    return ",".join(values)


# --- no table at all ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "empty": b"",
        "a byte order mark alone": b"\xef\xbb\xbf",
        "blank lines": b"\n\n\r\n  \n",
        "separators alone": b",,,\n,,,\n",
        "a picture": PNG,
        "a gzip archive named .csv": gzip.compress(SERIES),
        "a workbook named .csv": b"PK\x03\x04" + bytes(200),
        "NULs": bytes(5000),
        "random bytes": bytes((i * 7919 + i * i) % 256 for i in range(5000)),
    }.items(),
)
def test_what_is_no_table_is_a_finding(check: Command, name: str, data: bytes) -> None:
    done = check(data)
    assert done.code in {1, 2}, name
    assert done.codes() == {"unreadable-file", "missing-table"}, name
    assert done.rows() == 0
    (item,) = done.report["inputs"]
    assert (item["table"], item["mapped_by"]) == (None, "it could not be read as a table")


def test_a_header_alone_is_a_table_without_records(check: Command) -> None:
    for data in (HEADER.encode(), HEADER.encode() + b"\n"):
        done = check(data)
        assert done.code == 0
        assert done.rows() == 0
        assert done.codes() == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.csv"],
        ["missing-folder/"],
        ["folder-without-tables"],
        ["folder-without-tables", "missing.csv"],
        ["table.xyz"],
        ["folder.csv/inner.csv"],
        ["x" * 5000 + ".csv"],
        [""],
    ],
)
def test_what_cannot_be_opened_is_one_clear_line(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder-without-tables").mkdir()
    (tmp_path / "folder-without-tables" / "notes.md").write_text(CANARY, "utf-8")
    (tmp_path / "table.xyz").write_text(CANARY, "utf-8")
    (tmp_path / "folder.csv").mkdir()
    done = accordant("check", *arguments, "--standard", "global-indicator")
    assert done.code == 2
    assert done.out == ""


def test_a_file_that_may_not_be_read_is_one_clear_line(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(SERIES)
    opening = Path.open

    def refusing(self: Path, *more: Any, **named: Any) -> Any:
        # a test run as the superuser may read everything, so the refusal is made here
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opening(self, *more, **named)

    monkeypatch.setattr(Path, "open", refusing)
    done = accordant("check", path, "--standard", "global-indicator")
    assert done.code == 2
    assert "permission to read it is refused" in done.err


def test_a_folder_named_like_a_table_is_read_as_a_folder(
    accordant: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "series.csv"
    folder.mkdir()
    (folder / "series.csv").write_bytes(SERIES)
    done = accordant("check", folder, "--standard", "global-indicator", "--format", "json")
    assert (done.code, done.rows()) == (0, len(ROWS))


def test_a_pipe_or_device_is_one_clear_line(accordant: Command, tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "series.csv")
        done = accordant("check", tmp_path / "series.csv", "--standard", "global-indicator")
        assert (done.code, "not a regular file" in done.err) == (2, True)


# --- tables with something wrong ---------------------------------------------------------------


def test_a_truncated_file_loses_no_record_that_is_there(check: Command) -> None:
    done = check(SERIES[: len(SERIES) - len(ROWS[-1]) // 2])
    assert done.code == 1
    assert done.rows() == len(ROWS)
    assert "ragged-row" in done.codes()


def test_a_file_cut_inside_a_quoted_cell_loses_no_record(check: Command) -> None:
    quoted = planted(ROWS[5], remarks=f'"{CANARY} said')
    done = check(lines(*ROWS[:5], quoted, *ROWS[6:]))
    assert done.code == 1
    assert done.codes() == {"stray-quote"}
    assert done.rows() == len(ROWS)


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", set()),
        ("utf-8-sig", set()),
        ("utf-16", set()),
        ("utf-16-le", set()),
        ("utf-16-be", set()),
        ("utf-32", set()),
        ("cp1252", {"encoding-fault"}),
    ],
)
def test_every_usual_encoding_is_read_in_full(
    check: Command, encoding: str, found: set[str]
) -> None:
    rows = [planted(row, remarks="Codé à l’été") for row in ROWS]
    done = check(lines(*rows).decode().encode(encoding))
    assert done.codes() == found
    assert done.rows() == len(ROWS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_usual_dialect_is_read_in_full(check: Command, end: str, mark: str) -> None:
    plain = [planted(row, remarks="") for row in ROWS]
    done = check(lines(*plain, end=end).replace(b",", mark.encode()))
    assert (done.code, done.codes(), done.rows()) == (0, set(), len(ROWS))


def test_mixed_line_ends_and_quoted_ones_are_read_in_full(check: Command) -> None:
    rows = [planted(row, remarks='"one\r\ntwo\nthree, ""four"""') for row in ROWS]
    mixed = "".join(row + "\n\r\n"[i % 3 :][:1] for i, row in enumerate([HEADER, *rows]))
    done = check(mixed.encode())
    assert done.rows() == len(ROWS)
    assert done.codes() <= {"blank-row"}


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("NUL in a cell", lines(planted(ROWS[0], remarks="a\x00b")), {"encoding-fault"}),
        ("damaged UTF-8", lines(ROWS[0], "é").replace("é".encode(), b"\xff\xc3"), {"ragged-row"}),
        ("a row too long", lines(ROWS[0] + f",{CANARY}"), {"ragged-row"}),
        ("a row too short", lines(CANARY), {"ragged-row"}),
        ("a quote inside", lines(planted(ROWS[0], remarks=f'a "{CANARY}" b')), {"stray-quote"}),
        ("a code", lines(planted(ROWS[0], victim_gender=CANARY)), {"unknown-code"}),
        ("a number", lines(planted(ROWS[0], victim_count=CANARY)), {"wrong-type"}),
        ("huge digits", lines(planted(ROWS[0], victim_count="9" * 5000)), {"wrong-type"}),
        ("a date", lines(planted(ROWS[0], received_period=CANARY)), {"wrong-type"}),
        ("a key", lines(planted(ROWS[0], series_ref=CANARY)), {"pattern-mismatch"}),
        ("a long text", lines(planted(ROWS[0], remarks=CANARY * 100)), {"length-limit"}),
        ("a formula", lines(planted(ROWS[0], victim_gender=f"=cmd|{CANARY}")), {"unknown-code"}),
        ("an escape", lines(planted(ROWS[0], victim_gender=f"\x1b[2J{CANARY}")), {"unknown-code"}),
        ("a blank row", lines(ROWS[0], "," * HEADER.count(","), ROWS[1]), {"blank-row"}),
    ],
)
def test_a_fault_in_a_cell_is_found_and_the_value_is_not_shown(
    check: Command, name: str, data: bytes, found: set[str]
) -> None:
    done = check(data)
    assert done.code in {0, 1}
    assert found <= done.codes(), name
    assert done.rows() == len(data.decode("latin-1").splitlines()) - 1 or "\x1b" in name
    assert all("value" not in finding for finding in done.report["findings"])


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (f"{HEADER},{CANARY}", {"unknown-column"}),
        (f"{HEADER},series_ref", {"duplicate-column"}),
        (f"{HEADER},{CANARY},{CANARY}", {"duplicate-column", "unknown-column"}),
        (f"{HEADER},", {"unknown-column"}),
        (HEADER.upper(), {"missing-column", "unknown-column"}),
        (HEADER.replace("victim_gender", "Victim gender"), {"missing-column", "unknown-column"}),
        (HEADER.replace("remarks", f'"{CANARY}\nremarks"'), {"unknown-column"}),
        (HEADER.replace("remarks", "\x1b[31mremarks"), {"unknown-column"}),
    ],
)
def test_a_fault_in_a_heading_is_found_and_the_heading_is_not_shown(
    check: Command, heading: str, found: set[str]
) -> None:
    extra = heading.count(",") - HEADER.count(",")
    data = "\n".join([heading, *(row + "," * extra for row in ROWS)]) + "\n"
    done = check(data.encode())
    assert found <= done.codes()
    assert done.rows() == len(ROWS)
    assert done.code == (0 if found == {"unknown-column"} else 1)


def test_a_file_without_a_header_is_not_taken_for_clean(check: Command) -> None:
    rows = [planted(row, remarks=CANARY) for row in ROWS]
    done = check("\n".join(rows).encode() + b"\n")
    assert done.code == 1
    assert {"missing-column", "unknown-column"} <= done.codes()
    assert done.rows() == len(ROWS) - 1


def test_a_hundred_thousand_columns_are_read(check: Command) -> None:
    names = [f"x{i}" for i in range(100_000)]
    data = f"{HEADER},{','.join(names)}\n{ROWS[0]}{',y' * 100_000}\n"
    done = check(data.encode())
    (unknown,) = (c for c in done.report["checks"] if c["code"] == "unknown-column")
    assert unknown["count"] == 100_000
    assert done.rows() == 1


def test_a_cell_of_ten_megabytes_is_read(check: Command) -> None:
    data = lines(planted(ROWS[0], remarks=CANARY * 1_000_000), *ROWS[1:])
    done = check(data)
    assert (done.code, done.codes(), done.rows()) == (1, {"length-limit"}, len(ROWS))


def test_two_files_of_one_table_count_together(accordant: Command, tmp_path: Path) -> None:
    for name in ("series_a.csv", "series_b.csv"):
        (tmp_path / name).write_bytes(SERIES)
    done = accordant("check", tmp_path, "-s", "global-indicator", "--format", "json")
    assert done.rows() == 2 * len(ROWS)
    assert done.codes() == {"duplicate-key"}


def test_a_file_of_no_table_is_named_and_not_counted_as_checked(
    accordant: Command, tmp_path: Path
) -> None:
    (tmp_path / "series.csv").write_bytes(SERIES)
    (tmp_path / "notes.csv").write_text(f"{CANARY},b\n{CANARY},2\n", "utf-8")
    done = accordant("check", tmp_path, "-s", "global-indicator", "--format", "json")
    assert done.codes() == {"unknown-table"}
    tables = {Path(item["path"]).name: item["table"] for item in done.report["inputs"]}
    assert tables == {"notes.csv": None, "series.csv": "series"}


def test_a_submission_of_strangers_alone_is_not_passed(accordant: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text(f"{CANARY},b\n{CANARY},2\n", "utf-8")
    done = accordant("check", tmp_path, "-s", "global-indicator")
    assert done.code in {1, 2}


# --- standard input ----------------------------------------------------------------------------


def test_standard_input_is_read_where_its_table_is_named(accordant: Command) -> None:
    table = ("--table", "series", "-s", "global-indicator", "--format", "json")
    done = accordant("check", "-", *table, stdin=SERIES)
    assert (done.code, done.rows()) == (0, len(ROWS))


def test_standard_input_without_its_table_is_one_clear_line(accordant: Command) -> None:
    done = accordant("check", "-", "-s", "global-indicator", stdin=SERIES)
    assert (done.code, "--table NAME" in done.err) == (2, True)


def test_an_empty_standard_input_is_a_finding(accordant: Command) -> None:
    done = accordant("check", "-", "--table", "series", "-s", "global-indicator")
    assert done.code in {1, 2}
    assert "unreadable-file" in done.out
    assert "missing-column" not in done.out
