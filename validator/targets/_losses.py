"""The losses that targets share, in one wording each."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.standard import Rule, Standard, Table
from validator.registry import Loss


def place(table: Table, field: str | None = None) -> str:
    """Where a loss is: ``table`` or ``table.field``."""
    return f"{table.name}.{field}" if field else table.name


def rule_place(rule: Rule) -> str:
    """Where the loss of a rule is: ``table: rule``."""
    return f"{rule.table}: {rule.id}"


def of_the_standard(standard: Standard) -> Iterator[Loss]:
    """What only a check of a whole submission can see, and no schema at all."""
    yield Loss(
        "checks of the whole",
        standard.id,
        "Checks of free text, of disclosure and of the data set as a whole are accordant's own.",
    )
    why = "A column that the standard does not have is refused; accordant only warns of it."
    yield Loss("unknown column", standard.id, why)
    if any(table.required for table in standard.tables):
        names = ", ".join(table.name for table in standard.tables if table.required)
        why = f"That a submission must hold {names}, and may lack the other tables, is not said."
        yield Loss("required tables", standard.id, why)


def stale(table: Table) -> Iterator[Loss]:
    """Codes that depend on the day of the check."""
    for item in table.stale:
        why = "Whether a code ought to be looked at again depends on the day of the check."
        yield Loss("stale code", place(table, item.field), why)


def unlike_rule(rule: Rule) -> str | None:
    """Why a rule is beyond any schema of one record; None where it may be within."""
    if rule.count:
        return f"The rule counts rows of the table {rule.count.table}."
    if rule.exists:
        return f"The rule looks for a row in the table {rule.exists.table}."
    return None
