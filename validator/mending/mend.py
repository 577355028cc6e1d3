"""Mends a copy of a submission: from its readings and all that was found, the new files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validator.mending.changes import Change, by_file, changes
from validator.mending.copy import copy, is_sound
from validator.mending.withhold import withholding
from validator.model.disclosure import Audience
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Standard


@dataclass(frozen=True)
class Mended:
    """``files`` holds the new bytes of each file by its path, and ``changes`` what was changed.

    ``left_out`` are files whose structure must be mended by hand first; ``exposed`` counts, by
    table, the records that stay exposed to the audience.
    """

    files: Mapping[str, bytes]
    changes: Sequence[Change]
    left_out: Sequence[str]
    exposed: Mapping[str, int]


def mend(
    standard: Standard,
    readings: Sequence[Reading],
    report: Report,
    *,
    unsafe: bool = False,
    audience: Audience | None = None,
) -> Mended:
    """Change what leaves no doubt, and with ``audience`` withhold what exposes somebody to it.

    ``report`` must hold every finding. ``unsafe`` also writes what is only likely.
    """
    sound = [reading for reading in readings if is_sound(reading)]
    there = {reading.path for reading in sound}
    made = [c for c in changes(standard, report, unsafe=unsafe) if c.file in there]
    exposed: Mapping[str, int] = {}
    if audience is not None:
        tables: dict[str, list[Reading]] = {}
        for reading, source in zip(readings, report.inputs, strict=True):
            if source.table and reading.path in there:
                tables.setdefault(source.table, []).append(reading)
        withheld, exposed = withholding(standard, audience, tables, by_file(made))
        # a cell that was respelt and is then withheld is changed once
        last = {(c.file, c.row, c.field): c for c in (*made, *withheld)}
        made = list(last.values())
    wanted = by_file(made)
    return Mended(
        files={reading.path: copy(reading, wanted.get(reading.path, [])) for reading in sound},
        changes=[change for file in wanted.values() for change in file],
        left_out=[reading.path for reading in readings if not is_sound(reading)],
        exposed=exposed,
    )
