"""docs/images/demo.svg: what a terminal shows of the demo, drawn from its real report."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from validator.model.report import Report, Show
from validator.reference._page import ROOT, Page
from validator.reference.cases import AS_OF
from validator.registry import Rendering, formats

DEMO = "examples/submission-with-faults"
COMMAND = f"accordant check {DEMO} --as-of {AS_OF}"
WIDTH = 100
LINES = 36
"""Lines of the report that fit into a picture, at most."""
FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def _report() -> Report:
    from validator.engine.run import Options, run
    from validator.opening import opened

    standard, how, readings = opened(None, ROOT / DEMO)
    named = [replace(reading, path=f"{DEMO}/{Path(reading.path).name}") for reading in readings]
    return replace(run(standard, named, Options(as_of=AS_OF)), standard_found_by=how)


def _render() -> str:
    from rich.console import Console
    from rich.text import Text

    shown = formats()["text"].render(_report(), Rendering(Show.LOCATION, WIDTH, colour=True))
    lines = shown.decode().rstrip("\n").split("\n")
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True,
        color_system="truecolor", legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(Text(f"$ {COMMAND}", "bold"))
    kept = _whole(lines)
    for line in kept:
        console.print(Text.from_ansi(line))
    console.print(Text(f"... and {len(lines) - len(kept)} more lines", "dim"))
    picture = console.export_svg(title=COMMAND, unique_id="demo")
    # the viewer's own font: a picture must not fetch anything
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code, monospace", FONTS)
    return "\n".join(line.rstrip() for line in picture.split("\n")).rstrip("\n") + "\n"


def _whole(lines: list[str]) -> list[str]:
    """The first lines, up to the end of a finding or of a part."""
    for end in range(min(LINES, len(lines)), 0, -1):
        following = _COLOUR.sub("", lines[end]) if end < len(lines) else ""
        if not following.strip() or re.match(r"  \S", following):
            return lines[:end]
    return lines[:LINES]


PAGE = Page("docs/images/demo.svg", "The demo in a terminal", _render)
