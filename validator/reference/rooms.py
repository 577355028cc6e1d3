"""docs/reference/rooms.md: the rooms of the program, and which may import which."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from validator.reference._page import ROOT, Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose

PACKAGE = "validator"


def _blocks() -> Iterator[Block]:
    yield Heading("Rooms", 1)
    yield Prose(
        "The rooms of `validator/`, the highest floor first. Imports run downward only, and rooms "
        "of one floor do not see each other: import-linter holds that (`pyproject.toml`, "
        "`make lint`). What stands here is each room's own first line."
    )
    rows = [
        [str(number) if first else "", f"`{room.removeprefix(f'{PACKAGE}.')}`", _says(room)]
        for number, rooms in zip(range(len(_floors()), 0, -1), _floors(), strict=True)
        for first, room in ((room == rooms[0], room) for room in rooms)
    ]
    yield Grid(["floor", "room", "what lives there"], rows)


def _floors() -> list[list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers: list[str] = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def _says(room: str) -> str:
    """The first line of a room's documentation."""
    path = ROOT / Path(*room.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return said.split("\n\n")[0]


PAGE = Page("docs/reference/rooms.md", "Rooms", lambda: markdown(_blocks()))
