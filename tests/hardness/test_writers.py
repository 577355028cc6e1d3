"""Whatever happens to a writer, there is the old file or the whole new one, never part of one."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.commands import SERIES
from tests.hardness import killed
from tests.hardness.killed import NEW, OLD
from tests.hardness.trouble import Trouble, disk_full, interrupt
from validator import cli
from validator.cli import Interrupts
from validator.cli._output import write_bytes, write_files
from validator.crosswalks.write import Folder
from validator.errors import AccordantError, UsageError
from validator.standards.load import load
from validator.synthesis.submission import synthesise

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


def results(folder: Path) -> None:
    write_files(folder, {"series.csv": NEW, "more/media.csv": NEW})


def translated(folder: Path) -> None:
    """As ``translate`` writes: several files, in pieces."""
    frame = pl.DataFrame({"a": ["x" * 100] * 50})
    with Folder(folder) as to:
        for name in ("series.csv", "media.csv"):
            to.file(name).append(frame)
            to.file(name).append(frame)
            to.file(name).close()


def synthetic(folder: Path) -> None:
    synthesise(STANDARD, folder, rows=5, seed=1, as_of="2026-01-31", tables=["series"])


STANDARD = load("global-indicator")
WRITERS: list[Callable[[Path], None]] = [results, translated, synthetic]
NATIVE = {translated, synthetic}
"""Polars writes their records, and no step of that can be seen from here."""


def files(folder: Path) -> dict[str, bytes]:
    """All that is in a folder, hidden or not."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def whole(folder: Path, write: Callable[[Path], None]) -> dict[str, bytes]:
    write(folder)
    return files(folder)


@pytest.fixture
def place(tmp_path: Path) -> Callable[[object], Path]:
    """A new folder, in which an older file stands where one will be written."""

    def made(name: object) -> Path:
        folder = tmp_path / str(name)
        folder.mkdir()
        (folder / "series.csv").write_bytes(OLD)
        return folder

    return made


@posix
def test_killed_at_any_step_a_writer_leaves_the_old_file_or_the_whole_new_one(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", killed.__name__, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ends = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(ends) > 12
    *struck, (_, code, last) = ends
    assert (code, last) == (0, ["new", "new"])
    for at, ended, (first, second) in struck:
        assert ended == 9, at
        assert (first, second) in {("old", "nothing"), ("new", "nothing"), ("new", "new")}, at


@pytest.mark.parametrize("write", WRITERS)
def test_a_disk_that_is_full_from_any_step_on_leaves_all_as_it_was_and_nothing_more(
    place: Callable[[object], Path], write: Callable[[Path], None]
) -> None:
    new = whole(place("whole"), write)
    for at in itertools.count(1):
        folder = place(at)
        trouble = Trouble(at, disk_full, stays=True, writes=write not in NATIVE)
        try:
            with trouble.here():
                write(folder)
        except AccordantError as error:
            assert "No space left" in str(error)  # noqa: PT017 - only some steps raise it
            assert_old_or_new(files(folder), new)
        else:
            assert files(folder) == new
            break
    assert at > 7


@posix
@pytest.mark.parametrize("write", WRITERS)
def test_a_disk_that_is_full_at_any_byte_leaves_all_as_it_was_and_nothing_more(
    place: Callable[[object], Path], write: Callable[[Path], None]
) -> None:
    """A bound of the system on a file's size, which holds for native code as well."""
    import resource

    new = whole(place("whole"), write)
    longest = max(map(len, new.values()))
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    for most in (0, 1, longest // 7, longest // 2, longest - 1):
        folder = place(most)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, usual[1]))
        try:
            with pytest.raises(AccordantError, match=r"(?i)cannot (write|be written)"):
                write(folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        assert_old_or_new(files(folder), new)


@pytest.mark.parametrize("write", WRITERS)
def test_an_interrupt_at_any_step_leaves_no_temporary_file(
    place: Callable[[object], Path], write: Callable[[Path], None]
) -> None:
    new = whole(place("whole"), write)
    for at in itertools.count(1):
        folder = place(at)
        trouble = Trouble(at, interrupt, writes=write not in NATIVE)
        with trouble.here(), contextlib.suppress(KeyboardInterrupt):
            write(folder)
        assert_old_or_new(files(folder), new)
        if not trouble.struck:
            break


def assert_old_or_new(there: dict[str, bytes], new: dict[str, bytes]) -> None:
    assert there.keys() <= new.keys(), "a temporary file is left"
    for name, data in there.items():
        assert data in {OLD, new[name]}, f"{name} is part of a file"


@pytest.mark.parametrize("write", WRITERS)
def test_two_runs_at_once_leave_the_whole_file_of_one_of_them(
    place: Callable[[object], Path], write: Callable[[Path], None]
) -> None:
    new = whole(place("whole"), write)
    folder = place("both")
    runs = [threading.Thread(target=write, args=[folder]) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert files(folder) == new


def test_two_runs_at_once_never_mix_their_files(tmp_path: Path) -> None:
    texts = [bytes([65 + n]) * 500_000 for n in range(4)]
    seen: set[bytes] = set()

    def run(text: bytes) -> None:
        for _ in range(5):
            write_bytes(tmp_path / "report.json", text)
            seen.add((tmp_path / "report.json").read_bytes())

    runs = [threading.Thread(target=run, args=[text]) for text in texts]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert seen <= set(texts)
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@posix
def test_a_folder_that_may_not_be_written_to_is_one_clear_line(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from validator.cli._output import write_bytes\n"
        "os.seteuid(65534) if os.geteuid() == 0 else None\n"
        "try: write_bytes(pathlib.Path('report.json'), b'new')\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "report.json").write_bytes(OLD)
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    folder.chmod(0o755)
    assert done.stdout.startswith("UsageError Cannot write in '.': Permission denied."), done.stderr
    assert files(folder) == {"report.json": OLD}


@posix
def test_what_replaces_a_file_may_be_read_by_those_who_could_read_it(tmp_path: Path) -> None:
    path, kept = tmp_path / "series.csv", tmp_path / "series.csv.bak"
    path.write_bytes(OLD)
    path.chmod(0o600)
    write_bytes(kept, OLD, like=path)
    write_bytes(path, NEW)
    assert [stat.S_IMODE(item.stat().st_mode) for item in (path, kept)] == [0o600, 0o600]


def test_a_name_that_cannot_be_taken_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(UsageError):
        write_files(tmp_path, {"a.json": NEW, "report.json": NEW})
    assert not [name for name in files(tmp_path) if name.endswith(".tmp")]


# --- an interrupt of the whole command -----------------------------------------------------------


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "validator", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("synth", "global-indicator", "--rows", 50_000_000, "--seed", 1, "-o", "out"),
        ("check", "pipe.csv", "-s", "global-indicator", "--format", "json=out/report.json"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_interrupt_ends_a_command_in_one_line_and_leaves_nothing(
    tmp_path: Path,
    started: Callable[..., subprocess.Popen[str]],
    arguments: tuple[object, ...],
) -> None:
    (tmp_path / "out").mkdir()
    if arguments[0] == "check":
        # so many records that it cannot be done before the interrupt comes
        header, *lines = SERIES.splitlines(keepends=True)
        (tmp_path / "pipe.csv").write_bytes(header + b"".join(lines) * 60_000)
    process = started(*arguments)
    if arguments[0] == "synth":
        wait_for(lambda: any((tmp_path / "out").iterdir()))
    else:
        time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "accordant: stopped before it was finished; nothing was written."
    assert list((tmp_path / "out").iterdir()) == []


def wait_for(something: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not something() and time.monotonic() < until:
        time.sleep(0.02)


@posix
def test_an_interrupt_before_the_command_is_there_is_one_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its libraries are imported first, which takes longest on the slowest machines."""
    (tmp_path / "click.py").write_text("import signal; signal.raise_signal(signal.SIGINT)")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    done = subprocess.run(
        [sys.executable, "-m", "validator", "--help"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "accordant: stopped before it was finished; nothing was written.\n"


@posix
@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.4])
def test_an_interrupt_leaves_nothing_while_the_records_are_made_up(
    tmp_path: Path, started: Callable[..., subprocess.Popen[str]], after: float
) -> None:
    """Polars is at work then, and raises an interrupt of its own beside the interpreter's."""
    (tmp_path / "out").mkdir()
    process = started("synth", "global-indicator", "--rows", 50_000_000, "--seed", 1, "-o", "out")
    wait_for(lambda: any((tmp_path / "out").iterdir()))
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    usual = signal.getsignal(signal.SIGINT)
    listening = Interrupts()
    listening.begin()
    yield listening
    listening.end()
    signal.signal(signal.SIGINT, usual)


@pytest.mark.usefixtures("interrupts")
def test_what_is_tidied_up_after_an_interrupt_is_not_cut_short() -> None:
    try:
        raise KeyboardInterrupt  # as Polars does
    except KeyboardInterrupt:
        signal.raise_signal(signal.SIGINT)  # the interpreter's, of the same key press


@posix
@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_waits_until_a_generator_is_closed() -> None:
    """What is raised there is printed with a traceback, and caught by nobody."""

    def records() -> Iterator[int]:
        try:
            yield 1
        finally:
            signal.raise_signal(signal.SIGINT)
            closed.append(True)

    closed: list[bool] = []
    begun = records()
    next(begun)
    begun.close()
    assert closed == [True]
    with pytest.raises(KeyboardInterrupt):
        time.sleep(60)


@posix
@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_that_a_library_loses_comes_again() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        time.sleep(60)


class Panic(BaseException):
    """As Polars raises it."""


@pytest.mark.parametrize(
    ("interrupted", "code", "told"),
    [
        (True, 130, "accordant: stopped before it was finished; nothing was written."),
        (False, 2, "accordant: an internal error stopped the command (Panic in validator.cli:"),
    ],
)
def test_a_panic_is_one_line_whether_or_not_it_is_of_an_interrupt(
    interrupts: Interrupts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    interrupted: bool,
    code: int,
    told: str,
) -> None:
    def panics(*_: object, **__: object) -> None:
        if interrupted:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        raise Panic

    monkeypatch.setattr(cli.accordant, "main", panics)
    assert cli._run([], interrupts) == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(told)


@pytest.mark.usefixtures("interrupts")
def test_every_key_press_interrupts() -> None:
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


@posix
def test_no_parser_outlives_an_interrupt(
    tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    (tmp_path / "a.json").write_text("[" + ",".join(['{"series_ref":"a"}'] * 600_000) + "]")
    process = started("check", "a.json", "-s", "global-indicator")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not tell of children")
    wait_for(lambda: bool(of_all_threads(process.pid)))
    parsers = of_all_threads(process.pid)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in parsers))
    assert process.returncode == 130
    assert not any(Path(f"/proc/{pid}").exists() for pid in parsers)


def of_all_threads(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]
