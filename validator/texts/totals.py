"""What the counts of one text come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.texts.numbers import Counted


def total(found: Sequence[Counted]) -> tuple[int, bool] | None:
    """The one number that the mentions of a role add up to, and whether it is certain."""
    # asked only of what is there: see ``texts.unseen``
    whole = [c for c in found if c.total and c.number is not None]
    # four children in total: one boy and three girls
    totals = _numbers([c for c in whole if not c.specific] or whole)
    if totals and _one(totals):
        return totals[0], not any(c.doubted for c in found if c.total)
    if totals or any(c.partial for c in found):
        return None
    plain = [c for c in found if not c.specific and c.number is not None and not c.article]
    special = _distinct([c for c in found if c.specific])
    numbers = _numbers(plain)
    if numbers:
        number = numbers[0]
        if not _one(numbers):
            # two victims or three victims
            return (number, False) if all(c.doubted for c in plain) else None
        if special and all(c.joined and c.clause == plain[-1].clause for c in special):
            # two children and a girl
            joined = sum(c.number or 0 for c in special if c.joined)
            return number + joined, not any(c.doubted for c in (*plain, *special))
        known = _numbers([c for c in special if not c.article])
        if special and found.index(special[0]) < found.index(plain[0]):
            if plain[0].joined and plain[0].clause == special[-1].clause:
                # two girls and two children
                number += sum(known)
                return (number, True) if len(known) == len(special) else None
            if sum(known) != number and any(c.number is not None for c in special):
                # a girl, two children
                return None
        if known and sum(known) > number:
            return None
        return number, not any(c.doubted for c in plain)
    if not special or any(c.number is None for c in special):
        return None
    listed = any(c.heads and c.clause == special[0].clause for c in found)
    if len({c.clause for c in special}) > 1 or (all(c.article for c in special) and not listed):
        return None
    if listed and len(special) == 1 and special[0].article:
        return None
    first, *others = _numbers(special)
    return sum(others, first), not any(c.doubted for c in special)


def _numbers(found: Iterable[Counted]) -> list[int]:
    return [c.number for c in found if c.number is not None]


def _one(numbers: Sequence[int]) -> bool:
    return all(number == numbers[0] for number in numbers[1:])


def _distinct(found: Sequence[Counted]) -> list[Counted]:
    """Without the mentions that only name again what was counted before."""
    if len(found) < 2:
        return list(found)
    counted_nouns = {c.noun for c in found if c.number is not None}
    kept: dict[tuple[str, int | None], Counted] = {}
    for one in found:
        if one.number is None and one.noun in counted_nouns:
            continue
        kept.setdefault((one.noun, one.number), one)
    return list(kept.values())
