"""The conditions of which rules are made.

A condition is judged in three values: it holds, it fails, or it cannot be told because a value
that it needs is missing or invalid. A rule fires only where its ``when`` holds and its ``then``
fails: one fault, one finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from validator.model.text import Origin


class Op(StrEnum):
    """What a test compares. The words are those of the YAML."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"
    MATCHES = "matches"
    STARTS_WITH = "starts_with"
    RECORDED = "recorded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of the rule's own table (``table`` is None) or of the table it references."""

    field: str
    table: str | None = None

    def __str__(self) -> str:
        return f"{self.table}.{self.field}" if self.table else self.field


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the check (``--as-of``), cut to the precision of the field it meets."""


Operand = str | FieldRef | Today


@dataclass(frozen=True, slots=True)
class Test:
    """One field against its operands.

    ``operands`` is one operand for comparisons, several for IN and NOT_IN, the missing reasons for
    MISSING (none given: any reason), and ``("true",)`` or ``("false",)`` for RECORDED.
    """

    field: FieldRef
    op: Op
    operands: tuple[Operand, ...]
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where one part or more holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its part fails."""

    part: Condition


Condition = Test | All | AnyOf | Not


def tests_of(condition: Condition | None) -> tuple[Test, ...]:
    """Every test in a condition, in the order in which it is written."""
    match condition:
        case None:
            return ()
        case Test():
            return (condition,)
        case Not(part):
            return tests_of(part)
        case All(parts) | AnyOf(parts):
            return tuple(test for part in parts for test in tests_of(part))


def fields_of(condition: Condition | None) -> tuple[FieldRef, ...]:
    """Every field that a condition reads, once each, in the order of its first use."""
    seen: dict[FieldRef, None] = {}
    for test in tests_of(condition):
        seen[test.field] = None
        for operand in test.operands:
            if isinstance(operand, FieldRef):
                seen[operand] = None
    return tuple(seen)
