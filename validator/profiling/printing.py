"""Figures in words."""

from __future__ import annotations

from validator.profiling.figures import Portion
from validator.reports.wording import share

HIDDEN = "hidden"


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
