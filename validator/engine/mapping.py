"""Which file holds which table: by its name, or else by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from validator.expressions.headings import ENOUGH, cover
from validator.model.standard import Standard


def table_of(
    standard: Standard, path: str, columns: Sequence[str], named: str | None = None
) -> tuple[str | None, str]:
    """The table that a file holds, and how that was told (in plain words).

    ``named`` is what the caller said; it wins. A file that fits no table, or two alike, has none.
    """
    if named is not None:
        return named, "named in the call"
    stem = PurePath(path).name.split(".")[0].casefold()
    words = set(re.split(r"[^a-z0-9]+", stem)) | {stem}
    by_name = [table.name for table in standard.tables if table.name.casefold() in words]
    if len(by_name) == 1:
        return by_name[0], "by its name"
    return _by_headings(standard, frozenset(columns))


def _by_headings(standard: Standard, columns: frozenset[str]) -> tuple[str | None, str]:
    scores = sorted(
        ((cover(table, columns), table.name) for table in standard.tables), reverse=True
    )
    best, name = scores[0]
    tied = len(scores) > 1 and scores[1][0] == best
    if best < ENOUGH or tied:
        return None, "neither its name nor its headings fit a table"
    return name, "by its headings"
