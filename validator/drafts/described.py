"""A draft from tables that a description describes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from validator.drafts.cleaning import Said, cleaned, reasons
from validator.drafts.parts import Draft, DraftTable, slug
from validator.errors import UsageError

Named = TypeVar("Named", "Described", "Said")


@dataclass
class Described:
    """One table of a description: its fields by the names that it has there."""

    name: str
    fields: list[Said]
    key: tuple[str, ...] = ()
    title: str = ""
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    why: tuple[str, ...] = ()


def drafted(standard: str, tables: Sequence[Described], source: str, title: str = "") -> Draft:
    """The draft, with names that the language has, and only links that lead to a key.

    Raises UsageError where there is no field at all.
    """
    for table in tables:
        table.fields, table.why = _first(table.fields, table.why, "fields")
    tables, why = _first([table for table in tables if table.fields], (), "tables")
    if not tables:
        message = f"There is no field to draft {source}. Name its fields, or draft from the data."
        raise UsageError(message)
    tables[0].why += why
    known: dict[str, str] = {}
    names: dict[str, dict[str, str]] = {}
    for table in tables:
        known[table.name] = slug(table.name, "table", set(known.values()))
        here = names.setdefault(table.name, {})
        for said in table.fields:
            here[said.name] = slug(said.name, "field", set(here.values()))
    missing = reasons(said for table in tables for said in table.fields)
    keys = {t.name: t.key for t in tables}
    made = []
    for table in tables:
        here = names[table.name]
        for said in table.fields:
            to, column = table.links.get(said.name, ("", ""))
            if to in known and keys[to] == (column,) and column in names[to]:
                said.references = f"{known[to]}.{names[to][column]}"
            said.title = said.title or said.name
            said.specify = here.get(said.specify, "")
            if said.name in table.key:
                said.blank, said.missing = False, ()
        fields = []
        for said in table.fields:
            heading, said.name = said.name, here[said.name]
            fields.append(cleaned(said))
            said.name = heading
        made.append(
            DraftTable(
                name=known[table.name],
                fields=tuple(fields),
                key=tuple(here[name] for name in table.key if name in here),
                title=table.title or table.name,
                why=table.why,
                headings={old: new for old, new in here.items() if old != new},
            )
        )
    return Draft(standard, tuple(made), source, missing, title=title)


def _first(
    items: Sequence[Named], why: tuple[str, ...], what: str
) -> tuple[list[Named], tuple[str, ...]]:
    """The items, and of those of one name the first; a comment says that there were more."""
    found: dict[str, Named] = {}
    for item in items:
        found.setdefault(item.name, item)
    again = len(items) - len(found)
    note: tuple[str, ...] = (
        (f"Of {what} of one name the first is here: {again} left out.",) if again else ()
    )
    return list(found.values()), (*why, *note)
