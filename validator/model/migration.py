"""How records of one version of a standard become records of the next.

Fields are called as the new version calls them, except in ``Rename`` and ``Drop``, which name the
old ones. So the order of the steps decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from validator.model.condition import FieldRef
from validator.model.text import Origin


@dataclass(frozen=True, slots=True)
class Rename:
    """The old field is called ``to`` now. Its table stays."""

    field: FieldRef
    to: str
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Recode:
    """Codes and missing reasons that are written in another way: old to new.

    Several that become one are merged. A code that becomes a missing reason is given up.
    """

    field: FieldRef
    codes: Mapping[str, str]
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Split:
    """A code of which there are several now (``into``); which of them holds, nobody can tell.

    It becomes the missing reason ``becomes``; without one it stays as it is, for review.
    """

    field: FieldRef
    code: str
    into: tuple[str, ...]
    becomes: str | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Add:
    """A new field, with what stands in it for every record of before; "" for a blank."""

    field: FieldRef
    value: str
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Drop:
    """An old field that there is no longer."""

    field: FieldRef
    origin: Origin = Origin()


Step = Rename | Recode | Split | Add | Drop
Kind = TypeVar("Kind", Rename, Recode, Split, Add, Drop)


@dataclass(frozen=True, slots=True)
class Migration:
    """What leads from the version ``start`` to the one that declares it."""

    start: str
    steps: tuple[Step, ...] = ()
    origin: Origin = Origin()

    def of(self, kind: type[Kind], table: str | None = None) -> tuple[Kind, ...]:
        """The steps of one kind, of one table where it is named."""
        return tuple(
            step
            for step in self.steps
            if isinstance(step, kind) and table in {None, step.field.table}
        )
