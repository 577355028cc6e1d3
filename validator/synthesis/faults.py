"""Plants faults, each of which leads to exactly one finding.

A unit gets at most one fault. A fault is tried on the unit as a small submission of its own,
judged whole, and kept if the judge finds just what was meant: so that a changed cell breaks no
other rule, orphans no record and spoils no count. What a unit gets depends on its number and
the seed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from validator.synthesis.blocks import Written, uniform
from validator.synthesis.judge import ID, Judge
from validator.synthesis.plans import Plan, Planner
from validator.synthesis.write import Alter

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRIES = 18
_COPY = 1 << 40
"""What the ID of a copied record has more than its own."""


@dataclass(frozen=True)
class Fault:
    """A fault and the finding that it leads to. ``row`` is a spreadsheet row (the header is 1)."""

    code: str
    table: str
    row: int
    field: str | None
    rule: str | None


@dataclass
class Planted:
    """The tables of a run of units with their faults, ready to be written."""

    frames: dict[str, pl.DataFrame]
    altered: dict[str, dict[int, Alter]]
    plans: list[Plan] = attribute(default_factory=list)

    def located(self, table: str, rows: NDArray[np.int64]) -> Iterator[Fault]:
        """The faults of a table, given the spreadsheet rows that its records were written at."""
        for plan in self.plans:
            if plan.table == table:
                below = plan.alter is not None and plan.alter.adds_row
                yield Fault(plan.code, table, int(rows[plan.row]) + below, plan.field, plan.rule)


class Planter:
    """Plants faults in about ``share`` of the units that it is shown."""

    def __init__(self, judge: Judge, planner: Planner, seed: int, share: float) -> None:
        self._judge = judge
        self._planner = planner
        self._seed = seed
        self._share = share

    def plant(self, written: Mapping[str, Written], start: int) -> Planted:
        """The tables of the run of units that begins with unit ``start``, faults and all."""
        root = self._planner.root
        frames = {name: table.frame for name, table in written.items()}
        draws = uniform(self._seed, f"faults/{root}", start, frames[root].height)
        chosen = np.flatnonzero(draws < self._share)
        plans = self._accepted(written, chosen.tolist(), start)
        altered: dict[str, dict[int, Alter]] = {name: {} for name in frames}
        for plan in plans:
            if plan.alter:
                altered[plan.table][plan.row] = plan.alter
        edited = {
            name: _edited(
                frame, [(p.edited[1], p.edits) for p in plans if p.edits and p.edited[0] == name]
            )
            for name, frame in frames.items()
        }
        return Planted(edited, altered, plans)

    def _accepted(self, written: Mapping[str, Written], units: list[int], start: int) -> list[Plan]:
        root = self._planner.root
        randoms = {u: Random(f"{self._seed}/{root}/{start + u}") for u in units}  # noqa: S311 - reproducible on purpose
        first = {unit: random.randrange(1 << 30) for unit, random in randoms.items()}
        accepted: list[Plan] = []
        for attempt in range(TRIES):
            if not randoms:
                break
            cut = _Cut(written, list(randoms))
            plans = {
                unit: plan
                for unit, random in randoms.items()
                if (
                    plan := self._planner.plan(
                        cut.of(unit), start + unit, attempt, random, first[unit]
                    )
                )
            }
            for unit, plan in self._as_meant(cut, plans).items():
                accepted.append(plan)
                del randoms[unit]
        return accepted

    def _as_meant(self, cut: _Cut, plans: Mapping[int, Plan]) -> dict[int, Plan]:
        """The plans that lead to exactly one finding, where that is of the kind that was meant."""
        said: dict[int, list[Plan]] = {}
        for found in self._judge.findings(*cut.tried(list(plans.values()))):
            for identity in found.ids.tolist():
                row = identity % _COPY
                finding = Plan(found.code, found.table, row, found.field, found.rule)
                said.setdefault(cut.unit_of(found.table, row), []).append(finding)
        good = {}
        for unit, plan in plans.items():
            findings = said.get(unit, [])
            if not plan.judged and not findings:
                good[unit] = plan
            elif plan.judged and [f.code for f in findings] == [plan.code]:
                # whichever rule it is that was broken, it is the only one
                (one,) = findings
                good[unit] = replace(
                    plan, table=one.table, row=one.row, field=one.field, rule=one.rule
                )
        return good


class _Cut:
    """Some units of a run as a submission of their own. IDs are the rows within the run."""

    def __init__(self, written: Mapping[str, Written], units: list[int]) -> None:
        self._units = {name: table.unit for name, table in written.items()}
        wanted = np.zeros(max(units) + 1, np.bool_)
        wanted[units] = True
        self.frames: dict[str, pl.DataFrame] = {}
        self._records: dict[int, dict[str, list[dict[str, str]]]] = {
            unit: {name: [] for name in written} for unit in units
        }
        for name, table in written.items():
            # units stand in order, and so do their rows
            last = int(np.searchsorted(table.unit, len(wanted)))
            rows = np.flatnonzero(wanted[table.unit[:last]])
            frame = table.frame[rows].fill_null("").with_columns(pl.Series(ID, rows, pl.Int64))
            self.frames[name] = frame
            for unit, record in zip(table.unit[rows].tolist(), frame.to_dicts(), strict=True):
                self._records[unit][name].append(record)

    def of(self, unit: int) -> dict[str, list[dict[str, str]]]:
        """The records of one unit, by table."""
        return self._records[unit]

    def unit_of(self, table: str, row: int) -> int:
        """The unit that a record belongs to."""
        return int(self._units[table][row])

    def tried(self, plans: list[Plan]) -> tuple[dict[str, pl.DataFrame], dict[str, set[str]]]:
        """The submission with all these faults in it, and the columns that they change."""
        found: dict[str, pl.DataFrame] = {}
        changed: dict[str, set[str]] = {}
        for name, frame in self.frames.items():
            ids = frame[ID].to_numpy()
            here = [plan for plan in plans if plan.edited[0] == name]
            edits = [(int(np.searchsorted(ids, p.edited[1])), p.edits) for p in here if p.edits]
            altered = _edited(frame, edits)
            changed[name] = {field for _, texts in edits for field in texts or {}}
            copied = [p.row for p in here if p.alter is Alter.COPY_AFTER]
            copies = frame.filter(pl.col(ID).is_in(copied)).with_columns(pl.col(ID) + _COPY)
            found[name] = pl.concat([altered, copies])
            if copied:
                changed[name].update(frame.columns)
        return found, changed


def _edited(
    frame: pl.DataFrame, edits: Iterable[tuple[int, Mapping[str, str] | None]]
) -> pl.DataFrame:
    """The frame with new texts in some cells: pairs of a row and its texts by field."""
    by_field: dict[str, dict[int, str]] = {}
    for row, texts in edits:
        for name, text in (texts or {}).items():
            by_field.setdefault(name, {})[row] = text
    changed = [
        frame[name].clone().scatter(list(cells), list(cells.values()))
        for name, cells in by_field.items()
    ]
    return frame.with_columns(changed)
