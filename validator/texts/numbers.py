"""How many of somebody or something a text counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.texts.items import Item
from validator.texts.polarity import Stance, stance
from validator.texts.roles import OTHER, adult_role

THINGS = frozenset({"image", "video"})
"""Roles that are files: some of them may be removed, added or sent without being all."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One mention of a role with or without a number.

    ``specific`` where the noun names a part (girls, men) rather than all (victims); ``bare``
    where nothing says how many; ``article`` where only a or an does; ``joined`` where it
    follows another with ``and``.
    """

    role: str
    number: int | None
    noun: str
    clause: int
    specific: bool
    total: bool = False
    doubted: bool = False
    partial: bool = False
    article: bool = False
    joined: bool = False

    def after(self, clauses: int) -> Counted:
        """The same after so many clauses."""
        # ``replace`` takes five times as long
        return Counted(
            self.role,
            self.number,
            self.noun,
            self.clause + clauses,
            self.specific,
            self.total,
            self.doubted,
            self.partial,
            self.article,
            self.joined,
        )


def counted(clause: Sequence[Item], index: int, *, asked: bool = False) -> Iterator[Counted]:
    """Every mention of a role in a clause."""
    for at, item in enumerate(clause):
        role = adult_role(clause) if item.has("adult") else item.role
        if role is None or role == OTHER:
            continue
        if item.has("adjective") and at + 1 < len(clause) and clause[at + 1].role is not None:
            continue
        number, start, article = _number(clause, at)
        shared = number is not None and start < at and _shared(clause, start)
        around = _around(clause, start, at)
        stands = stance(clause, at, asked=asked)
        if stands in {Stance.DENIED, Stance.DROPPED}:
            continue
        if role in THINGS and _removed(clause, at, start):
            continue
        yield Counted(
            role=role,
            number=number,
            noun=item.key,
            clause=index,
            specific=item.has("term", "adult") and not _plain_file(item),
            total=any(part.has("total") for part in clause[max(start - 3, 0) : at + 4]),
            doubted=stands is Stance.DOUBTED or shared or any(part.has("rough") for part in around),
            partial=any(part.has("partial") for part in around)
            and not any(part.has("total") for part in clause[at : at + 4]),
            article=article,
            joined=clause[start].joins or (start > 0 and clause[start - 1].joins),
        )


def _plain_file(item: Item) -> bool:
    return item.role in THINGS


def _number(clause: Sequence[Item], at: int) -> tuple[int | None, int, bool]:
    """The number of the noun at ``at``, where it starts, and whether it is only an article."""
    item = clause[at]
    if item.has("double"):
        return 2, at, False
    position = at - 1
    while position >= 0 and _adjective(clause[position]):
        position -= 1
    if position >= 0:
        before = clause[position]
        if before.number is not None:
            return before.number, position, before.has("article")
        if before.has("article"):
            return 1, position, True
    after = _labelled(clause, at)
    if after is not None:
        return after, at, False
    following = clause[at + 1] if at + 1 < len(clause) else None
    # one victim, said after the noun: victime unique, ضحية واحدة
    if following is not None and following.number in {1, 2} and not following.raw.isdigit():
        return following.number, at, False
    if _bare_one(item):
        return 1, at, True
    return None, position + 1, False


def _bare_one(item: Item) -> bool:
    """Arabic has no word for a: a noun in the singular without the article is one."""
    return item.raw[:1] >= "\u0600" and not item.has("many") and not item.raw.startswith("ال")


def _adjective(part: Item) -> bool:
    if part.number is not None or part.mark or part.has("number"):
        return False
    if part.role is not None and not part.has("adjective"):
        return False
    return part.has("term", "demonym", "adjective") and not part.joins


def _shared(clause: Sequence[Item], position: int) -> bool:
    """Whether the number is one of two (2 or 3), or the end of a date or a name (batch 3)."""
    if position == 0:
        return False
    before = clause[position - 1]
    if before.number is not None:
        return True
    return (
        (before.has("or") or before.mark == "/")
        and position > 1
        and (clause[position - 2].number is not None)
    )


def _labelled(clause: Sequence[Item], at: int) -> int | None:
    """The number of ``victims: 2`` or ``victim count should read 4``."""
    named = any(part.has("label") for part in clause[max(at - 2, 0) : at])
    many = clause[at].has("many") or named
    position, sure = at + 1, named
    while position < len(clause) and position - at <= 5:
        part = clause[position]
        if part.number is not None and not part.has("article"):
            alone = position + 1 == len(clause) or _ends(clause[position + 1])
            return part.number if alone and sure else None
        if (part.mark in {":", "="} and (many or sure)) or part.has("label"):
            sure = True
        elif not part.has("definite", "total", "change", "common"):
            return None
        position += 1
    return None


def _ends(part: Item) -> bool:
    return (
        bool(part.mark)
        or part.joins
        or part.has("total", "and", "role", "adult", "agent", "rough", "negates")
    )


def _around(clause: Sequence[Item], start: int, at: int) -> list[Item]:
    found: list[Item] = []
    for part in reversed(clause[max(start - 3, 0) : start]):
        if part.mark or part.number is not None or part.role is not None:
            break
        found.append(part)
    return [*found, *clause[start : at + 2]]


def _removed(clause: Sequence[Item], at: int, start: int) -> bool:
    """Whether the files are removed, added, duplicates, or a part of them."""
    left = start
    while left > 0 and clause[left - 1].mark not in {",", "،", "(", ":"}:
        left -= 1
        if clause[left].has("role") and left < start:
            left += 1
            break
    for position, part in enumerate(clause[left : at + 5], left):
        if part.mark in {",", "،", "("} and position > at:
            break
        if part.has("removed") and not part.has("label"):
            return True
    return False


def total(found: Sequence[Counted]) -> tuple[int, bool] | None:
    """The one number that the mentions of a role add up to, and whether it is certain."""
    totals = {c.number for c in found if c.total and c.number is not None}
    if len(totals) == 1:
        return totals.pop(), not any(c.doubted for c in found if c.total)
    if totals or any(c.partial for c in found):
        return None
    plain = [c for c in found if not c.specific and c.number is not None and not c.article]
    special = _distinct([c for c in found if c.specific])
    numbers = {c.number for c in plain}
    if numbers:
        if len(numbers) > 1:
            return None
        number = plain[0].number or 0
        if special and all(c.joined and c.clause == plain[-1].clause for c in special):
            # two children and a girl
            joined = sum(c.number or 0 for c in special if c.joined)
            return number + joined, not any(c.doubted for c in (*plain, *special))
        known = [c.number for c in special if c.number is not None and not c.article]
        if sum(known) > number:
            return None
        return number, not any(c.doubted for c in plain)
    if not special or any(c.number is None for c in special):
        return None
    if len({c.clause for c in special}) > 1 or all(c.article for c in special):
        return None
    return sum(c.number or 0 for c in special), not any(c.doubted for c in special)


def _distinct(found: Sequence[Counted]) -> list[Counted]:
    """Without the mentions that only name again what was counted before."""
    counted_nouns = {c.noun for c in found if c.number is not None}
    kept: dict[tuple[str, int | None], Counted] = {}
    for one in found:
        if one.number is None and one.noun in counted_nouns:
            continue
        kept.setdefault((one.noun, one.number), one)
    return list(kept.values())
