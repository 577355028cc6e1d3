"""Fields as JSON Schema: what an instance holds for a value, and which values are valid."""

from __future__ import annotations

from typing import Any

from validator.expressions.values import is_reason, is_value, matches
from validator.model.lexical import BOOLEANS, INTEGER, NUMBER, pattern_of
from validator.model.standard import CodeList, Field, Kind, Precision, Standard
from validator.targets import _patterns as patterns
from validator.targets._writing import described, label, number, without_empty

Schema = dict[str, Any]

# names in capitals can never be those of code lists
TEXT, PLACEHOLDER, REASON, ADVICE = "Text", "Placeholder", "MissingReason", "Advice"
DIGITS = 10**18 - 1
"""The largest integer that the engine takes (18 digits)."""


def ref(name: str) -> Schema:
    """A reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def to_json(field: Field, text: str, reasons: CodeList) -> Any:
    """A cell as an instance holds it.

    Canonical integers, numbers and booleans become what they say, several codes become a list.
    A missing reason stays its text, and so does what is no value, so that the schema refuses it.
    """
    if is_reason(reasons, text):
        return text
    if field.many:
        return text.split(field.separator)
    if field.kind is Kind.BOOLEAN:
        return text == BOOLEANS[0] if text in BOOLEANS else text
    if field.kind is Kind.INTEGER:
        return int(text) if matches(INTEGER, text) else text
    if field.kind is Kind.NUMBER:
        return number(text) if matches(NUMBER, text) else text
    return text


def property_of(field: Field, reasons: CodeList) -> Schema:
    """What a record may hold in a field: a value, or a missing reason that the field allows."""
    value = value_of(field, reasons)
    if field.missing:
        value = {"anyOf": [value, {"enum": list(field.missing)}]}
    return described(field) | value


def pointer(field: Field) -> Schema:
    """A reference to the valid values of a field, where ``property_of`` put them."""
    return {"$ref": f"#/properties/{field.name}" + ("/anyOf/0" if field.missing else "")}


def value_of(field: Field, reasons: CodeList) -> Schema:
    """The valid values of a field. Equal to ``values.is_value``, but for the listed losses."""
    match field.kind:
        case Kind.CODES if field.codelist and field.many:
            return {"type": "array", "minItems": 1, "items": ref(field.codelist.id)}
        case Kind.CODES if field.codelist:
            return ref(field.codelist.id)
        case Kind.BOOLEAN:
            return {"type": "boolean"}
        case Kind.INTEGER:
            low, high = field.minimum or str(-DIGITS), field.maximum or str(DIGITS)
            return {"type": "integer", "minimum": int(low), "maximum": int(high)}
        case Kind.NUMBER:
            return {"type": "number"} | _limits(field)
        case Kind.DATE:
            return _date(field, reasons)
        case _:
            return _string(field)


def _limits(field: Field) -> Schema:
    """The limits of a number; where there are none, those of 15 digits before the point."""
    low, high = field.minimum or str(-(10**15)), field.maximum or str(10**15)
    return {"minimum": number(low), "maximum": number(high)}


def _date(field: Field, reasons: CodeList) -> Schema:
    precision = field.precision
    result: Schema = {"type": "string"}
    if precision is Precision.DAY:
        result["format"] = "date"
    # the length keeps out a line feed, which the $ of some engines overlooks
    result |= {"maxLength": patterns.LENGTHS[precision], "pattern": patterns.date(precision)}
    if field.minimum or field.maximum:
        span = patterns.between(precision, field.minimum, field.maximum)
        result["allOf"] = [{"pattern": f"^{span}$"}]
    alike = [reason for reason in reasons.by_code if matches(pattern_of(field) or "", reason)]
    return result | ({"not": {"enum": alike}} if alike else {})


def _string(field: Field) -> Schema:
    result = ref(TEXT)
    if field.pattern:
        result |= matching(field.pattern) or {}
    elif not field.free_text:
        result["not"] = ref(PLACEHOLDER)
    if field.min_length is not None:
        result["minLength"] = field.min_length
    if field.max_length is not None:
        result["maxLength"] = field.max_length
    return result


def matching(pattern: str) -> Schema | None:
    """Texts that match a standard's pattern as a whole; None where it is not portable."""
    found = patterns.portable(pattern)
    if found is None:
        return None
    # the $ of some engines overlooks a last line feed
    guard: Schema = {"not": {"pattern": r"\n"}} if found.one_line else {}
    return {"pattern": found.anchored} | guard


def allowed(field: Field, texts: tuple[str, ...], reasons: CodeList) -> list[Any]:
    """Those of ``texts`` that are values of the field, as an instance holds them."""
    return [to_json(field, text, reasons) for text in texts if is_value(field, text, reasons)]


def definitions(standard: Standard, fields: tuple[Field, ...]) -> Schema:
    """The definitions that these fields refer to, by name."""
    lists = {f.codelist.id: f.codelist for f in fields if f.codelist}
    result = {name: _codelist(lists[name], lists[name].current) for name in sorted(lists)}
    if standard.missing_reasons.codes:
        # retired reasons too: none of them is ever a value
        reasons = standard.missing_reasons
        result[REASON] = _codelist(reasons, tuple(reasons.by_code))
    strings = [field for field in fields if field.kind is Kind.STRING]
    if any(not field.pattern and not field.free_text for field in strings):
        result[PLACEHOLDER] = {
            "$comment": "Texts that fill a cell and say nothing, such as n/a or tbc, in any case.",
            "pattern": patterns.placeholder(),
        }
    if strings:
        result[TEXT] = {
            "$comment": "Text in which something can be seen, and no missing reason.",
            "type": "string",
            "minLength": 1,
            "pattern": patterns.visible(),
        } | ({"not": ref(REASON)} if standard.missing_reasons.codes else {})
    return result


def _codelist(codes: CodeList, listed: tuple[str, ...]) -> Schema:
    labels = {code: label(codes.by_code[code]) for code in listed}
    about = without_empty(
        source=codes.source,
        status=codes.status and str(codes.status),
        ordered=codes.ordered or None,
        labels={code: shown for code, shown in labels.items() if shown != code},
    )
    named = without_empty(title=str(codes.title), **{"x-accordant": about})
    return named | {"enum": list(listed)}
