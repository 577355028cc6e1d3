"""Text that is written once and shown as Markdown, in a terminal, or as plain lines.

Names of codes and fields stand between backticks in prose; plain lines leave them out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the document's."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that stay as they are: a file, a standard, a finding."""

    text: str
    language: str = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Prose | Points | Verbatim | Grid


class Style(StrEnum):
    """What a plain line is, for those who can show it."""

    HEADING = "heading"
    PROSE = "prose"
    VERBATIM = "verbatim"


def as_markdown(blocks: Iterable[Block], below: int = 0) -> str:
    """The blocks as Markdown; ``below`` is how many levels deeper their headings stand."""
    return "\n\n".join(_markdown(block, below) for block in blocks) + "\n"


def _markdown(block: Block, below: int) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + below)} {text}"
        case Prose(text):
            return text
        case Points(items):
            return "\n".join(f"- {item}" for item in items)
        case Verbatim(text, language):
            return f"```{language}\n{text.rstrip(chr(10))}\n```"
        case Grid(head, rows):
            lines = [head, ["---"] * len(head), *rows]
            return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def as_lines(blocks: Iterable[Block], width: int) -> Iterator[tuple[Style, str]]:
    """The blocks as plain lines of at most ``width`` characters (verbatim ones may be longer)."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) and number:
            yield Style.PROSE, ""
        yield from _lines(block, width)


def _lines(block: Block, width: int) -> Iterator[tuple[Style, str]]:
    match block:
        case Heading(text):
            yield Style.HEADING, _plain(text)
        case Prose(text):
            yield from ((Style.PROSE, line) for line in _wrapped(text, width, "  ", "  "))
        case Points(items):
            for item in items:
                yield from ((Style.PROSE, line) for line in _wrapped(item, width, "  - ", "    "))
        case Verbatim(text):
            yield from ((Style.VERBATIM, f"      {line}") for line in text.rstrip("\n").split("\n"))
        case Grid(_, rows):
            widest = max((len(_plain(row[0])) for row in rows), default=0)
            for first, *rest in rows:
                start = f"  {_plain(first):<{widest}}  "
                told = "; ".join(filter(None, rest))
                lines = _wrapped(told, width, start, " " * len(start))
                yield from ((Style.PROSE, line) for line in lines)


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        _plain(text),
        max(width, 40),
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def _plain(text: str) -> str:
    return text.replace("`", "")
