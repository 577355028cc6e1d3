"""Dates in a form of one's own (``dd/mm/yyyy``) to ISO dates of a precision."""

from __future__ import annotations

import datetime as dt
import re

from validator.model.standard import Precision

PARTS = {"dd": r"(?P<day>[0-9]{2})", "mm": r"(?P<month>[0-9]{2})", "yyyy": r"(?P<year>[0-9]{4})"}


def pattern(form: str) -> re.Pattern[str]:
    """A pattern for cells of a form: its parts, and what stands between them, exactly."""
    pieces = re.split(r"(dd|mm|yyyy)", form)
    return re.compile("".join(PARTS.get(piece, re.escape(piece)) for piece in pieces))


def finest(form: str) -> Precision:
    """How exact a date of that form is."""
    if "dd" in form:
        return Precision.DAY
    return Precision.MONTH if "mm" in form else Precision.YEAR


def iso(cell: str, form: re.Pattern[str], precision: Precision) -> str | None:
    """The cell as an ISO date of that precision; None where it is no day of the calendar.

    A form without a day or month gives nothing finer than it says: that is None too.
    """
    found = form.fullmatch(cell)
    if found is None:
        return None
    parts = found.groupdict()
    try:
        day = dt.date(int(parts["year"]), int(parts.get("month", 1)), int(parts.get("day", 1)))
    except (ValueError, KeyError):
        return None
    match precision:
        case Precision.YEAR:
            return f"{day.year:04}"
        case Precision.QUARTER if "month" in parts:
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case Precision.MONTH if "month" in parts:
            return f"{day.year:04}-{day.month:02}"
        case Precision.DAY if "day" in parts:
            return day.isoformat()
        case _:
            return None
