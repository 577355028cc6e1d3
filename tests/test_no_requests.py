"""No command asks for anything outside of this computer.

Each runs in a network namespace of its own without routes, where the kernel counts what would have
left, and under Python's audit events, which tell of connections, look-ups of names and programs
that are started. Systems without such namespaces have the audit events alone. What the inputs hold
tempts to ask: addresses of resources, schemas and profiles, links, and other workbooks.

Not among them is a database that is asked because its URL was given (``postgresql://host/name``).
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.readers.books import ods
from validator.cli import _commands
from validator.registry import formats, targets

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
STANDARD = ("-s", "global-indicator")
AS_OF = ("--as-of", "2026-01-31")
ADDRESS = "http://192.0.2.1/x"
"""Reserved for documentation: nobody is there."""
INPUTS = {
    "csv": "data/series.csv",
    "csv.gz": "data/series.csv.gz",
    "folder": "data",
    "xlsx": "book.xlsx",
    "ods": "book.ods",
    "json": "series.json",
    "jsonl": "series.jsonl",
    "parquet": "series.parquet",
    "sqlite": "sqlite:///base.db",
    "package": "package",
    "zip": "package.zip",
    "linked workbook": "linked.xlsx",
    "an address": ADDRESS,
}
MORE = {
    "fix": ("fix", "data", "-o", "copy"),
    "fix a workbook": ("fix", "book.xlsx", "--unsafe", "-o", "copy"),
    "withhold": ("fix", "data", "--suppress", "--audience", "public", "-o", "copy"),
    "lint": ("lint", "global-indicator"),
    "lint an address": ("lint", ADDRESS),
    "explain": ("explain", "unknown-code"),
    "synth": ("synth", "global-indicator", "--rows", 5, "--seed", 1, "-o", "made"),
    "baseline": ("check", "data", *AS_OF, "--write-baseline", "known.json"),
    "xlsx report": ("check", "data", *AS_OF, "--format", "xlsx=marked.xlsx"),
    "annotated": ("check", "book.xlsx", *AS_OF, "--format", "xlsx=marked.xlsx"),
    "standard at an address": ("check", "data", "-s", ADDRESS),
}
RUNS = {
    **{f"check {name}": ("check", path, *STANDARD, *AS_OF) for name, path in INPUTS.items()},
    **{f"as {form}": ("check", "data", *AS_OF, "--format", form) for form in formats()},
    **{t: ("compile", "global-indicator", "--to", t, "--output", "compiled") for t in targets()},
    **MORE,
}
UNCHECKED = {
    *("check package", "check zip", "check an address", "lint an address"),
    "standard at an address",
}
"""What is at an address is not fetched, so these end with exit code 2."""
NAMED = {str(arguments[0]) for arguments in RUNS.values()} | {"serve"}
NEW = {name: (name, "data") for name in _commands() if name not in NAMED}
"""Commands that are not named here get a submission, whatever they make of it."""


def unshare() -> list[str]:
    """How a program is started in a namespace of its own; nothing where that is not permitted."""
    for options in ("-n", "-rn"):
        program = [shutil.which("unshare") or "false", options]
        tried = [*program, "true"]
        if subprocess.run(tried, check=False, stderr=subprocess.DEVNULL).returncode == 0:
            return program
    return []


UNSHARE = unshare()


def run(folder: Path, *arguments: object) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """A command, and what it asked for."""
    record = folder / "record.txt"
    done = subprocess.run(
        [*UNSHARE, sys.executable, "-m", "tests.offline", str(record), *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OWN_NAMESPACE": str(int(bool(UNSHARE)))},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, record.read_text("utf-8").splitlines() if record.exists() else []


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty submission in every form that is read."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copytree(EXAMPLES / "submission-with-faults", folder / "data")
    series = (EXAMPLES / "submission" / "series.csv").read_bytes()
    (folder / "data" / "series.csv").write_bytes(series)
    (folder / "data" / "series.csv.gz").write_bytes(gzip.compress(series))
    shutil.copy(EXAMPLES / "workbook-with-faults.xlsx", folder / "book.xlsx")
    frame = pl.read_csv(folder / "data" / "series.csv", infer_schema=False)
    frame.write_json(folder / "series.json")
    frame.write_ndjson(folder / "series.jsonl")
    frame.write_parquet(folder / "series.parquet")
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = [cell.format(text) for text in ("series_ref", "FRA-000001")]
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    sheet = f'<table:table table:name="series">{rows}</table:table>'
    (folder / "book.ods").write_bytes(ods(sheet))
    base = sqlite3.connect(folder / "base.db")
    base.execute("create table series (series_ref text)")
    base.close()
    remote = {"profile": ADDRESS, "$schema": ADDRESS, "schema": ADDRESS}
    resources = [
        {"name": "series", "path": "series.csv", **remote},
        {"name": "media", "path": ADDRESS},
    ]
    (folder / "package").mkdir()
    (folder / "package" / "series.csv").write_bytes(series)
    descriptor = json.dumps({"name": "x", "resources": resources, **remote})
    (folder / "package" / "datapackage.json").write_text(descriptor, "utf-8")
    with zipfile.ZipFile(folder / "package.zip", "w") as archive:
        for path in (folder / "package").iterdir():
            archive.write(path, path.name)
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="http://192.0.2.1/x.xlsx" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/>'
        "</Relationships>"
    )
    shutil.copy(folder / "book.xlsx", folder / "linked.xlsx")
    with zipfile.ZipFile(folder / "linked.xlsx", "a") as archive:
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", link)
    return folder


@pytest.fixture
def folder(inputs: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(inputs, tmp_path / "here"))


@pytest.mark.parametrize("name", [*RUNS, *NEW])
def test_nothing_outside_is_asked_for(folder: Path, name: str):
    done, asked = run(folder, *(RUNS | NEW)[name])
    assert asked == []
    assert "internal error" not in done.stderr
    if name in RUNS:
        assert (done.returncode == 2) == (name in UNCHECKED), done.stderr


def test_the_page_asks_for_nothing_outside_from_the_first_to_the_last(folder: Path):
    done, asked = run(folder, "--visit", folder / "book.xlsx")
    assert asked == []
    told = json.loads(done.stdout)
    assert (told["state"], told["code"]) == ("done", 0)
    assert {"report.html", "mended.zip", "book-findings.xlsx", "xlsx-template"} <= told[
        "sizes"
    ].keys()
    assert min(told["sizes"].values()) > 1000


def test_asking_would_be_seen_by_the_kernel(tmp_path: Path):
    """Without this the count could be 0 whatever happens."""
    if not UNSHARE:
        pytest.skip("NO NAMESPACES: the kernel's count was not tried; run the tests as root")
    _, asked = run(tmp_path, "--ask", "192.0.2.1")
    assert asked == ["1 without a route"]
    (tmp_path / "record.txt").unlink()
    assert run(tmp_path, "--ask", "127.0.0.1")[1] == []


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import subprocess; subprocess.run(['curl', '192.0.2.1'])",
    ],
)
def test_asking_would_be_seen_by_the_audit(tmp_path: Path, code: str):
    record = tmp_path / "record.txt"
    program = "import sys, pathlib; from tests.offline import audited; "
    program += f"audited(pathlib.Path(sys.argv[1])); {code}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(record)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert b"PermissionError" in done.stderr
    assert len(record.read_text("utf-8").splitlines()) == 1
