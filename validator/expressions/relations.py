"""Rules across tables, over kept frames: parents joined to children, and children counted.

Frames are Narwhals frames of text columns. Each function adds columns or filters rows, and
judges in three values as ``conditions`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from validator.expressions import fields as cells
from validator.expressions.conditions import Scope, compile_condition
from validator.model.condition import FieldRef, fields_of
from validator.model.lexical import INTEGER
from validator.model.standard import Bound, Count, Exists, Rule, Standard, Table

HOLDS, FAILS, ROWS = "__holds__", "__fails__", "__rows__"

Frames = Mapping[str, Any]
"""Narwhals eager frames by table name."""


def refs_of(rule: Rule) -> tuple[FieldRef, ...]:
    """The fields that ``when`` and ``then`` read, and the number that a count is held against."""
    refs = (*fields_of(rule.when), *fields_of(rule.then))
    if rule.count and isinstance(rule.count.number, FieldRef):
        refs = (*refs, rule.count.number)
    return tuple(dict.fromkeys(refs))


def crosses_tables(rule: Rule) -> bool:
    """Whether a rule needs more than the one record."""
    return bool(rule.count or rule.exists) or any(ref.table for ref in refs_of(rule))


def needs(standard: Standard, rule: Rule) -> dict[str, set[str]]:
    """The columns that a rule reads, by table."""
    table = standard.by_name[rule.table]
    found: dict[str, set[str]] = {table.name: set()}

    def add(owner: Table, refs: tuple[FieldRef, ...]) -> None:
        for ref in refs:
            found.setdefault(ref.table or owner.name, set()).add(ref.field)
            if ref.table and ref.table != owner.name:
                link = owner.parents()[ref.table]
                found.setdefault(owner.name, set()).add(link.name)
                found[ref.table] |= set(standard.by_name[ref.table].key)

    add(table, refs_of(rule))
    for part in (rule.count, rule.exists):
        if part:
            other = standard.by_name[part.table]
            found[table.name].add(part.on)
            found.setdefault(other.name, set()).add(part.on)
            add(other, fields_of(part.where))
    return found


def scope_of(standard: Standard, table: Table, as_of: str) -> Scope:
    """What a condition on ``table`` can read: its own fields and its parents'."""
    fields = dict(table.by_name)
    for name in table.parents():
        parent = standard.by_name[name]
        fields |= {f"{name}.{field.name}": field for field in parent.fields}
    # a table may also call its own fields by their full name
    return Scope(fields, standard.missing_reasons, as_of)


def with_parents(
    standard: Standard, table: Table, frames: Frames, refs: tuple[FieldRef, ...]
) -> Any:
    """The table's frame with a column ``parent.field`` for each parent's field that is read.

    Where the parent is not to be found, is there twice, or has no valid key, its fields are
    blank: nothing can be told, and other checks speak of it.
    """
    frame = frames[table.name]
    for name in dict.fromkeys(ref.table for ref in refs if ref.table):
        link = table.parents()[name]
        above = standard.by_name[name]
        key = above.key[0]
        valid = cells.recorded(nw.col(key), above.by_name[key], standard.missing_reasons)
        read = list(dict.fromkeys(ref.field for ref in refs if ref.table == name))
        parent = (
            frames[name]
            .filter(valid)
            .unique(subset=[key], keep="none")
            .select(nw.col(key).alias(link.name), *(nw.col(f).alias(f"{name}.{f}") for f in read))
        )
        joined = frame.join(parent, on=link.name, how="left")
        frame = joined.with_columns(*(nw.col(f"{name}.{f}").fill_null("") for f in read))
    return frame


def broken(standard: Standard, rule: Rule, frames: Frames, as_of: str) -> Any:
    """The rows of the rule's table that certainly break it (the rule's own, in their order)."""
    table = standard.by_name[rule.table]
    scope = scope_of(standard, table, as_of)
    refs = refs_of(rule)
    frame = with_parents(standard, table, frames, refs)
    if rule.when is not None:
        frame = frame.filter(compile_condition(rule.when, scope).holds)
    if rule.then is not None:
        return frame.filter(compile_condition(rule.then, scope).fails)
    if rule.exists is not None:
        return _without(standard, rule.exists, frame, frames, as_of)
    return _miscounted(standard, rule, frame, frames, as_of) if rule.count else frame.head(0)


def _tally(standard: Standard, part: Count | Exists, frames: Frames, as_of: str) -> Any:
    """By value of ``on``: the rows, and how many certainly meet or fail ``where``."""
    other = standard.by_name[part.table]
    # rows without a valid reference belong to no record, however alike their cells look
    valid = cells.recorded(nw.col(part.on), other.by_name[part.on], standard.missing_reasons)
    frame = with_parents(standard, other, frames, fields_of(part.where)).filter(valid)
    one = nw.lit(1)
    if part.where is None:
        counted = frame.select(part.on, one.alias(HOLDS), nw.lit(0).alias(FAILS))
    else:
        truth = compile_condition(part.where, scope_of(standard, other, as_of))
        counted = frame.select(
            part.on,
            truth.holds.cast(nw.Int64).alias(HOLDS),
            truth.fails.cast(nw.Int64).alias(FAILS),
        )
    return counted.group_by(part.on).agg(
        nw.len().alias(ROWS), nw.col(HOLDS).sum(), nw.col(FAILS).sum()
    )


def _without(standard: Standard, part: Exists, frame: Any, frames: Frames, as_of: str) -> Any:
    """Records that have rows there, every one of which certainly fails ``where``."""
    tally = _tally(standard, part, frames, as_of)
    joined = frame.join(tally, on=part.on, how="left")
    return joined.filter((nw.col(ROWS) == nw.col(FAILS)).fill_null(False))


SIDE = "__side__"
"""1 where a count is too high, -1 where it is too low."""


def _miscounted(standard: Standard, rule: Rule, frame: Any, frames: Frames, as_of: str) -> Any:
    """Records whose count is certainly wrong, with SIDE."""
    count = rule.count
    if count is None:
        return frame.head(0)
    # nothing can be said of how many rows an invalid key has
    own = standard.by_name[rule.table].by_name[count.on]
    frame = frame.filter(cells.recorded(nw.col(count.on), own, standard.missing_reasons))
    joined = frame.join(_tally(standard, count, frames, as_of), on=count.on, how="left")
    zero = {name: nw.col(name).fill_null(0) for name in (ROWS, HOLDS, FAILS)}
    least, most = zero[HOLDS], zero[ROWS] - zero[FAILS]
    if isinstance(count.number, FieldRef):
        field = standard.by_name[rule.table].by_name[count.number.field]
        column = nw.col(field.name)
        known = cells.recorded(column, field, standard.missing_reasons)
        number = cells.number(column, known & cells.whole_match(column, INTEGER), field)
    else:
        number = nw.lit(count.number)
    high = least > number if count.bound is not Bound.AT_LEAST else nw.lit(False)
    low = most < number if count.bound is not Bound.AT_MOST else nw.lit(False)
    side = nw.when(high).then(nw.lit(1)).when(low).then(nw.lit(-1)).otherwise(nw.lit(0))
    return joined.with_columns(side.alias(SIDE)).filter(nw.col(SIDE) != 0)
