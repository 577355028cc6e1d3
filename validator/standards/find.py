"""Which standard a submission follows, where nobody named one."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Any

from validator.errors import UsageError
from validator.expressions.headings import ENOUGH, cover
from validator.model.standard import Standard
from validator.standards.load import load
from validator.standards.locate import is_file, is_folder, shipped
from validator.standards.strict_yaml import bounded, parse

PROJECT, PACKAGE = "accordant.yaml", "datapackage.json"
_MOST_PACKAGE = 10 << 20


def declared(paths: Sequence[str | Path]) -> tuple[str | Path, str] | None:
    """The standard that a file beside the data names, and which file that is.

    Looks for ``accordant.yaml`` and then ``datapackage.json`` in the folder of each path. A
    relative path in them starts at their folder. Raises BrokenStandard or UsageError where one
    of them cannot be used.
    """
    files = (Path(path) for path in paths if str(path) != "-" and "://" not in str(path))
    for folder in dict.fromkeys(map(_folder, files)):
        project, package = folder / PROJECT, folder / PACKAGE
        if project.is_file():
            data: Any = parse(bounded(project), str(project)).data
            name = data.get("standard") if isinstance(data, dict) else None
            if not isinstance(name, str):
                message = f"{project} names no standard. Write 'standard: NAME' in it."
                raise UsageError(message)
            return standard_in(folder, _here(name, project)), str(project)
        if package.is_file() and (found := _in_package(package)):
            return standard_in(folder, _here(found, package)), str(package)
    return None


@cache
def offered() -> tuple[Standard, ...]:
    """The shipped standards."""
    return tuple(map(load, shipped()))


def fitting(headings: Sequence[Collection[str]]) -> tuple[Standard, str]:
    """The only shipped standard whose tables fit the files. Raises UsageError where none does."""
    fits = [
        standard
        for standard in offered()
        if any(cover(t, columns) >= ENOUGH for t in standard.tables for columns in headings)
    ]
    if len(fits) == 1:
        return fits[0], "the only standard whose tables fit"
    names = ", ".join(standard.id for standard in fits) or ", ".join(shipped())
    what = "Several standards fit" if fits else "No standard fits"
    message = f"{what} these files. Name one with --standard: {names}."
    raise UsageError(message)


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _here(name: str, file: Path) -> str:
    """``name``, unless it leads to another computer: what was sent in must not have us ask one."""
    if PureWindowsPath(name).drive.startswith(("\\\\", "//")) or "://" in name:
        message = f"{file} names a standard on another computer. Name one with --standard."
        raise UsageError(message)
    return name


def standard_in(folder: Path, name: str) -> str | Path:
    """The standard that a file in ``folder`` names.

    A name is a shipped standard's, unless a file or folder of that name is there.
    """
    path = folder / name
    return path if is_file(path) or is_folder(path) else name


def _in_package(path: Path) -> str | None:
    """The identifier that ``compile --to datapackage`` writes: ``accordant.standard``."""
    try:
        data = json.loads(bounded(path, _MOST_PACKAGE))
    except (ValueError, RecursionError):
        message = f"{path} is not JSON. Correct it, or name the standard with --standard."
        raise UsageError(message) from None
    note = data.get("accordant") if isinstance(data, dict) else None
    name = note.get("standard") if isinstance(note, dict) else None
    return name if isinstance(name, str) else None
