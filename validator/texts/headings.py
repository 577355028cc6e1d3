"""Headings with the number of what they name: victims: 2, number of videos in the series: 22."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.texts.items import Item

LONGEST = 10
"""Items from a heading to its number."""
OF = ("in", "from", "of", "more")
"""What begins the words that say more of a heading: of the series, after the merge."""


def labelled(clause: Sequence[Item], at: int) -> int | None:
    """The number of ``victims: 2``, ``victim count should read 4``, ``videos in all files: 22``."""
    named = any(part.has("label") for part in clause[max(at - 2, 0) : at])
    many = clause[at].has("many") or named
    sure, apart = named, False
    for position in _out_of_brackets(clause, at):
        part = clause[position]
        if part.number is not None and not part.has("article"):
            if _becomes(clause, position):
                sure = True
                continue
            if apart and not sure:
                if clause[position - 1].has(*OF):
                    return None
                # after the merge with batch 31
                continue
            return part.number if sure and _own(clause, at, position) else None
        if part.has("from") and any(
            before.has("change") for before in clause[max(at - 3, 0) : position]
        ):
            # goes from 3 to 4
            span = clause[position + 1 : position + 4]
            return span[2].number if len(span) == 3 and span[1].has("upto") else None
        if part.mark == "(" and many and _closed(clause, position):
            return clause[position + 1].number
        if _says_so(part, known=many or sure or apart):
            sure = True
        elif _number_behind(clause, position) and (
            (sure and part.has("label", "upto"))
            or (part.has("upto") and any(p.has("change") for p in clause[at:position]))
        ):
            # est de 6, has been corrected to 6
            sure = True
        elif many and (apart or named or _begins(part)) and _modifies(part):
            sure, apart = False, True
        elif not part.has(
            "definite", "total", "change", "common", "becomes", "rough", "now", "yet"
        ):
            return None
    return None


def _out_of_brackets(clause: Sequence[Item], at: int) -> Iterator[int]:
    """The places behind a heading, without what stands in brackets: victims (revised): 3."""
    inside = False
    for position in range(at + 1, min(at + LONGEST, len(clause))):
        inside = inside or (clause[position].mark == "(" and not _closed(clause, position))
        if not inside:
            yield position
        elif clause[position].mark == ")":
            inside = False
        elif clause[position].role is not None:
            return


def _says_so(part: Item, *, known: bool) -> bool:
    """Whether a number follows for certain: a colon behind a heading, is, should read."""
    if part.mark in {":", "="}:
        return known
    return part.has("label") and not part.has(*OF, "definite")


def _number_behind(clause: Sequence[Item], position: int) -> bool:
    return position + 1 < len(clause) and clause[position + 1].number is not None


def _own(clause: Sequence[Item], at: int, position: int) -> bool:
    """Whether the number is that of the heading, and of nothing that follows: 2 girls and a boy."""
    after = clause[position + 1 :]
    if _row(clause, position) or _same(clause[at], after):
        return False
    # as of 3 May; but not 4 in one batch and 6 in another
    again = any(
        (part.joins or part.mark in {",", "،"}) and behind.number is not None
        for part, behind in pairwise(after)
    )
    apart = bool(after) and after[0].has("in", "more", "agent") and not again
    return not after or _ends(after[0]) or apart


def _modifies(part: Item) -> bool:
    """Whether it may stand between a heading and its number: images in the series of May: 6."""
    return not part.mark and (not part.tags or part.has(*OF, "definite", "and", "agent"))


def _begins(part: Item) -> bool:
    """Whether what says more of a heading begins: of the series; ضحايا السلسلة."""
    return part.has(*OF) or (not part.tags and part.raw.startswith("ال"))


def _becomes(clause: Sequence[Item], position: int) -> bool:
    """Whether another number takes its place: 2 -> 3."""
    return position + 1 < len(clause) and clause[position + 1].has("becomes")


def _closed(clause: Sequence[Item], position: int) -> bool:
    """Whether the bracket at the position holds a number and no more: victims (2)."""
    inside = clause[position + 1 : position + 3]
    return len(inside) == 2 and inside[0].number is not None and inside[1].mark == ")"


def _row(clause: Sequence[Item], position: int) -> bool:
    """Whether numbers in a row tell which, not how many: images 3 and 4."""
    after = clause[position + 1 : position + 4]
    joined = len(after) > 1 and after[0].joins and after[1].number is not None
    return joined and not (len(after) > 2 and (after[2].role is not None or after[2].has("adult")))


def _same(head: Item, after: Sequence[Item]) -> bool:
    """Whether a noun of the same role follows."""
    return bool(after) and (after[0].has("adult") or after[0].role == head.role is not None)


def _ends(part: Item) -> bool:
    return (
        bool(part.mark)
        or part.joins
        or part.has("total", "and", "role", "adult", "agent", "rough", "negates", "former", "now")
    )
