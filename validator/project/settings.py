"""What a project file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from validator.model.standard import Severity
from validator.model.text import Origin

Where = tuple[str, str | None, str | None, str | None]
"""Check code, table, field, rule."""


@dataclass(frozen=True, slots=True)
class Off:
    """A check or a rule that is switched off up to a day (ISO, the last one on which it is off)."""

    reason: str
    until: str
    check: str | None = None
    rule: str | None = None
    table: str | None = None
    field: str | None = None
    at: Origin = Origin()

    def means(self, where: Where) -> bool:
        """Whether a check of that code, table, field and rule is switched off."""
        code, table, field_, rule = where
        named = self.check == code if self.check else self.rule == rule
        return named and self.table in {None, table} and self.field in {None, field_}

    def __str__(self) -> str:
        place = ".".join(filter(None, (self.table, self.field)))
        return f"{self.check or self.rule}" + (f" ({place})" if place else "")


@dataclass(frozen=True)
class Project:
    """A project file. Paths are as they can be opened from where the command runs.

    ``standard`` is a path or a shipped name, ``files`` the files of each table, and
    ``severities`` the weights by finding code and by rule, each with its place in the file.
    """

    path: Path
    standard: str | Path
    files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: tuple[Off, ...] = ()
    fail_on: Severity | None = None
    audience: str | None = None
    baseline: Path | None = None
    places: Mapping[tuple[str, str], Origin] = field(default_factory=dict)

    @property
    def paths(self) -> list[str]:
        """Every file that the project names, in its order."""
        return [str(path) for files in self.files.values() for path in files]

    def tables_of(self, paths: list[str]) -> dict[str, str]:
        """The table of each of those paths that the project names, by the path as given."""
        known = {path.resolve(): table for table, files in self.files.items() for path in files}
        found = ((path, known.get(Path(path).resolve())) for path in paths)
        return {path: table for path, table in found if table is not None}
