"""k-anonymity and l-diversity of records, and the least that must be withheld to reach them.

Records are a Polars frame of text columns. A *group* is the set of records that share one
combination of quasi-identifiers; every text counts as a value there, missing reasons too (so
does pyCANON). A cell that is withheld is a value as well: records that withhold the same cells
and agree on the others form a group. Counted the other way, as if a withheld cell could hide any
value, groups only grow, so that what is reported is the cautious figure (``loosely`` gives the
other).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

SIZE, POSITION = "__size__", "__position__"


def k_of(records: pl.DataFrame, quasi: Sequence[str]) -> int:
    """The size of the smallest group (0 where there are no records)."""
    if records.is_empty():
        return 0
    return int(records.group_by(quasi).len().get_column("len").min())  # type: ignore[arg-type]  # because a length is a number


def l_of(records: pl.DataFrame, quasi: Sequence[str], sensitive: str) -> int:
    """The fewest distinct values of ``sensitive`` within one group (0 without records)."""
    if records.is_empty():
        return 0
    distinct = records.group_by(quasi).agg(pl.col(sensitive).n_unique().alias(SIZE))
    return int(distinct.get_column(SIZE).min())  # type: ignore[arg-type]  # the same


def below_k(records: pl.DataFrame, quasi: Sequence[str], k: int) -> pl.Series:
    """Which records stand in a group of fewer than ``k``."""
    return records.select((pl.len().over(quasi) < k).alias(SIZE)).to_series()


def below_l(records: pl.DataFrame, quasi: Sequence[str], sensitive: str, least: int) -> pl.Series:
    """Which records stand in a group where ``sensitive`` takes fewer than ``least`` values."""
    return records.select(
        (pl.col(sensitive).n_unique().over(quasi) < least).alias(SIZE)
    ).to_series()


def loosely(records: pl.DataFrame, quasi: Sequence[str], k: int, withheld: str) -> int:
    """How many records are below ``k`` if a withheld cell may agree with any value.

    Counts, for each distinct combination, the records that cannot be told from it.
    """
    groups = records.group_by(quasi).len()
    small = groups.filter(pl.col("len") < k)
    if small.is_empty() or not any((groups.get_column(q) == withheld).any() for q in quasi):
        return int(small.get_column("len").sum())
    found = 0
    for row in small.iter_rows(named=True):
        alike = pl.all_horizontal(
            *((pl.col(q) == row[q]) | (pl.col(q) == withheld) for q in quasi if row[q] != withheld),
            pl.lit(True),
        )
        if int(groups.filter(alike).get_column("len").sum()) < k:
            found += row["len"]
    return found


@dataclass(frozen=True)
class Wanted:
    """What is asked of the records of one table, and the fields in which a cell may be withheld."""

    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    k: int
    least: int
    may_withhold: tuple[str, ...]
    withheld: str


@dataclass(frozen=True)
class Suppression:
    """Cells to withhold: the records with them withheld, and what that costs.

    ``cells`` counts withheld cells by field, ``records`` the records touched. ``left`` are
    records that could not be brought in order: the table is too small or too uniform.
    """

    frame: pl.DataFrame
    cells: dict[str, int]
    records: int
    left: int


def exposed(records: pl.DataFrame, wanted: Wanted) -> pl.Series:
    """Which records stand in a group that is too small or too uniform."""
    found = below_k(records, wanted.quasi, wanted.k)
    for field in wanted.sensitive:
        if wanted.least > 1:
            found |= below_l(records, wanted.quasi, field, wanted.least)
    return found


def suppress(records: pl.DataFrame, wanted: Wanted) -> Suppression:
    """Withhold as few cells as a greedy search finds, until no record is exposed.

    In each round the field is taken whose withholding, in the exposed records alone, brings most
    of them in order. What is left when every cell of them is withheld joins with records of the
    largest groups, which lose theirs too, until the group is large and diverse enough.
    """
    frame = records.with_columns(pl.int_range(records.height).alias(POSITION))
    fields = [name for name in wanted.may_withhold if name in wanted.quasi]
    while fields and (open_ := exposed(frame, wanted)).any():
        tries = [(_after(frame, open_, [name], wanted), name) for name in fields]
        best, name = min(tries, key=lambda pair: (int(exposed(pair[0], wanted).sum()), pair[1]))
        if int(exposed(best, wanted).sum()) >= int(open_.sum()) and len(fields) > 1:
            # no single field helps: the one with the most values in them stands most in the way
            counts = {n: frame.filter(open_).get_column(n).n_unique() for n in fields}
            name = max(fields, key=lambda n: (counts[n], n))
            best = _after(frame, open_, [name], wanted)
        frame = best
        fields.remove(name)
    frame = _join_rest(frame, wanted)
    changed = {
        name: int((frame.get_column(name) != records.get_column(name)).sum())
        for name in wanted.quasi
    }
    touched = pl.DataFrame(
        [frame.get_column(n) != records.get_column(n) for n in wanted.quasi]
    ).select(pl.any_horizontal(pl.all()))
    return Suppression(
        frame.drop(POSITION),
        {name: count for name, count in changed.items() if count},
        int(touched.to_series().sum()),
        int(exposed(frame, wanted).sum()),
    )


def _after(
    frame: pl.DataFrame, where: pl.Series, names: Sequence[str], wanted: Wanted
) -> pl.DataFrame:
    chosen = pl.lit(where)
    return frame.with_columns(
        pl.when(chosen).then(pl.lit(wanted.withheld)).otherwise(pl.col(name)).alias(name)
        for name in names
    )


def _join_rest(frame: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """Let records of large groups join those that are still exposed, one by one."""
    names = [name for name in wanted.may_withhold if name in wanted.quasi]
    for _ in range(frame.height):
        open_ = exposed(frame, wanted)
        if not open_.any() or not names:
            break
        frame = _after(frame, open_, names, wanted)
        open_ = exposed(frame, wanted)
        settled = frame.with_columns(
            pl.len().over(wanted.quasi).alias(SIZE),
            pl.all_horizontal(pl.col(name) == wanted.withheld for name in names).alias("__out__"),
        ).filter(~pl.lit(open_) & ~pl.col("__out__"))
        if settled.is_empty():
            break
        helper = settled.sort(SIZE, POSITION, descending=[True, False])
        # where the group is large enough but too uniform, another value must come in
        for field in wanted.sensitive:
            there = frame.filter(open_).get_column(field).unique().to_list()
            other = helper.filter(~pl.col(field).is_in(there))
            if len(there) < wanted.least and not other.is_empty():
                helper = other
        chosen = frame.get_column(POSITION) == helper.get_column(POSITION)[0]
        frame = _after(frame, chosen, names, wanted) if open_.any() else frame
    return frame
