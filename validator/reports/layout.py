"""How the text report is laid out with rich: lines, indents and columns.

``line`` is the only way into the report for any text: it takes no markup, and it makes
control characters visible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.model.visible import safe

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


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
