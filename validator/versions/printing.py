"""Parts of a report as bytes of text: the same for the same width, whatever the environment."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from validator.registry import Rendering

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST = 40


def printed(parts: Iterable[RenderableType], how: Rendering) -> bytes:
    """The parts below one another, without spaces at the ends of lines."""
    from rich.console import Console

    out = io.StringIO()
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
    lines = (text.rstrip() for text in out.getvalue().splitlines())
    return ("\n".join(lines) + "\n").encode()


def many(number: int, one: str, more: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"
