"""Builds crosswalks of codes from checked YAML, and resolves the names in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from validator.model.condition import Condition, fields_of, tests_of
from validator.model.crosswalk import (
    Choice,
    Column,
    Crosswalk,
    End,
    Key,
    Pick,
    Predicate,
    Reasons,
    Row,
)
from validator.model.standard import CodeList, Field, Kind, Status
from validator.model.text import Text
from validator.standards import build as standards
from validator.standards.conditions import condition
from validator.standards.strict_yaml import Document
from validator.standards.strict_yaml import Path as Place

if TYPE_CHECKING:
    from validator.crosswalks.load import Reader

NONE = "none"
"""How the YAML writes that a code has no counterpart."""
CURATED = "ManualMappingCuration"


def codes(document: Document, data: Mapping[str, Any]) -> CodeList:
    """The code list of a scheme."""
    plain = {key: value for key, value in data.items() if key not in {"note", "partial"}}
    return standards.codelist(document, (), {**plain, "codelist": data["scheme"]})


def text(data: Any) -> Text:
    """A language map; bare text is English."""
    return standards.text(data)


def reasons(data: Any) -> Reasons:
    """The missing reasons that a mapping declares."""
    return Reasons(**data) if data else Reasons()


def head(reader: Reader, data: Mapping[str, Any], digest: str) -> dict[str, Any]:
    """What every crosswalk says of itself, be it of codes or of submissions."""
    return {
        "id": data["crosswalk"],
        "version": data["version"],
        "source": data["source"],
        "status": Status(data["status"]),
        "title": text(data["title"]),
        "note": text(data.get("note")),
        "absent": data.get("absent", {}),
        "reasons": reasons(data.get("reasons")),
        "digest": digest,
        "origin": reader.document.origin(),
    }


def crosswalk(reader: Reader, data: Mapping[str, Any], digest: str) -> Crosswalk:
    """A crosswalk of codes. Names that lead nowhere are noted in the reader's problems."""
    subject, target = _end(reader, ("from",), data["from"]), _end(reader, ("to",), data["to"])
    usable = not reader.problems
    rows = tuple(
        row
        for index, item in enumerate(data["rows"] if usable else ())
        for row in _rows(reader, ("rows", index), item, data, subject, target)
    )
    choices = tuple(
        Choice(
            name=name,
            title=text(item["title"]),
            source=item["source"],
            status=Status(item["status"]),
            picks=tuple(
                pick
                for index, each in enumerate(item["picks"] if usable else ())
                for pick in _picks(
                    reader, ("choices", name, "picks", index), each, rows, (subject, target)
                )
            ),
            origin=reader.document.origin(("choices", name), key=True),
        )
        for name, item in data.get("choices", {}).items()
    )
    return Crosswalk(
        **head(reader, data, digest),
        subject=subject,
        object=target,
        rows=rows,
        choices=choices,
    )


def _end(reader: Reader, path: Place, data: Mapping[str, Any]) -> End:
    if "fields" not in data:
        scheme = reader.scheme(path, data)
        if scheme is None:
            return End(())
        name = data.get("field") or scheme.id.replace("-", "_")
        return End((Column(name, Field(name, Kind.CODES, scheme.codes), scheme),))
    found = []
    for name, item in data["fields"].items():
        if "type" in item:
            found.append(Column(name, Field(name, Kind(item["type"]))))
        elif scheme := reader.scheme((*path, "fields", name), item):
            found.append(Column(name, Field(name, Kind.CODES, scheme.codes), scheme))
    return End(tuple(found))


def _rows(
    reader: Reader,
    path: Place,
    item: Mapping[str, Any],
    whole: Mapping[str, Any],
    subject: End,
    target: End,
) -> Iterator[Row]:
    """The rows that one entry makes: one for each column of the object that it speaks of."""
    when: Condition | None = None
    if "when" in item:
        when = condition(reader.document, (*path, "when"), item["when"])
        if not _condition_fits(reader, (*path, "when"), when, subject):
            return
    said = {
        "source": item.get("source", whole["source"]),
        "status": Status(item.get("status", whole["status"])),
        "justification": item.get("justification", whole.get("justification", CURATED)),
        "note": text(item.get("note")),
        "when": when,
        "origin": reader.document.origin(path),
    }
    key = _side(reader, (*path, "from"), item["from"], subject)
    if not key:
        return
    named = item.get("predicate", whole.get("predicate"))
    if "reason" in item:
        for name, found in _reasons(reader, (*path, "reason"), item["reason"], target).items():
            predicate = Predicate.RELATED if len(found) > 1 else Predicate(named or Predicate.CLOSE)
            yield Row(key, name, (None,), predicate, reasons=found, **said)
        return
    for name, texts in _side(reader, (*path, "to"), item["to"], target, none=True).items():
        candidates = tuple(None if code == NONE else code for code in texts)
        open_ = len(candidates) > 1 or candidates == (None,)
        if named is None and not open_:
            what = "The row does not say how the two codes relate."
            reader.fault(path, what, "Add predicate: exactMatch, closeMatch, broadMatch, ...")
            return
        predicate = Predicate.RELATED if open_ else Predicate(named)
        if open_ and item.get("predicate", Predicate.RELATED) != Predicate.RELATED:
            what = f"A row with {'several codes' if len(candidates) > 1 else 'none'} cannot be "
            what += f"{item['predicate']}."
            cure = "Leave 'predicate' out: what is ambiguous, or has no counterpart, claims none."
            reader.fault((*path, "predicate"), what, cure)
        yield Row(key, name, candidates, predicate, **said)


def _reasons(reader: Reader, path: Place, data: Any, target: End) -> Key:
    """Missing reasons by column of the object: by each that is named, or by all."""
    if not isinstance(data, dict):
        data = {column.name: data for column in target.columns}
    for name in data:
        if name not in target.by_name:
            there = ", ".join(target.by_name)
            reader.fault((*path, name), f"There is no column '{name}'.", f"Use one of: {there}.")
    return {name: tuple(v) if isinstance(v, list) else (v,) for name, v in data.items()}


def _side(reader: Reader, path: Place, data: Any, end: End, *, none: bool = False) -> Key:
    """Codes by column, as a row writes them."""
    if not isinstance(data, dict):
        coded = [column.name for column in end.columns if column.scheme]
        if len(coded) != 1:
            what = "There are several columns, and the row does not say which it is about."
            reader.fault(path, what, f"Write {{{coded[0]}: CODE}}; there are {', '.join(coded)}.")
            return {}
        data = {coded[0]: data}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in data.items():
        here = (*path, name) if path and (*path, name) in reader.document.keys else path
        column = end.by_name.get(name)
        if column is None or column.scheme is None:
            there = ", ".join(c.name for c in end.columns if c.scheme)
            reader.fault(here, f"There is no column '{name}' of codes.", f"Use one of: {there}.")
            continue
        texts = tuple(value) if isinstance(value, list) else (value,)
        known = column.scheme.codes.by_code
        for code in texts:
            if code in known or (none and code == NONE):
                continue
            near = [c for c in known if c.casefold() == code.casefold()]
            near = near or difflib.get_close_matches(code, list(known), 1)
            cure = f"Did you mean '{near[0]}'?" if near else _first(list(known))
            reader.fault(here, f"'{code}' is no code of {column.scheme.key}.", cure)
        found[name] = texts
    return found


def _first(known: list[str]) -> str:
    more = f" and {len(known) - 8} more" if len(known) > 8 else ""
    return f"Its codes are {', '.join(known[:8])}{more}."


def _condition_fits(reader: Reader, path: Place, when: Condition, subject: End) -> bool:
    """Whether a condition reads columns of the subject alone, and compares with constants."""
    for ref in fields_of(when):
        if ref.table is not None or ref.field not in subject.by_name:
            there = ", ".join(subject.by_name)
            reader.fault(path, f"There is no column '{ref}'.", f"Use one of: {there}.")
            return False
    for test in tests_of(when):
        kind = subject.by_name[test.field.field].field.kind
        numeric = kind in {Kind.INTEGER, Kind.NUMBER}
        for operand in test.operands:
            if not isinstance(operand, str) or (numeric and not _is_number(operand)):
                cure = "Compare with a number." if numeric else "Compare with constants."
                reader.fault(path, f"'{test.field}' cannot be compared like this.", cure)
                return False
    return True


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _picks(
    reader: Reader,
    path: Place,
    item: Mapping[str, Any],
    rows: tuple[Row, ...],
    ends: tuple[End, End],
) -> Iterator[Pick]:
    key = _side(reader, (*path, "from"), item["from"], ends[0])
    origin = reader.document.origin(path)
    for name, texts in _side(reader, (*path, "to"), item["to"], ends[1], none=True).items():
        code = None if texts[0] == NONE else texts[0]
        for row in rows:
            same = row.target == name and all(
                set(row.key.get(column, ())) & set(asked) for column, asked in key.items()
            )
            if same and code in row.candidates and len(texts) == 1:
                break
        else:
            what = f"No row has '{texts[0]}' among its candidates for these codes."
            reader.fault((*path, "to"), what, "A choice takes one of the candidates of a row.")
        yield Pick(key, name, code, origin)
