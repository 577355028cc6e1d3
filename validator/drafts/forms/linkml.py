"""A LinkML schema: its classes become tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from validator.drafts.cleaning import Said
from validator.drafts.described import Described, drafted
from validator.drafts.drafting import Form, content
from validator.drafts.parts import Draft
from validator.standards.strict_yaml import parse

_TYPES = {
    "string": "string",
    "integer": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
}
_DEEPEST = 20
Schema = Mapping[str, Any]


def _draft(path: Path, name: str) -> Draft | None:
    text = content(path, (".yaml", ".yml"))
    if text is None:
        return None
    root = _mapping(parse(text, str(path)).data)
    classes = _mapping(root.get("classes"))
    if not classes:
        return None
    tables = [
        _table(str(title), about, root)
        for title, about in classes.items()
        if not _is_true(about, "abstract") and not _is_true(about, "mixin")
    ]
    title = root.get("title")
    said = title if isinstance(title, str) else ""
    return drafted(name, tables, f"from the LinkML schema {path.name}", said)


def _is_true(about: Any, word: str) -> bool:
    return str(_mapping(about).get(word)).lower() == "true"


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any) -> list[str]:
    return (
        [value]
        if isinstance(value, str) and value
        else [item for item in value or () if isinstance(item, str)]
    )


def _table(name: str, about: Any, root: Schema) -> Described:
    slots = dict(_slots(name, root, 0))
    fields, links, key = [], {}, ""
    for slot, said in slots.items():
        fields.append(_field(slot, said, root))
        target = said.get("range")
        if isinstance(target, str) and target in _mapping(root.get("classes")):
            other = _identifier(target, root)
            if other:
                links[slot] = (target, other)
        if _is_true(said, "identifier") or (not key and _is_true(said, "key")):
            key = slot
    title = str(_mapping(about).get("title") or name)
    return Described(name, fields, (key,) if key else (), title=title, links=links)


def _identifier(name: str, root: Schema) -> str:
    for slot, said in _slots(name, root, 0):
        if _is_true(said, "identifier"):
            return slot
    return ""


def _slots(name: str, root: Schema, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The slots of a class and of those above it, each with all that is said of it."""
    about = _mapping(_mapping(root.get("classes")).get(name))
    found: dict[str, dict[str, Any]] = {}
    if depth < _DEEPEST:
        for above in (*_words(about.get("is_a")), *_words(about.get("mixins"))):
            found |= dict(_slots(above, root, depth + 1))
    known, usage = _mapping(root.get("slots")), _mapping(about.get("slot_usage"))
    for slot in _words(about.get("slots")):
        found[slot] = _mapping(known.get(slot))
    for slot, said in _mapping(about.get("attributes")).items():
        found[slot] = _mapping(said)
    for slot, said in usage.items():
        if slot in found:
            found[slot] = found[slot] | _mapping(said)
    yield from found.items()


def _field(name: str, about: Schema, root: Schema) -> Said:
    said = Said(name, blank=not (_is_true(about, "required") or _is_true(about, "identifier")))
    for word in ("title", "description"):
        if isinstance(about.get(word), str):
            setattr(said, word, about[word])
    said.many = _is_true(about, "multivalued")
    target = str(about.get("range") or root.get("default_range") or "string")
    enum = _mapping(root.get("enums")).get(target)
    if enum is not None:
        values = _mapping(enum).get("permissible_values")
        codes = values if isinstance(values, dict) else dict.fromkeys(_words(values))
        said.codes = {str(code): _label(code, item) for code, item in codes.items()}
        return said
    if said.many:
        said.many = False
        said.why.append("It holds several values there: a table of its own, perhaps.")
        return said
    if target in _mapping(root.get("classes")):
        said.why.append(f"It refers to {target} there.")
        return said
    said.type = _TYPES.get(_base(target, root), "string")
    if target not in _TYPES and target not in _mapping(root.get("types")):
        said.why.append(f"Its type there is '{target}', which has no counterpart here: text.")
    for word, key in (("minimum", "minimum_value"), ("maximum", "maximum_value")):
        if isinstance(about.get(key), str) and said.type in {"integer", "number"}:
            setattr(said, word, about[key])
    if isinstance(about.get("pattern"), str) and said.type == "string":
        said.pattern = about["pattern"]
    return said


def _base(name: str, root: Schema) -> str:
    """The type on which one of the schema's own rests."""
    for _ in range(_DEEPEST):
        own = _mapping(_mapping(root.get("types")).get(name))
        above = own.get("typeof")
        if name in _TYPES or not isinstance(above, str):
            return name
        name = above
    return name


def _label(code: Any, item: Any) -> str:
    about = _mapping(item)
    title = about.get("title")
    return title if isinstance(title, str) and title else str(code)


FORM = Form(name="linkml", title="LinkML schema", draft=_draft)
