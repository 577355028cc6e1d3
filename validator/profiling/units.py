"""What a record is, and whether a published figure counts the same."""

from __future__ import annotations

from collections import Counter

from validator.model.standard import Standard, Table


def unit_of(standard: Standard, table: Table) -> str | None:
    """What the published figures call a record of the table; None where nothing says it.

    A figure's unit is a table's own where it is the table's name. Where it names no table of the
    standard (a table ``media`` with figures that count ``file``), it is the commonest one.
    """
    units = Counter(f.published.unit for f in table.fields if f.published and f.published.unit)
    if table.name in units:
        return table.name
    own = [unit for unit, _ in units.most_common() if unit not in standard.by_name]
    return own[0] if own else None


def many_of(unit: str | None, count: int | None) -> str:
    """``1,200 files``, ``40 series``; records where nothing says what they are."""
    noun = unit or "record"
    if count != 1 and not noun.endswith("s"):
        noun += "s"
    return noun if count is None else f"{count:,} {noun}"
