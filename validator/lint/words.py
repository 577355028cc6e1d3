"""How lists and combinations of values are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.model.standard import Standard
from validator.model.text import DEFAULT_LANGUAGE, LANGUAGES, Text
from validator.model.words import listed

SHOWN = 5
_NAMES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}


def shortened(names: Iterable[str], most: int = SHOWN) -> str:
    """The first names, and how many more there are."""
    found = list(names)
    if len(found) > most:
        return f"{', '.join(found[:most])} and {len(found) - most:,} more"
    return listed(found)


def combination(values: Mapping[str, str], reasons: Iterable[str]) -> str:
    """A record's values by field, in words. A name of several words is a fact, true or false."""
    known = set(reasons)

    def phrase(field: str, value: str) -> str:
        if " " in field:
            return field if value == "true" else f"not ({field})"
        if value == "":
            return f"{field} is blank"
        return f"{field} is missing as {value}" if value in known else f"{field} is {value}"

    return listed(phrase(field, value) for field, value in values.items())


def language(code: str) -> str:
    """A language's name with its code."""
    return f"{_NAMES[code]} ({code})" if code in _NAMES else f"the language '{code}'"


def titles(standard: Standard) -> tuple[Text, ...]:
    """Every title that the standard writes out for people."""
    found = [
        standard.title,
        *(table.title for table in standard.tables),
        *(field.title for table in standard.tables for field in table.fields),
        *(rule.title for rule in standard.rules),
        *(codelist.title for codelist in (*standard.codelists, standard.missing_reasons)),
    ]
    return tuple(title for title in found if title)


def languages(standard: Standard) -> tuple[str, ...]:
    """The languages that the standard uses: English, and each that some label or title has."""
    texts = [*titles(standard)]
    for codelist in (*standard.codelists, standard.missing_reasons):
        texts += [code.label for code in codelist.codes]
    used = {DEFAULT_LANGUAGE}.union(*(text.by_language for text in texts))
    return (*(code for code in LANGUAGES if code in used), *sorted(used.difference(LANGUAGES)))
