"""Builds crosswalks of submissions from checked YAML, and resolves the names in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from validator.crosswalks.build import head, reasons, text
from validator.model.crosswalk import Crosswalk, How, Move, Reasons, TableMap
from validator.model.standard import Field, Kind, Standard, Status, Table
from validator.standards.strict_yaml import Path as Place

if TYPE_CHECKING:
    from validator.crosswalks.load import Reader


def crosswalk(reader: Reader, data: Mapping[str, Any], digest: str) -> Crosswalk:
    """A crosswalk of submissions. Names that lead nowhere are noted in the reader's problems."""
    standard = None
    if "standard" in data["to"]:
        standard = reader.standard(("to",), data["to"])
    else:
        what = "The tables of a submission become those of a standard."
        reader.fault(("to",), what, "Write to: {standard: NAME, version: V}.")
    declared = reasons(data.get("reasons"))
    maps = []
    for index, item in enumerate(data["tables"] if standard else ()):
        if standard is None:
            break
        table = standard.by_name.get(item["to"])
        path: Place = ("tables", index)
        if table is None:
            what = f"'{standard.id}' has no table '{item['to']}'."
            reader.fault((*path, "to"), what, f"There are: {', '.join(standard.by_name)}.")
            continue
        maps.append(_table(reader, path, item, table, declared))
    if standard is not None:
        _known_reasons(reader, ("absent",), data.get("absent", {}).values(), standard)
        _known_reasons(reader, ("reasons",), (data.get("reasons") or {}).values(), standard)
    return Crosswalk(
        **head(reader, data, digest),
        subject_name=_name(data["from"]),
        object_name=_name(data["to"]),
        tables=tuple(maps),
        standard=standard,
    )


def _name(end: Mapping[str, Any]) -> tuple[str, str]:
    return end.get("standard") or end.get("scheme") or "", end.get("version", "")


def _known_reasons(reader: Reader, path: Place, named: Any, standard: Standard) -> None:
    known = standard.missing_reasons.by_code
    for reason in named:
        if reason not in known:
            what = f"'{reason}' is no missing reason of {standard.id}."
            reader.fault(path, what, f"Use one of: {', '.join(known)}.")


def _table(
    reader: Reader, path: Place, item: Mapping[str, Any], table: Table, declared: Reasons
) -> TableMap:
    moves = []
    for name, each in item["fields"].items():
        here = (*path, "fields", name)
        field = table.by_name.get(name)
        if field is None:
            what = f"The table '{table.name}' has no field '{name}'."
            cure = f"Use one of: {', '.join(table.by_name)}."
            reader.fault(here, what, cure, key=True)
            continue
        move = _move(reader, here, each, field, declared)
        if move is not None:
            moves.append(move)
    return TableMap(
        subject=item["from"],
        target=table.name,
        moves=tuple(moves),
        left_out={name: text(why) for name, why in item.get("left_out", {}).items()},
        origin=reader.document.origin(path),
    )


def _move(
    reader: Reader, path: Place, item: Mapping[str, Any], field: Field, declared: Reasons
) -> Move | None:
    own = reasons(item.get("reasons"))
    merged = Reasons(
        blank=own.blank or declared.blank,
        ambiguous=own.ambiguous or declared.ambiguous,
        dropped=own.dropped or declared.dropped,
        unmapped=own.unmapped or declared.unmapped,
    )
    common: dict[str, Any] = {
        "source": item.get("source"),
        "status": Status(item["status"]) if "status" in item else None,
        "reasons": merged,
        "origin": reader.document.origin(path, key=True),
    }
    for word, reason in (item.get("reasons") or {}).items():
        if reason not in field.missing:
            _not_allowed(reader, (*path, "reasons", word), field, reason)
    if "missing" in item:
        if item["missing"] not in field.missing:
            _not_allowed(reader, (*path, "missing"), field, item["missing"])
        return Move(field.name, How.MISSING, value=item["missing"], **common)
    if "value" in item:
        if field.codelist and item["value"] not in field.codelist.by_code:
            what = f"'{item['value']}' is no code of '{field.name}'."
            reader.fault((*path, "value"), what, f"Use one of: {', '.join(field.codelist.current)}")
        return Move(field.name, How.CONSTANT, value=item["value"], **common)
    columns = tuple(item["from"]) if isinstance(item["from"], list) else (item["from"],)
    if "through" in item:
        return _through(reader, path, item, field, columns, common)
    if len(columns) > 1:
        what = "Several columns cannot be copied into one."
        reader.fault((*path, "from"), what, "Name one, or a crosswalk of codes under 'through'.")
        return None
    if "date" in item:
        if field.kind is not Kind.DATE:
            reader.fault((*path, "date"), f"'{field.name}' is no date.", "Remove 'date'.")
        return Move(field.name, How.DATE, columns, form=item["date"], **common)
    return Move(field.name, How.COPY, columns, **common)


def _not_allowed(reader: Reader, path: Place, field: Field, reason: str) -> None:
    allowed = ", ".join(field.missing) or "none"
    what = f"'{field.name}' does not allow the missing reason '{reason}'."
    reader.fault(path, what, f"It allows: {allowed}.")


def _through(
    reader: Reader,
    path: Place,
    item: Mapping[str, Any],
    field: Field,
    columns: tuple[str, ...],
    common: Mapping[str, Any],
) -> Move | None:
    found = reader.through((*path, "through"), item["through"])
    if found is None:
        return None
    if found.tables:
        reader.fault(
            (*path, "through"), "A field goes through a crosswalk of codes, not of tables."
        )
        return None
    wanted = [column.name for column in found.subject.columns]
    if len(columns) != len(wanted):
        what = f"'{found.id}' reads {len(wanted)} columns ({', '.join(wanted)}), "
        what += f"and {len(columns)} are named."
        reader.fault((*path, "from"), what, "Name a heading for each, in that order.")
        return None
    targets = [column.name for column in found.object.columns]
    take = item.get("take", targets[0])
    if take not in targets or (len(targets) > 1 and "take" not in item):
        what = f"'{found.id}' gives {', '.join(targets)}; the field does not say which it takes."
        reader.fault(path, what, "Name one under 'take'.")
        return None
    allowed = field.codelist.by_code if field.codelist else {}
    foreign = sorted(
        {c for row in found.rows_of[take] for c in row.candidates if c and c not in allowed}
    )
    if foreign:
        what = f"'{found.id}' gives codes that '{field.name}' does not have: "
        what += f"{', '.join(foreign[:5])}."
        cure = f"Map to {field.codelist.id}." if field.codelist else "The field holds no codes."
        reader.fault((*path, "through"), what, cure)
        return None
    return Move(field.name, How.CODES, columns, through=found, take=take, **common)
