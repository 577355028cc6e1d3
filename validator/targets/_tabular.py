"""Tables as Table Schema (Data Package v2), in the form that frictionless enforces.

frictionless takes a cell for missing where its text is one of the field's ``missingValues``, and
then refuses it only where the field is ``required``. So a field that must hold a value is
``required``; one that may hold a missing reason is not, and leaves the blank out of its missing
values, so that a blank is read as a value and refused; an optional one lists the blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from validator.expressions.fields import many_pattern
from validator.expressions.values import matches
from validator.model.lexical import BOOLEANS, pattern_of
from validator.model.standard import CodeList, Field, Kind, Precision, Standard, Table
from validator.registry import Loss
from validator.targets import _patterns as patterns
from validator.targets._losses import place, rule_place, stale
from validator.targets._writing import described, label, number, provenance, without_empty

PROFILES = "https://datapackage.org/profiles/2.0"
LARGEST = 10**15
"""The least number that has 16 digits before the point, one more than the engine takes."""
DIGITS = 10**18 - 1
"""The largest integer that the engine takes (18 digits)."""

_DATES = {Precision.YEAR: "year", Precision.MONTH: "yearmonth", Precision.DAY: "date"}
_FIRST = {Precision.YEAR: "1000", Precision.MONTH: "1000-01", Precision.DAY: "1000-01-01"}
_LAST = {Precision.YEAR: "2999", Precision.MONTH: "2999-12", Precision.DAY: "2999-12-31"}

Descriptor = dict[str, Any]


def table_schema(standard: Standard, table: Table, *, references: bool) -> Descriptor:
    """The Table Schema of one table, with or without its references to other tables."""
    own = provenance(standard) | without_empty(source=table.source)
    unique = [[f.name] for f in table.fields if f.unique and (f.name,) != table.key]
    foreign = [
        {
            "fields": [field.name],
            "reference": {"resource": to.table, "fields": [to.field]},
        }
        for field in table.fields
        if references and (to := field.references)
    ]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "name": table.name,
        **described(table),
        "x-accordant": own,
        "fieldsMatch": "equal",
        "fields": [_field(field, standard.missing_reasons) for field in table.fields],
        **without_empty(primaryKey=list(table.key), uniqueKeys=unique, foreignKeys=foreign),
    }


def _field(field: Field, reasons: CodeList) -> Descriptor:
    kind, constraints = _typed(field)
    must = {"required": True} if not field.optional and not field.missing else {}
    once = {"unique": True} if field.unique else {}
    missing = _missing(field, reasons)
    return {
        "name": field.name,
        **kind,
        **described(field),
        **without_empty(missingValues=missing, constraints=must | once | constraints),
    }


def _missing(field: Field, reasons: CodeList) -> list[Mapping[str, str]]:
    """The missing reasons that the field allows, labelled, and the blank where it is optional."""
    if not field.missing:
        return []  # the default is the blank: refused by ``required``, or allowed
    labels = {reason: label(reasons.by_code[reason]) for reason in field.missing}
    shared = Counter(labels.values())
    listed = [
        # two labels must not be alike
        {"value": reason, "label": text if shared[text] == 1 else reason}
        for reason, text in labels.items()
    ]
    return [*listed, *([{"value": ""}] if field.optional else [])]


def _typed(field: Field) -> tuple[Descriptor, Descriptor]:
    """The type of a field, and the constraints on its values."""
    match field.kind:
        case Kind.CODES if field.codelist and field.many:
            return {"type": "string"}, {"pattern": many_pattern(field)}
        case Kind.CODES if field.codelist:
            return _coded(field.codelist)
        case Kind.BOOLEAN:
            true, false = BOOLEANS
            return {"type": "boolean", "trueValues": [true], "falseValues": [false]}, {}
        case Kind.INTEGER:
            low, high = field.minimum or str(-DIGITS), field.maximum or str(DIGITS)
            return {"type": "integer"}, {"minimum": int(low), "maximum": int(high)}
        case Kind.NUMBER:
            return {"type": "number"}, _limits(field)
        case Kind.DATE:
            return _dated(field)
        case _:
            return {"type": "string"}, _string(field)


def _coded(codes: CodeList) -> tuple[Descriptor, Descriptor]:
    current = list(codes.current)
    categories = [{"value": code, "label": label(codes.by_code[code])} for code in current]
    ordered = {"categoriesOrdered": True} if codes.ordered else {}
    # frictionless enforces ``enum``, and not yet ``categories``
    return {"type": "string", "categories": categories, **ordered}, {"enum": current}


def _limits(field: Field) -> Descriptor:
    low = {"minimum": _exact(field.minimum)} if field.minimum else {"exclusiveMinimum": -LARGEST}
    high = {"maximum": _exact(field.maximum)} if field.maximum else {"exclusiveMaximum": LARGEST}
    return low | high


def _exact(text: str) -> int | float | str:
    """A limit as a number; as text where a number would round it (the standard allows both)."""
    value = number(text)
    return value if Decimal(str(value)) == Decimal(text) else text


def _dated(field: Field) -> tuple[Descriptor, Descriptor]:
    precision = field.precision
    if precision is Precision.QUARTER:
        # the length keeps out a line feed, which the $ of frictionless overlooks
        span = patterns.between(precision, field.minimum, field.maximum)
        return {"type": "string"}, {"pattern": span, "maxLength": patterns.LENGTHS[precision]}
    limits: Descriptor = {
        "minimum": field.minimum or _FIRST[precision],
        "maximum": field.maximum or _LAST[precision],
    }
    if precision is Precision.YEAR:
        limits = {name: int(year) for name, year in limits.items()}
    return {"type": _DATES[precision]}, limits


def _string(field: Field) -> Descriptor:
    found = patterns.portable(field.pattern) if field.pattern else None
    if found:
        # frictionless puts ^ and $ around a pattern without grouping it
        pattern = f"({found.text})" if "|" in found.text else found.text
    else:
        pattern = rf"[\s\S]*{patterns.visible()}[\s\S]*"
    result: Descriptor = {"pattern": pattern, "minLength": max(field.min_length or 0, 1)}
    if field.max_length is not None:
        result["maxLength"] = field.max_length
    return result


def losses(standard: Standard, table: Table, *, references: bool) -> Iterator[Loss]:
    """What the Table Schema of one table cannot express, or frictionless does not enforce."""
    for field in table.fields:
        yield from _field_losses(standard, table, field, references=references)
    at = place(table)
    if any(field.optional for field in table.fields):
        why = "A column must be there even where it is optional; accordant lets it be left out."
        yield Loss("column", at, why)
    why = "A row without a single value is refused; accordant warns, and only where all is blank."
    yield Loss("blank row", at, why)
    known = table.by_name
    if any(known[name].optional or known[name].missing for name in table.key):
        why = (
            "A missing value in the key counts as a value, and a key that is missing throughout "
            "is refused; accordant compares complete keys only."
        )
        yield Loss("key", at, why)
    for rule in standard.rules_of(table.name):
        yield Loss("rule", rule_place(rule), "Table Schema has no rules between fields.")
    yield from stale(table)


def _field_losses(
    standard: Standard, table: Table, field: Field, *, references: bool
) -> Iterator[Loss]:
    at = place(table, field.name)
    if field.kind in {Kind.INTEGER, Kind.NUMBER} or (
        field.kind is Kind.DATE and field.precision in _DATES
    ):
        why = (
            "frictionless also takes other spellings of the same value, such as spaces around it, "
            "a plus sign, leading zeros, an exponent or digits of other scripts."
        )
        yield Loss("spelling", at, why)
    if field.kind is Kind.NUMBER:
        why = "frictionless compares decimals exactly, accordant as 64-bit floating point."
        yield Loss("precision", at, why)
    if field.many:
        why = "Several codes are a text with a pattern, because a list does not check its items."
        yield Loss("many", at, why)
        yield Loss("line feed", at, _LINE_FEED)
    if field.kind is Kind.STRING:
        yield from _string_losses(field, at)
    if field.specify and field.others:
        why = f"That {field.specify} says which, where the code is 'other', takes two fields."
        yield Loss("other", at, why)
    pattern = pattern_of(field)
    others = [reason for reason in standard.missing_reasons.by_code if reason not in field.missing]
    if field.kind in {Kind.STRING, Kind.INTEGER, Kind.NUMBER, Kind.DATE} and any(
        pattern is None or matches(pattern, reason) for reason in others
    ):
        why = "A missing reason that the field does not allow is taken for a value."
        yield Loss("reason", at, why)
    if field.references and not references:
        why = (
            f"Whether {field.references.table} holds the record takes another table, and "
            "frictionless refuses such a reference outside a data package: see the target "
            "datapackage."
        )
        yield Loss("reference", at, why)


_LINE_FEED = "frictionless lets a last line feed pass after a value that matches a pattern."


def _string_losses(field: Field, at: str) -> Iterator[Loss]:
    found = patterns.portable(field.pattern) if field.pattern else None
    if field.pattern and found is None:
        why = "The pattern has signs that engines read differently; it is left out."
        yield Loss("pattern", at, why)
    if found:
        yield Loss("line feed", at, _LINE_FEED)
        if not found.visible:
            why = "A text that matches the pattern passes even where nothing in it can be seen."
            yield Loss("visible", at, why)
    if not field.pattern and not field.free_text:
        why = "Texts that only fill the cell (n/a, tbc and the like) pass."
        yield Loss("placeholder", at, why)
