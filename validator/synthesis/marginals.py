"""What a field's cells may hold, and how often: the published figures where there are any.

Shares that no source publishes are plain defaults of this program; they say nothing about the
world.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

import numpy as np

from validator.errors import UsageError
from validator.expressions.conditions import today
from validator.expressions.values import is_value
from validator.model.lexical import domain
from validator.model.standard import CodeList, Field, Kind, Precision
from validator.synthesis.patterns import places

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECORDED, OPTIONAL, SELDOM = 0.8, 0.5, 0.1
"""Shares that are recorded by default: of fields with missing reasons, of optional fields, and
of optional texts."""
FLOOR = 0.65
"""Rules may lower the share of a field without published figures to this (see ``raking``)."""
HARDLY = 1e-6
"""The weight of codes that the published figures leave no room for: rules may still force them."""
YEARS_BACK, MOST_VALUES, FADING = 10, 60, 0.7

NOTES = (
    "Reviewed with the national contact point",
    "Counts confirmed",
    "Received with the quarterly batch",
    "Dates checked against the register",
)
"""The only free text there is: administrative, and about nobody."""
WORDS = ("Category of the national form", "Category outside the common list")
"""What stands in the field that explains the code ``other``."""


@dataclass(frozen=True)
class Support:
    """The values, missing reasons and the blank ("") that a field may hold, with weights.

    ``category`` gives for each value the index of its published category, -1 for none, and
    ``shares`` the share of each category among the recorded values. ``recorded`` is the target
    share of recorded cells, None where the rules may do with it what they like.
    """

    field: Field
    values: tuple[str, ...]
    weights: NDArray[np.float64]
    is_recorded: NDArray[np.bool_]
    category: NDArray[np.int64]
    shares: NDArray[np.float64]
    labels: tuple[str, ...]
    recorded: float | None


def support(field: Field, reasons: CodeList, as_of: str, *, text: tuple[str, ...] = ()) -> Support:
    """The support of a field. ``text`` are the texts of a string field without a pattern.

    Raises UsageError for a field of which no valid value can be made.
    """
    made = dict.fromkeys(v for v in _values(field, as_of, text) if is_value(field, v, reasons))
    if not made:
        message = f"No valid value can be made for the field '{field.name}'. Look at its limits."
        raise UsageError(message)
    values = list(made)
    weights, category, shares, labels = _shares(field, values)
    absent = [*field.missing, *([""] if field.optional else [])]
    published = field.published.recorded if field.published else None
    share = _default(field) if published is None else float(published) / 100
    if field.required or not absent:
        absent, share = [], 1.0
    rest = np.full(len(absent), (1 - share) / max(len(absent), 1))
    return Support(
        field,
        (*values, *absent),
        np.concatenate((weights * share, rest)),
        np.arange(len(values) + len(absent)) < len(values),
        np.concatenate((category, np.full(len(absent), -1))),
        shares,
        labels,
        share if published is not None and absent else None,
    )


def _default(field: Field) -> float:
    if not field.optional:
        return RECORDED
    return SELDOM if field.kind is Kind.STRING else OPTIONAL


def _values(field: Field, as_of: str, text: tuple[str, ...]) -> Iterator[str]:
    if field.many and field.codelist:
        codes = field.codelist.current
        yield from codes
        yield from (field.separator.join(pair) for pair in islice(combinations(codes, 2), 60))
        return
    match field.kind:
        case Kind.CODES | Kind.BOOLEAN:
            yield from domain(field) or ()
        case Kind.INTEGER:
            yield from _integers(field)
        case Kind.NUMBER:
            low = float(field.minimum or 0)
            high = float(field.maximum) if field.maximum is not None else low + 100
            yield from (_plain(low + (high - low) * step / 20) for step in range(21))
            yield from (limit for limit in (field.minimum, field.maximum) if limit is not None)
        case Kind.DATE:
            yield from _dates(field, as_of)
        case Kind.STRING:
            yield from _texts(field, text)


def _integers(field: Field) -> Iterator[str]:
    low = int(field.minimum) if field.minimum is not None else 0
    if field.minimum is None and field.maximum is not None:
        low = min(low, int(field.maximum))
    high = int(field.maximum) if field.maximum is not None else low + 19
    listed = (int(v) for key in _published(field) for v in re.findall(r"\d+", key))
    high = min(high, max(low + MOST_VALUES - 1, *(value + 8 for value in (low, *listed))))
    yield from map(str, range(low, high + 1))


def _plain(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _dates(field: Field, as_of: str) -> Iterator[str]:
    """The latest days, months, quarters or years up to the day of the check."""
    last = dt.date.fromisoformat(as_of)
    step = {Precision.DAY: 7, Precision.MONTH: 28, Precision.QUARTER: 85, Precision.YEAR: 360}
    until = today(as_of, field.precision)
    if field.maximum is not None and field.maximum < until:
        last, until = _last_day(field.maximum), field.maximum
    for back in range(0, YEARS_BACK * 366, step[field.precision]):
        value = today((last - dt.timedelta(back)).isoformat(), field.precision)
        if value <= until:
            yield value
    if field.minimum is not None:
        yield field.minimum


def _last_day(date: str) -> dt.date:
    """A day within the period that a date names."""
    year, _, rest = date.partition("-")
    if rest.startswith("Q"):
        return dt.date(int(year), 3 * int(rest[1]), 28)
    return dt.date.fromisoformat(f"{date}-28"[:10] if rest else f"{year}-12-28")


def _texts(field: Field, text: tuple[str, ...]) -> Iterator[str]:
    if field.pattern is None:
        texts = text or (NOTES if field.free_text else WORDS)
        yield from texts
        least, most = field.min_length or 0, field.max_length or 10**6
        yield from (t.ljust(least, ".")[:most].strip() or "X" for t in texts)
        return
    alphabets = places(field.pattern, MOST_VALUES, max_length=field.max_length)
    for number in range(MOST_VALUES):
        left, made = number, ""
        for alphabet in reversed(alphabets):
            left, digit = divmod(left, len(alphabet))
            made = alphabet[digit] + made
        yield made


def _published(field: Field) -> dict[str, float]:
    figures = field.published.valid if field.published else {}
    return {key: float(share) for key, share in figures.items()}


def _within(key: str, value: str) -> bool:
    """Whether a published category (``5``, ``5+`` or ``5-9``) holds a value."""
    if key == value:
        return True
    if not value.isdigit():
        return False
    open_ended, band = re.fullmatch(r"(\d+)\+", key), re.fullmatch(r"(\d+)-(\d+)", key)
    if open_ended:
        return int(value) >= int(open_ended[1])
    return bool(band and int(band[1]) <= int(value) <= int(band[2]))


def _shares(
    field: Field, values: list[str]
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], tuple[str, ...]]:
    """Weights that sum to 1, the published category of each value, their shares and names.

    What the figures leave of 100 goes to the values that they do not name, and nothing does
    where they sum to 100 or more.
    """
    inner = _inner(field, values)
    figures = _published(field)
    labels = tuple(key for key in figures if any(_within(key, value) for value in values))
    if not labels:
        return inner / inner.sum(), np.full(len(values), -1), np.empty(0), ()
    category = np.array(
        [next((i for i, key in enumerate(labels) if _within(key, v)), len(labels)) for v in values]
    )
    named = np.array([figures[key] for key in labels]) / 100
    shares = np.append(named, max(1 - named.sum(), 0.0))
    if not (category == len(labels)).any():
        shares[-1] = 0.0
    shares /= shares.sum()
    inside = np.bincount(category, weights=inner, minlength=len(shares))
    weights = inner * np.maximum(shares, HARDLY)[category] / inside[category]
    return weights / weights.sum(), category, shares, labels


def _inner(field: Field, values: list[str]) -> NDArray[np.float64]:
    """The weights of values that no figure tells apart."""
    order = np.arange(len(values))
    unbounded = field.minimum is None or field.maximum is None
    if field.kind is Kind.INTEGER and (unbounded or int(field.maximum or 0) > 100):
        return np.power(FADING, order)
    if field.kind is Kind.DATE:
        # most of what is kept was received, or looked at, lately
        return np.power(0.5, order * 4 / max(len(values), 1))
    return np.ones(len(values))
