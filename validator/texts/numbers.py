"""How many of somebody or something a text counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.texts.headings import labelled
from validator.texts.items import Item
from validator.texts.polarity import Stance, stance
from validator.texts.roles import OTHER, adult_role, role_of

THINGS = frozenset({"image", "video"})
"""Roles that are files: some of them may be removed, added or sent without being all."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One mention of a role with or without a number.

    ``specific`` where the noun names a part (girls, men) rather than all (victims); ``bare``
    where nothing says how many; ``article`` where only a or an does; ``joined`` where it
    follows another with ``and``; ``heads`` where a list follows (Offenders: a man and a woman).
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
    heads: bool = False

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


def counted(
    clause: Sequence[Item], index: int, kinds: frozenset[str], *, asked: bool = False
) -> Iterator[Counted]:
    """Every mention of a role in a clause.

    ``kinds`` are the lists whose codes are sorts of people, so that ``2 female`` may count.
    """
    # what no item of the clause is need not be asked of each mention
    there = {kind for item in clause for kind in item.tags}
    changed = not there.isdisjoint({"moved", "should"})
    for at, item in enumerate(clause):
        role = adult_role(clause) if item.has("adult") else item.role
        sort = role is None and _sort(clause, at, kinds)
        if sort:
            role = role_of(clause, at)
        if role is None or role == OTHER or (sort and role in THINGS):
            continue
        if item.has("adjective") and _leans(clause, at):
            continue
        number, start, article = _number(clause, at)
        shared = number is not None and start < at and _shared(clause, start)
        around = _around(clause, start, at)
        stands = stance(clause, at, asked=asked)
        if stands is Stance.DENIED and any(part.has("none") for part in clause[:start]):
            # none of the three victims
            stands = Stance.SAID
        if stands in {Stance.DENIED, Stance.DROPPED}:
            continue
        if role in THINGS and (
            _removed(clause, at, start) or _out_of(clause, start) or _leads(clause, at, number)
        ):
            continue
        if "rate" in there and _rate(clause, start, at):
            continue
        if role == "victim" and _of_other(clause, start, at):
            continue
        moved = changed and role not in THINGS and _moved(clause, start, at)
        whole = _said_after(clause, at, "total" if moved else "should") if changed else None
        if whole is not None:
            number, start = whole, at
        elif moved:
            continue
        if "including" in there and any(
            part.has("including") for part in clause[max(start - 2, 0) : start]
        ):
            continue
        yield Counted(
            role=role,
            number=number,
            noun=item.key,
            clause=index,
            specific=sort or (item.has("term", "adult") and role not in THINGS),
            total=any(part.has("total") for part in clause[max(start - 3, 0) : at + 4])
            or (number is not None and start == at and _headed(clause, at))
            or whole is not None,
            doubted=stands is Stance.DOUBTED
            or shared
            or _chosen(clause, start, at)
            or any(part.has("rough") for part in (*around, *_heading(clause, start, at))),
            partial=_partial(clause, at, number, around),
            article=article,
            joined=_joined(clause, start),
            heads=item.has("many") and any(part.mark == ":" for part in clause[at + 1 : at + 4]),
        )


def _leans(clause: Sequence[Item], at: int) -> bool:
    """Whether a noun stands beside it that it only describes: minor victim, hommes adultes."""
    if at + 1 < len(clause) and clause[at + 1].role is not None:
        return True
    return at > 0 and _names(clause[at - 1]) and not clause[at - 1].has("adjective")


def _leads(clause: Sequence[Item], at: int, number: int | None) -> bool:
    """Whether a noun in the singular only says what kind of things follow: two image folders."""
    if clause[at].has("many") or (number or 0) < 2 or at + 1 == len(clause):
        return False
    after = clause[at + 1]
    return not after.tags and after.key.endswith("s") and clause[at].key.isascii()


def _sort(clause: Sequence[Item], at: int, kinds: frozenset[str]) -> bool:
    """Whether it stands for people with a number of their own: 2 female and 1 male."""
    if kinds.isdisjoint(clause[at].tags.get("term", {})):
        return False
    if at + 1 < len(clause) and (_adjective(clause[at + 1]) or _names(clause[at + 1])):
        return False
    start = at - 1
    while start >= 0 and _adjective(clause[start]) and not _names(clause[start]):
        start -= 1
    if start < 0 or clause[start].number is None or clause[start].has("article", "both"):
        return False
    before = clause[start - 1] if start else None
    return before is None or bool(before.mark) or (bool(before.tags) and not _names(before))


def _partial(clause: Sequence[Item], at: int, number: int | None, around: Sequence[Item]) -> bool:
    """Whether it counts a part of a group only: another victim; one victim, and the other."""
    if any(part.has("total") for part in clause[at : at + 4]):
        return False
    if any(part.has("rest") for part in clause[at + 1 :]) and number == 1:
        return True
    # one of the three victims: the number is that of all
    counted_out = "some" if number is not None else "including"
    # the series also has a video: there were images before, and no other video
    also = () if clause[at].role in THINGS else ("also",)
    return any(
        part.has("partial", *also) and not part.has("including", counted_out) for part in around
    )


def _joined(clause: Sequence[Item], start: int) -> bool:
    """Whether and joins it to the noun before it: two children and a girl.

    Behind a comma or a colon a list says again who was counted: two victims, a man and a girl.
    """
    if not (clause[start].joins or (start > 0 and clause[start - 1].joins)):
        return False
    for part in reversed(clause[:start]):
        if part.role is not None:
            return True
        if part.mark in {",", "،", ":", "("}:
            return False
    return True


def _moved(clause: Sequence[Item], start: int, at: int) -> bool:
    """Whether so many were added or taken out."""
    for part in reversed(clause[max(start - 3, 0) : start]):
        if part.mark or part.role is not None:
            break
        if part.has("moved"):
            return True
    for part in clause[at + 1 : at + 4]:
        if part.mark or part.role is not None:
            break
        if part.has("moved"):
            return True
    return False


def _said_after(clause: Sequence[Item], at: int, kind: str) -> int | None:
    """The number alone behind it: three victims added, total now seven; two, should be three."""
    for position in range(at + 1, len(clause)):
        if clause[position].role is not None:
            return None
        if clause[position].has(kind):
            after = [
                p for p in clause[position + 1 :] if not p.has("now", "label") and p.mark != ":"
            ]
            alone = len(after) == 1 or (len(after) > 1 and bool(after[1].mark))
            return after[0].number if after and alone else None
    return None


def _rate(clause: Sequence[Item], start: int, at: int) -> bool:
    """Whether it is so many for each of something: 3 victims per series."""
    near = (*clause[max(start - 2, 0) : start], *clause[at + 1 : at + 2])
    return any(part.has("rate") and not part.has("both") for part in near)


def _of_other(clause: Sequence[Item], start: int, at: int) -> bool:
    """Whether they are the children of somebody else: the colleague's two children."""
    before = clause[max(start - 2, 0) : start]
    if len(before) == 2 and before[1].raw == "s" and before[0].role == OTHER:
        return True
    after = [part for part in clause[at + 1 : at + 4] if not part.has("definite")]
    return len(after) > 1 and after[0].has("of", "from") and after[1].role == OTHER


def _out_of(clause: Sequence[Item], start: int) -> bool:
    """Whether a number of them comes before: seven of the 12 images."""
    before = [part for part in clause[max(start - 4, 0) : start] if not part.has("definite")]
    return len(before) > 1 and before[-1].has("of") and before[-2].number is not None


def _headed(clause: Sequence[Item], at: int) -> bool:
    """Whether the noun stands in a heading: number of victims."""
    heads = clause[max(at - 2, 0) : at]
    return any(part.has("label") and not part.has("definite", "from") for part in heads)


def _heading(clause: Sequence[Item], start: int, at: int) -> Sequence[Item]:
    """What stands between a heading and its number: images: approx. 40."""
    return clause[at + 1 : at + 4] if start == at else ()


def _names(part: Item) -> bool:
    return part.role is not None or part.has("adult")


def _number(clause: Sequence[Item], at: int) -> tuple[int | None, int, bool]:
    """The number of the noun at ``at``, where it starts, and whether it is only an article."""
    item = clause[at]
    if item.has("double"):
        which = at + 1 < len(clause) and clause[at + 1].raw.isdigit()
        return (None if which else 2), at, False
    position = at - 1
    while position >= 0 and (_adjective(clause[position]) or clause[position].key == "or more"):
        position -= 1
    # a number before a noun with and, for or by written onto it is that of something else
    if position >= 0 and not item.joined:
        before = clause[position]
        if before.number is not None:
            # both victim and offender are no two
            known = item.has("many", "adult") or not before.has("both")
            article = before.has("article") and not _only(clause, at)
            return (before.number, position, article) if known else (None, at, False)
        if before.has("article"):
            return 1, position, True
    after = labelled(clause, at)
    if after is not None:
        return after, at, False
    following = clause[at + 1] if at + 1 < len(clause) else None
    if following is not None and _behind(clause, at, following):
        return following.number, at, False
    if _bare_one(item):
        return 1, at, True
    return None, position + 1, False


def _only(clause: Sequence[Item], at: int) -> bool:
    """Whether the noun is said to be the only one: une victime seulement."""
    if at + 1 == len(clause):
        return False
    after = clause[at + 1]
    return after.has("only") or (not after.raw.isdigit() and after.number == 1)


def _behind(clause: Sequence[Item], at: int, following: Item) -> bool:
    """Whether a number stands after its noun: victime unique, victims x2, الضحايا الثلاث."""
    if following.number is None or following.raw.isdigit() or following.has("both"):
        return False
    if following.raw[:1] in "xX" or following.number in {1, 2}:
        return True
    last = at + 2 == len(clause)
    arabic = following.raw[:1] >= "\u0600"
    own = last or not (clause[at + 2].has("partial") or _names(clause[at + 2]))
    return arabic and clause[at].has("many") and own


def _bare_one(item: Item) -> bool:
    """Arabic has no word for a: a noun in the singular without the article is one."""
    return item.raw[:1] >= "\u0600" and not item.has("many") and not item.raw.startswith("ال")


def _adjective(part: Item) -> bool:
    if part.number is not None or part.mark:
        return False
    if part.role is not None and not part.has("adjective"):
        return False
    return part.has("term", "demonym", "adjective") and not part.joins


def _chosen(clause: Sequence[Item], start: int, at: int) -> bool:
    """Whether the noun is one of two with or between: two victims or three victims."""
    role, before, after = (
        clause[at].role,
        clause[max(start - 2, 0) : start],
        clause[at + 1 : at + 4],
    )
    if len(before) == 2 and before[1].has("or") and before[0].role == role:
        return True
    return bool(after) and after[0].has("or") and any(part.role == role for part in after[1:])


def _shared(clause: Sequence[Item], position: int) -> bool:
    """Whether the number is one of two (2 or 3, between 2 and 3), or the end of a date."""
    if position == 0:
        return False
    before = clause[position - 1]
    if before.number is not None:
        return True
    if position < 2 or clause[position - 2].number is None:
        return False
    return before.has("or") or before.mark == "/" or _between(clause, position)


def _between(clause: Sequence[Item], position: int) -> bool:
    """Whether the number ends a range: between 3 and 5."""
    return any(part.has("between") for part in clause[max(position - 4, 0) : position])


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
