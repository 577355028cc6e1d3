"""How a clause stands to what it names: denied, doubted, one of several, or plainly said."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from validator.texts.items import PEOPLE, Item

NEAR_LEFT = 6
"""Items to the left of a word that a denial, a doubt or a question reaches over."""
DENIALS = 5
"""Items to the left, articles apart, that a denial reaches over."""
NEAR_RIGHT = 7
"""Items to the right that an exclusion reaches back over."""


STOPS = frozenset({",", "،", "(", ")", ":", "="})
"""Marks behind which another part of the clause begins."""


class Stance(Enum):
    """What is said of a value."""

    SAID = "said"
    DOUBTED = "doubted"
    DENIED = "denied"
    DROPPED = "dropped"


def stance(clause: Sequence[Item], at: int, *, asked: bool = False) -> Stance:
    """How the clause stands to its item ``at``."""
    item = clause[at]
    left = _left(clause, at)
    after = clause[at + 1] if at + 1 < len(clause) else None
    if after is not None and after.has("becomes"):
        return Stance.DROPPED
    if any(part.has("former") for part in left[:3]) or _changed_from(clause, at):
        return Stance.DROPPED
    if any(part.has("asks") for part in left) or (asked and clause[0].has("opens")):
        return Stance.DROPPED
    if _denied(clause, at) or item.tags.get("double") == "no":
        return Stance.DENIED
    right, behind = _right(clause, at), _alone_behind(clause, at)
    if any(part.has("excludes") for part in (*right, *behind)) or any(
        part.has("excludes_before") for part in left[:4]
    ):
        return Stance.DROPPED
    doubted = any(map(_hedges, left)) or any(
        _hedges(part) and not _of_place(right, position) for position, part in enumerate(right[:5])
    )
    if asked or doubted or any(map(_hedges, behind)) or alternatives(clause, at):
        return Stance.DOUBTED
    return Stance.SAID


def denies(part: Item) -> bool:
    """Whether it denies what follows it."""
    return part.has("negates") and not part.has("hedges")


def _denied(clause: Sequence[Item], at: int) -> bool:
    reach = 0
    for part in reversed(clause[:at]):
        if part.mark in STOPS or part.has("breaks"):
            return False
        if denies(part):
            return True
        reach += not (part.has("definite") or len(part.raw) == 1)
        if reach == DENIALS:
            return False
    return False


def _hedges(part: Item) -> bool:
    # the month of May is no doubt
    return part.has("hedges") and part.raw != "May"


def _alone_behind(clause: Sequence[Item], at: int) -> Sequence[Item]:
    """A doubt or an exclusion that stands alone behind a mark: Spain, later ruled out."""
    for position in range(at + 1, min(at + NEAR_RIGHT, len(clause) - 1)):
        if clause[position].mark not in {",", "،", "(", ":"}:
            continue
        behind = [part for part in clause[position + 1 :] if not part.has("yet", "now")]
        if behind and (len(behind) == 1 or behind[1].mark) and _takes_back(behind[0]):
            return behind[:1]
        if clause[position].mark != ":":
            break
    return ()


def _takes_back(part: Item) -> bool:
    return part.has("excludes") or _hedges(part)


def _of_place(right: Sequence[Item], position: int) -> bool:
    """Whether the doubt is about a place: two girls probably in Spain."""
    return any(part.has("in") or part.joined == "ب" for part in right[position + 1 : position + 3])


def _left(clause: Sequence[Item], at: int) -> list[Item]:
    """The items before ``at``, nearest first, as far as the part of the clause goes."""
    found: list[Item] = []
    for part in reversed(clause[max(at - NEAR_LEFT, 0) : at]):
        if part.mark in STOPS or part.has("breaks"):
            break
        found.append(part)
    return found


def _right(clause: Sequence[Item], at: int) -> list[Item]:
    found: list[Item] = []
    for part in clause[at + 1 : at + 1 + NEAR_RIGHT]:
        if part.mark in {",", "،", ":"} or part.has("breaks"):
            break
        found.append(part)
    return found


def _changed_from(clause: Sequence[Item], at: int) -> bool:
    """Whether it is the first of ``changed from .. to ..``."""
    before = next((part for part in reversed(clause[:at]) if not part.has("definite")), None)
    return (
        before is not None
        and before.has("from")
        and any(part.has("change") for part in clause[:at])
    )


def alternatives(clause: Sequence[Item], at: int) -> bool:
    """Whether another value of the same list stands beside it with ``or`` between."""
    if not any(part.mark == "/" or "or" in part.tags for part in clause):
        return False
    for step in (1, -1):
        seen_or = False
        position = at + step
        while 0 <= position < len(clause) and abs(position - at) <= NEAR_LEFT:
            part = clause[position]
            if part.has("or") or part.mark == "/":
                seen_or = True
            elif _same_list(clause[at], part):
                if seen_or:
                    return True
            elif part.has("breaks", "suspects", "confirms") or part.mark == ":":
                break
            position += step
    return False


def _same_list(one: Item, other: Item) -> bool:
    """Whether they name two values of one list."""
    mine, others = one.values, other.values
    return any(others[of] != mine[of] for of in mine.keys() & others.keys())


def partial(clause: Sequence[Item], at: int) -> bool:
    """Whether it is said of a part of the group only: one of them, the second, victim 3."""
    for position in range(max(at - 5, 0), at - 1):
        person, number, after = clause[position : position + 3]
        if number.raw.isdigit() and person.role in PEOPLE and after.role is None:
            return True
    return any(part.has("partial", "also") for part in _left(clause, at)[:4] if not part.mark)


def of_some(clause: Sequence[Item], at: int) -> bool:
    """Whether it is said of some of a group: some, two of them, 1 of 3, of the two one."""
    if any(part.has("some") for part in clause[max(at - 8, 0) : at]):
        return True
    if at + 1 < len(clause) and clause[at].role is None and clause[at + 1].has("some"):
        return True
    if any(part.has("except", "partly") for part in clause[at + 1 : at + 4]):
        return True
    # identity established of two of the five
    if any(_of_group(clause, position) for position in range(at + 1, min(at + 4, len(clause)))):
        return True
    group: int | None = None
    for position in range(max(at - 12, 0), at):
        part, after = clause[position], clause[position + 1]
        if part.mark == ":":
            # read again by two coders: the victim is a girl
            group = None
        if _of_group(clause, position):
            return True
        if part.number is None or part.joins or (part.has("article") and position + 1 < at):
            continue
        bare = after.role is None and not after.has("adult", "adjective", "term")
        if group is not None and part.number < group and (bare or position + 1 == at):
            return True
        if after.role in PEOPLE:
            group = part.number
    # of the four victims, identified: two
    after = clause[at + 1] if at + 1 < len(clause) else clause[at]
    alone = at + 2 >= len(clause) or clause[at + 2].role is None
    fewer = group is not None and after.number is not None and after.number < group
    return alone and fewer and not after.has("article")


def _of_group(clause: Sequence[Item], at: int) -> bool:
    """Whether the item is a number of a larger one: 1 of 3, two of them, and not 3 of May."""
    part, behind = clause[at], clause[at + 1 : at + 6]
    number = 2 if part.has("double") else part.number
    if number is None or part.has("article") or _every(clause, at):
        return False
    named = not part.has("double") and bool(behind) and behind[0].role in PEOPLE
    if named or part.has("double"):
        # two victims of three
        behind = behind[1:] if named else behind
        after = behind[1:2] if behind and behind[0].has("of") else ()
        return any(group.number is not None and group.number > number for group in after)
    if behind and behind[0].has("only"):
        behind = behind[1:]
    if not behind:
        return False
    if behind[0].has("them"):
        return True
    if not behind[0].has("of"):
        return False
    group = next((p for p in behind[1:5] if not p.has("definite")), None)
    if group is None or group.number == number:
        return False
    return group.number is not None or group.role is not None


def _every(clause: Sequence[Item], position: int) -> bool:
    return position > 0 and clause[position - 1].has("both", "definite")


def contrasted(clause: Sequence[Item], at: int) -> tuple[bool, str | None]:
    """Whether a denial behind it says the opposite of others, and of whom, if that is named.

    Identified, the other not yet; victim identified, offender not.
    """
    role: str | None = None
    others = False
    for position in range(at + 1, len(clause)):
        part = clause[position]
        if part.has("term") and part.role is None:
            break
        if part.has("partial", "also"):
            others, role = True, None
        elif part.role is not None:
            role, others = part.role, True
        elif others and denies(part) and _ended(clause, position):
            return True, role
    return False, None


def _ended(clause: Sequence[Item], position: int) -> bool:
    """Whether nothing but yet, so far or is follows: the verb is left out."""
    for part in clause[position + 1 : position + 4]:
        if part.mark:
            return True
        if not part.has("yet", "negates", "opens"):
            return False
    return len(clause) <= position + 4
