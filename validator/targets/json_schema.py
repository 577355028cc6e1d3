"""JSON Schema 2020-12: one schema a table, for a record as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from validator.model.standard import Field, Kind, Record, Severity, Standard, Table
from validator.registry import Artefact, Loss, Target
from validator.targets._json_rules import rule_of, specify_of
from validator.targets._json_values import ADVICE, Schema, definitions, property_of, to_json
from validator.targets._losses import of_the_standard, place, rule_place, stale
from validator.targets._patterns import portable
from validator.targets._writing import as_json, described, provenance, without_empty

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_instance(standard: Standard, table: Table, record: Record) -> dict[str, Any]:
    """A record of text cells as the JSON object that the table's schema is about.

    A blank cell ("") is an absent property. Canonical integers and numbers become JSON numbers,
    ``true`` and ``false`` booleans, and a cell of several codes an array; a missing reason stays
    its text. Every other text stays as it is, so that the schema refuses it where it is no value.
    Columns that the table does not have are kept, and refused.
    """
    return {
        name: to_json(table.by_name[name], text, standard.missing_reasons)
        if name in table.by_name
        else text
        for name, text in record.items()
        if text != ""
    }


def schema(standard: Standard, table: Table) -> Mapping[str, Any]:
    """The schema of one table's records."""
    result, _ = _compiled(standard, table)
    return result


def _compiled(standard: Standard, table: Table) -> tuple[Schema, list[Loss]]:
    reasons = standard.missing_reasons
    result: Schema = {
        "$schema": DIALECT,
        "$id": f"urn:accordant:{standard.id}:{standard.version}:{table.name}",
        **described(table),
        "x-accordant": provenance(standard) | without_empty(source=table.source),
        "type": "object",
        "properties": {field.name: property_of(field, reasons) for field in table.fields},
        "required": [field.name for field in table.fields if not field.optional],
        "additionalProperties": False,
    }
    rules, advice, losses = _rules(standard, table)
    if rules:
        result["allOf"] = rules
    definitions_ = definitions(standard, table.fields)
    if advice:
        definitions_[ADVICE] = {
            "$comment": "Rules that warn. This schema does not apply them: refer to them to do so.",
            "allOf": advice,
        }
    if definitions_:
        result["$defs"] = definitions_
    losses += _losses(table)
    return result, losses


def _rules(standard: Standard, table: Table) -> tuple[list[Schema], list[Schema], list[Loss]]:
    """The rules that refuse a record, those that only warn, and what neither says."""
    reasons = standard.missing_reasons
    specified = (specify_of(field, reasons) for field in table.fields)
    rules = [rule for rule in specified if rule is not None]
    advice: list[Schema] = []
    losses: list[Loss] = []
    for rule in standard.rules_of(table.name):
        found, beyond = rule_of(rule, table, reasons)
        if beyond:
            extent = "rule" if found is None else "rule in part"
            losses.append(Loss(extent, rule_place(rule), " ".join(beyond)))
        if found is None:
            continue
        if rule.severity is Severity.ERROR:
            rules.append(found)
            continue
        advice.append(found)
        why = f"A schema cannot warn, so the rule stands in $defs/{ADVICE} and is not applied."
        losses.append(Loss("rule that warns", rule_place(rule), why))
    return rules, advice, losses


def _losses(table: Table) -> Iterator[Loss]:
    if table.key:
        why = f"Whether the key ({', '.join(table.key)}) is there twice takes more than one record."
        yield Loss("key", place(table), why)
    for field in table.fields:
        at = place(table, field.name)
        if field.unique and (field.name,) != table.key:
            yield Loss(
                "unique value", at, "Whether a value is there twice takes more than one record."
            )
        if field.references:
            why = f"Whether {field.references.table} holds the record takes another table."
            yield Loss("reference", at, why)
        yield from _pattern_losses(field, at)
    yield from stale(table)


def _pattern_losses(field: Field, at: str) -> Iterator[Loss]:
    if field.kind is not Kind.STRING or not field.pattern:
        return
    found = portable(field.pattern)
    if found is None:
        why = "The pattern has signs that engines read differently; it is left out."
        yield Loss("pattern", at, why)
    elif not found.one_line:
        why = "Engines whose $ overlooks a last line feed (Python's) let one pass after the value."
        yield Loss("line feed", at, why)


def _compile(standard: Standard) -> Artefact:
    files: dict[str, bytes] = {}
    losses: list[Loss] = []
    for table in standard.tables:
        made, lost = _compiled(standard, table)
        files[f"{table.name}.schema.json"] = as_json(made)
        losses += lost
    return Artefact(files, (*losses, *of_the_standard(standard)))


TARGET = Target(
    name="json-schema",
    title="JSON Schema 2020-12",
    describes=(
        "One schema a table, for a record as a JSON object: numbers and booleans as such, several "
        "codes as an array, a missing reason as its text, a blank cell as an absent property."
    ),
    compile=_compile,
)
