"""What a codebook says, page after page, whatever the form it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from validator.expressions.forms import in_words
from validator.expressions.wording import sentence
from validator.model.lexical import DATE_SHAPES
from validator.model.standard import Code, CodeList, Field, Kind, Published, Rule, Standard, Table
from validator.model.text import DEFAULT_LANGUAGE, LANGUAGES, Text

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
STATUSES = {
    "verified": "read in the primary source",
    "secondary": "read in a source that reports the primary one",
    "derived": "worked out from the sources, or a modelling decision",
    "unverified": "from memory, to be confirmed",
}


def direction(language: str) -> str:
    """The direction in which a language is written."""
    return "rtl" if language == "ar" else "ltr"


def wordings(text: Text) -> list[tuple[str, list[str], str]]:
    """A text in each language: language, the languages that it serves, and the words.

    English serves the languages that the text does not have.
    """
    if not text:
        return []
    own = [language for language in LANGUAGES if text.by_language.get(language)]
    rest = [language for language in LANGUAGES if language not in own]
    return [
        (one, [one, *rest] if one == DEFAULT_LANGUAGE else [one], text.in_language(one))
        for one in own
    ]


@dataclass(frozen=True)
class Entry:
    """One field: what it holds, and what else there is to say of it, as pairs of name and words."""

    field: Field
    holds: str
    facts: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]


def entries(standard: Standard, table: Table) -> Iterator[Entry]:
    """The fields of a table."""
    for field in table.fields:
        reading = tuple(
            rule
            for rule in standard.rules_of(table.name)
            if f"`{field.name}`" in sentence(standard, rule)
        )
        yield Entry(field, holds(field), tuple(_facts(table, field)), reading)


def holds(field: Field) -> str:
    """What a cell of the field holds, in plain words."""
    low, high = field.minimum, field.maximum
    between = f" from {low} to {high}" if low and high else ""
    more, less = ("later", "earlier") if field.kind is Kind.DATE else ("more", "less")
    between = between or (f", {low} or {more}" if low else f", {high} or {less}" if high else "")
    match field.kind:
        case Kind.CODES if field.many:
            return f"one or more codes, with {field.separator} between them"
        case Kind.CODES:
            return "a code"
        case Kind.BOOLEAN:
            return "true or false"
        case Kind.INTEGER:
            return f"a whole number{between}"
        case Kind.NUMBER:
            return f"a number{between}"
        case Kind.DATE:
            return f"a date as {DATE_SHAPES[field.precision]}{between}"
        case _:
            return "free text" if field.free_text else _string(field)


def _string(field: Field) -> str:
    said = in_words(field.pattern) if field.pattern else None
    return f"a text of {said}" if said else "a text of a fixed form" if field.pattern else "a text"


def _facts(table: Table, field: Field) -> Iterator[tuple[str, str]]:
    if field.name in table.key:
        yield "key", "tells the records apart" if len(table.key) == 1 else "part of the key"
    if field.optional:
        yield "blank", "allowed"
    else:
        yield "blank", "never; give a value" + (" or a missing reason" if field.missing else "")
    if field.pattern:
        yield "pattern", field.pattern
    lengths = [
        f"{word} {length}"
        for word, length in (("at least", field.min_length), ("at most", field.max_length))
        if length is not None
    ]
    if lengths:
        yield "length", f"{' and '.join(lengths)} characters"
    if field.unique:
        yield "unique", "no value is there twice"
    if field.references:
        yield "refers to", f"{field.references.table}.{field.references.field}"
    if field.specify:
        yield "other", f"explained in {field.specify}"
    yield from _guarded(field)
    if field.published:
        yield "published", _figures(field.published)


def _guarded(field: Field) -> Iterator[tuple[str, str]]:
    if field.identifies:
        yield "identifies", str(field.identifies)
    if field.quasi_identifier:
        yield "quasi-identifier", "may single out a person together with others"
    if field.sensitive:
        yield "sensitive", "guarded where groups are small"


def _figures(published: Published) -> str:
    figures = [f"{code} {share}%" for code, share in published.valid.items()]
    if published.recorded is not None:
        figures.insert(0, f"recorded {published.recorded}%")
    unit = f" (counted by {published.unit})" if published.unit else ""
    return "; ".join(figures) + unit


def codelists(standard: Standard) -> list[CodeList]:
    """The missing reasons, and then every code list."""
    return [standard.missing_reasons, *standard.codelists]


def used_by(standard: Standard, codes: CodeList) -> list[str]:
    """The fields that use a code list."""
    return [
        f"{table.name}.{field.name}"
        for table in standard.tables
        for field in table.fields
        if field.codelist and field.codelist.id == codes.id
    ]


def remarks(code: Code) -> str:
    """What marks a code out: retired, other, inapplicable, withheld."""
    said = []
    if code.retired:
        use = f"; use {code.retired.use}" if code.retired.use else ""
        said.append(f"retired since {code.retired.since}{use}")
    said += ["to be explained"] if code.other else []
    said += ["the question does not arise"] if code.inapplicable else []
    said += ["known and left out on purpose"] if code.withholds else []
    return "; ".join(said)


def example(standard: Standard, table: Table, field: Field) -> str:
    """A value of the field: from the rules' examples, or one that the standard itself names."""
    for rule in standard.rules:
        for found in rule.passing:
            for record in found.get(table.name, ()):
                value = record.get(field.name)
                if value and value not in standard.missing_reasons.by_code:
                    return value
    if field.codelist and field.codelist.current:
        return field.codelist.current[0]
    return field.minimum or {"year": "2024", "quarter": "2024-Q2", "month": "2024-05"}.get(
        str(field.precision) if field.kind is Kind.DATE else "", ""
    )
