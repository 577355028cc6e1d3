"""Whether a field can be compared between contributors, and why not.

The thresholds are accordant's own, and no law: they say from where on a reader should be told. A
difference counts only where its 95 % interval lies beyond the threshold as a whole, so that chance
alone hardly ever makes one (``docs/profiles.md`` gives the rate).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from validator.measures.distances import Counts, Distance
from validator.measures.intervals import difference, wilson
from validator.model.standard import Kind
from validator.model.words import listed
from validator.profiling.conventions import Convention, suspected
from validator.profiling.sides import Sides, Versus
from validator.reports.wording import share

LEAST = 50
"""Fewer records or recorded values say too little, as for the check ``suspected-default``."""
GAP, WIDE_GAP = 0.10, 0.30
"""Difference of recorded rates. By so much can any share be off if what one records and the other
does not is of one kind; ten points are also what ``low-completeness`` takes for usual."""
REASON = 0.10
"""Difference in the use of one missing reason, in shares of the records."""
ONE_REASON, SEVERAL_REASONS = 0.99, 0.80
"""One reason for all that is absent, where the others give it for at most so much of theirs."""
EMPTY, MOSTLY_EMPTY = 0.05, 0.30
"""Share of blank or of invalid cells: nobody knows what they are."""
OTHER, MUCH_OTHER = 0.05, 0.25
"""Difference in the use of the code ``other``, in shares of the recorded values."""
FAR = 0.10
"""Distance of the distributions: a tenth of the values would have to be others."""
COARSE = 0.20
"""Where chance alone reaches this distance, the data are too few for so many rows."""
EXPECTED = 7.0
"""A code that nobody there uses should have come up so often: none then is one in a thousand."""
LONG = 30
"""In a longer list (countries) a code that one alone uses is no surprise."""
NAMED = 6
SAID_OF_BOTH = frozenset({"completeness", "reason", "other", "distance"})
OF_VALUES = frozenset({"distance", "only-one", "never"})


class Verdict(StrEnum):
    """What the differences allow, from the heaviest."""

    NOT_COMPARABLE = "not comparable"
    WITH_CARE = "with care"
    COMPARABLE = "comparable"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for a verdict, or something to know (COMPARABLE: it changes nothing)."""

    verdict: Verdict
    kind: str
    contributor: str
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one contributor against the others together."""

    versus: Versus
    distance: Distance | None
    steps: float | None


def judged(sides: Sides, seed: int) -> tuple[Verdict, tuple[Ground, ...], tuple[Measured, ...]]:
    """The verdict on one field, its grounds, and what was measured of each contributor."""
    grounds = [
        Ground(
            Verdict.NOT_COMPARABLE,
            "no-column",
            side.name,
            f"{side.name} has no column for it.",
        )
        for side in sides.all
        if side.counts is None
    ]
    measured = tuple(
        Measured(versus, sides.distance(versus, seed), sides.steps(versus))
        for versus in sides.versus()
    )
    if _tells_apart(measured):
        told = "Each contributor has one value of its own: the field tells them apart."
        return Verdict.NOT_JUDGED, (Ground(Verdict.NOT_JUDGED, "label", "", told),), measured
    able = 0
    for each in measured:
        few = list(_too_few(each))
        grounds += few
        able += not few
        grounds += _grounds(sides, each, values=not few)
    grounds = list(_told_once(grounds, measured))
    heaviest = [v for v in Verdict if any(ground.verdict is v for ground in grounds)]
    if heaviest and heaviest[0] in {Verdict.NOT_COMPARABLE, Verdict.WITH_CARE}:
        return heaviest[0], tuple(grounds), measured
    # one is never enough, whatever it says
    enough = able >= min(2, len(measured)) and len(measured) > 1
    return (Verdict.COMPARABLE if enough else Verdict.NOT_JUDGED), tuple(grounds), measured


def _tells_apart(measured: Sequence[Measured]) -> bool:
    """Whether each contributor has exactly one value, and no two the same."""
    if len(measured) < 2:
        return False
    values = [m.versus.values[0] for m in measured]
    return all((v > 0).sum() == 1 for v in values) and len(
        {int(v.argmax()) for v in values}
    ) == len(values)


def _too_few(of: Measured) -> Iterator[Ground]:
    versus = of.versus
    if min(versus.recorded) < LEAST:
        few = versus.name if versus.recorded[0] < LEAST else versus.others
        told = f"Fewer than {LEAST} recorded values: {few}."
        yield Ground(Verdict.NOT_JUDGED, "too-few", versus.name, told)
    elif of.distance and of.distance.chance >= COARSE:
        told = (
            "Too few values for so many different ones: chance alone would make a difference of "
            f"{100 * of.distance.chance:.0f} points between {versus.name} and {versus.others}."
        )
        yield Ground(Verdict.NOT_JUDGED, "too-few", versus.name, told)


def _grounds(sides: Sides, of: Measured, *, values: bool) -> Iterator[Ground]:
    if min(of.versus.asked) >= LEAST:
        yield from _completeness(sides, of.versus)
        yield from _reasons(sides, of.versus)
    yield from _unusable(sides, of.versus)
    if values:
        yield from _others(sides, of.versus)
        conventions = list(_conventions(sides, of.versus))
        yield from conventions
        yield from _exclusive(sides, of.versus)
        if of.distance and not conventions:
            yield from _distance(sides, of)


def _completeness(sides: Sides, of: Versus) -> Iterator[Ground]:
    if sides.of.optional:
        return
    gap = _surely(of, of.recorded, of.asked)
    if gap >= GAP:
        ours, theirs = _rates(of.recorded, of.asked)
        yield Ground(
            Verdict.NOT_COMPARABLE if gap >= WIDE_GAP else Verdict.WITH_CARE,
            "completeness",
            of.name,
            f"{of.name} records it in {ours} of the records to which it applies, {of.others} in "
            f"{theirs}. What is not recorded may be of another kind than what is.",
        )


def _reasons(sides: Sides, of: Versus) -> Iterator[Ground]:
    for code in sides.telling:
        used = of.reasons[0][code], of.reasons[1][code]
        if _surely(of, used, of.asked) >= REASON:
            ours, theirs = _rates(used, of.asked)
            yield Ground(
                Verdict.WITH_CARE,
                "reason",
                of.name,
                f"{of.name} gives {code} for {ours} of the records, {of.others} for {theirs}.",
            )
    absent = [sum(reasons[code] for code in sides.telling) for reasons in of.reasons]
    if min(absent) < LEAST:
        return
    code = max(sides.telling, key=lambda each: of.reasons[0][each])
    most = wilson(of.reasons[1][code], absent[1]).high
    if of.reasons[0][code] >= ONE_REASON * absent[0] and most <= SEVERAL_REASONS:
        yield Ground(
            Verdict.WITH_CARE,
            "one-reason",
            of.name,
            f"{of.name} gives {code} for nearly all that is absent, where several reasons are told "
            f"apart in {of.others}: unknown and unrecorded may be in one bucket.",
        )


def _unusable(sides: Sides, of: Versus) -> Iterator[Ground]:
    for kind, counts in (("blank", of.blank), ("invalid", of.invalid)):
        if kind == "blank" and sides.of.optional:
            continue
        surely = wilson(counts[0] * of.weights[0], of.records[0] * of.weights[0]).low
        if of.records[0] >= LEAST and surely >= EMPTY:
            yield Ground(
                Verdict.NOT_COMPARABLE if surely >= MOSTLY_EMPTY else Verdict.WITH_CARE,
                kind,
                of.name,
                f"{_per_cent(counts[0], of.records[0])} of the cells of {of.name} are {kind}: "
                "'accordant check' says where.",
            )


def _others(sides: Sides, of: Versus) -> Iterator[Ground]:
    outside = [code for code in sides.of.others if code in sides.rows]
    if not outside:
        return
    places = [sides.rows.index(code) for code in outside]
    used = int(of.values[0][places].sum()), int(of.values[1][places].sum())
    more = _surely(of, used, of.recorded)
    if more >= OTHER:
        ours, theirs = _rates(used, of.recorded)
        yield Ground(
            Verdict.NOT_COMPARABLE if more >= MUCH_OTHER else Verdict.WITH_CARE,
            "other",
            of.name,
            f"{of.name} uses {listed(outside)} for {ours} of the values, {of.others} for {theirs}: "
            "what one codes, another may leave to words.",
        )


def _conventions(sides: Sides, of: Versus) -> Iterator[Ground]:
    found = (
        suspected(sides.rows, *of.values, of.weights) if sides.ordered and not sides.banded else ()
    )
    for each in found:
        yield Ground(Verdict.NOT_COMPARABLE, "convention", of.name, _asked(of, sides.rows, each))


def _asked(versus: Versus, rows: Sequence[str], of: Convention) -> str:
    around = listed(list(of.neighbours))
    whole = listed([row for row in rows if row in {of.code, *of.neighbours}])
    beside = f"{100 * of.share_of_neighbours:.1f} % in {around}"
    return (
        f"{versus.name} has {100 * of.share:.1f} % in {of.code} and {beside}, "
        f"{versus.others} {100 * of.elsewhere:.1f} % and "
        f"{100 * of.neighbours_elsewhere:.1f} %. It may be a convention of theirs: ask "
        f"them, and until then compare {whole} taken together."
    )


def _exclusive(sides: Sides, of: Versus) -> Iterator[Ground]:
    if sides.of.kind is not Kind.CODES:
        return
    light = Verdict.COMPARABLE if len(sides.rows) > LONG else Verdict.WITH_CARE
    alone = list(_never(sides.rows, *of.values, of.weights))
    if alone:
        yield Ground(light, "only-one", of.name, f"Only {of.name} uses {_named(alone)}.")
    never = list(_never(sides.rows, *of.values[::-1], of.weights[::-1]))
    if never:
        told = f"{of.name} never uses {_named(never)}; {of.others} do."
        yield Ground(light, "never", of.name, told)


def _never(
    rows: Sequence[str], used: Counts, unused: Counts, weights: tuple[float, float]
) -> Iterator[str]:
    """The codes of ``used`` that should have come up in ``unused``, and did not."""
    size, others = used.sum() * weights[0], unused.sum() * weights[1]
    for row, here, there in zip(rows, used, unused, strict=True):
        if here and not there and wilson(here * weights[0], size).low * others >= EXPECTED:
            yield row


def _distance(sides: Sides, of: Measured) -> Iterator[Ground]:
    far = of.distance
    if far is None or far.low < FAR or far.observed <= far.chance:
        return
    points = f"{100 * far.value:.0f} points ({100 * far.low:.0f} to {100 * far.high:.0f})"
    name, others = of.versus.name, of.versus.others
    if sides.of.kind is Kind.DATE:
        text = f"{name} covers other years than {others}: {points} apart. Compare equal years."
    else:
        # the code that differs most makes the number easier to picture
        one, other = of.versus.values
        gaps = one / one.sum() - other / other.sum()
        most = int(abs(gaps).argmax())
        told = (
            f" Most in {sides.rows[most]}: {100 * one[most] / one.sum():.1f} %, against "
            f"{100 * other[most] / other.sum():.1f} %."
            if not sides.numeric
            else ""
        )
        text = (
            f"The values of {name} are spread otherwise than those of {others}: {points} "
            f"apart.{told} That may be how they code, or how things are: the data alone cannot "
            "tell."
        )
    yield Ground(Verdict.WITH_CARE, "distance", name, text)


def _told_once(grounds: Sequence[Ground], measured: Sequence[Measured]) -> Iterator[Ground]:
    """The grounds without those that say again what another says.

    Of two contributors each differs from the other as the other does from it; and a convention
    explains the codes that one alone uses.
    """
    two = len(measured) == 2
    first = measured[0].versus.name if measured else ""
    explained = {ground.contributor for ground in grounds if ground.kind == "convention"}
    for ground in grounds:
        mirror = two and ground.kind in SAID_OF_BOTH and ground.contributor != first
        by_convention = ground.kind in OF_VALUES and bool(
            explained if two else explained & {ground.contributor}
        )
        if not mirror and not by_convention and not (two and ground.kind == "never"):
            yield ground


def _surely(of: Versus, counts: tuple[int, int], totals: tuple[int, int]) -> float:
    """By how much two shares surely differ, whichever is larger; 0 where they may be equal."""
    (ours, theirs), (one, other) = of.weights, totals
    low, high = difference(counts[0] * ours, one * ours, counts[1] * theirs, other * theirs)
    return max(low, -high, 0.0)


def _rates(counts: tuple[int, int], totals: tuple[int, int]) -> tuple[str, str]:
    return _per_cent(counts[0], totals[0]), _per_cent(counts[1], totals[1])


def _per_cent(count: int, total: int) -> str:
    return f"{share(count, total)} %" if total else "none"


def _named(codes: Sequence[str]) -> str:
    more = len(codes) - NAMED
    return listed([*codes[:NAMED], *([f"{more} more"] if more > 0 else [])])
