"""Builds conditions from their YAML: field names are resolved, and operands are checked later."""

from __future__ import annotations

from typing import Any

from validator.model.condition import (
    All,
    AnyOf,
    Condition,
    FieldRef,
    Not,
    Op,
    Operand,
    Test,
    Today,
)
from validator.standards.strict_yaml import Document, Path

_COMBINE = {"all", "any", "not"}


def condition(document: Document, path: Path, data: Any) -> Condition:
    """The condition written at ``path``; a mapping of several tests means all of them."""
    parts: list[Condition] = []
    for key, value in data.items():
        here = (*path, key)
        match key:
            case "all":
                inner = [condition(document, (*here, i), v) for i, v in enumerate(value)]
                parts.append(All(tuple(inner)))
            case "any":
                inner = [condition(document, (*here, i), v) for i, v in enumerate(value)]
                parts.append(AnyOf(tuple(inner)))
            case "not":
                parts.append(Not(condition(document, here, value)))
            case _:
                parts.append(_test(document, here, reference(key), value))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def reference(name: str) -> FieldRef:
    """``field`` or ``parent_table.field``."""
    table, _, field = name.rpartition(".")
    return FieldRef(field, table or None)


def _test(document: Document, path: Path, field: FieldRef, value: Any) -> Condition:
    origin = document.origin(path, key=True)
    if isinstance(value, str):
        return Test(field, Op.EQ, (value,), origin)
    if isinstance(value, list):
        return Test(field, Op.IN, tuple(_operand(item) for item in value), origin)
    parts: list[Condition] = []
    for word, operand in value.items():
        match word:
            case "not":
                parts.append(Not(_test(document, (*path, word), field, operand)))
            case "in":
                parts.append(Test(field, Op.IN, tuple(_operand(o) for o in operand), origin))
            case "missing":
                reasons = tuple(operand) if isinstance(operand, list) else ()
                asked: Condition = Test(field, Op.MISSING, reasons, origin)
                parts.append(Not(asked) if operand == "false" else asked)
            case _:
                parts.append(Test(field, Op(word), (_operand(operand),), origin))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _operand(value: Any) -> Operand:
    if isinstance(value, str):
        return value
    return reference(value["field"]) if "field" in value else Today()
