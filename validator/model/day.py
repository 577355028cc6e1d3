"""The day for which something is done (``--as-of``)."""

from __future__ import annotations

import datetime as dt

from validator.errors import UsageError


def day_of(as_of: str | None) -> str:
    """The ISO day that was named, or today. Raises UsageError for what is no day."""
    if as_of is None:
        return dt.datetime.now(dt.UTC).date().isoformat()
    try:
        return dt.date.fromisoformat(as_of).isoformat()
    except ValueError:
        message = f"'{as_of}' is not a day. Write it as YYYY-MM-DD, such as 2026-01-31."
        raise UsageError(message) from None
