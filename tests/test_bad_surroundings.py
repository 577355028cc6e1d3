"""Whatever surrounds a check: options, standards, pipes, disks, interrupts, internal errors."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import (
    CANARY,
    EXAMPLES,
    SERIES,
    SUBMISSION,
    Command,
    accordant,
    assert_one_clear_line,
)
from validator import cli

__all__ = ["accordant"]

# --- options -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        ["--frmat", "json"],
        ["--format", "yaml"],
        ["--format", ""],
        ["--fail-on", "nothing"],
        ["--max-rows", "0"],
        ["--max-rows", "many"],
        ["--show", "all"],
        ["--as-of", "yesterday"],
        ["--as-of", "2026-02-30"],
        ["--as-of", "31/01/2026"],
        ["--as-of", ""],
        ["--table", "nowhere"],
        ["--standard", "nowhere"],
        ["--standard", ""],
        ["--standard", "."],
        ["--standard", "\x00"],
        ["--standard", "../../etc"],
    ],
)
def test_a_wrong_option_is_one_clear_line(accordant: Command, options: list[str]) -> None:
    done = accordant("check", SUBMISSION, *options)
    assert done.code == 2
    assert done.out == ""


def test_no_path_and_no_such_command_are_one_clear_line(accordant: Command) -> None:
    assert accordant("check").code == 2
    assert accordant("chekc").code == 2


def test_values_are_refused_in_ci_unless_they_are_meant(
    accordant: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    done = accordant("check", SUBMISSION, "--show", "full")
    assert (done.code, "--yes-show-values" in done.err) == (2, True)
    assert accordant("check", SUBMISSION, "--show", "full", "--yes-show-values").code == 0


def test_values_are_shown_where_they_are_asked_for_and_there_alone(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    path = tmp_path / "series.csv"
    path.write_bytes(SERIES.replace(b",female,", f",{CANARY},".encode(), 1))
    for form in ("text", "json"):
        always = ("check", path, "-s", "global-indicator", "--format", form)
        assert CANARY in accordant(*always, "--show", "full", canary="\x00").out
        assert "Aaaaaaaaa99" in accordant(*always, "--show", "shape").out


@pytest.mark.parametrize("place", ["folder/", "file.txt/report.txt", ".", "x" * 5000])
def test_a_report_that_cannot_be_written_is_one_clear_line(
    accordant: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("here already", "utf-8")
    done = accordant("check", SUBMISSION, "--output", place)
    assert done.code == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file.txt", "folder"]


# --- broken standards --------------------------------------------------------------------------

START = "standard: s\nversion: 1.0.0\ntables:\n  - table: t\n    fields:\n"
BROKEN = {
    "empty": ("", "empty"),
    "bad YAML": (START + "      a: {type: string", "cannot be read"),
    "a tab": ("standard:\ts\n\tversion: 1", "cannot be read"),
    "no mapping": ("- a\n- b\n", "a list"),
    "bare text": ("hello\n", "text"),
    "a duplicate key": (START + "      a: {type: string}\n      a: {type: date}\n", "twice"),
    "an alias": (START + "      a: &x {type: string}\n      b: *x\n", "Anchors and aliases"),
    "a tag": (START + "      a: !!python/object:os.system {}\n", "Tags"),
    "two documents": (START + "      a: {type: string}\n---\nb: 1\n", "second YAML document"),
    "a wrong type": (START + "      a: [type, string]\n", "a list"),
    "an unknown key": (START + "      a: {typ: string}\n", "Did you mean 'type'?"),
    "an escape sequence": (START + '      a: {type: "\\e[2Jx"}\n', r"\x1b[2Jx"),
    "an unknown kind": (START + "      a: {type: strnig}\n", "Use one of"),
    "a missing file": ("standard: s\nversion: 1.0.0\ntables: [nowhere.yaml]\n", "no file"),
    "a path outside": ("standard: s\nversion: 1.0.0\ntables: [../out.yaml]\n", "leads out"),
    "an absolute path": ("standard: s\nversion: 1.0.0\ntables: [/etc/hosts]\n", "leads out"),
    "a list that is nowhere": (START + "      a: {codes: nowhere}\n", "is nowhere"),
    "a bad pattern": (START + "      a: {type: string, pattern: '(a'}\n", "cannot be used"),
    "a look-ahead": (START + "      a: {type: string, pattern: '(?=a)'}\n", "pattern"),
    "limits crossed": (START + "      a: {type: integer, minimum: 2, maximum: 1}\n", "above"),
    "a limit too large": (START + f"      a: {{type: integer, minimum: {'9' * 30}}}\n", "minimum"),
    "deep nesting": ("[" * 100_000, "deeper"),
    "a huge file": ("# " + "x" * 5_000_000, "larger"),
    "no UTF-8": ("standard: \udcff\n", "not UTF-8"),
    "controls": ("standard: \x01\n", "not allowed"),
    "a name with a NUL": ('standard: s\nversion: 1.0.0\ntables: ["a\\0b.yaml"]\n', "no file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_standard_says_where_and_what(
    accordant: Command, tmp_path: Path, name: str
) -> None:
    text, said = BROKEN[name]
    (tmp_path / "out.yaml").write_text("table: t\nfields: {a: {type: string}}\n", "utf-8")
    path = tmp_path / "own" / "standard.yaml"
    path.parent.mkdir()
    path.write_bytes(text.encode(errors="surrogateescape"))
    done = accordant("check", SUBMISSION, "--standard", path)
    assert (done.code, done.out) == (2, "")
    assert f"{path}:" in done.err
    assert said in done.err
    # lint is there to find faults, so that these are its findings
    linted = accordant("lint", path)
    assert linted.code in {1, 2}
    assert said in linted.out + linted.err


@pytest.mark.parametrize("text", ["standard: [a]\n", "a: b\n", "", "standard: nowhere\n", "{"])
def test_an_accordant_yaml_that_names_no_standard_is_one_clear_line(
    accordant: Command, tmp_path: Path, text: str
) -> None:
    (tmp_path / "series.csv").write_bytes(SERIES)
    (tmp_path / "accordant.yaml").write_text(text, "utf-8")
    assert accordant("check", tmp_path).code == 2


def test_a_data_package_that_is_no_json_is_one_clear_line(
    accordant: Command, tmp_path: Path
) -> None:
    (tmp_path / "series.csv").write_bytes(SERIES)
    for data in (b"{", b"\xff", b"[" * 100_000):
        (tmp_path / "datapackage.json").write_bytes(data)
        assert accordant("check", tmp_path).code == 2


# --- the surroundings: pipes, full disks, interrupts, internal errors ----------------------------


def test_an_internal_error_shows_no_value(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def crash(*_anything: object, **_more: object) -> Any:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("validator.engine.run.findings", crash)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["check", SUBMISSION])
    out, err = capfd.readouterr()
    assert exit_.value.code == 2
    assert out == ""
    assert err.startswith("accordant: an internal error stopped the command (RuntimeError in ")
    assert CANARY not in err
    assert len(err.splitlines()) == 1


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "validator", *arguments],
        check=False,
        stderr=subprocess.PIPE,
        timeout=120,
        **options,
    )


def test_a_full_disk_is_one_clear_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("check", SUBMISSION, stdout=full)
    assert done.returncode == 2
    assert_one_clear_line(done.stderr.decode())
    assert b"the system cannot write the output" in done.stderr


@pytest.mark.parametrize(("folder", "code"), [("submission", 0), ("submission-with-faults", 1)])
def test_a_reader_that_goes_away_changes_no_verdict(folder: str, code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = process("check", str(EXAMPLES / folder), "--as-of", "2026-01-31", stdout=gone)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_refusal_that_has_nothing_to_do_with_the_output_does_not_blame_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refused(*_anything: object, **_more: object) -> Any:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), CANARY)

    monkeypatch.setattr("validator.api.check", refused)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["check", SUBMISSION])
    out, err = capfd.readouterr()
    assert (exit_.value.code, out) == (2, "")
    assert err.startswith(
        "accordant: the system refused something that the command needs (too many open files, in "
        "validator.cli.check:"
    )
    assert CANARY not in err
    assert_one_clear_line(err)


def test_help_to_a_full_disk_is_one_clear_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("--help", stdout=full)
    assert done.returncode == 2
    assert_one_clear_line(done.stderr.decode())
    assert b"the system cannot write the output" in done.stderr


def test_a_report_to_a_pipe_or_device_goes_there_and_does_not_replace_it(
    accordant: Command, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done = accordant("check", SUBMISSION, "--output", pipe)
    assert done.code == 0
    assert os.read(reading, 100).startswith(b"READY")
    os.close(reading)
    assert pipe.is_fifo()


def test_a_report_to_a_link_is_written_where_it_leads(accordant: Command, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", "utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert accordant("check", SUBMISSION, "--output", tmp_path / "link.txt").code == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text("utf-8").startswith("READY")


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    """A check that waits for its standard input."""
    command = [sys.executable, "-m", "validator", "check", "-", "--table", "series"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, "-s", "global-indicator"], stdin=pipe, stdout=pipe, stderr=pipe
    ) as started:
        yield started
        started.kill()


def test_an_interrupt_ends_in_one_line(waiting: subprocess.Popen[bytes]) -> None:
    assert waiting.stdin is not None
    waiting.stdin.write(SERIES)
    waiting.stdin.flush()
    time.sleep(1.5)  # until it has started and reads
    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 130
    # Click first leaves the line on which a terminal shows ^C
    assert err.decode().split("\n") == [
        "",
        "accordant: stopped before it was finished; nothing was written.",
        "",
    ]


def test_a_terminal_of_another_encoding_is_written_to() -> None:
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = process("check", SUBMISSION, stdout=subprocess.PIPE, env=surroundings)
    assert (done.returncode, done.stderr) == (0, b"")
