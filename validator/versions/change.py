"""What a change between two versions of a standard means, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Bump(StrEnum):
    """The part of a version number that must rise (semantic versioning), from the least."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """0 for none, 3 for major."""
        return list(Bump).index(self)


class Effect(Enum):
    """What a change does to records, and so to those who produce and who consume them.

    It breaks **producers** where a record that was valid may be at fault now, or must be recorded
    differently. It breaks **consumers** where they may receive what was no valid record before,
    or would read a record in a wrong way.
    """

    NARROWED = (True, False, Bump.MAJOR, "Records that were valid may be at fault now.")
    WIDENED = (False, True, Bump.MINOR, "Records may hold what they could not hold before.")
    CHANGED = (True, True, Bump.MAJOR, "It is recorded, and read, in another way.")
    MEANING = (False, True, Bump.MAJOR, "The same record would be read in another way.")
    QUIET = (False, False, Bump.MINOR, "No record of before is concerned.")
    WORDED = (False, False, Bump.PATCH, "Words changed, and nothing that is checked.")

    def __init__(self, producers: bool, consumers: bool, bump: Bump, says: str) -> None:
        self.producers = producers
        self.consumers = consumers
        self.bump = bump
        self.says = says


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``kind`` is a literal slug, ``where`` a table, ``table.field``, list or rule.

    ``review`` asks a person: a program cannot tell whether new words changed the meaning.
    """

    kind: str
    where: str
    what: str
    effect: Effect
    review: bool = False


def both(narrower: bool, wider: bool) -> Effect | None:
    """The effect of a change that shuts something out, lets something in, or does both."""
    if narrower and wider:
        return Effect.CHANGED
    if narrower:
        return Effect.NARROWED
    return Effect.WIDENED if wider else None
