"""What a migration did, for people and for programs (``accordant.migration/1``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.words import many
from validator.registry import Rendering
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool
from validator.reports.layout import heading, indented, line, printed
from validator.versions.cells import Deed, Done
from validator.versions.migrating import Migrated

if TYPE_CHECKING:
    from rich.console import RenderableType

MIGRATION = "accordant.migration/1"
MEANS = {
    Deed.REVIEW: "Left for review: nobody can tell by program what is right; 'check' shows them",
    Deed.GIVEN_UP: "Given up: a missing reason stands where a value was",
    Deed.MERGED: "Merged: what was told apart is one code now",
    Deed.DROPPED: "Dropped: recorded values that have no place any more",
    Deed.RECODED: "Written in another way, and nothing lost",
    Deed.RENAMED: "Renamed",
    Deed.ADDED: "Added: declared by the standard, observed by nobody",
}
"""The deeds, the worst first."""


def as_text(migrated: Migrated, how: Rendering) -> bytes:
    """For a terminal or a log."""
    return printed(_parts(migrated), how)


def _parts(migrated: Migrated) -> Iterator[RenderableType]:
    old, new = migrated.versions[0], migrated.versions[-1]
    lost = sum(migrated.losses.values())
    sign = "TO REVIEW" if migrated.unfinished else "MIGRATED"
    yield line(
        f"{sign}: {old.id} {old.version} to {new.id} {new.version}: "
        + (f"{many(lost, 'cell')} with a loss" if lost else "nothing is lost"),
        "bold red" if migrated.unfinished else "bold yellow" if lost else "bold green",
    )
    if len(migrated.versions) > 2:
        by = ", ".join(standard.version for standard in migrated.versions[1:-1])
        yield line(f"By way of {by}.")
    for name, (path, sheet, _, records) in migrated.inputs.items():
        part = f", {sheet}" if sheet else ""
        yield indented(line(f"{name}: {many(records, 'record')} from {path}{part}"))
    for path, why in migrated.left_out:
        yield line(f"Left out: {path} ({why}).", "yellow")
    for deed, title in MEANS.items():
        found = _of(migrated, deed)
        if found:
            yield from heading(title)
            for done, number in found:
                yield indented(line(f"{done.where}: {done.what}: {many(number, 'record')}"))


def _of(migrated: Migrated, deed: Deed) -> list[tuple[Done, int]]:
    found = [(done, number) for done, number in migrated.tally.items() if done.deed is deed]
    # texts are met in no certain order; the same records give the same bytes
    return sorted(
        (item for item in found if item[1]), key=lambda item: (item[0].where, item[0].what)
    )


def as_json(migrated: Migrated) -> bytes:
    """For programs, after ``schemas/meta/migration.schema.json``."""
    document = {
        "migration": MIGRATION,
        "tool": tool(),
        "versions": [identity(s.id, s.version, s.digest) for s in migrated.versions],
        "summary": {
            "records": sum(records for *_, records in migrated.inputs.values()),
            "cells_with_loss": sum(migrated.losses.values()),
            "to_review": migrated.unfinished,
        },
        "files": [
            {"name": name, "path": path, "sheet": sheet, "table": table, "records": records}
            for name, (path, sheet, table, records) in migrated.inputs.items()
        ],
        "left_out": [{"path": path, "why": why} for path, why in migrated.left_out],
        "done": [
            {
                "deed": deed.value,
                "loss": deed.is_loss,
                "where": done.where,
                "what": done.what,
                "records": number,
            }
            for deed in MEANS
            for done, number in _of(migrated, deed)
        ],
    }
    return written(document)
