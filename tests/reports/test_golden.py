"""Reports as people and programs get them, byte for byte, beside what they were last time.

``ACCORDANT_WRITE_GOLDEN=1`` writes them anew; what changed is then seen in the diff.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pytest
from report_samples import SAMPLES

from validator.model.report import Show
from validator.registry import Rendering, formats

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
}


@pytest.mark.parametrize("name", CASES)
def test_a_report_reads_as_it_did(name):
    sample, form, how = CASES[name]
    # the version of accordant is the one thing that may differ
    tool = f'"version": "{version("accordant")}"'.encode()
    rendered = formats()[form].render(SAMPLES[sample], how).replace(tool, b'"version": "VERSION"')

    if os.environ.get("ACCORDANT_WRITE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(rendered)
    assert rendered == (GOLDEN / name).read_bytes()


def test_no_golden_file_is_left_over():
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)
