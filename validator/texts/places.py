"""Which place a clause gives, and whether it suspects or confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from validator.model.standard import Wording
from validator.texts.ambiguous import is_place
from validator.texts.items import Item
from validator.texts.polarity import Stance, alternatives, stance

FAR = 16
OFFICE = 3
"""Items between an office and the name of its country."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A code of a list of places, how it is worded, and whether it is certain.

    ``latest`` where the text sets it against what was thought before: now in Peru.
    """

    codes: Mapping[str, str]
    wording: Wording
    certain: bool
    latest: bool = False


def placed(
    clause: Sequence[Item],
    doubtful: frozenset[str],
    positive: frozenset[str],
    *,
    asked: bool = False,
    lent: Wording | None = None,
) -> Iterator[Placed]:
    """The places of a clause. ``lent`` is the wording of what it goes on from, if any.

    ``doubtful`` are names that are also words; ``positive`` the codes that an identification
    has, so that a victim ``identified in`` a place confirms it.
    """
    for at, item in enumerate(clause):
        codes = _codes(item)
        if not codes or _office(clause, at) or _speech(clause, at) or _says(clause, at):
            continue
        if not is_place(clause, at, doubtful=item.key in doubtful):
            continue
        if item.has("demonym") and not item.has("term") and not _national(clause, at):
            continue
        stands = stance(clause, at, asked=asked)
        wording = _wording(clause, at, positive) or lent
        if stands in {Stance.DENIED, Stance.DROPPED} or _offenders(clause, at):
            continue
        if wording is None:
            if stands is Stance.DOUBTED and _located(clause, at):
                yield Placed(codes, Wording.SUSPECTED, certain=False)
            continue
        certain = not _unsure(clause, at, stands, asked=asked)
        yield Placed(codes, wording, certain, latest=_latest(clause, at))


def _latest(clause: Sequence[Item], at: int) -> bool:
    for part in reversed(clause[max(at - FAR, 0) : at]):
        if part.has("now"):
            return True
        if _codes(part):
            break
    return False


def worded(clause: Sequence[Item]) -> Wording | None:
    """The last word of suspicion or confirmation of a clause."""
    for position in range(len(clause) - 1, -1, -1):
        part = clause[position]
        if part.has("suspects", "confirms") and _about_places(clause, position):
            return Wording.SUSPECTED if part.has("suspects") else Wording.CONFIRMED
    return None


def _codes(item: Item) -> Mapping[str, str]:
    for kind in ("term", "demonym", "quoted"):
        found: Mapping[str, str] = item.tags.get(kind, {})
        if found:
            return found
    return {}


def _unsure(clause: Sequence[Item], at: int, stands: Stance, *, asked: bool) -> bool:
    """A suspicion is said in words of doubt, so that only a choice makes it uncertain."""
    return stands is Stance.DOUBTED and (asked or alternatives(clause, at))


def _wording(clause: Sequence[Item], at: int, positive: frozenset[str]) -> Wording | None:
    best, cost = None, float(FAR)
    for position, part in enumerate(clause):
        if not part.has("suspects", "confirms") or not _about_places(clause, position):
            continue
        between = clause[min(at, position) + 1 : max(at, position)]
        far = len(between) + sum(3 for b in between if b.mark in {",", "،"})
        # another place in between is what that word is about
        far += sum(4 for b in between if _codes(b) and not b.has("or"))
        # a suspected, and b confirmed
        far += position < at and clause[at].joins
        if far < cost:
            confirms = part.has("confirms") and not part.has("suspects")
            best, cost = Wording.CONFIRMED if confirms else Wording.SUSPECTED, far
    if best is not None:
        return best
    if at and _in(clause, at):
        for part in clause[max(at - 5, 0) : at]:
            if set(part.tags.get("term", {}).values()) & positive:
                return Wording.CONFIRMED
    return None


def _in(clause: Sequence[Item], at: int) -> bool:
    before = [part for part in clause[max(at - 2, 0) : at] if not part.has("definite")]
    return clause[at].joined == "ب" or any(part.has("in") for part in before[-1:])


def _about_places(clause: Sequence[Item], position: int) -> bool:
    """Whether a word of suspicion or confirmation may be about a place."""
    part = clause[position]
    before = clause[max(position - 2, 0) : position]
    if part.has("confirms") and any(b.has("negates") for b in before):
        return False
    after = clause[position + 1] if position + 1 < len(clause) else None
    near = [*_up_to_comma(reversed(clause[max(position - 3, 0) : position])), part]
    behind = [*_up_to_comma(clause[position + 1 : position + 4])]
    matter = any(item.has("matter") for item in (*near, *behind))
    if matter and not any(item.has("place") for item in (*near, *behind[:2])):
        # a suspected error in the sheet of Spain
        return False
    return after is None or after.role != "offender"


def _up_to_comma(items: Iterable[Item]) -> Iterator[Item]:
    return takewhile(lambda item: item.mark not in {",", "،", "("}, items)


def _located(clause: Sequence[Item], at: int) -> bool:
    near = clause[max(at - 3, 0) : at]
    return any(part.has("in", "place", "hedges") for part in near) or clause[at].joined == "ب"


def _office(clause: Sequence[Item], at: int) -> bool:
    """Whether the place is the seat of an office, or who sent or received something."""
    before = [part for part in clause[max(at - OFFICE - 2, 0) : at] if not part.has("definite")]
    before = before[-OFFICE:]
    for position in range(len(before) - 1, -1, -1):
        part = before[position]
        if part.mark in {",", "،", ":", "("} or part.has("suspects", "confirms", "that"):
            break
        if part.has("office", "transfer"):
            return True
        if part.has("agent") and position >= len(before) - 2:
            return True
        if part.has("from") and position and before[position - 1].has("confirms"):
            # confirmation from Italy
            return True
    for part in clause[at + 1 : at + 3]:
        if part.mark or part.has("suspects", "confirms", "place", "agent", "and", "or"):
            break
        if part.has("office", "manual"):
            return True
    return False


def _says(clause: Sequence[Item], at: int) -> bool:
    """Whether the place is who says so: Italy confirms, Italy suspects Malta."""
    verb = clause[at + 1] if at + 1 < len(clause) else None
    if verb is None or not verb.has("says"):
        return False
    return verb.has("confirms") or any(map(_codes, clause[at + 2 : at + 6]))


def _speech(clause: Sequence[Item], at: int) -> bool:
    """Whether a language is meant: French-speaking, in Spanish."""
    item = clause[at]
    near = clause[max(at - 4, 0) : at + 3]
    if item.has("demonym") and any(part.has("speech") for part in near):
        return True
    return any(part.has("speech") for part in clause[at + 1 : at + 2])


def _national(clause: Sequence[Item], at: int) -> bool:
    """Whether a word such as Belgian is said of a person or a territory."""
    after = clause[at + 1 : at + 3]
    before = clause[max(at - 3, 0) : at]
    if any(part.has("national", "place") or part.role == "victim" for part in after):
        return True
    return any(
        part.has("national", "place", "suspects") or part.role == "victim" for part in before
    )


def _offenders(clause: Sequence[Item], at: int) -> bool:
    """Whether the place is said of an offender."""
    roles = [part.role for part in clause[:at] if part.role in {"offender", "victim"}]
    return bool(roles) and roles[-1] == "offender"
