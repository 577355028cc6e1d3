"""What a migration makes of the cells of one field, and what is lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from validator.model.migration import Split
from validator.model.standard import Field, Standard
from validator.versions.resolving import becomes, is_cell


class Deed(StrEnum):
    """What was done to a record's field. The last four are losses."""

    RENAMED = "renamed"
    RECODED = "recoded"
    ADDED = "added"
    MERGED = "merged"
    GIVEN_UP = "given-up"
    REVIEW = "left-for-review"
    DROPPED = "dropped"

    @property
    def is_loss(self) -> bool:
        """Whether the new record says less than the old one, or is not finished."""
        return self in {Deed.MERGED, Deed.GIVEN_UP, Deed.REVIEW, Deed.DROPPED}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done, and to how many records.

    ``where`` is a ``table.field`` of the new version (of the old one for what was dropped), and
    ``what`` holds codes and reasons of the two versions, never another cell.
    """

    deed: Deed
    where: str
    what: str


Tally = Counter[Done]


@dataclass(frozen=True)
class Recoding:
    """The cells of one field on their way from one version to the next."""

    old: Field
    new: Field
    standard: Standard
    table: str

    @property
    def where(self) -> str:
        """The field's full name."""
        return f"{self.table}.{self.new.name}"

    @cached_property
    def becomes(self) -> Mapping[str, str]:
        """Old to new, for what is written in another way."""
        return becomes(self.new, self.standard.migration, self.table)

    @cached_property
    def _splits(self) -> Mapping[str, Split]:
        migration = self.standard.migration
        steps = migration.of(Split, self.table) if migration else ()
        return {step.code: step for step in steps if step.field.field == self.new.name}

    @cached_property
    def _known(self) -> tuple[str, ...]:
        """Every code and reason of the old field."""
        codes = self.old.codelist.by_code if self.old.codelist else ()
        return (*codes, *self.old.missing)

    @cached_property
    def changes(self) -> bool:
        """Whether any cell can change, or must be looked at."""
        return bool(self._splits or any(self.deed(text) for text in (*self._known, *self.becomes)))

    def deed(self, text: str) -> Done | None:
        """What is done to one code or reason; None where it stays."""
        if split := self._splits.get(text):
            one_of = f"{text} (now one of {', '.join(split.into)})"
            if split.becomes is None:
                return Done(Deed.REVIEW, self.where, f"{one_of} stays")
            return Done(Deed.GIVEN_UP, self.where, f"{one_of} to {split.becomes}")
        to = self.becomes.get(text)
        if to is None:
            # only what the old version knew: what was at fault before is none of our business
            stays = text in self._known and not is_cell(self.standard, self.new, text)
            return Done(Deed.REVIEW, self.where, f"{text} stays") if stays else None
        if to in self.new.missing and text not in self.old.missing:
            deed = Deed.GIVEN_UP
        else:
            alike = [item for item in self._known if self.becomes.get(item, item) == to]
            deed = Deed.MERGED if len({*alike, text}) > 1 else Deed.RECODED
        return Done(deed, self.where, f"{text} to {to or 'a blank'}")

    def cell(self, text: str) -> tuple[str, list[Done]]:
        """The new text of a cell, and what was done to it."""
        if not self.old.many:
            done = self.deed(text)
            return self.becomes.get(text, text), [done] if done else []
        parts = text.split(self.old.separator)
        deeds = [done for part in parts if (done := self.deed(part))]
        if not deeds and self.old.separator == self.new.separator:
            return text, []
        written = list(dict.fromkeys(self.becomes.get(part, part) for part in parts))
        # beside codes that are known a reason has no place
        codes = [part for part in written if part not in self.new.missing]
        return self.new.separator.join(codes or written[:1]), deeds
