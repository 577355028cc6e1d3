"""Whatever bytes a parser of ours is given, it gives a result, a finding or one clear error.

A few seconds of the same inputs on every machine. ``ACCORDANT_FUZZ_SECONDS=3600`` looks for that
long at new ones, in equal shares for each parser. What breaks a parser is kept in ``corpus/``,
under its name, and is tried from then on.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutations import inputs
from validator import api
from validator.baseline.file import read as read_baseline
from validator.crosswalks.load import load as load_crosswalk
from validator.drafts.drafting import draft
from validator.errors import AccordantError, BrokenStandard
from validator.lint.examine import examine
from validator.model.report import CheckStatus
from validator.project.load import load as load_project
from validator.readers.discovery import read
from validator.readers.source import Source
from validator.standards.find import declared
from validator.standards.load import load
from validator.standards.strict_yaml import parse

CORPUS = Path(__file__).parent / "corpus"
SECONDS = float(os.environ.get("ACCORDANT_FUZZ_SECONDS", "0"))
Parser = Callable[[bytes], object]
FEATURES = CORPUS / "standard" / "features.yaml"


def in_file(name: str, run: Callable[[Path], object], beside: Path | None = None) -> Parser:
    """A parser of files, which is given its bytes in one of that name."""

    def parsed(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            if beside:
                (Path(folder) / beside.name).symlink_to(beside)
            return run(path)

    return parsed


def yaml(data: bytes) -> None:
    try:
        document = parse(data, "x.yaml")
    except BrokenStandard as broken:
        lines = data.count(b"\n") + data.count(b"\r") + 2 + len(data)
        places = [(problem.line, problem.column) for problem in broken.problems]
        assert all(1 <= line <= lines and column >= 1 for line, column in places)
    else:
        assert set(document.keys) <= set(document.places)


def condition(data: bytes) -> None:
    """A rule with that condition: refused with its place, or else every check can be made."""
    rule = "  - {rule: r, table: beds, title: R, when: {plants: 1}, then: "
    text = FEATURES.read_bytes() + rule.encode() + data.replace(b"\n", b" ") + b"}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard.yaml"
        path.write_bytes(text)
        standard = load(path)
        beds = Path(folder) / "beds.csv"
        beds.write_text("bed_ref,colour,plants,planted,remarks\nAAA-0001,red,1,2020-01,a\n")
        report = api.check(standard, [str(beds)], as_of="2026-01-31")
        broken = [check.code for check in report.checks if check.status is CheckStatus.FAILED]
        assert broken == []


def delimited(data: bytes) -> None:
    for reading in read(Source("a.csv", Path("a.csv"), data)):
        rows = sum(frame.height for frame in reading.frames(3))
        assert rows == reading.records
        assert len({fault.code for fault in reading.faults}) == len(reading.fault_counts)


def linted(path: Path) -> None:
    examine(path)


def checked(path: Path) -> object:
    return declared([path.parent / "series.csv"])


PARSERS: dict[str, tuple[Parser, int]] = {
    "yaml": (yaml, 400),
    "standard": (in_file("standard.yaml", load), 60),
    "lint": (in_file("standard.yaml", linted), 10),
    "condition": (condition, 25),
    "project": (in_file("accordant.yaml", load_project), 150),
    "declared": (in_file("accordant.yaml", checked), 150),
    "package": (in_file("datapackage.json", checked), 100),
    "baseline": (in_file("known.json", read_baseline), 60),
    "crosswalk": (
        in_file("codes.yaml", load_crosswalk, CORPUS / "crosswalk" / "schemes"),
        60,
    ),
    "sssom": (in_file("codes.sssom.tsv", load_crosswalk), 80),
    "csv": (delimited, 120),
    "draft": (in_file("x.json", lambda path: draft([str(path)], "x")), 20),
}
"""Each parser, and how many inputs it is given by default."""
SAME_CORPUS = {"lint": "standard", "declared": "project", "package": "draft"}


def corpus(name: str) -> list[Path]:
    folders = {CORPUS / name, CORPUS / SAME_CORPUS.get(name, name)}
    found = (path for folder in folders for path in folder.glob("*") if path.is_file())
    return sorted(found)


def harmless(run: Parser, data: bytes) -> None:
    """Our own error is one clear line, or one for each fault; anything else is a fault of ours."""
    try:
        run(data)
    except AccordantError as error:
        assert str(error).strip()  # noqa: PT017 - most inputs are refused


@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param(name, path, id=f"{name}: {path.name}")
        for name in PARSERS
        for path in corpus(name)
    ],
)
def test_what_is_in_the_corpus_does_no_harm(name: str, path: Path) -> None:
    harmless(PARSERS[name][0], path.read_bytes())


@pytest.mark.parametrize("name", PARSERS)
def test_no_bytes_do_harm(name: str) -> None:
    run, examples = PARSERS[name]

    def tried(data: bytes) -> None:
        try:
            harmless(run, data)
        except BaseException:
            failed.append(data)
            raise

    failed: list[bytes] = []
    fuzzed = settings(
        max_examples=500 if SECONDS else examples,
        derandomize=not SECONDS,
        database=None,
        suppress_health_check=list(HealthCheck),
    )(given(inputs([path.read_bytes() for path in corpus(name)]))(tried))
    until = time.monotonic() + SECONDS / len(PARSERS)
    try:
        while True:
            if SECONDS:
                fuzzed = hypothesis.seed(random.SystemRandom().random())(fuzzed)
            fuzzed()
            if time.monotonic() > until:
                break
    finally:
        if failed:
            # the last one is the smallest that was found
            shortest = hashlib.sha256(failed[-1]).hexdigest()[:12]
            folder = CORPUS / name
            folder.mkdir(exist_ok=True)
            (folder / f"broke-{shortest}").write_bytes(failed[-1])


def test_the_seeds_are_what_their_parsers_read() -> None:
    """Without this nothing but refusals might be tried."""
    assert load(FEATURES).rules
    assert load_project(CORPUS / "project" / "whole.yaml").off
    assert read_baseline(CORPUS / "baseline" / "known.json").known
    assert load_crosswalk(CORPUS / "crosswalk" / "codes.yaml").rows
    assert load_crosswalk(CORPUS / "sssom" / "codes.sssom.tsv").rows
    for path in (CORPUS / "condition").glob("*.yaml"):
        condition(path.read_bytes())
    for path in (CORPUS / "draft").glob("*.json"):
        assert draft([str(path)], "x")


# --- formats whose parsers are other people's, in a process apart --------------------------------


def foreign() -> dict[str, bytes]:

    import polars as pl

    from tests.readers.books import ods, xlsx, zipped

    frame = pl.DataFrame({"series_ref": ["a", "b"], "remarks": ["x", None]})
    parquet = io.BytesIO()
    frame.write_parquet(parquet)
    package = {"name": "x", "resources": [{"name": "series", "path": "series.csv"}]}
    cell = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return {
        "a.parquet": parquet.getvalue(),
        "a.xlsx": xlsx({"series": [["series_ref"], ["a"]]}),
        "a.ods": ods(f'<table:table table:name="series">{row}{row}</table:table>'),
        "a.zip": zipped({"datapackage.json": json.dumps(package), "series.csv": "series_ref\na\n"}),
        "a.json": b'[{"series_ref": "a", "n": 1.50}, {"series_ref": null}]',
        "a.jsonl": b'{"series_ref": "a"}\n{"series_ref": ["b"]}\n',
        "a.csv.gz": gzip.compress(b"series_ref\na\n", mtime=0),
    }


@pytest.mark.parametrize("name", foreign())
def test_no_bytes_break_out_of_a_parsers_process(name: str) -> None:
    seed = foreign()[name]

    def tried(data: bytes) -> None:
        for reading in read(Source(name, Path(name), data)):
            assert sum(frame.height for frame in reading.frames(100)) == reading.records

    fuzzed = settings(
        max_examples=max(8, int(SECONDS)),
        derandomize=not SECONDS,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[hypothesis.Phase.generate],
    )(given(inputs([seed]))(tried))
    fuzzed()
