"""What the documentation shows is what happens.

Blocks fenced as ``console`` are run in order, in a folder with the examples: a line that begins
with ``$ `` is a command, and what follows is its whole output, where a line ``...`` stands for any
lines. A block whose fence names a file (```` ```yaml sightings.yaml ````) is saved under that name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from validator.cli import accordant
from validator.standards.load import load

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [*WRITTEN, *sorted((ROOT / "docs" / "reference").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\""
)


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Language, the rest of the fence, and text of each fenced block."""
    for found in FENCE.finditer(page.read_text("utf-8")):
        yield found[1], found[2].strip(), found[3]


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines that are shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown


def alike(shown: list[str], real: list[str]) -> bool:
    """Whether what is shown is the real output, where ``...`` stands for any lines."""
    if not shown:
        return not real
    first, *rest = shown
    if first.strip() == "...":
        return any(alike(rest, real[start:]) for start in range(len(real) + 1))
    return bool(real) and first.rstrip() == real[0].rstrip() and alike(rest, real[1:])


@pytest.fixture
def workplace(tmp_path: Path) -> dict[str, str]:
    """A folder with the examples, and ``accordant`` and ``python`` on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    programs = tmp_path / ".programs"
    programs.mkdir()
    for name, arguments in (("accordant", "-m validator "), ("python", "")):
        script = programs / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n', "utf-8")
        script.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "COLUMNS"}}
    return {
        **kept,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_commands_show_what_the_page_says(page: Path, tmp_path: Path, workplace: dict[str, str]):
    for language, name, text in blocks(page):
        if language != "console":
            if name:
                (tmp_path / name).write_text(text, "utf-8")
            continue
        for command, shown in commands(text):
            if command.startswith("make "):
                continue
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=tmp_path,
                env=workplace,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=60,
                check=False,
            )
            real = done.stdout.rstrip("\n").split("\n")
            assert alike(shown, real if real != [""] else []), f"$ {command}\n{done.stdout}"


STANDARDS = [
    pytest.param(text, id=f"{page.name}: {text.split()[1]}")
    for page in PAGES
    for language, _, text in blocks(page)
    if language == "yaml" and text.startswith("standard:")
]


@pytest.mark.parametrize("text", STANDARDS)
def test_a_whole_standard_that_is_shown_loads(text: str, tmp_path: Path):
    path = tmp_path / "standard.yaml"
    path.write_text(text, "utf-8")
    assert load(path).tables


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    dead = []
    for found in LINK.finditer(re.sub(r"`[^`]*`", "", FENCE.sub("", page.read_text("utf-8")))):
        target = next(filter(None, found.groups()))
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            dead.append(target)
    assert dead == []


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as the web shows them, and its own marks."""
    text = FENCE.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def test_every_page_is_named_in_the_index():
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {str(page.relative_to(ROOT / "docs")) for page in PAGES[1:]} - {"README.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = accordant.list_commands(click.Context(accordant))
    assert [name for name in commands if f"| `accordant {name} " not in readme] == []


def test_the_wildcard_stands_for_any_lines():
    assert alike(["a", "...", "d"], ["a", "b", "c", "d"])
    assert alike(["...", "d"], ["d"])
    assert not alike(["a", "...", "d"], ["a", "b"])
    assert not alike(["a"], ["a", "b"])
