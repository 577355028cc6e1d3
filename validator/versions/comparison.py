"""Every change between two versions of a standard, and the version number that they demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from validator.errors import UsageError
from validator.model.migration import Recode, Split
from validator.model.standard import CodeList, Field, Standard, Table
from validator.versions import code_changes, field_changes, rule_changes
from validator.versions.change import Bump, Change, Effect
from validator.versions.renaming import names_of, renamed

LONGEST = 100
"""Characters of a version number that can be reckoned with."""


@dataclass(frozen=True)
class Comparison:
    """What became of a standard, in the order of the older one."""

    old: Standard
    new: Standard
    changes: tuple[Change, ...]

    @cached_property
    def demanded(self) -> Bump:
        """The part of the version number that the heaviest change asks to rise."""
        bumps = (change.effect.bump for change in self.changes)
        return max(bumps, key=lambda bump: bump.rank, default=Bump.NONE)

    @cached_property
    def least(self) -> str:
        """The least version number that honours the changes.

        Before 1.0.0 the second number counts as the first does later, and the third as both others.
        """
        major, minor, patch = _numbers(self.old.version)
        bump = self.demanded
        if bump is Bump.NONE:
            return self.old.version
        if bump is Bump.MAJOR:
            return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
        if bump is Bump.MINOR and major:
            return f"{major}.{minor + 1}.0"
        return f"{major}.{minor}.{patch + 1}"

    @cached_property
    def honoured(self) -> bool:
        """Whether the newer version's number says as much as the changes do, or more."""
        if self.demanded is Bump.NONE and self.new.version == self.old.version:
            return True
        if _is_early(self.new.version) and not _is_early(self.old.version):
            return _numbers(self.new.version) > _numbers(self.least)
        return _numbers(self.new.version) >= _numbers(self.least)

    @cached_property
    def backwards(self) -> bool:
        """Whether the second version's number is below that of the first."""
        return _numbers(self.new.version) < _numbers(self.old.version)

    @cached_property
    def breaks_producers(self) -> bool:
        """Whether what was valid may be at fault now."""
        return any(change.effect.producers for change in self.changes)

    @cached_property
    def breaks_consumers(self) -> bool:
        """Whether there may be records now that were not valid before, or read differently."""
        return any(change.effect.consumers for change in self.changes)


def _numbers(version: str) -> tuple[int, int, int]:
    found = [int(number) for number in re.split(r"[-+]", version)[0].split(".")]
    major, minor, patch = (*found, 0)[:3]
    return major, minor, patch


def _is_early(version: str) -> bool:
    """Whether the number is that of a draft (2.0.0-beta), which comes before 2.0.0."""
    return "-" in version.partition("+")[0]


def compare(old: Standard, new: Standard) -> Comparison:
    """Compare two standards. What the newer one's migration renames is told as renamed."""
    for version in (old.version, new.version):
        if len(version) > LONGEST:
            message = f"A version number has {len(version):,} characters. Write one such as 1.0.0."
            raise UsageError(message)
    leads = new.migration if new.migration and new.migration.start == old.version else None
    names = names_of(leads)
    before = renamed(old, names)
    changes = [*_standard(old, new)]
    for (holder, name), to in names.items():
        what = f"It is called {to} now."
        changes.append(Change("field-renamed", f"{holder}.{name}", what, Effect.CHANGED))
    for table in before.tables:
        after = new.by_name.get(table.name)
        if after is None:
            changes.append(Change("table-removed", table.name, "It is gone.", Effect.CHANGED))
        else:
            changes += _table(table, after)
    for table in new.tables:
        if table.name not in before.by_name:
            effect = Effect.NARROWED if table.required else Effect.QUIET
            must = ", and every submission must hold it" if table.required else ""
            changes.append(Change("table-added", table.name, f"It is new{must}.", effect))
    changes += _lists(before, new)
    changes += code_changes.reasons(before.missing_reasons, new.missing_reasons)
    changes += rule_changes.compare(before, new)
    return Comparison(old, new, tuple(changes))


def _standard(old: Standard, new: Standard) -> Iterator[Change]:
    if old.id != new.id:
        what = f"It was called {old.id}, and is called {new.id}."
        yield Change("standard-renamed", new.id, what, Effect.CHANGED)
    if (old.title, old.source) != (new.title, new.source):
        what = "Its title or source changed."
        yield Change("standard-words", new.id, what, Effect.WORDED)


def _table(old: Table, new: Table) -> Iterator[Change]:
    where = old.name
    if old.required != new.required:
        effect = Effect.NARROWED if new.required else Effect.WIDENED
        must = "must" if new.required else "need not"
        yield Change("table-presence", where, f"A submission {must} hold it now.", effect)
    if old.key != new.key:
        was, is_ = (" and ".join(table.key) or "none" for table in (old, new))
        yield Change("table-key", where, f"Key: {was} before, {is_} now.", _key(old, new))
    if [_plain(item) for item in old.stale] != [_plain(item) for item in new.stale]:
        # what is stale is only ever a warning
        yield Change("table-stale", where, "What counts as out of date changed.", Effect.QUIET)
    if (old.title, old.description) != (new.title, new.description):
        review = bool(str(old.description)) and str(old.description) != str(new.description)
        what = "Its title or description changed."
        yield Change("table-words", where, what, Effect.WORDED, review)
    if old.source != new.source:
        yield Change("table-notes", where, "Its source changed.", Effect.WORDED)
    for field in old.fields:
        here, after = f"{where}.{field.name}", new.by_name.get(field.name)
        if after is None:
            yield Change("field-removed", here, "It is gone.", Effect.CHANGED)
        else:
            yield from field_changes.compare(here, field, after)
    for field in new.fields:
        if field.name not in old.by_name:
            effect = Effect.QUIET if field.optional else Effect.NARROWED
            must = "may be left out" if field.optional else "every record needs it"
            yield Change("field-added", f"{where}.{field.name}", f"It is new; {must}.", effect)


def _plain(stale: object) -> tuple[object, ...]:
    return tuple(getattr(stale, name) for name in ("field", "codes", "reviewed", "months"))


def _key(old: Table, new: Table) -> Effect:
    """A longer key tells more records apart; a shorter one fewer, and none asks for nothing."""
    before, after = set(old.key), set(new.key)
    if not after or (before and before < after):
        return Effect.WIDENED
    if not before or after < before:
        return Effect.NARROWED
    return Effect.WORDED if before == after else Effect.CHANGED


def _lists(old: Standard, new: Standard) -> Iterator[Change]:
    """Each pair of code lists once, however many fields have it."""
    pairs: dict[tuple[CodeList, CodeList], dict[str, tuple[Field, Field]]] = {}
    for table in old.tables:
        later = new.by_name.get(table.name)
        for field in table.fields:
            after = later.by_name.get(field.name) if later else None
            if field.codelist and after and after.codelist:
                uses = pairs.setdefault((field.codelist, after.codelist), {})
                uses[f"{table.name}.{field.name}"] = (field, after)
    for (one, other), uses in pairs.items():
        yield from code_changes.compare(
            _name(one, other, list(uses)),
            one,
            other,
            explained=any(_explained(field) for both in uses.values() for field in both),
            becomes=_becomes(new, list(uses)),
        )


def _name(old: CodeList, new: CodeList, fields: list[str]) -> str:
    if old.id == new.id and "." not in old.id:
        return f"code list {new.id}"
    return ", ".join(fields)


def _explained(field: Field) -> bool:
    return bool(field.specify and field.others)


def _becomes(new: Standard, fields: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    steps = new.migration.steps if new.migration else ()
    for step in steps:
        if str(step.field.table) + "." + step.field.field not in fields:
            continue
        if isinstance(step, Recode):
            found |= step.codes
        elif isinstance(step, Split) and step.becomes:
            found[step.code] = step.becomes
    return found
