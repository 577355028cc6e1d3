"""A JSON Schema of records, such as pydantic's ``model_json_schema`` writes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from validator.drafts.cleaning import Said
from validator.drafts.described import Described, drafted
from validator.drafts.drafting import Form, content
from validator.drafts.parts import Draft

DEEPEST = 20
"""References and combinations that are followed, one inside the other."""
MOST = 5_000
"""And in all: one that names itself several times would not come to an end."""
LONGEST = 10**9
"""A length that a standard may name has fewer digits than this."""
_TYPES = {"string", "integer", "number", "boolean"}
_BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_DIRECT = {"email", "idn-email", "ipv4", "ipv6", "hostname", "uri", "iri", "uri-reference"}
_CARRIED = {
    *("type", "enum", "const", "anyOf", "oneOf", "properties", "required", "items", "format"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength"),
    "pattern",
}
"""What becomes part of a field, or has a sentence of its own in the field's comment."""
_SAY_NOTHING = {
    *("$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment", "$defs"),
    *("definitions", "title", "description", "default", "examples", "deprecated", "readOnly"),
    *("writeOnly", "discriminator", "contentEncoding", "contentMediaType", "contentSchema"),
}
"""What no value can break."""
Schema = Mapping[str, Any]


def _draft(path: Path, name: str) -> Draft | None:
    text = content(path, (".json",))
    try:
        root = json.loads(text) if text is not None else None
    except (ValueError, RecursionError):
        return None
    marks = ("$schema", "properties", "$defs", "definitions", "items")
    if not isinstance(root, dict) or not any(mark in root for mark in marks):
        return None
    tables: list[Described] = []
    whole = _resolved(root, root)
    if whole.get("type") == "array" or "items" in whole:
        whole = _resolved(whole.get("items"), root)
    parts = [(str(whole.get("title") or path.stem.split(".")[0]), whole)]
    for word in ("$defs", "definitions"):
        held = root.get(word)
        parts += list(held.items()) if isinstance(held, dict) else []
    for title, part in parts:
        schema = _resolved(part, root)
        there = _mapping(schema.get("properties"))
        if there and all(table.name != title for table in tables):
            tables.append(_table(title, schema, root))
    if not tables:
        return None
    return drafted(name, tables, f"from the JSON Schema {path.name}", str(root.get("title") or ""))


def _resolved(
    schema: Any, root: Schema, depth: int = 0, steps: Iterator[int] | None = None
) -> dict[str, Any]:
    """A schema with its local reference, and what must hold as well (``allOf``), put in."""
    steps = steps or iter(range(MOST))
    if schema is False:
        return {"not": {}}
    if not isinstance(schema, dict):
        return {}
    if depth > DEEPEST or next(steps, None) is None:
        return {"$ref": "too deep to follow"}
    found: dict[str, Any] = {}
    if isinstance(schema.get("$ref"), str):
        target = _target(schema["$ref"], root)
        led = isinstance(target, dict | bool)
        found = _resolved(target, root, depth + 1, steps) if led else {"$ref": schema["$ref"]}
    for part in _list(schema.get("allOf")):
        found = _both(found, _resolved(part, root, depth + 1, steps))
    own = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
    return _both(found, own)


def _both(found: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What holds where two schemas do; of a keyword that both have the second, and a mark."""
    properties = {**_mapping(found.get("properties")), **_mapping(more.get("properties"))}
    needed = [*_list(found.get("required")), *_list(more.get("required"))]
    shared = (found.keys() & more.keys()) - _SAY_NOTHING - {"properties", "required"}
    both = found | more
    if properties:
        both |= {"properties": properties, "required": needed}
    if any(found[key] != more[key] for key in shared):
        both["allOf"] = []
    return both


def _target(reference: str, root: Schema) -> Any:
    if not reference.startswith("#/"):
        return None
    found: Any = root
    for step in reference[2:].split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(name: str, schema: Schema, root: Schema) -> Described:
    needed = _list(schema.get("required"))
    fields = [
        _field(str(key), part, root, blank=key not in needed)
        for key, part in schema["properties"].items()
    ]
    return Described(name, fields, title=str(schema.get("title") or name))


def _field(name: str, schema: Any, root: Schema, *, blank: bool) -> Said:
    said = Said(name, blank=blank)
    data = _one(_resolved(schema, root), root, said)
    said.title, said.description = _text(data, "title"), _text(data, "description")
    _left_out(said, data)
    if data.get("type") == "array" or "items" in data:
        said.many = True
        data = _one(_resolved(data.get("items"), root), root, said)
    choices = _choices(data, root)
    if choices is not None:
        said.blank = said.blank or None in (*_list(data.get("enum")), data.get("const", 0))
        said.codes = choices
        return said
    if said.many or data.get("type") == "object" or "properties" in data:
        what = "a list" if said.many else "an object"
        said.many = False
        said.why.append(f"It holds {what} there, which is no cell: a table of its own, perhaps.")
        return said
    kind = data.get("type")
    if kind is None:
        kind = "number" if data.keys() & _BOUNDS else "string"
        what = "a number" if kind == "number" else "text"
        said.blank = True  # null is one of the values of no type
        said.why.append(f"It has no type there: taken for {what}.")
    elif not isinstance(kind, str) or kind not in _TYPES:
        said.why.append("It may hold several types there: text.")
        kind = "string"
    said.type = kind
    _limit(said, data)
    return said


def _left_out(said: Said, data: Schema) -> None:
    """Name in the comment what the field cannot say."""
    left = sorted(data.keys() - _CARRIED - _SAY_NOTHING)
    if left:
        said.why.append(f"Left out, as there is no counterpart here: {', '.join(left)}.")


def _text(data: Schema, word: str) -> str:
    return data[word] if isinstance(data.get(word), str) else ""


def _one(data: dict[str, Any], root: Schema, said: Said) -> dict[str, Any]:
    """The schema without the null that makes a value optional."""
    kinds = data.get("type")
    if isinstance(kinds, list):
        rest = [kind for kind in kinds if kind != "null"]
        said.blank = said.blank or "null" in kinds
        data = data | {"type": rest[0] if len(rest) == 1 else "several"}
    for word in ("anyOf", "oneOf"):
        if isinstance(data.get(word), list):
            parts = [_resolved(part, root) for part in data[word]]
            rest_ = [part for part in parts if part.get("type") != "null"]
            said.blank = said.blank or len(rest_) < len(parts)
            outer = {key: value for key, value in data.items() if key != word}
            if len(rest_) == 1:
                return _one(rest_[0] | outer, root, said)
            if not all("const" in part or "enum" in part for part in rest_):
                data = outer | {"type": "several"}
    return data


def _choices(data: Schema, root: Schema) -> dict[str, str] | None:
    if isinstance(data.get("enum"), list):
        return {_plain(item): _plain(item) for item in data["enum"] if item is not None}
    if "const" in data:
        if data["const"] is None:
            return {}
        return {_plain(data["const"]): _text(data, "title") or _plain(data["const"])}
    for word in ("anyOf", "oneOf"):
        if isinstance(data.get(word), list):
            found: dict[str, str] = {}
            for part in data[word]:
                found |= _choices(_resolved(part, root), root) or {}
            return found
    return None


def _plain(item: Any) -> str:
    if isinstance(item, float) and item.is_integer():
        item = int(item)  # one number, written in two ways
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)


def _limit(said: Said, data: Schema) -> None:
    form = data.get("format")
    if said.type == "string" and form == "date":
        said.type = "date"
    elif isinstance(form, str):
        said.why.append(f"Its format there is '{form}'.")
        said.direct = form in _DIRECT
    whole = said.type == "integer"
    for word, key, step in (
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ):
        if _is_number(data.get(word)):
            setattr(said, word, _plain(data[word]))
        elif _is_number(data.get(key)) and whole:
            setattr(said, word, str(int(data[key]) + step))
        elif key in data:
            said.why.append(f"It has an {key} there, which has no counterpart here.")
    for word, key in (("min_length", "minLength"), ("max_length", "maxLength")):
        if _is_number(data.get(key)) and 0 <= data[key] < LONGEST and int(data[key]) == data[key]:
            setattr(said, word, str(int(data[key])))
    if isinstance(data.get("pattern"), str) and said.type == "string":
        said.pattern = _anchored(data["pattern"])


def _is_number(value: Any) -> bool:
    # JSON as Python reads it has numbers without end
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (isinstance(value, float) and math.isfinite(value))


def _anchored(pattern: str) -> str:
    """A pattern of the whole value: there it may match anywhere in it."""
    if pattern.startswith("^") and pattern.endswith("$") and "|" not in pattern:
        return pattern
    start = "" if pattern.startswith("^") else "[^\\n]*"
    end = "" if pattern.endswith("$") and not pattern.endswith("\\$") else "[^\\n]*"
    inner = pattern.removeprefix("^")
    return f"{start}(?:{inner.removesuffix('$') if not end else inner}){end}"


FORM = Form(name="json-schema", title="JSON Schema (pydantic's too)", draft=_draft)
