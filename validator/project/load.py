"""Reads a project file: its form by its JSON Schema, every fault at line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validator.errors import BrokenStandard, Problem, UnreadableInput
from validator.model.standard import Severity
from validator.project.settings import Off, Project
from validator.standards.find import PROJECT, standard_in
from validator.standards.form import faults, validator
from validator.standards.strict_yaml import Document, bounded, parse


def here() -> Project | None:
    """The project of the folder in which the command runs, if it has one.

    Only that folder's file has a say: a submission that somebody sent must not bring along what
    is switched off when it is checked.
    """
    path = Path(PROJECT)
    return load(path) if path.is_file() else None


def load(path: Path) -> Project:
    """The project file at ``path``.

    Raises UnreadableInput where it cannot be read, and BrokenStandard with every fault (file,
    line, column, what is wrong, what would be right) where it cannot be used.
    """
    try:
        text = bounded(path)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}. Check the path for a slip."
        raise UnreadableInput(message) from None
    document = parse(text, str(path))
    problems = faults(document, validator("project")) or [*_impossible_days(document)]
    if problems:
        raise BrokenStandard(tuple(problems))
    return _project(path, document)


def _impossible_days(document: Document) -> Iterator[Problem]:
    data: Any = document.data
    for index, entry in enumerate(data.get("off", ())):
        try:
            dt.date.fromisoformat(entry["until"])
        except ValueError:
            what = f"There is no day '{entry['until']}'."
            cure = "Write it as YYYY-MM-DD, such as 2026-12-31."
            yield document.problem(("off", index, "until"), what, cure)


def _project(path: Path, document: Document) -> Project:
    data: Any = document.data
    folder = path.parent
    files = {
        table: tuple(folder / name for name in ([named] if isinstance(named, str) else named))
        for table, named in data.get("files", {}).items()
    }
    weights = data.get("severities", {})
    return Project(
        path=path,
        standard=standard_in(folder, data["standard"]),
        files=files,
        severities={name: Severity(weight) for name, weight in weights.items()},
        off=tuple(
            Off(**entry, at=document.origin(("off", index)))
            for index, entry in enumerate(data.get("off", ()))
        ),
        fail_on=Severity(data["fail_on"]) if "fail_on" in data else None,
        audience=data.get("audience"),
        baseline=folder / data["baseline"] if "baseline" in data else None,
        places={
            (part, name): document.origin((part, name), key=True)
            for part in ("files", "severities")
            for name in data.get(part, {})
        },
    )
