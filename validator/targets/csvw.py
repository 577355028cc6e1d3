"""CSV on the Web: one description of a submission's CSV files, as W3C's vocabulary has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.model.lexical import DATES, literal
from validator.model.standard import Field, Kind, Precision, Standard, Table
from validator.model.text import Text
from validator.registry import Artefact, Loss, Target
from validator.targets._losses import of_the_standard, place, rule_place, stale
from validator.targets._patterns import between, portable
from validator.targets._writing import as_json, without_empty


def _column(field: Field) -> dict[str, Any]:
    kind = _datatype(field)
    return {
        "name": field.name,
        "titles": [field.name],
        **without_empty(
            **{"dc:title": _plain(field.title), "dc:description": _plain(field.description)},
            **{"dc:source": field.source},
        ),
        "datatype": kind,
        **({"separator": field.separator} if field.many else {}),
        # without a list of its own, a column takes a blank for null
        **({"null": [*field.missing, *([""] * field.optional)]} if field.missing else {}),
        "required": not field.missing and not field.optional,
    }


def _plain(text: Text) -> Any:
    """Words as a common property: one language, or a list of them."""
    values = [{"@value": words, "@language": tag} for tag, words in text.by_language.items()]
    return values[0] if len(values) == 1 else values


def _datatype(field: Field) -> dict[str, Any]:
    match field.kind:
        case Kind.CODES if field.codelist:
            listed = "|".join(literal(code) for code in field.codelist.current)
            return {"base": "string", "format": f"({listed})"}
        case Kind.BOOLEAN:
            return {"base": "boolean", "format": "true|false"}
        case Kind.INTEGER | Kind.NUMBER:
            base = "integer" if field.kind is Kind.INTEGER else "decimal"
            return {"base": base, **without_empty(minimum=field.minimum, maximum=field.maximum)}
        case Kind.DATE if field.precision is Precision.DAY:
            limits = without_empty(minimum=field.minimum, maximum=field.maximum)
            return {"base": "date", "format": "yyyy-MM-dd", **limits}
        case Kind.DATE:
            span = between(field.precision, field.minimum, field.maximum)
            dated = field.minimum or field.maximum
            return {"base": "string", "format": span if dated else DATES[field.precision]}
        case _:
            found = portable(field.pattern) if field.pattern else None
            lengths = {"minLength": field.min_length or 1, "maxLength": field.max_length}
            return {
                "base": "string",
                **without_empty(format=found.text if found else None, **lengths),
            }


def _table(table: Table) -> dict[str, Any]:
    keys = [
        {
            "columnReference": [field.name],
            "reference": {
                "resource": f"{field.references.table}.csv",
                "columnReference": [field.references.field],
            },
        }
        for field in table.fields
        if field.references
    ]
    return {
        "url": f"{table.name}.csv",
        **without_empty(
            **{"dc:title": _plain(table.title), "dc:description": _plain(table.description)}
        ),
        "tableSchema": {
            "columns": [_column(field) for field in table.fields],
            **without_empty(primaryKey=list(table.key), foreignKeys=keys),
        },
    }


def _losses(standard: Standard, table: Table) -> Iterator[Loss]:
    for rule in standard.rules_of(table.name):
        why = "CSV on the Web has no rules between cells."
        yield Loss("rule", rule_place(rule), why)
    for field in table.fields:
        at = place(table, field.name)
        if field.codelist:
            why = "Codes are a pattern: their labels have no place in the description."
            yield Loss("labels", at, why)
        if field.missing:
            why = "Missing reasons are null values: which reason it was is not told from another."
            yield Loss("reason", at, why)
        if field.unique and (field.name,) != table.key:
            yield Loss("unique value", at, "Only the key of a table is unique.")
        if field.kind in {Kind.INTEGER, Kind.NUMBER}:
            why = "Other spellings of a number, such as a plus sign or leading zeros, pass."
            yield Loss("spelling", at, why)
        if field.kind is Kind.STRING:
            yield from _string_losses(standard, field, at)
        if field.specify:
            why = f"That {field.specify} says which, where the code is 'other', takes two fields."
            yield Loss("other", at, why)
    yield from stale(table)


def _string_losses(standard: Standard, field: Field, at: str) -> Iterator[Loss]:
    if field.pattern and portable(field.pattern) is None:
        why = "The pattern has signs that engines read differently; it is left out."
        yield Loss("pattern", at, why)
    if not field.pattern:
        why = "Texts that only fill the cell (n/a, tbc, spaces and the like) pass."
        yield Loss("placeholder", at, why)
        if standard.missing_reasons.codes:
            why = "A missing reason that the field does not allow is taken for a value."
            yield Loss("wrong reason", at, why)


def _compile(standard: Standard) -> Artefact:
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": str(standard.title) or standard.id,
        "dc:identifier": f"{standard.id} {standard.version} {standard.digest}",
        **without_empty(**{"dc:source": standard.source}),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True},
        "tables": [_table(table) for table in standard.tables],
    }
    found = [loss for table in standard.tables for loss in _losses(standard, table)]
    files = Loss("files", standard.id, "Each table is one CSV file of its name, and must be there.")
    why = "A column too many or too few is at most warned of."
    columns = Loss("columns", standard.id, why)
    whole = (loss for loss in of_the_standard(standard) if loss.what != "unknown column")
    return Artefact({"csv-metadata.json": as_json(metadata)}, (*found, files, columns, *whole))


TARGET = Target(
    name="csvw",
    title="CSV on the Web",
    describes=(
        "csv-metadata.json for a submission of one CSV file a table: datatypes, formats, null "
        "values for missing reasons, keys and references between tables."
    ),
    compile=_compile,
)
