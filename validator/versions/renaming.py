"""An older version under the newer one's names, so that what is only renamed compares equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from validator.model.condition import All, AnyOf, Condition, FieldRef, Not, Test
from validator.model.migration import Migration, Rename
from validator.model.standard import Count, Field, Reference, Rule, Standard, Table

Names = Mapping[tuple[str, str], str]
"""Table and old field to the new name."""


def names_of(migration: Migration | None) -> Names:
    """The fields that a migration renames."""
    steps = migration.of(Rename) if migration else ()
    return {(str(step.field.table), step.field.field): step.to for step in steps}


def renamed(standard: Standard, names: Names) -> Standard:
    """The standard with its fields under their new names, wherever they are named."""
    if not names:
        return standard
    return replace(
        standard,
        tables=tuple(_table(table, names) for table in standard.tables),
        rules=tuple(_rule(rule, names) for rule in standard.rules),
    )


def _namer(table: str, names: Names) -> Callable[[str], str]:
    return lambda field: names.get((table, field), field)


def _table(table: Table, names: Names) -> Table:
    name = _namer(table.name, names)
    return replace(
        table,
        fields=tuple(_field(table.name, field, names) for field in table.fields),
        key=tuple(map(name, table.key)),
        stale=tuple(
            replace(item, field=name(item.field), reviewed=name(item.reviewed))
            for item in table.stale
        ),
    )


def _field(table: str, field: Field, names: Names) -> Field:
    name, to = _namer(table, names), field.references
    return replace(
        field,
        name=name(field.name),
        specify=name(field.specify) if field.specify else None,
        references=Reference(to.table, _namer(to.table, names)(to.field)) if to else None,
        speaks_for=tuple(replace(item, field=name(item.field)) for item in field.speaks_for),
    )


def _rule(rule: Rule, names: Names) -> Rule:
    count, exists = rule.count, rule.exists
    return replace(
        rule,
        when=_condition(rule.when, rule.table, names),
        then=_condition(rule.then, rule.table, names),
        count=_counted(count, rule.table, names) if count else None,
        exists=_joined(exists, names) if exists else None,
    )


def _counted(count: Count, table: str, names: Names) -> Count:
    number = count.number
    if isinstance(number, FieldRef):
        number = _ref(number, table, names)
    joined: Count = replace(_joined(count, names), number=number)
    return joined


def _joined(part: Any, names: Names) -> Any:
    where = _condition(part.where, part.table, names)
    return replace(part, on=_namer(part.table, names)(part.on), where=where)


def _condition(condition: Condition | None, table: str, names: Names) -> Any:
    match condition:
        case None:
            return None
        case Test():
            operands = tuple(
                _ref(item, table, names) if isinstance(item, FieldRef) else item
                for item in condition.operands
            )
            return replace(condition, field=_ref(condition.field, table, names), operands=operands)
        case Not(part):
            return Not(_condition(part, table, names))
        case All(parts):
            return All(tuple(_condition(part, table, names) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_condition(part, table, names) for part in parts))


def _ref(ref: FieldRef, table: str, names: Names) -> FieldRef:
    return replace(ref, field=_namer(ref.table or table, names)(ref.field))
