"""What a synthetic submission is made for: which tables of a standard, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from validator.expressions.relations import needs
from validator.model.standard import CodeList, Rule, Standard, Table


@dataclass(frozen=True)
class Setting:
    """The ``tables`` that are made, the ``rules`` that need no others, and the day of the check."""

    standard: Standard
    tables: tuple[Table, ...]
    as_of: str

    @classmethod
    def of(cls, standard: Standard, names: Iterable[str], as_of: str) -> Setting:
        """The setting in which the tables of those names are made."""
        wanted = set(names)
        return cls(standard, tuple(t for t in standard.tables if t.name in wanted), as_of)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that can be checked in these tables alone."""
        there = {table.name for table in self.tables}
        return tuple(r for r in self.standard.rules if there.issuperset(needs(self.standard, r)))

    @property
    def reasons(self) -> CodeList:
        """The standard's missing reasons."""
        return self.standard.missing_reasons
