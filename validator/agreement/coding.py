"""Turns the cells of one field into the codes that its coders gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from validator.agreement.report import Missing
from validator.expressions.values import is_blank, is_reason, is_value
from validator.measures.agreement import NO_CODE, Level, Ratings
from validator.model.standard import CodeList, Field, Identifies, Kind, Precision

NO_RECORD, BLANK, REASON, INVALID = -1, -2, -3, -4
"""Why there is no code: the coder has no such record, or what the cell holds instead."""


@dataclass(frozen=True)
class Coded:
    """One field of all matched records.

    ``names`` are the codes by position, and ``own_words`` says that all of them are the
    standard's. ``blank``, ``reasons`` and ``invalid`` count cells without a code.
    """

    ratings: Ratings
    names: tuple[str, ...]
    own_words: bool
    blank: int
    reasons: int
    invalid: int
    notes: tuple[str, ...]


def why_not(field: Field, key: Sequence[str]) -> str | None:
    """Why a field is not compared; None where it is."""
    if field.name in key:
        return "records are matched by it"
    if field.free_text:
        return "it is free text, not coded"
    if field.kind is Kind.STRING or field.identifies is Identifies.DIRECT:
        return "it is text, not coded"
    return None


def coded(field: Field, columns: Sequence[pl.Series], reasons: CodeList, missing: Missing) -> Coded:
    """The codes of one field: ``columns`` holds a coder's cells each, null where no record is.

    Of a field with several values in a cell, each different set is a code of its own.
    """
    texts = sorted(set().union(*(column.drop_nulls().unique().to_list() for column in columns)))
    found = {text: _kind(field, text, reasons) for text in texts}
    as_codes = missing is Missing.AS_CATEGORY
    # reasons that nobody gave could have been given, as codes that nobody gave
    more = [r for r in reasons.by_code if r in field.missing or r in found] if as_codes else []
    names, meaning = _codes(field, [t for t, kind in found.items() if kind == 0])
    names += more
    place = {name: position for position, name in enumerate(names)}
    numbers = {
        text: place.get(meaning.get(text, text), NO_CODE)
        if kind == 0 or (kind == REASON and as_codes)
        else kind
        for text, kind in found.items()
    }
    cells = np.column_stack([_numbered(column, numbers) for column in columns])
    level = level_of(field)
    notes = []
    if more and level is not Level.NOMINAL:
        notes.append(f"nominal, since missing reasons have no place on the {level} scale")
        level = Level.NOMINAL
    if field.many:
        notes.append("each different set of codes counts as a code of its own")
    values = np.array([_number(field, name) for name in names]) if level is Level.INTERVAL else None
    ratings = Ratings(np.maximum(cells, NO_CODE), len(names), level, values)
    return Coded(
        ratings=ratings,
        names=tuple(names),
        own_words=field.kind in {Kind.CODES, Kind.BOOLEAN},
        blank=int((cells == BLANK).sum()),
        reasons=int((cells == REASON).sum()),
        invalid=int((cells == INVALID).sum()),
        notes=tuple(notes),
    )


def level_of(field: Field) -> Level:
    """What the distance of two values of a field means."""
    if field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}:
        return Level.INTERVAL
    if field.codelist and field.codelist.ordered and not field.many:
        return Level.ORDINAL
    return Level.NOMINAL


def _kind(field: Field, text: str, reasons: CodeList) -> int:
    if is_value(field, text, reasons):
        return 0
    if is_blank(text):
        return BLANK
    return REASON if is_reason(reasons, text) else INVALID


def _codes(field: Field, texts: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """What a coder could choose from, and the code that a text stands for where it is another.

    Of numbers, dates and sets only those that occur are known.
    """
    if field.many and field.codelist:
        order = {code: position for position, code in enumerate(field.codelist.current)}
        sets = {t: sorted(set(t.split(field.separator)), key=order.__getitem__) for t in texts}
        ordered = sorted(sets.values(), key=lambda parts: [order[part] for part in parts])
        meaning = {text: field.separator.join(parts) for text, parts in sets.items()}
        return list(dict.fromkeys(field.separator.join(parts) for parts in ordered)), meaning
    if field.codelist:
        return list(field.codelist.current), {}
    if field.kind is Kind.BOOLEAN:
        return ["false", "true"], {}
    return sorted(texts, key=lambda text: _number(field, text)), {}


def _number(field: Field, text: str) -> float:
    """A number, or a date as the number of its years, quarters, months or days."""
    if field.kind is not Kind.DATE:
        return float(text)
    match field.precision:
        case Precision.YEAR:
            return int(text)
        case Precision.QUARTER:
            return int(text[:4]) * 4 + int(text[-1])
        case Precision.MONTH:
            return int(text[:4]) * 12 + int(text[5:])
        case Precision.DAY:
            return date.fromisoformat(text).toordinal()


def _numbered(column: pl.Series, numbers: dict[str, int]) -> np.ndarray:
    given = column.replace_strict(numbers, default=None, return_dtype=pl.Int64)
    return given.fill_null(NO_RECORD).to_numpy()
