"""Names of places that are also something else: Jordan, Turkey, Chad; us and US."""

from __future__ import annotations

from collections.abc import Sequence

from validator.texts.items import Item

CLOSE = 3


def is_place(clause: Sequence[Item], at: int, *, doubtful: bool) -> bool:
    """Whether the item names a place here. ``doubtful`` for names that are also words.

    A doubtful name needs its capital, and something beside it that makes it a place.
    """
    item = clause[at]
    if _named_person(clause, at):
        return False
    if not doubtful:
        return True
    if item.last[:1] < "\u0600" and not item.last[:1].isupper():
        return False
    before = [part for part in clause[max(at - CLOSE, 0) : at] if not part.has("definite")]
    if item.joined in {"ب", "ك"} or any(
        part.has("in", "from", "place", "suspects", "confirms", "or", "becomes")
        for part in before[-2:]
    ):
        return True
    if len(before) > 1 and before[-1].has("and") and before[-2].has("term"):
        # Peru and Chile
        return True
    if before and before[-1].mark in {",", "،"}:
        # suspected: Rabat, Morocco
        return any(part.has("suspects", "confirms") for part in clause[max(at - 5, 0) : at])
    if any(part.mark == ":" for part in before[-1:]):
        return True
    after = clause[at + 1 : at + 1 + CLOSE]
    if after and after[0].has("confirms") and len(clause) > at + 2:
        # Chad confirmed the count
        return False
    if after and after[0].has("in", "from", "of"):
        # réunion en Suisse
        return False
    for part in after:
        if part.has("suspects", "confirms", "place", "or", "excludes"):
            return True
        if part.role is not None or not (part.tags or part.mark):
            # LET US KNOW IF CONFIRMED; Jersey shirt, suspected stain
            return False
    return False


def _named_person(clause: Sequence[Item], at: int) -> bool:
    """Whether a capitalised word that means nothing else follows: Jordan Miles."""
    if at + 1 >= len(clause):
        return False
    item, after = clause[at], clause[at + 1]
    return (
        not item.raw.isupper()
        and after.raw[:1].isupper()
        and after.raw[1:].islower()
        and not after.tags
        and after.number is None
        and after.raw[:1] < "\u0600"
        and " " not in item.key
    )
