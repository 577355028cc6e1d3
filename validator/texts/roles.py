"""Whom a word is about: the nearest person or thing of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from validator.texts.items import Item

FAR = 14
"""From this cost on nothing is attached."""
OTHER = "other"
"""The role of people who are no part of the record: coders, officers, colleagues."""


def role_of(clause: Sequence[Item], at: int, offender: str = "offender") -> str | None:
    """The role that the item ``at`` belongs to; None where the clause names nobody."""
    item = clause[at]
    if item.has("adult"):
        return adult_role(clause, offender)
    if item.role is not None:
        return item.role
    best, cost = None, float(FAR)
    for position, part in enumerate(clause):
        role = adult_role(clause, offender) if part.has("adult") else part.role
        if role is None or position == at or _attribution(clause, position, at):
            continue
        between = clause[min(at, position) + 1 : max(at, position)]
        # an adjective leans on the word before it a little more than on the one after it
        far: float = len(between) + (0 if position < at else 0.5) + sum(map(_gap, between))
        if not between and position > at:
            far = -1 if _latin(item) else 0
        if far < cost:
            best, cost = role, far
    return best


def _latin(item: Item) -> bool:
    return item.raw[:1] < "\u0600"


def _gap(part: Item) -> float:
    if part.mark in {",", "،", "/"}:
        return 3
    return 2 if part.joins or part.has("breaks") else 0


def adult_role(clause: Sequence[Item], offender: str = "offender") -> str | None:
    """A man or a woman is an offender where the clause names one, and nobody's victim."""
    roles = {part.role for part in clause if part.role is not None}
    return offender if offender in roles else OTHER


def _attribution(clause: Sequence[Item], position: int, at: int) -> bool:
    """Whether the person at ``position`` only says so: ``second coder:``, ``per the coder``."""
    if clause[position].role != OTHER:
        return False
    if position < at and any(part.mark == ":" for part in clause[position:at]):
        return True
    return any(part.has("agent", "both") for part in clause[max(position - 4, 0) : position])


def others_only(clause: Sequence[Item]) -> bool:
    """Whether the clause is about a manual, a form or a training, not about a record."""
    for position, part in enumerate(clause):
        if part.has("manual") and not any(
            before.has("agent") for before in clause[max(position - 4, 0) : position]
        ):
            return True
    return False
