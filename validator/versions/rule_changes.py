"""How a rule differs between two versions: which records it shuts out, and which no longer.

Where the fields that a rule reads have few values, every combination of them is put to the old
rule and to the new one. So a rule that is only said in another way is known as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from validator.expressions.conditions import compile_condition
from validator.expressions.relations import needs, scope_of
from validator.expressions.wording import sentence
from validator.model.condition import (
    All,
    AnyOf,
    Condition,
    FieldRef,
    Not,
    Op,
    Test,
    Today,
    fields_of,
    tests_of,
)
from validator.model.lexical import bare, domain
from validator.model.standard import Rule, Severity, Standard
from validator.model.text import Origin
from validator.versions.change import Change, Effect, both

if TYPE_CHECKING:
    import polars as pl

LARGEST = 100_000
"""Combinations that are tried at most; past that, a rule that differs counts as another rule."""

_ANY_DAY = "2026-01-31"


def compare(old: Standard, new: Standard) -> Iterator[Change]:
    """Every rule that came, went or changed."""
    before = {rule.id: rule for rule in old.rules}
    after = {rule.id: rule for rule in new.rules}
    for name, to in _renamed(before, after).items():
        what = f"It is called {to} now, and asks the same."
        yield Change("rule-renamed", f"rule {name}", what, Effect.WORDED)
        before[to] = replace(before.pop(name), id=to)
    for name, rule in before.items():
        if name not in after:
            effect = Effect.WIDENED if _binds(rule) else Effect.QUIET
            yield Change(
                "rule-removed", f"rule {name}", f"No longer: {sentence(old, rule)}", effect
            )
    for name, rule in after.items():
        if name in before:
            yield from _changed(old, new, before[name], rule)
        else:
            effect = Effect.NARROWED if _binds(rule) and _bites(old, new, rule) else Effect.QUIET
            how = "" if _binds(rule) else f" ({rule.severity} only)"
            yield Change("rule-added", f"rule {name}", f"{sentence(new, rule)}{how}", effect)


def _renamed(before: dict[str, Rule], after: dict[str, Rule]) -> dict[str, str]:
    """Old to new names of the rules that ask the same, as strictly, under another name."""
    new = [rule for name, rule in after.items() if name not in before]
    found: dict[str, str] = {}
    for name, rule in before.items():
        asks = (rule.severity, _asks(rule))
        same = [r.id for r in new if r.id not in found.values() and (r.severity, _asks(r)) == asks]
        if name not in after and same:
            found[name] = same[0]
    return found


def _binds(rule: Rule) -> bool:
    """Whether a record that breaks it is at fault; a warning or a note leaves it valid."""
    return rule.severity is Severity.ERROR


def _bites(old: Standard, new: Standard, rule: Rule) -> bool:
    """Whether a new rule can speak of a record of before at all."""
    for table, fields in needs(new, rule).items():
        known = old.by_name.get(table)
        if known is None or not fields <= known.by_name.keys():
            # without the column, nothing is asked
            return False
    tried = _combinations(old, new, rule)
    return tried is None or bool(len(_where(tried, new, rule)))


def _changed(old: Standard, new: Standard, before: Rule, after: Rule) -> Iterator[Change]:
    where = f"rule {after.id}"
    if before.severity is not after.severity:
        effect = both(_binds(after) and not _binds(before), _binds(before) and not _binds(after))
        what = f"It was of severity {before.severity}, and is of {after.severity}."
        yield Change("rule-severity", where, what, effect or Effect.QUIET)
    if _asks(before) != _asks(after):
        what = f"It was: {sentence(old, before)} It is: {sentence(new, after)}"
        yield Change("rule-changed", where, what, _effect(old, new, before, after))
    if (before.title, before.mend) != (after.title, after.mend):
        yield Change("rule-words", where, "Its title or advice changed.", Effect.WORDED)
    notes = (before.source, before.status, before.passing, before.failing)
    if notes != (after.source, after.status, after.passing, after.failing):
        yield Change("rule-notes", where, "Its source, status or examples changed.", Effect.WORDED)


def _effect(old: Standard, new: Standard, before: Rule, after: Rule) -> Effect:
    if not _binds(before) and not _binds(after):
        return Effect.QUIET
    if before.table != after.table:
        return Effect.CHANGED
    sent, received = _combinations(old, new, before, after), _combinations(new, old, after, before)
    if sent is None or received is None:
        return Effect.CHANGED
    narrower = len(_where(sent, new, after).join(_where(sent, old, before), **_ANTI)) > 0
    wider = len(_where(received, old, before).join(_where(received, new, after), **_ANTI)) > 0
    return both(narrower, wider) or Effect.WORDED


_ANTI: Any = {"on": "__row__", "how": "anti"}


def _combinations(valid: Standard, other: Standard, *rules: Rule) -> pl.DataFrame | None:
    """Every combination of what the rules read in records valid by ``valid``.

    None where there are too many, or where they cannot be listed.
    """
    import polars as pl

    columns: dict[str, list[str]] = {}
    for rule in rules:
        if rule.then is None:
            return None
        for condition in (rule.when, rule.then):
            for test in tests_of(condition):
                if any(isinstance(operand, Today) for operand in test.operands):
                    return None
            for ref in fields_of(condition):
                table = valid.by_name.get(ref.table or rule.table)
                field = table.by_name.get(ref.field) if table else None
                values = domain(field) if field else None
                unlike = ref.table == rule.table or _field(other, rule, ref) is None
                if field is None or values is None or unlike:
                    return None
                # a parent may be absent, so that its fields are blank
                blank = [""] if field.optional or ref.table else []
                columns[str(ref)] = [*values, *field.missing, *blank]
    if prod(map(len, columns.values())) > LARGEST:
        return None
    frame = pl.DataFrame({"__one__": [0]})
    for name, cells in columns.items():
        column = pl.DataFrame({name: cells}, schema={name: pl.String})
        frame = frame.join(column, how="cross")
    return frame.with_row_index("__row__")


def _field(standard: Standard, rule: Rule, ref: FieldRef) -> Any:
    table = standard.by_name.get(ref.table or rule.table)
    return table.by_name.get(ref.field) if table else None


def _where(frame: pl.DataFrame, standard: Standard, rule: Rule) -> pl.DataFrame:
    """The combinations on which a rule of one record fires."""
    import narwhals as nw

    scope = scope_of(standard, standard.by_name[rule.table], _ANY_DAY)
    found = nw.from_native(frame)
    if rule.when is not None:
        found = found.filter(compile_condition(rule.when, scope).holds)
    if rule.then is not None:
        found = found.filter(compile_condition(rule.then, scope).fails)
    native: pl.DataFrame = found.to_native()
    return native


def _asks(rule: Rule) -> Any:
    """What a rule asks, whatever line of its file it stands on."""
    parts = [part and replace(part, where=_plain(part.where)) for part in (rule.count, rule.exists)]
    return rule.table, _plain(rule.when), _plain(rule.then), *parts


def _plain(condition: Condition | None) -> Condition | None:
    match condition:
        case None:
            return None
        case Test(op=Op.MATCHES, operands=(str(pattern),)):
            return replace(condition, operands=(bare(pattern),), origin=Origin())
        case Test():
            return replace(condition, origin=Origin())
        case Not(part):
            return Not(_inner(part))
        case All(parts):
            return All(tuple(map(_inner, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_inner, parts)))


def _inner(condition: Condition) -> Condition:
    return _plain(condition) or condition
