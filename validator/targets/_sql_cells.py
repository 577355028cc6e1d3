"""What a column of text may hold, as SQL for PostgreSQL and for SQLite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from validator.expressions.fields import many_pattern
from validator.expressions.values import PLACEHOLDERS, matches
from validator.model.lexical import INTEGER, NUMBER, pattern_of
from validator.model.lexical import domain as values_of
from validator.model.standard import CodeList, Field, Kind, Precision
from validator.targets import _patterns as patterns
from validator.targets._runs import runs

LONGEST_COUNT = 255
"""The largest number that a count in braces may have in PostgreSQL."""
_NAMED = frozenset({Kind.CODES, Kind.BOOLEAN})
LISTED = 30
"""A bounded integer or date is written as a list up to this many values, else as a range."""


class Dialect(Enum):
    """The SQL that is written."""

    POSTGRESQL = "postgresql"
    SQLITE = "sqlite"


def name(text: str) -> str:
    """A name, quoted, so that none is a reserved word."""
    return '"' + text.replace('"', '""') + '"'


def text(value: str) -> str:
    """A literal."""
    return "'" + value.replace("'", "''") + "'"


def among(column: str, values: Iterable[str]) -> str:
    """Whether a column is one of these texts."""
    listed = [text(value) for value in values]
    return f"{column} IN ({', '.join(listed)})" if listed else "FALSE"


def every(parts: Sequence[str]) -> str:
    """All of them, each in brackets of its own where it needs them."""
    return " AND ".join(f"({part})" if " OR " in part else part for part in parts)


def matching(dialect: Dialect, column: str, pattern: str) -> str | None:
    """Whether a column's whole text matches; None where the dialect cannot tell."""
    if dialect is Dialect.SQLITE:
        return _as_glob(column, pattern)
    found = patterns.portable(pattern)
    counts = (int(number) for number in re.findall(r"[{,]([0-9]+)", pattern))
    if found is None or max(counts, default=0) > LONGEST_COUNT:
        return None
    return f"{column} ~ {text(f'^(?:{found.text})$')}"


def _as_glob(column: str, pattern: str) -> str | None:
    found = runs(pattern)
    if found is None:
        return None
    *fixed, last = found
    if last.least == last.most:
        fixed, tail = [*fixed, last], None
    else:
        tail = last
    shape = "".join(
        (run.characters if run.literal else f"[{run.characters}]") * run.least for run in fixed
    )
    if tail is None:
        return f"{column} GLOB {text(shape)}"
    length = sum(run.least for run in fixed)
    low, high = length + tail.least, length + tail.most
    rest = f"substr({column}, {length + 1}) NOT GLOB {text(f'*[^{tail.characters}]*')}"
    begins = [f"{column} GLOB {text(shape + '*')}"] if shape else []
    return every([*begins, rest, f"length({column}) BETWEEN {low} AND {high}"])


@dataclass(frozen=True)
class Cells:
    """The check of one column, and what of the field it leaves out (kind, why)."""

    check: str | None
    lost: tuple[tuple[str, str], ...]


def cells(field: Field, reasons: CodeList, dialect: Dialect) -> Cells:
    """What the cells of a field may hold. A blank is NULL, and no matter of this check."""
    column = name(field.name)
    said, lost = _value(field, column, reasons, dialect)
    wrong = [] if field.kind in _NAMED and not field.many else _taken_for_values(field, reasons)
    parts = [*said, *([f"{column} NOT IN ({', '.join(map(text, wrong))})"] if wrong else [])]
    if not field.missing:
        return Cells(every(parts) or None, tuple(lost))
    value = every(parts)
    if value.startswith(f"{column} IN (") and len(parts) == 1:
        listed = [v for v in values_of(field) or () if v not in reasons.by_code]
        return Cells(among(column, (*listed, *field.missing)), tuple(lost))
    return Cells(f"{among(column, field.missing)} OR ({value})", tuple(lost))


def _taken_for_values(field: Field, reasons: CodeList) -> list[str]:
    """The missing reasons that would pass for values."""
    pattern = many_pattern(field) if field.many else pattern_of(field)
    return [r for r in reasons.by_code if pattern is None or matches(pattern, r)]


def _value(
    field: Field, column: str, reasons: CodeList, dialect: Dialect
) -> tuple[list[str], list[tuple[str, str]]]:
    """The parts of the check of a value, and what is lost."""
    listed = values_of(field)
    if listed is not None and (field.kind in _NAMED or len(listed) <= LISTED):
        return [among(column, (value for value in listed if value not in reasons.by_code))], []
    if field.many and field.codelist:
        if dialect is Dialect.POSTGRESQL:
            return [f"{column} ~ {text(f'^(?:{many_pattern(field)})$')}"], []
        why = "SQLite has no regular expressions: whether each of several codes exists is not said."
        return [f"{column} <> ''"], [("many", why)]
    match field.kind:
        case Kind.INTEGER:
            return [*_integer(column, dialect), *_bounds(field, column, dialect)], []
        case Kind.NUMBER:
            return [*_number(column, dialect), *_bounds(field, column, dialect)], []
        case Kind.DATE:
            return [*_date(field.precision, column, dialect), *_span(field, column, dialect)], []
        case _:
            return _string(field, column, dialect)


def _integer(column: str, dialect: Dialect) -> list[str]:
    if dialect is Dialect.POSTGRESQL:
        return [f"{column} ~ '^{INTEGER}$'"]
    # a text that comes back from a number as it was is spelt as the standard spells it
    same = f"CAST(CAST({column} AS INTEGER) AS TEXT) = {column}"
    return [same, f"length(ltrim({column}, '-')) <= 18"]


def _number(column: str, dialect: Dialect) -> list[str]:
    if dialect is Dialect.POSTGRESQL:
        return [f"{column} ~ '^{NUMBER}$'"]
    shapes = ("*[^0-9.-]*", "?*-*", "*.*.*", "*.", ".*", "-.*", "0[0-9]*", "-0[0-9]*")
    return [
        f"{column} GLOB '*[0-9]*'",
        *(f"{column} NOT GLOB '{shape}'" for shape in shapes),
        f"instr({column} || '.', '.') - 1 - (substr({column}, 1, 1) = '-') <= 15",
        f"(instr({column}, '.') = 0 OR length({column}) - instr({column}, '.') <= 15)",
    ]


def as_number(field: Field, dialect: Dialect) -> str:
    """A column as a number; NULL where it holds a missing reason."""
    column = name(field.name)
    if dialect is Dialect.SQLITE:
        kind = "INTEGER" if field.kind is Kind.INTEGER else "REAL"
        return f"CASE WHEN {column} GLOB '*[0-9]' THEN CAST({column} AS {kind}) END"
    # a cast of anything but a number stops a statement, and AND does not keep an order
    kind, form = ("bigint", INTEGER) if field.kind is Kind.INTEGER else ("float8", NUMBER)
    return f"CASE WHEN {column} ~ '^{form}$' THEN {column}::{kind} END"


def _bounds(field: Field, column: str, dialect: Dialect) -> Iterator[str]:
    del column
    limits = [
        f"{sign} {bound}"
        for sign, bound in ((">=", field.minimum), ("<=", field.maximum))
        if bound is not None
    ]
    yield from (f"({as_number(field, dialect)}) {limit}" for limit in limits)


def collated(column: str, dialect: Dialect) -> str:
    """A column that sorts by its characters' numbers, whatever the data base's language."""
    return f'{column} COLLATE "C"' if dialect is Dialect.POSTGRESQL else column


def _date(precision: Precision, column: str, dialect: Dialect) -> list[str]:
    if dialect is Dialect.POSTGRESQL:
        return [f"{column} ~ {text(patterns.date(precision))}"]
    year = "[12][0-9][0-9][0-9]"
    match precision:
        case Precision.YEAR:
            return [f"{column} GLOB '{year}'"]
        case Precision.QUARTER:
            return [f"{column} GLOB '{year}-Q[1-4]'"]
        case Precision.MONTH:
            months = f"substr({column}, 6) BETWEEN '01' AND '12'"
            return [f"{column} GLOB '{year}-[01][0-9]'", months]
        case Precision.DAY:
            shape = f"{column} GLOB '{year}-[01][0-9]-[0-3][0-9]'"
            # a day that the calendar does not have comes back as another, or as NULL
            return [shape, f"coalesce(date({column}, '+0 days'), '') = {column}"]


def _span(field: Field, column: str, dialect: Dialect) -> Iterator[str]:
    if field.minimum:
        yield f"{collated(column, dialect)} >= {text(field.minimum)}"
    if field.maximum:
        yield f"{collated(column, dialect)} <= {text(field.maximum)}"


def _string(field: Field, column: str, dialect: Dialect) -> tuple[list[str], list[tuple[str, str]]]:
    parts: list[str] = []
    lost: list[tuple[str, str]] = []
    form = matching(dialect, column, field.pattern) if field.pattern else None
    if form:
        parts.append(form)
    elif field.pattern:
        lost.append(("pattern", _WHY_NO_PATTERN[dialect]))
    found = patterns.portable(field.pattern) if form and field.pattern else None
    if not (found and found.visible):
        parts.append(_visible(column, dialect))
    if not field.pattern and not field.free_text:
        parts.append(_not_placeholder(column, dialect))
        if dialect is Dialect.SQLITE:
            why = "SQLite lowers the letters A to Z alone, so NÉANT passes where néant does not."
            lost.append(("placeholder", why))
    length = "char_length" if dialect is Dialect.POSTGRESQL else "length"
    if field.min_length is not None:
        parts.append(f"{length}({column}) >= {field.min_length}")
    if field.max_length is not None:
        parts.append(f"{length}({column}) <= {field.max_length}")
    return parts, lost


_WHY_NO_PATTERN = {
    Dialect.POSTGRESQL: "The pattern has signs that engines read differently; it is left out.",
    Dialect.SQLITE: "SQLite has no regular expressions, and the pattern is more than a plain "
    "row of characters; it is left out.",
}


def _visible(column: str, dialect: Dialect) -> str:
    if dialect is Dialect.POSTGRESQL:
        return f"{column} ~ {text(patterns.visible().replace(_NUL, _ONE))}"
    return f"{_trimmed(column)} <> ''"


# PostgreSQL's texts cannot hold the character 0, nor can its patterns name it
_NUL, _ONE = "\\u0000", "\\u0001"


def _trimmed(column: str) -> str:
    unseen = ", ".join(str(ord(char)) for char in sorted(patterns.unseen()) if char != "\0")
    return f"trim({column}, char({unseen}))"


def _not_placeholder(column: str, dialect: Dialect) -> str:
    if dialect is Dialect.POSTGRESQL:
        return f"{column} !~ {text(patterns.placeholder().replace(_NUL, _ONE))}"
    return f"lower({_trimmed(column)}) NOT IN ({', '.join(text(p) for p in sorted(PLACEHOLDERS))})"
