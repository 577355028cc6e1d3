"""Rules as JSON Schema: where a condition certainly holds, and where it certainly fails.

The same pair as in ``expressions.conditions``, on the instances of ``json_schema.to_instance``.
Where a part of a condition is beyond JSON Schema, both of its halves are None, "never": the
rule then speaks less often than the engine's, and never more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any

from validator.model.condition import (
    All,
    AnyOf,
    Condition,
    FieldRef,
    Not,
    Op,
    Test,
    Today,
    fields_of,
)
from validator.model.lexical import domain
from validator.model.standard import CodeList, Field, Kind, Rule, Table
from validator.targets import _patterns as patterns
from validator.targets._json_values import REASON, Schema, allowed, matching, pointer, ref, to_json
from validator.targets._losses import unlike_rule
from validator.targets._writing import number

_BOUNDS = {
    Op.LT: "exclusiveMaximum",
    Op.LE: "maximum",
    Op.GT: "exclusiveMinimum",
    Op.GE: "minimum",
}
_OPPOSITE = {
    Op.LT: Op.GE,
    Op.GE: Op.LT,
    Op.LE: Op.GT,
    Op.GT: Op.LE,
    Op.EQ: Op.NE,
    Op.NE: Op.EQ,
    Op.IN: Op.NOT_IN,
    Op.NOT_IN: Op.IN,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a condition certainly holds and certainly fails; None is never.

    ``beyond`` says what of it JSON Schema cannot express.
    """

    holds: Schema | None
    fails: Schema | None
    beyond: tuple[str, ...] = ()


def rule_of(rule: Rule, table: Table, reasons: CodeList) -> tuple[Schema | None, tuple[str, ...]]:
    """A rule as a schema that refuses the records which break it, and what it leaves out.

    None where nothing of the rule can be checked.
    """
    beyond = unlike_rule(rule)
    if beyond or rule.then is None:
        return None, (beyond,) if beyond else ()
    when = _truth(rule.when, table, reasons) if rule.when else Truth({}, None)
    then = _truth(rule.then, table, reasons)
    lost = tuple(dict.fromkeys(when.beyond + then.beyond))
    if when.holds is None or then.fails is None:
        return None, lost
    # only what carries the fault says what was lost: the other halves are not used
    head: Schema = {"$comment": f"rule {rule.id}", "title": str(rule.title)}
    head["x-accordant"] = {"severity": str(rule.severity)}
    if rule.when is None:
        return head | {"not": then.fails}, lost
    return head | {"if": when.holds, "then": {"not": then.fails}}, lost


def specify_of(field: Field, reasons: CodeList) -> Schema | None:
    """That the code for "other" is explained; None where the field has no such code."""
    if not field.others or not field.specify:
        return None
    held: list[Any] = [to_json(field, code, reasons) for code in field.others]
    return {
        "$comment": "other-unspecified",
        "title": f"Where {field.name} is {field.others[0]}, {field.specify} says which",
        "if": _held(field.name, {"enum": held}),
        "then": {"required": [field.specify]}
        | ({"properties": {field.specify: {"not": ref(REASON)}}} if reasons.codes else {}),
    }


def _truth(condition: Condition, table: Table, reasons: CodeList) -> Truth:
    match condition:
        case All(parts):
            truths = [_truth(part, table, reasons) for part in parts]
            holds, fails = [t.holds for t in truths], [t.fails for t in truths]
            return Truth(_all(holds), _any(fails), _beyond(truths))
        case AnyOf(parts):
            truths = [_truth(part, table, reasons) for part in parts]
            holds, fails = [t.holds for t in truths], [t.fails for t in truths]
            return Truth(_any(holds), _all(fails), _beyond(truths))
        case Not(part):
            truth = _truth(part, table, reasons)
            return Truth(truth.fails, truth.holds, truth.beyond)
        case Test():
            return _test(condition, table, reasons)


def _beyond(truths: list[Truth]) -> tuple[str, ...]:
    return tuple(reason for truth in truths for reason in truth.beyond)


def _all(parts: list[Schema | None]) -> Schema | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return reduce(_both, known)


def _both(left: Schema, right: Schema) -> Schema:
    """Both schemas; where they speak of different fields, as one."""
    alike = left.keys() == right.keys() == {"required", "properties"}
    if alike and not left["properties"].keys() & right["properties"].keys():
        return {
            "required": left["required"] + right["required"],
            "properties": left["properties"] | right["properties"],
        }
    parts = left["allOf"] if left.keys() == {"allOf"} else [left]
    return {"allOf": [*parts, right]}


def _any(parts: list[Schema | None]) -> Schema | None:
    known = [part for part in parts if part is not None]
    return {"anyOf": known} if len(known) > 1 else known[0] if known else None


def _held(name: str, schema: Schema | None) -> Schema | None:
    """A record that holds something of the kind in a field."""
    return None if schema is None else {"required": [name], "properties": {name: schema}}


def _lost(why: str) -> Truth:
    return Truth(None, None, (why,))


def _test(test: Test, table: Table, reasons: CodeList) -> Truth:
    for read in fields_of(test):
        if read.table and read.table != table.name:
            return _lost(f"It reads the table {read.table}.")
    if any(isinstance(operand, FieldRef) for operand in test.operands):
        return _lost("It compares one field with another.")
    if any(isinstance(operand, Today) for operand in test.operands):
        return _lost("It depends on the day of the check.")
    field = table.by_name[test.field.field]
    texts = tuple(str(operand) for operand in test.operands)
    if test.op is Op.RECORDED:
        present = _held(field.name, pointer(field))
        telling = list(reasons.telling)
        absent: Schema = {"properties": {field.name: {"enum": telling} if telling else False}}
        return Truth(present, absent) if texts == ("true",) else Truth(absent, present)
    if test.op is Op.MISSING:
        return _missing(field, texts, reasons)
    return _against(test.op, field, texts, reasons)


def _missing(field: Field, texts: tuple[str, ...], reasons: CodeList) -> Truth:
    # a withheld cell may hide any answer, so it counts only where a rule names it
    telling = list(reasons.telling)
    asked = list(texts) or telling
    rest = [reason for reason in telling if reason not in asked]
    other = {"anyOf": [pointer(field), {"enum": rest}]} if rest else pointer(field)
    held = {"enum": asked} if asked else None
    return Truth(_held(field.name, held), _held(field.name, other))


def _against(op: Op, field: Field, texts: tuple[str, ...], reasons: CodeList) -> Truth:
    """A field against literals."""
    holds, fails = _values(op, field, texts, reasons), None
    if isinstance(holds, str):
        return _lost(holds)
    if op in _OPPOSITE:
        opposite = _values(_OPPOSITE[op], field, texts, reasons)
        fails = None if isinstance(opposite, str) else opposite
    else:
        fails = _without(field, op, texts, reasons)
    return Truth(_held(field.name, holds), _held(field.name, fails))


def _values(op: Op, field: Field, texts: tuple[str, ...], reasons: CodeList) -> Schema | str | None:
    """The values of a field that meet a test: None where there are none, a text where why not."""
    listed = domain(field)
    if listed is not None and (
        field.kind not in {Kind.INTEGER, Kind.DATE} or op in {Op.MATCHES, Op.STARTS_WITH}
    ):
        return _listed(op, field, listed, texts, reasons)
    if op in {Op.MATCHES, Op.STARTS_WITH}:
        if field.many or field.kind in {Kind.INTEGER, Kind.NUMBER}:
            return "It tests the text of what JSON holds as a number or a list."
        shape = _shape(op, texts[0])
        return (
            "Its pattern has signs that engines read differently."
            if shape is None
            else (_within(field, shape))
        )
    if op in {Op.NE, Op.NOT_IN}:
        same = _values(Op.IN, field, texts, reasons)
        if field.many:
            return pointer(field) | {"not": {"contains": _among(list(texts))}}
        return pointer(field) if same is None else _within(field, {"not": same})
    if op in {Op.EQ, Op.IN}:
        if field.many:
            return pointer(field) | {"contains": _among(list(texts))}
        found = allowed(field, texts, reasons)
        return _among(found) if found else None
    if field.kind is Kind.DATE:
        return _within(field, _dates(op, field, texts[0]))
    return _within(field, {_BOUNDS[op]: number(texts[0])})


def _without(field: Field, op: Op, texts: tuple[str, ...], reasons: CodeList) -> Schema | None:
    """The values that do not match a pattern or prefix."""
    listed = domain(field)
    if listed is not None:
        from validator.expressions.conditions import satisfies

        rest = [v for v in listed if not satisfies(op, field, v, list(texts))]
        return _some(field, rest, listed, reasons)
    shape = _shape(op, texts[0])
    return None if shape is None else _within(field, {"not": shape})


def _listed(
    op: Op, field: Field, listed: tuple[str, ...], texts: tuple[str, ...], reasons: CodeList
) -> Schema | None:
    from validator.expressions.conditions import satisfies

    found = [value for value in listed if satisfies(op, field, value, list(texts))]
    return _some(field, found, listed, reasons)


def _some(
    field: Field, found: list[str], listed: tuple[str, ...], reasons: CodeList
) -> Schema | None:
    """Some of the values that a field may hold, said in the shorter way."""
    if not found:
        return None
    if len(found) == len(listed):
        return pointer(field)
    rest = [value for value in listed if value not in found]
    if len(rest) < len(found):
        return _within(field, {"not": _among([to_json(field, v, reasons) for v in rest])})
    return _among([to_json(field, value, reasons) for value in found])


def _among(values: list[Any]) -> Schema:
    return {"const": values[0]} if len(values) == 1 else {"enum": values}


def _within(field: Field, schema: Schema) -> Schema:
    return pointer(field) | schema


def _shape(op: Op, text: str) -> Schema | None:
    if op is Op.STARTS_WITH:
        return {"pattern": f"^{patterns.literal(text)}"}
    found = patterns.portable(text)
    return matching(text) if found and found.one_line else None


def _dates(op: Op, field: Field, text: str) -> Schema:
    """Dates before or after another. Strictly before is what is not at or after."""
    match op:
        case Op.GE:
            return {"pattern": f"^{patterns.between(field.precision, text, None)}$"}
        case Op.LE:
            return {"pattern": f"^{patterns.between(field.precision, None, text)}$"}
        case Op.GT:
            return {"not": _dates(Op.LE, field, text)}
        case _:
            return {"not": _dates(Op.GE, field, text)}
