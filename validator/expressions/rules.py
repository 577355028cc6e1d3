"""What the checks of rules share: words, places, and the columns that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from validator.expressions.relations import needs
from validator.model.condition import FieldRef, fields_of
from validator.model.standard import Rule, Standard
from validator.registry import Verdict, View


def verdict_of(rule: Rule, how: str = "") -> Verdict:
    """The rule's title, how it does not hold, and what to do about it."""
    # the title alone would read as if it were said of this record
    title = str(rule.title).rstrip(".")
    return Verdict(" ".join(filter(None, (f"This does not hold: {title}.", how, str(rule.mend)))))


def field_of(rule: Rule) -> str | None:
    """The field to look at: the one that ``then`` tests, or that a count is held against."""
    if rule.count and isinstance(rule.count.number, FieldRef):
        return rule.count.number.field
    own = {ref.field for ref in fields_of(rule.then) if ref.table in {None, rule.table}}
    return own.pop() if len(own) == 1 else None


def kept_for(
    standard: Standard, there: frozenset[str], ours: Callable[[Rule], bool]
) -> Mapping[str, Iterable[str]]:
    """The columns that the rules need after the pass, where all their tables are there."""
    kept: dict[str, set[str]] = {}
    for rule in filter(ours, standard.rules):
        wanted = needs(standard, rule)
        if there.issuperset(wanted):
            for table, columns in wanted.items():
                kept.setdefault(table, set()).update(columns)
    return kept


def missing_for(view: View, wanted: Mapping[str, Iterable[str]]) -> str | None:
    """Why a rule cannot be checked: a table or a column that is not there. None where it can."""
    for table, columns in wanted.items():
        if table not in view.tables:
            return f"the table {table} is not in the submission"
        absent = sorted(set(columns) - view.tables[table].present)
        if absent:
            return f"{table} has no column {', '.join(absent)}"
    return None
