"""What a migration says of two versions: its names must lead somewhere, and it must be whole."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from validator.expressions.values import is_value
from validator.model.condition import FieldRef
from validator.model.migration import Add, Drop, Migration, Recode, Rename, Split, Step
from validator.model.standard import Field, Severity, Standard
from validator.model.text import Origin


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of a migration that cannot be followed (error), or that it leaves open."""

    at: Origin
    what: str
    cure: str = ""
    severity: Severity = Severity.ERROR


def faults(new: Standard, old: Standard | None) -> Iterator[Fault]:
    """Every fault of the migration that ``new`` declares; without ``old``, half of them."""
    migration = new.migration
    if migration is None:
        return
    if migration.start == new.version:
        yield Fault(migration.origin, "It migrates from itself.", "Name the version before.")
        return
    yield from _twice(migration)
    found = [fault for step in migration.steps for fault in _in_new(new, step)]
    yield from found
    if old is None:
        what = f"Version {migration.start} is not beside this one, so its names were not looked up."
        cure = f"Keep it as standard-{migration.start}.yaml."
        yield Fault(migration.origin, what, cure, Severity.NOTE)
        return
    missing = [fault for step in migration.steps for fault in _in_old(old, migration, step)]
    yield from missing
    lost = list(_emptied(new, migration))
    yield from lost
    if not found and not missing and not lost:
        yield from _open(old, new, migration)


def former(migration: Migration | None, table: str, field: str) -> str:
    """What a field of the new version was called in the old one."""
    for step in migration.of(Rename, table) if migration else ():
        if step.to == field:
            return step.field.field
    return field


def find(standard: Standard, table: str | None, field: str) -> Field | None:
    """A field by its table and name."""
    holder = standard.by_name.get(str(table))
    return holder.by_name.get(field) if holder else None


def is_cell(standard: Standard, field: Field, text: str) -> bool:
    """Whether a cell of the field may hold ``text``: a value, a reason that it allows, a blank."""
    if text == "":
        return field.optional
    return text in field.missing or is_value(field, text, standard.missing_reasons)


def _near(name: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(name, known, 1)
    return f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known[:12])}."


def _unknown(standard: Standard, step: Step, field: str) -> Fault:
    table = standard.by_name.get(str(step.field.table))
    if table is None:
        what = f"Version {standard.version} has no table '{step.field.table}'."
        return Fault(step.origin, what, _near(str(step.field.table), standard.by_name))
    what = f"Version {standard.version} has no field '{table.name}.{field}'."
    return Fault(step.origin, what, _near(field, table.by_name))


def _twice(migration: Migration) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for step in migration.steps:
        where = str(step.field)
        match step:
            case Recode(codes=codes):
                said: list[tuple[object, ...]] = [("code", where, code) for code in codes]
            case Split(code=code):
                said = [("code", where, code)]
            case Rename(to=to):
                said = [("old", where), ("new", f"{step.field.table}.{to}")]
            case Add():
                said = [("new", where)]
            case Drop():
                said = [("old", where)]
        if seen.intersection(said):
            what = f"Two steps say what becomes of {where}."
            yield Fault(step.origin, what, "Keep one of them.")
        seen.update(said)


def _in_new(new: Standard, step: Step) -> Iterator[Fault]:
    """What a step says of the new version."""
    if isinstance(step, Drop):
        return
    name = step.to if isinstance(step, Rename) else step.field.field
    field = find(new, step.field.table, name)
    if field is None:
        yield _unknown(new, step, name)
        return
    match step:
        case Recode(codes=codes):
            for text in dict.fromkeys(codes.values()):
                yield from _cell(new, step, field, text)
        case Split(into=into, becomes=becomes):
            known = field.codelist.current if field.codelist else ()
            for code in into:
                if code not in known:
                    what = f"'{code}' is not a code of {step.field} that may be used."
                    yield Fault(step.origin, what, _near(code, known))
            if becomes is not None and becomes not in field.missing:
                what = f"'{becomes}' is not a missing reason that {step.field} allows."
                yield Fault(step.origin, what, _near(becomes, field.missing))
        case Add(value=value):
            yield from _cell(new, step, field, value)


def _cell(new: Standard, step: Step, field: Field, text: str) -> Iterator[Fault]:
    if not is_cell(new, field, text):
        shown = f"'{text}' is" if text else "A blank is"
        known = (*(field.codelist.current if field.codelist else ()), *field.missing)
        what = f"{shown} nothing that {step.field} may hold in version {new.version}."
        yield Fault(step.origin, what, _near(text, known) if known else "")


def _in_old(old: Standard, migration: Migration, step: Step) -> Iterator[Fault]:
    """What a step says of the old version."""
    name, table = step.field.field, str(step.field.table)
    if isinstance(step, Add | Rename):
        to = step.to if isinstance(step, Rename) else name
        gone = {s.field for s in migration.of(Rename)} | {s.field for s in migration.of(Drop)}
        if find(old, table, to) is not None and FieldRef(to, table) not in gone:
            what = f"Version {old.version} already has the field '{table}.{to}'."
            yield Fault(step.origin, what, "Remove the step, or rename or drop the old field.")
    if isinstance(step, Add):
        return
    if isinstance(step, Recode | Split):
        name = former(migration, table, name)
    field = find(old, table, name)
    if field is None:
        yield _unknown(old, step, name)
        return
    codes = (
        step.codes if isinstance(step, Recode) else [step.code] if isinstance(step, Split) else ()
    )
    known = (*(field.codelist.by_code if field.codelist else ()), *field.missing)
    for code in codes:
        if field.codelist and code not in known:
            what = f"'{code}' is nothing that {table}.{name} may hold in version {old.version}."
            yield Fault(step.origin, what, _near(code, known))


def _emptied(new: Standard, migration: Migration) -> Iterator[Fault]:
    """Fields that the new version still has, whose column a step takes away without another."""
    filled = {step.field for step in migration.of(Add)}
    filled |= {FieldRef(step.to, step.field.table) for step in migration.of(Rename)}
    taking: list[Step] = [*migration.of(Rename), *migration.of(Drop)]
    for step in taking:
        if step.field not in filled and find(new, step.field.table, step.field.field):
            what = f"Version {new.version} still has '{step.field}', and nothing fills it."
            yield Fault(step.origin, what, "Remove the step, or add the field anew with 'add'.")


def _open(old: Standard, new: Standard, migration: Migration) -> Iterator[Fault]:
    """What a migration says nothing of, although records would be at fault."""
    at = migration.origin
    named = {(str(s.field.table), s.field.field) for s in migration.of(Rename)}
    named |= {(str(s.field.table), s.field.field) for s in migration.of(Drop)}
    for table in old.tables:
        later = new.by_name.get(table.name)
        for field in table.fields if later else ():
            if (table.name, field.name) not in named and find(new, table.name, field.name) is None:
                what = f"Nothing is said of {table.name}.{field.name}, which is gone."
                yield Fault(at, what, "Rename it, or drop it.", Severity.WARNING)
    added = {(str(s.field.table), s.field.field) for s in migration.of(Add)}
    for table in new.tables:
        for field in table.fields if table.name in old.by_name else ():
            was = find(old, table.name, former(migration, table.name, field.name))
            here = f"{table.name}.{field.name}"
            if was is None and not field.optional and (table.name, field.name) not in added:
                what = f"Nothing is said of {here}, which every record needs now."
                yield Fault(at, what, "Add it, with what stands in it.", Severity.WARNING)
            stay = [] if was is None else unsaid(new, was, field, migration, table.name)
            if stay:
                what = f"Nothing is said of what {here} can no longer hold: {', '.join(stay[:5])}"
                what += f" and {len(stay) - 5} more." if len(stay) > 5 else "."
                cure = "Recode it, or split it. Until then it stays as it is, for review."
                yield Fault(at, what, cure, Severity.WARNING)


def unsaid(
    new: Standard, old: Field, field: Field, migration: Migration | None, table: str
) -> list[str]:
    """Codes and reasons of an old field that the new one does not take, and no step speaks of."""
    said = set(becomes(field, migration, table))
    if old.codelist is None:
        cells: tuple[str, ...] = old.missing
    else:
        cells = (*old.codelist.current, *old.missing)
    steps = migration.of(Split, table) if migration else ()
    said |= {step.code for step in steps if step.field.field == field.name}
    return [text for text in cells if text not in said and not is_cell(new, field, text)]


def becomes(field: Field, migration: Migration | None, table: str) -> dict[str, str]:
    """What is written for old codes and reasons: by the steps, or by what replaces a retired one.

    A code that is split and has no reason to become is not among them.
    """
    codes = field.codelist.codes if field.codelist else ()
    found = {code.code: code.retired.use for code in codes if code.retired and code.retired.use}
    for step in migration.of(Recode, table) if migration else ():
        if step.field.field == field.name:
            found |= step.codes
    for split in migration.of(Split, table) if migration else ():
        if split.field.field == field.name:
            found.pop(split.code, None)
            if split.becomes is not None:
                found[split.code] = split.becomes
    return found
