"""Which versions lie between two, and whether what leads from one to the next can be used."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from validator.errors import BrokenStandard, Problem, UsageError
from validator.model.standard import Severity, Standard
from validator.standards.load import load
from validator.standards.locate import locate, version_beside, versions
from validator.versions.resolving import faults

_VERSION = re.compile(r"[0-9]+\.[0-9]+[0-9A-Za-z.+-]*")


def pair(old: str, new: str) -> tuple[Standard, Standard]:
    """Two versions. A bare version number stands for one beside the other's.

    Raises UsageError where one is nowhere, and BrokenStandard where one cannot be used.
    """
    bare = [_VERSION.fullmatch(name) is not None and not Path(name).exists() for name in (old, new)]
    if all(bare):
        message = f"{old} and {new} of what? Name the standard too, such as NAME@{new}."
        raise UsageError(message)
    first = _beside(new, old) if bare[0] else old
    second = _beside(old, new) if bare[1] else new
    return load(first), load(second)


def _beside(known: str, version: str) -> Path:
    """A version beside another; its file where that is broken, so that its fault is told."""
    main = locate(known)
    named = main.with_name(f"standard-{version}.yaml")
    if version not in versions(main) and named.is_file():
        return named
    return version_beside(main, version)


def before(standard: Standard) -> Standard | None:
    """The version from which a standard's migration leads, where it stands beside it."""
    if standard.migration is None:
        return None
    found = versions(Path(standard.origin.file)).get(standard.migration.start)
    return load(found) if found else None


def route(old: Standard, new: Standard) -> tuple[Standard, ...]:
    """The versions from ``old`` to ``new``, both included, each with a migration that is sound.

    Raises UsageError where none leads there, and BrokenStandard where one cannot be used.
    """
    steps = [new]
    while steps[0].version != old.version:
        here = steps[0]
        if here.migration is None:
            message = f"Nothing leads from {old.id} {old.version} to {here.version}: "
            if old.migration and old.migration.start == new.version:
                message += f"{new.version} is the older one. Name it with --from, not with --to."
            else:
                message += (
                    f"{here.version} declares no migration. Write 'migrates: {{from: "
                    f"{old.version}}}' in its YAML."
                )
            raise UsageError(message)
        earlier = old if here.migration.start == old.version else before(here)
        if earlier is None or earlier.version in {step.version for step in steps}:
            message = (
                f"{here.id} {here.version} migrates from {here.migration.start}, and not from "
                f"{old.version}. Name {here.migration.start} with --from, or put that version "
                "beside the other."
            )
            raise UsageError(message)
        steps.insert(0, earlier)
    steps[0] = old
    problems = [
        Problem(f.at.file, f.at.line, f.at.column, f.what, f.cure, "unresolved-migration")
        for earlier, later in pairwise(steps)
        for f in faults(later, earlier)
        if f.severity is Severity.ERROR
    ]
    if problems:
        raise BrokenStandard(tuple(problems))
    return tuple(steps)
