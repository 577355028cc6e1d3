"""What the tests of states share: submissions in partitions, and what a check has read of them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from validator import api
from validator.engine import passing
from validator.model.report import Report
from validator.model.standard import Standard
from validator.readers import discovery
from validator.registry import Rendering
from validator.reports.json_report import FORMAT

AS_OF = "2026-01-31"
TABLES = ("series", "media", "victims", "offenders")
Parts = dict[str, list[str]]
"""Lines by file name, the headings first."""


def split(lines: Mapping[str, Sequence[str]], choose: random.Random) -> Parts:
    """The tables of a submission, each cut into one to four files at any places."""
    parts: Parts = {}
    for table, (head, *rows) in lines.items():
        cuts = sorted(choose.choices(range(len(rows) + 1), k=choose.randrange(4)))
        edges = [0, *cuts, len(rows)]
        for number, (start, stop) in enumerate(pairwise(edges)):
            parts[f"{table}-{number}.csv"] = [head, *rows[start:stop]]
    return parts


def written(folder: Path, parts: Parts) -> Path:
    """The files in a folder that holds nothing else. What stays the same is left alone."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in parts:
            path.unlink()
    for name, lines in parts.items():
        data = ("\n".join(lines) + "\n").encode()
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    return folder


def check(
    data: Any, standard: Standard | str | Path | None = "global-indicator", **more: Any
) -> Report:
    return api.check(standard, data, **{"as_of": AS_OF, **more})


def told(report: Report) -> tuple[Any, list[str]]:
    """A report as its JSON says it, without its notes; and the notes."""
    said = json.loads(FORMAT.render(report, Rendering()))
    notes = said.pop("notes")
    # equal findings of one check may stand in any order where they are equally many
    groups = [sorted(map(repr, item.groups)) for item in report.checks]
    return (said, groups), notes


class Looked:
    """What was read: the names of files that a reader was given, and of those passed over."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.passed: list[str] = []


@contextmanager
def looking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Looked]:
    """Notes down each file that is scanned or passed over."""
    looked = Looked()
    read, pass_over = discovery.read, passing.pass_over

    def reading(source: Any, tables: Any = ()) -> Any:
        looked.read.append(Path(source.name).name)
        return read(source, tables)

    def passing_over(asked: Any, progress: Any) -> Any:
        looked.passed.append(Path(asked.reading.path).name)
        return pass_over(asked, progress)

    with monkeypatch.context() as patch:
        patch.setattr(discovery, "read", reading)
        patch.setattr("validator.engine.run.pass_over", passing_over)
        yield looked


def anew(folder: Path) -> Path:
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
