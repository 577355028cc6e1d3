"""Which file holds which table: by its name, or else by its headings."""

from __future__ import annotations

from validator.expressions.headings import ENOUGH, called_after, cover
from validator.model.reading import Reading
from validator.model.standard import Standard


def table_of(
    standard: Standard, reading: Reading, named: str | None = None
) -> tuple[str | None, str]:
    """The table that a file or sheet holds, and how that was told (in plain words).

    ``named`` is what the caller said; it wins. A sheet is known by its own name. A file that fits
    no table, or two alike, or that is no table, has none.
    """
    if not reading.columns:
        return None, "it could not be read as a table"
    if named is not None:
        return named, "named in the call"
    name = reading.sheet if reading.sheet is not None else reading.path
    by_name = called_after(standard.by_name, name)
    if by_name is not None:
        return by_name, "by its name"
    return _by_headings(standard, frozenset(reading.columns))


def _by_headings(standard: Standard, columns: frozenset[str]) -> tuple[str | None, str]:
    scores = sorted(
        ((cover(table, columns), table.name) for table in standard.tables), reverse=True
    )
    best, name = scores[0]
    tied = len(scores) > 1 and scores[1][0] == best
    if best >= ENOUGH and tied:
        return None, "its name fits no table, and its headings fit several"
    if best < ENOUGH:
        return None, "neither its name nor its headings fit a table"
    return name, "by its headings"
