"""A JSON Schema in plain words: what a property is, and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from validator.reference.blocks import Block, Grid, Heading, Prose

Schema = Mapping[str, Any]

_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
    "null": "null",
}


def kind(schema: Schema, *, link: str = "#{}") -> str:
    """What a value is: ``text``, ``list of text``, ``one of `a`, `b```, or a link to a section."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}]({link.format(name)})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        # a standard is read as text, so that "true" and true are one
        values = dict.fromkeys(
            str(v).lower() if isinstance(v, bool) else str(v) for v in schema["enum"]
        )
        return " or ".join(f"`{value}`" for value in values)
    if "anyOf" in schema:
        said = dict.fromkeys(kind(part, link=link) for part in schema["anyOf"])
        # numbers are read as text from YAML, which is no other kind of value
        return " or ".join([s for s in said if len(said) == 1 or s != "text"])
    types = schema.get("type", "any")
    listed = [types] if isinstance(types, str) else types
    if "string" in listed:
        listed = [t for t in listed if t not in {"integer", "number", "boolean"}]
    return " or ".join(dict.fromkeys(_one(t, schema, link) for t in listed)) or "any"


def _one(name: str, schema: Schema, link: str) -> str:
    if name == "array" and isinstance(schema.get("items"), Mapping):
        return f"list of {kind(schema['items'], link=link)}"
    then = schema.get("then", {})
    if name == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"mapping of name to {kind(schema['additionalProperties'], link=link)}"
    if name in {"object", "array"} and "$ref" in then:
        return kind(then, link=link)
    return _TYPES.get(name, name)


def properties(schema: Schema) -> Schema:
    """The properties of an object, wherever the schema holds them."""
    found: Schema = schema.get("properties") or schema.get("then", {}).get("properties", {})
    return found


def rows(schema: Schema, *, link: str = "#{}", prefix: str = "") -> Iterator[list[str]]:
    """Name, kind, whether it must be there, and meaning of each property, nested ones too."""
    needed = schema.get("required", ())
    for name, part in properties(schema).items():
        must = "yes" if name in needed else ""
        yield [f"`{prefix}{name}`", kind(part, link=link), must, part.get("description", "")]
        inner = part.get("items", part) if part.get("type") == "array" else part
        if isinstance(inner, Mapping) and properties(inner) and "$ref" not in inner:
            mark = "[]" if inner is not part else ""
            yield from rows(inner, link=link, prefix=f"{prefix}{name}{mark}.")


def parts(schema: Schema, column: str) -> Iterator[Block]:
    """A schema and its definitions, with a table of properties each; ``column`` heads the first."""
    heads = [column, "holds", "always there", "meaning"]
    yield Prose(schema["description"])
    yield Grid(heads, [*rows(schema)])
    for name, part in schema.get("$defs", {}).items():
        yield Heading(name)
        if "description" in part:
            yield Prose(part["description"])
        if found := [*rows(part)]:
            yield Grid(heads, found)
        else:
            yield Prose(f"Holds {kind(part)}.")
