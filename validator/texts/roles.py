"""Whom a word is about: the nearest person or thing of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from validator.texts.items import PEOPLE, Item

FAR = 14
"""From this cost on nothing is attached."""
JOINED = 2
"""What and adds to the cost of what comes before it."""
ALONE = 20
"""The same where a clause names nobody else."""
SINGULAR = frozenset("aeo")
"""Endings of participles that are said of one alone: identifiée, identificado."""
OTHER = "other"
"""The role of people who are no part of the record: coders, officers, colleagues."""


def role_of(clause: Sequence[Item], at: int, offender: str = "offender") -> str | None:
    """The role that the item ``at`` belongs to; None where the clause names nobody."""
    item = clause[at]
    if item.has("adult"):
        return adult_role(clause, offender)
    if item.role is not None:
        return item.role
    alone = len({part.role for part in clause if part.role is not None}) == 1
    best, cost = None, float(ALONE if alone else FAR)
    for position, part in enumerate(clause):
        role = adult_role(clause, offender) if part.has("adult") else part.role
        if role is None or position == at or _attribution(clause, position, at):
            continue
        between = clause[min(at, position) + 1 : max(at, position)]
        # an adjective leans on the word before it a little more than on the one after it
        far: float = len(between) + (0 if position < at else 0.5) + sum(map(_gap, between))
        if position < at and item.joins:
            far += JOINED
        if not between and position > at:
            far = -1 if _latin(item) else 0
        if far < cost:
            best, cost = role, far
    return best


def beside(clause: Sequence[Item], at: int) -> str | None:
    """The other of two roles of whom it is said: neither victim nor offender identified."""
    named = [
        position
        for position, part in enumerate(clause)
        if part.role in PEOPLE and (part.has("term") or not part.has("adjective"))
    ]
    if len(named) != 2:
        return None
    first, second = named
    if clause[first].role == clause[second].role or first < at < second:
        return None
    if at < first and _latin(clause[at]):
        return None
    if at > second and clause[at].key[-1] in SINGULAR and _latin(clause[at]):
        return None
    between = clause[first + 1 : second]
    joined = any(part.joins or part.has("negates") for part in (*between, clause[second]))
    if not joined or any(part.mark not in {"", "&"} or part.has("term") for part in between):
        return None
    if at < first and any(part.has("term") or part.mark for part in clause[second + 1 :]):
        return None
    apart = clause[second + 1 : at] if at > second else clause[at + 1 : first]
    if any(part.has("term") or part.mark for part in apart):
        return None
    return clause[first].role if role_of(clause, at) == clause[second].role else clause[second].role


def _latin(item: Item) -> bool:
    return item.raw[:1] < "\u0600"


def _gap(part: Item) -> float:
    if part.mark in {",", "،", "/"}:
        return 3
    return JOINED if part.joins or part.has("breaks") else 0


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
    if position > at and any(part.mark in {"(", ",", "،"} for part in clause[at:position]):
        # pubescent (second coder); male, the coders agree
        return True
    return any(part.has("agent", "both") for part in clause[max(position - 4, 0) : position])


def others_only(clause: Sequence[Item]) -> bool:
    """Whether the clause is about a manual, a form or a training, not about a record."""
    for position, part in enumerate(clause):
        # according to the form, box 7; but not what follows according to the manual
        agents = (n for n, before in enumerate(clause[:position]) if before.has("agent"))
        if part.has("manual") and not any(n > 1 or position - n < 4 for n in agents):
            return True
    return False
