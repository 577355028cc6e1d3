"""What a profile says, before it is laid out: counts, shares in per cent, and their denominators.

A figure that an audience may not see is None, and ``hidden`` says so; it is never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from validator.measures.intervals import wilson
from validator.model.disclosure import Audience
from validator.profiling.counting import CountedFile


@dataclass(frozen=True, slots=True)
class Portion:
    """A count, its share of ``total`` in per cent, and both ends of the share's 95 % interval.

    The share and its ends are None where ``total`` is 0, or the count is hidden.
    """

    count: int | None
    total: int | None
    share: float | None
    low: float | None
    high: float | None

    @property
    def hidden(self) -> bool:
        """Whether the figure is kept back because too few records stand behind it."""
        return self.count is None


HIDDEN = Portion(None, None, None, None, None)


def portion(count: int, total: int) -> Portion:
    """``count`` of ``total``, with Wilson's interval."""
    if not total:
        return Portion(count, total, None, None, None)
    low, high = wilson(count, total)
    return Portion(count, total, 100 * count / total, 100 * low, 100 * high)


class Shape(StrEnum):
    """What the rows of a distribution are."""

    CODES = "codes"
    SEVERAL = "several"
    """Codes of a field that may hold several: a record counts in more than one row."""
    NUMBERS = "numbers"
    BANDS = "bands"
    YEARS = "years"
    TEXT = "text"
    """Nothing: texts have no distribution."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a distribution.

    ``and_above`` is the share of this and all later rows, where the order means something.
    ``published`` is the source's figure, in per cent; ``agrees`` tells whether the interval meets
    it as it is rounded (None where the two do not count the same, or something is hidden).
    """

    value: str
    label: str
    portion: Portion
    and_above: Portion | None = None
    published: Decimal | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """How often one missing reason stands for the value, of all records.

    ``allowed`` is false where the field does not allow the reason.
    """

    code: str
    label: str
    portion: Portion
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the recorded numbers lie: quantiles by name (``median``), and the mean.

    What would show a single record to an audience is left out. ``rounded``: to three digits.
    """

    quantiles: Mapping[str, float]
    mean: float | None
    rounded: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The figures that the source of the standard publishes for a field.

    ``unit`` is what they count, as the standard says it; ``same_unit`` whether that is what the
    records are. ``total`` is the sum of its distribution, None where it gives none. ``agrees``
    is about the recorded rate, as in ``Row``.
    """

    unit: str | None
    same_unit: bool
    recorded: Decimal | None
    agrees: bool | None
    total: Decimal | None
    named: str | None


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One field. ``recorded``, ``blank``, ``invalid`` and the reasons are shares of all records.

    ``records`` are those of files that have the column, ``without_column`` the others. Where the
    question does not arise for some records, ``asked`` is ``recorded`` as a share of the rest.
    ``rows`` are shares of the recorded values; ``unused`` counts the current codes that no record
    uses, ``rest`` is what stands behind rows that are not listed.
    """

    name: str
    label: str
    shape: Shape
    records: int
    without_column: int
    recorded: Portion
    asked: Portion | None
    reasons: tuple[Reason, ...]
    blank: Portion
    optional: bool
    invalid: Portion
    rows: tuple[Row, ...]
    unused: int
    numbers: Numbers | None
    source: Source | None
    ordered: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableProfile:
    """One table: what its records are (``unit``), how many, and its fields.

    ``absent`` names the fields for which no file has a column.
    """

    name: str
    label: str
    unit: str
    records: int | None
    blank_rows: int
    fields: tuple[FieldProfile, ...]
    absent: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole submission. ``audience`` is for whom small counts are hidden, if for anybody."""

    standard_id: str
    standard_version: str
    standard_digest: str
    standard_found_by: str
    source: str | None
    files: tuple[CountedFile, ...]
    tables: tuple[TableProfile, ...]
    audience: Audience | None = None
