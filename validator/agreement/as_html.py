"""The comparison as a web page in one file, which asks nobody for anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from validator.agreement import wording
from validator.agreement.report import (
    RELIABLE,
    TENTATIVE,
    Agreement,
    Confusion,
    Estimate,
    FieldAgreement,
    Verdict,
)
from validator.measures.agreement import Level
from validator.model.words import listed, many
from validator.pages.document import template
from validator.reports.wording import gathered

CODES_SHOWN = 12
"""A heat map of more codes would not be read: those that are confused most are shown."""
PAIRS_SHOWN = 5
SHADES = 5
BROAD = 44
"""Characters of a heat map's headings, from which on two do not stand side by side."""
SIGNS = {
    Verdict.RELIABLE: ("pass", "✓"),
    Verdict.TENTATIVE: ("unchecked", "~"),
    Verdict.NOT_RELIABLE: ("fail", "✕"),
    Verdict.NOT_JUDGED: ("empty", "?"),
}
"""The look of the page's head, and a sign beside the word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map: a number, and how strongly it is tinted (0 is not at all)."""

    count: int
    shade: int
    same: bool


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The confusion of one field, as rows of cells; ``left_out`` codes are not shown."""

    codes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    left_out: int

    @property
    def broad(self) -> bool:
        """Whether it needs the page's whole width."""
        return sum(len(code) + 4 for code in self.codes) > BROAD


@dataclass(frozen=True, slots=True)
class Plot:
    """An interval on a scale of 0 to 100; what is below 0 is drawn at 0."""

    point: float
    start: float
    width: float


def as_html(agreement: Agreement) -> bytes:
    """The comparison as a page."""
    word, why = wording.headline(agreement)
    look, sign = SIGNS[agreement.verdict]
    page = template("validator.agreement", "agreement").render(
        agreement=agreement,
        word=word,
        why=why,
        look=look,
        sign=sign,
        totals=wording.totals(agreement),
        words=wording.WORDS,
        steps=[*wording.steps(agreement)],
        cautions=[*wording.cautions(agreement)],
        coefficients=wording.COEFFICIENTS,
        columns=_columns(agreement),
        levels={level: text for level, text in wording.LEVELS.items() if _has(agreement, level)},
        bounds=wording.BOUNDS,
        chance=wording.CHANCE,
        lines=(100 * TENTATIVE, 100 * RELIABLE),
        plots={field.field: plot(field.alpha) for field in agreement.fields},
        alternatives={field.field: _alternative(field, agreement) for field in agreement.fields},
        maps=_maps(agreement),
        pairs={field.field: _pairs(field) for field in agreement.fields},
        figure=wording.figure,
        record=wording.record,
        coder=wording.coder,
        compared=wording.records(agreement),
        method=wording.method(agreement),
        absent=wording.ABSENT,
        many=many,
        key=listed(agreement.key),
        skipped=gathered((why, name) for name, why in agreement.skipped),
        listed=listed,
    )
    return page.encode()


def plot(alpha: Estimate) -> Plot | None:
    """Where alpha and its interval stand on the scale; None where there is no alpha."""
    if alpha.value is None:
        return None
    ends = (alpha.value, alpha.value) if alpha.low is None else (alpha.low, alpha.high or 0.0)
    low, high = (_percent(end) for end in ends)
    return Plot(_percent(alpha.value), low, round(high - low, 2))


def heat_map(confusion: Confusion) -> HeatMap:
    """The cells of the codes that are confused most, in the order of the standard."""
    confused: Counter[str] = Counter()
    for one, other, count in confusion.worst:
        confused.update({one: count, other: count})
    frequent = Counter({code: confusion.counts.get((code, code), 0) for code in confusion.codes})
    ranked = sorted(confusion.codes, key=lambda code: (-confused[code], -frequent[code]))
    kept = set(ranked[:CODES_SHOWN])
    codes = tuple(code for code in confusion.codes if code in kept)
    most = _most(confusion, kept)
    rows = tuple(
        (one, tuple(_cell(confusion, one, other, most) for other in codes)) for one in codes
    )
    return HeatMap(codes, rows, len(confusion.codes) - len(codes))


def _most(confusion: Confusion, kept: set[str]) -> Mapping[bool, int]:
    """The largest number on the diagonal, and off it."""
    found = {True: 0, False: 0}
    for (one, other), count in confusion.counts.items():
        if one in kept and other in kept:
            found[one == other] = max(found[one == other], count)
    return found


def _cell(confusion: Confusion, one: str, other: str, most: Mapping[bool, int]) -> Cell:
    count = confusion.counts.get((one, other), 0)
    same = one == other
    # any number that is not 0 has a tint
    shade = -(-count * SHADES // most[same]) if count else 0
    return Cell(count, shade, same)


def _maps(agreement: Agreement) -> list[tuple[FieldAgreement, HeatMap]]:
    return [
        (field, heat_map(field.confusion))
        for field in agreement.fields
        if field.confusion is not None and field.confusion.counts
    ]


def _pairs(field: FieldAgreement) -> str:
    worst = field.confusion.worst if field.confusion else []
    told = [f"{one} and {other} ({count:,})" for one, other, count in worst[:PAIRS_SHOWN]]
    if len(worst) > PAIRS_SHOWN:
        told.append(many(len(worst) - PAIRS_SHOWN, "other pair"))
    return listed(told)


def _alternative(field: FieldAgreement, agreement: Agreement) -> str:
    alpha = field.alpha
    if alpha.low is None:
        return f"alpha {wording.figure(alpha.value)}, without an interval"
    percent = f"{100 * agreement.options.bootstrap.confidence:g}%"
    return (
        f"alpha {wording.figure(alpha.value)}, {percent} interval "
        f"{wording.figure(alpha.low)} to {wording.figure(alpha.high)}"
    )


def _columns(agreement: Agreement) -> list[str]:
    """The coefficients beside alpha; AC2 only where there is an ordered field."""
    has_order = _has(agreement, Level.ORDINAL)
    names = [name for name in wording.COEFFICIENTS if name != "krippendorff_alpha"]
    return [name for name in names if has_order or name != "gwet_ac2"]


def _has(agreement: Agreement, level: str) -> bool:
    return any(field.level == level for field in agreement.fields)


def _percent(value: float) -> float:
    return round(100 * max(value, 0.0), 2)
