"""The contract of a generated page: a file of this room exports ``PAGE``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from validator.reference.blocks import Block, as_markdown

ROOT = Path(__file__).resolve().parent.parent.parent
"""The repository: pages are written there, and nowhere else."""

NOTE = "<!-- Written by `make docs` from the program itself. Do not edit it by hand. -->"


@dataclass(frozen=True)
class Page:
    """One generated file. ``name`` is its path in the repository."""

    name: str
    title: str
    render: Callable[[], str]


def markdown(blocks: Iterable[Block]) -> str:
    """A whole generated Markdown page."""
    return f"{NOTE}\n\n{as_markdown(blocks)}"
