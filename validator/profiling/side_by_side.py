"""The figures of one field side by side: a row for each part of the records and each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from validator.model.standard import Kind
from validator.model.words import listed, many
from validator.profiling.compare import Comparison, FieldComparison
from validator.profiling.figures import Portion, portion
from validator.profiling.sides import Side
from validator.profiling.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is, the class of its bars, and a share for each contributor there."""

    name: str
    label: str
    kind: str
    portions: tuple[Portion, ...]


def parts(field: FieldComparison) -> Iterator[Line]:
    """What the records hold: recorded, each missing reason, blank, invalid; shares of all."""

    def line(name: str, kind: str, counts: list[int]) -> Line:
        totals = [side.counts.records if side.counts else 0 for side in field.sides.there]
        return Line(name, "", kind, tuple(map(portion, counts, totals)))

    there = [side.counts for side in field.sides.there if side.counts]
    yield line("recorded", "recorded", [counts.recorded for counts in there])
    reasons = dict.fromkeys(code for counts in there for code in counts.reasons)
    for code in reasons:
        yield line(code, "reason", [counts.reasons[code] for counts in there])
    for name, sums in (
        ("blank", [counts.blank for counts in there]),
        ("invalid", [counts.invalid for counts in there]),
    ):
        if any(sums):
            yield line(name, name, sums)


def values(field: FieldComparison, most: int) -> tuple[list[Line], int]:
    """The values that anybody uses, as shares of the recorded ones, and how many are left out.

    Of a list that is too long, those in which the contributors differ most.
    """
    sides, rows = field.sides, field.sides.rows
    counts = [sides.counts_of(side) for side in sides.there]
    labels = {c.code: str(c.label) for c in sides.of.codelist.codes} if sides.of.codelist else {}
    lines = []
    for i, row in enumerate(rows):
        own = [int(each[i]) for each in counts]
        if any(own):
            shares = tuple(portion(n, int(c.sum())) for n, c in zip(own, counts, strict=True))
            lines.append(Line(row, labels.get(row, ""), "recorded", shares))
    if len(lines) <= most or sides.of.kind is Kind.DATE:
        return lines[-most:], max(len(lines) - most, 0)

    def spread(line: Line) -> float:
        shares = [each.share or 0.0 for each in line.portions]
        return max(shares) - min(shares)

    kept = sorted(lines, key=lambda line: -spread(line))[:most]
    return [line for line in lines if line in kept], len(lines) - most


def names(field: FieldComparison) -> list[str]:
    """The contributors that have the field, in the order of every row."""
    return [side.name for side in field.sides.there]


def others_of(side: Side, field: FieldComparison) -> Portion | None:
    """How much a contributor uses the codes for ``other``; None where the list has none."""
    outside = field.sides.of.others
    if not outside or side.counts is None:
        return None
    return portion(sum(side.counts.values[code] for code in outside), side.counts.recorded)


def measure_of(field: FieldComparison) -> str:
    """The name of the distance that was measured."""
    return "Kolmogorov" if field.sides.numeric else "total variation"


def summary(comparison: Comparison) -> str:
    """How many fields have each verdict, in one line."""
    told = {
        Verdict.NOT_COMPARABLE: "not comparable",
        Verdict.WITH_CARE: "comparable with care",
        Verdict.COMPARABLE: "comparable",
        Verdict.NOT_JUDGED: "not judged",
    }
    counts = comparison.verdicts
    return listed([f"{many(n, 'field')} {told[v]}" for v, n in counts.items() if n]) + "."


LEGEND = (
    "A difference counts where its 95 % interval lies beyond the threshold as a whole. The "
    "thresholds are accordant's own (docs/profiles.md). No verdict says who is right, and figures "
    "may differ because the world does."
)
