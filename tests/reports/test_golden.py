"""Reports as people and programs get them, byte for byte, beside what they were last time.

``ACCORDANT_WRITE_GOLDEN=1`` writes them anew; what changed is then seen in the diff.
"""

from __future__ import annotations

import os
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.reports.report_samples import SAMPLES
from validator.model.report import Show
from validator.registry import Rendering, checks, formats

GOLDEN = Path(__file__).parent.parent / "golden" / "reports"
PLAIN = Rendering(width=80)
CASES = {
    **{f"{name}.txt": (name, "text", PLAIN) for name in SAMPLES},
    **{f"{name}.json": (name, "json", PLAIN) for name in ("clean", "faulty", "two-files")},
    "faulty-120.txt": ("faulty", "text", Rendering(width=120)),
    "faulty-40.txt": ("faulty", "text", Rendering(width=40)),
    "faulty-colour.ansi": ("faulty", "text", Rendering(width=100, colour=True)),
    "faulty-shape.txt": ("faulty", "text", Rendering(Show.SHAPE, width=80)),
    "faulty-shape.json": ("faulty", "json", Rendering(Show.SHAPE)),
    "hostile-full.txt": ("hostile", "text", Rendering(Show.FULL, width=80)),
    "hostile-full.json": ("hostile", "json", Rendering(Show.FULL)),
    **{
        f"{name}.{suffix}": (name, form, PLAIN)
        for name in ("faulty", "two-files")
        for form, suffix in (
            *(("csv", "csv"), ("github", "github.txt"), ("html", "html")),
            *(("jsonl", "jsonl"), ("junit", "junit.xml"), ("sarif", "sarif")),
        )
    },
    "hostile-full.html": ("hostile", "html", Rendering(Show.FULL)),
}


@pytest.fixture(autouse=True)
def plain_words(monkeypatch):
    """The words of the checks are theirs, and may change without a report that does."""
    words = ("title", "means", "why", "mend")
    told = [
        replace(check, **{word: f"{word} of {check.code}" for word in words}) for check in checks()
    ]
    for module in ("page", "sarif"):
        monkeypatch.setattr(f"validator.reports.{module}.checks", lambda: told)


@pytest.mark.parametrize("name", CASES)
def test_a_report_reads_as_it_did(name):
    sample, form, how = CASES[name]
    rendered = formats()[form].render(SAMPLES[sample], how)
    # the version of accordant is the one thing that may differ
    for before in ('"version": "', "accordant "):
        named = f"{before}{version('accordant')}".encode()
        rendered = rendered.replace(named, f"{before}VERSION".encode())

    if os.environ.get("ACCORDANT_WRITE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(rendered)
    assert rendered == (GOLDEN / name).read_bytes()


def test_no_golden_file_is_left_over():
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)
