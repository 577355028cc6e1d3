"""Figures in words, and a text for people from parts that rich lays out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from validator.profiling.figures import Portion
from validator.reports.wording import share

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST = 60
HIDDEN = "hidden"


def printed(parts: Iterable[RenderableType], width: int, *, colour: bool) -> bytes:
    """The parts as text, each on lines of its own; without colour there are no escape codes."""
    from rich.console import Console

    out = io.StringIO()
    # the environment is left out, so that the same figures give the same bytes
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        force_jupyter=False,
        _environ={},
    )
    for part in parts:
        console.print(part, markup=False, highlight=False, emoji=False)
    lines = (text.rstrip() for text in out.getvalue().split("\n"))
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def count(portion: Portion) -> str:
    """``1,200``, or that it is hidden."""
    return HIDDEN if portion.count is None else f"{portion.count:,}"


def per_cent(portion: Portion) -> str:
    """``72.5``; nothing where there is no share. It is never rounded to 0 or to 100."""
    if portion.count is None or not portion.total:
        return ""
    return share(portion.count, portion.total)


def interval(portion: Portion) -> str:
    """``70.1 to 74.8``; nothing where there is no share."""
    if portion.low is None or portion.high is None:
        return ""
    return f"{portion.low:.1f} to {portion.high:.1f}"


def number(value: float) -> str:
    """``1,200``, ``3.25``: no more digits than there are."""
    return f"{value:,.10g}"
