"""Mends a copy of a submission: from its readings and all that was found, the new files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from validator.mending.carried import carried
from validator.mending.changes import Change, Of, by_reading, changes
from validator.mending.copy import changeable, computed, copy, writes
from validator.mending.withhold import withholding
from validator.model.disclosure import Audience
from validator.model.reading import Reading
from validator.model.report import Report
from validator.model.standard import Standard


@dataclass(frozen=True)
class Mended:
    """``files`` holds the new bytes of each file by its path, and ``changes`` what was changed.

    ``left_out`` are files whose structure must be mended by hand first, and ``unwritten`` those of
    a format that is read and not written. ``carried`` are the rows of each file and sheet that
    stand in the copy as they were, because what stands where in them is not certain. ``exposed``
    counts, by table, the records that stay exposed to the audience.
    """

    files: Mapping[str, bytes]
    changes: Sequence[Change]
    left_out: Sequence[str]
    exposed: Mapping[str, int]
    unwritten: Sequence[str] = ()
    carried: Mapping[Of, Sequence[int]] = field(default_factory=dict)


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
    paths = dict.fromkeys(reading.path for reading in readings)
    rows = {(r.path, r.sheet): carried(r) for r in readings if writes(r.path)}
    unsound = {
        path
        for (path, _), of_sheet in rows.items()
        if of_sheet is None or (audience is not None and of_sheet)
    }
    if audience is not None:
        # a formula could show again what is withheld
        unsound |= {r.path for r in readings if r.path not in unsound and computed(r)}
    there = [path for path in paths if path not in unsound and writes(path)]
    made = [c for c in changes(standard, report, unsafe=unsafe) if c.file in there]
    exposed: Mapping[str, int] = {}
    if audience is not None:
        tables: dict[str, list[Reading]] = {}
        for reading, source in zip(readings, report.inputs, strict=True):
            if source.table and reading.path in there:
                tables.setdefault(source.table, []).append(reading)
        withheld, exposed = withholding(standard, audience, tables, by_reading(made))
        # a cell that was respelt and is then withheld is changed once
        made = list({change.place: change for change in (*made, *withheld)}.values())
    wanted = by_reading(made)
    files: dict[str, bytes] = {}
    done: list[Change] = []
    for path in there:
        tables_of = [reading for reading in readings if reading.path == path]
        stay = {r.sheet: rows[path, r.sheet] or {} for r in tables_of}
        changed = [changeable(r, wanted.get((path, r.sheet), []), stay[r.sheet]) for r in tables_of]
        files[path] = copy(tables_of, changed, stay[tables_of[0].sheet])
        done += [change for of_table in changed for change in of_table]
    return Mended(
        files=files,
        changes=done,
        left_out=[path for path in paths if path in unsound],
        exposed=exposed,
        unwritten=[path for path in paths if path not in unsound and not writes(path)],
        carried={of: list(stay) for of, stay in rows.items() if stay and of[0] in there},
    )
