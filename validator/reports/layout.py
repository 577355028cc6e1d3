"""How a text report is laid out with rich: lines, indents and columns, and the bytes they make.

``line`` is the only way into a report for any text: it takes no markup, and it makes
control characters visible.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.model.visible import safe
from validator.registry import Rendering

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

NARROWEST = 40
"""The least width, in characters; whoever asks for less gets this."""


def printed(parts: Iterable[RenderableType], how: Rendering) -> bytes:
    """Parts below one another, as wide as ``how`` says, without spaces at the ends of lines.

    Without colour the text is plain: no escape codes, nothing drawn. Nothing here ever reads
    rich's markup, so that a bracket in a path is a bracket.
    """
    from rich.console import Console

    out = io.StringIO()
    # the environment is left out, so that the same parts and rendering give the same bytes
    console = Console(
        file=out,
        width=max(how.width, NARROWEST),
        force_terminal=how.colour,
        color_system="standard" if how.colour else None,
        legacy_windows=False,
        force_jupyter=False,
        _environ={},
    )
    for part in parts:
        console.print(part, markup=False, highlight=False, emoji=False)
    lines = (text.rstrip() for text in out.getvalue().split("\n"))
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def line(text: str, style: str = "") -> Text:
    """One paragraph of harmless text. It wraps at the width, and breaks a word that is longer."""
    from rich.text import Text

    # the style covers the text alone, so that what is appended keeps its own
    return Text(overflow="fold").append(safe(text), style)


def stacked(parts: Iterable[RenderableType]) -> RenderableType:
    """Parts below one another."""
    from rich.console import Group

    return Group(*parts)


def indented(part: RenderableType, by: int = 2) -> RenderableType:
    """A part that stands ``by`` spaces to the right, wrapped lines too."""
    from rich.padding import Padding

    return Padding(part, (0, 0, 0, by), expand=False)


def heading(text: str) -> Iterator[RenderableType]:
    """A heading, with an empty line before it."""
    yield line("")
    yield line(text, "bold underline")


def columns(
    rows: Iterable[tuple[RenderableType, RenderableType]], by: int = 0, gap: int = 2
) -> RenderableType:
    """Labels, and beside each what belongs to it, wrapped in what is left of the width."""
    from rich.table import Table

    table = Table.grid(padding=(0, gap, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return indented(table, by)
