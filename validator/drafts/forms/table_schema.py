"""A Table Schema, or a Data Package whose resources have one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validator.drafts.cleaning import Said
from validator.drafts.described import Described, drafted
from validator.drafts.drafting import Form, content
from validator.drafts.parts import Draft

_TYPES = {
    "string": ("string", ""),
    "integer": ("integer", ""),
    "number": ("number", ""),
    "boolean": ("boolean", ""),
    "date": ("date", "day"),
    "year": ("date", "year"),
    "yearmonth": ("date", "month"),
}


def _draft(path: Path, name: str) -> Draft | None:
    text = content(path, (".json",))
    try:
        data = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("fields"), list):
        tables = [_table(path.stem.split(".")[0], data)]
    elif isinstance(data.get("resources"), list):
        tables = [
            _table(str(item.get("name") or f"table{number}"), item["schema"])
            for number, item in enumerate(data["resources"], start=1)
            if isinstance(item, dict) and isinstance(item.get("schema"), dict)
        ]
    else:
        return None
    title = str(data.get("title") or "")
    return drafted(name, tables, f"from the Table Schema {path.name}", title)


def _table(name: str, schema: Mapping[str, Any]) -> Described:
    fields = [item for item in _list(schema.get("fields")) if isinstance(item, dict)]
    everywhere = _list(schema.get("missingValues"))
    said = [_field(item, everywhere) for item in fields if item.get("name")]
    names = {item.name for item in said}
    links = {}
    for link in _list(schema.get("foreignKeys")):
        reference = link.get("reference") if isinstance(link, dict) else None
        own, other = _names(link), _names(reference)
        if len(own) == len(other) == 1 and isinstance(reference, dict):
            links[own[0]] = (str(reference.get("resource") or name), other[0])
    key = schema.get("primaryKey")
    keys = (key,) if isinstance(key, str) else tuple(map(str, _list(key)))
    return Described(name, said, keys if names.issuperset(keys) else (), links=links)


def _names(link: Any) -> list[str]:
    fields = link.get("fields") if isinstance(link, dict) else None
    return [fields] if isinstance(fields, str) else list(map(str, _list(fields)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _field(data: Mapping[str, Any], everywhere: Any) -> Said:
    limits = data.get("constraints")
    limits = limits if isinstance(limits, dict) else {}
    given = str(data.get("type") or "string")
    kind, precision = _TYPES.get(given, ("string", ""))
    said = Said(str(data["name"]), kind, precision or "day")
    if given not in _TYPES:
        said.why.append(f"Its type there is '{given}', which has no counterpart here: text.")
    if data.get("format") not in (None, "", "default"):
        said.why.append(f"Its format there is '{data['format']}'.")
        said.direct = data["format"] == "email"
        said.type = "string" if kind == "date" else kind
    if given == "boolean" and any(data.get(word) for word in ("trueValues", "falseValues")):
        said.why.append("It has its own words for true and false there: here true and false.")
    said.title, said.description = str(data.get("title") or ""), str(data.get("description") or "")
    own = _list(data.get("missingValues", everywhere))
    texts = [item.get("value", "") if isinstance(item, dict) else item for item in own]
    said.missing = tuple(str(text) for text in texts if text != "")
    said.blank = limits.get("required") is not True
    said.missing = said.missing if said.blank else ()
    for word, key in (("minimum", "minimum"), ("maximum", "maximum"), ("pattern", "pattern")):
        if limits.get(key) is not None:
            setattr(said, word, str(limits[key]))
    for word, key in (("min_length", "minLength"), ("max_length", "maxLength")):
        if limits.get(key) is not None:
            setattr(said, word, str(limits[key]))
    said.unique = limits.get("unique") is True
    choices = limits.get("enum") or data.get("categories")
    if isinstance(choices, list):
        said.codes = dict(map(_choice, choices))
    return said


def _choice(item: Any) -> tuple[str, str]:
    if isinstance(item, dict):
        return str(item.get("value", "")), str(item.get("label") or item.get("value", ""))
    text = str(item).lower() if isinstance(item, bool) else str(item)
    return text, text


FORM = Form(name="table-schema", title="Table Schema or Data Package", draft=_draft)
