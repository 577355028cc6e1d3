"""Checks the form of YAML against a JSON Schema, in words with a place.

``problems`` is for the files of a standard; ``faults`` takes the ``validator`` of any schema.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from validator.errors import Problem
from validator.standards.locate import schemas_folder
from validator.standards.strict_yaml import Document, Path

if TYPE_CHECKING:
    from jsonschema import ValidationError


@cache
def meta_schema(name: str = "standard") -> dict[str, Any]:
    """``schemas/meta/NAME.schema.json``."""
    path = schemas_folder() / "meta" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


@cache
def validator(name: str, kind: str | None = None) -> Any:
    """A ``jsonschema`` validator of that schema, or of one ``kind`` among its definitions."""
    from jsonschema import Draft202012Validator

    whole = meta_schema(name)
    return Draft202012Validator(
        {"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]} if kind else whole
    )


@cache
def _checked() -> frozenset[str]:
    """The digests of shipped files whose form was found right when the project was made.

    The list (``schemas/meta/checked.json``) counts only together with the schema that it was made
    with. It saves every start the slow look at files that have not changed since.
    """
    try:
        path = schemas_folder() / "meta" / "checked.json"
        listed = json.loads(path.read_bytes())
        schema = (path.parent / "standard.schema.json").read_bytes()
        known = listed["files"] if listed["meta"] == hashlib.sha256(schema).hexdigest() else []
        return frozenset(known)
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def is_known_good(content: bytes) -> bool:
    """Whether exactly these bytes ship with accordant, and were found right."""
    return hashlib.sha256(content).hexdigest() in _checked()


def problems(document: Document, kind: str, base: Path = ()) -> list[Problem]:
    """Every fault of form in a document (``kind``: standard, table, codelist or rules)."""
    return faults(document, validator("standard", kind), base)


def faults(document: Document, form: Any, base: Path = ()) -> list[Problem]:
    """Every fault of form that a validator (``form``) sees at ``base`` of a document."""
    data: Any = document.data
    for step in base:
        data = data[step]
    found = [
        problem
        for error in _leaves(form.iter_errors(data))
        for problem in _explain(document, base, error)
    ]
    unique = {str(problem): problem for problem in found}
    return sorted(unique.values(), key=lambda p: (p.file, p.line, p.column))


def _leaves(errors: Iterable[ValidationError]) -> Iterable[ValidationError]:
    """The innermost errors: those that name one value and one demand."""
    for error in errors:
        if error.context and error.validator not in {"oneOf", "anyOf"}:
            yield from _leaves(error.context)
        else:
            yield error


def _explain(document: Document, base: Path, error: Any) -> Iterable[Problem]:
    path = (*base, *error.absolute_path)
    rule, value = error.validator, error.instance
    want: Any = error.validator_value
    here = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this entry"
    schema: Any = error.schema
    about = schema.get("description", "") if isinstance(schema, dict) else ""
    if "propertyNames" in error.absolute_schema_path:
        # jsonschema reports the name itself as the value that is wrong
        yield document.problem((*path, str(value)), *_name(str(value), error), key=True)
        return
    match rule:
        case "additionalProperties":
            for key in [k for k in value if k not in schema["properties"]]:
                known = sorted(schema["properties"])
                near = difflib.get_close_matches(key, known, 1)
                cure = f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known)}."
                what = f"The key '{key}' is not known here."
                yield document.problem((*path, key), what, cure, key=True)
        case "required" | "dependentRequired":
            for name, why in _absent(want, value):
                about_name = schema.get("properties", {}).get(name, {}).get("description", "")
                yield document.problem(path, f"The key '{name}' is missing{why}.", about_name)
        case "enum":
            shown = ", ".join(dict.fromkeys(_plain(item) for item in want))
            yield document.problem(path, f"{here} cannot be '{value}'.", f"Use one of: {shown}.")
        case "type":
            kinds = [want] if isinstance(want, str) else want
            wanted = " or ".join(dict.fromkeys(_KINDS[k] for k in kinds))
            what = f"{here} is {_KINDS[_kind(value)]}."
            yield document.problem(path, what, f"It should be {wanted}. {about}".strip())
        case "pattern":
            what = f"{here} cannot be '{value}'."
            yield document.problem(path, what, f"It must match {want}. {about}".strip())
        case "oneOf":
            yield document.problem(path, *_one_of(here, want, value))
        case "anyOf":
            wanted = "a number" if isinstance(value, str) else "a plain value"
            yield document.problem(
                path, f"{here} is not usable.", f"It should be {wanted}. {about}"
            )
        case "minItems" | "minProperties" | "minLength":
            yield document.problem(path, f"{here} is empty.", f"Fill it or remove it. {about}")
        case _:
            yield document.problem(path, f"{here} is not allowed: {rule} {_plain(want)}.", about)


def _absent(want: Any, value: Any) -> Iterable[tuple[str, str]]:
    """The keys that must be there and are not: always, or because of another that is."""
    if isinstance(want, list):
        return ((name, "") for name in want if name not in value)
    return (
        (name, f": '{key}' does not go without it")
        for key, names in want.items()
        for name in names
        if key in value and name not in value
    )


def _name(name: str, error: Any) -> tuple[str, str]:
    if "text" in error.absolute_schema_path or " " in name:
        what = f"'{name}' is not a language code."
        return what, "A comma splits a text inside {...}: put the whole text in quotes."
    return f"The name '{name}' is not allowed here.", f"It must match {error.validator_value}."


def _one_of(here: str, want: list[dict[str, Any]], value: Any) -> tuple[str, str]:
    names = [item["required"][0] for item in want]
    there = [name for name in names if isinstance(value, dict) and name in value]
    choice = ", ".join(f"'{name}'" for name in names)
    if there:
        both = " and ".join(f"'{name}'" for name in there)
        return f"{here} has {both}.", f"Keep exactly one of {choice}."
    return f"{here} says nothing of {choice}.", "Add exactly one of them."


_KINDS = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "boolean": "text",
    "number": "text",
    "integer": "text",
}


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "string"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
