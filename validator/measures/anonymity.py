"""k-anonymity and l-diversity of records.

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

SIZE, MASK = "__size__", "__mask__"
MOST_PATTERNS = 24


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
    return int(distinct.get_column(SIZE).min())  # type: ignore[arg-type]  # because a count is a number


def below_k(records: pl.DataFrame, quasi: Sequence[str], k: int) -> pl.Series:
    """Which records stand in a group of fewer than ``k``."""
    return records.select((pl.len().over(quasi) < k).alias(SIZE)).to_series()


def below_l(records: pl.DataFrame, quasi: Sequence[str], sensitive: str, least: int) -> pl.Series:
    """Which records stand in a group where ``sensitive`` takes fewer than ``least`` values."""
    return records.select(
        (pl.col(sensitive).n_unique().over(quasi) < least).alias(SIZE)
    ).to_series()


def loosely(records: pl.DataFrame, quasi: Sequence[str], k: int, withheld: str) -> int | None:
    """How many records are below ``k`` if a withheld cell may agree with any value.

    Counts, for each distinct combination, the records that cannot be told from it. None where
    cells are withheld in more than MOST_PATTERNS ways: that would take too long.
    """
    groups = records.group_by(quasi).len()
    masks = [(pl.col(q) == withheld).cast(pl.Int64) * 2**i for i, q in enumerate(quasi)]
    by_mask = groups.with_columns(pl.sum_horizontal(masks).alias(MASK)).partition_by(
        MASK, as_dict=True
    )
    if len(by_mask) > MOST_PATTERNS:
        return None
    found = 0
    for (mask,), these in by_mask.items():
        small = these.filter(pl.col("len") < k)
        alike = small.select(*quasi, "len", pl.lit(0, pl.Int64).alias(SIZE))
        for (other,), those in by_mask.items():
            # two combinations agree where they do in every field that both show
            shown = [q for i, q in enumerate(quasi) if not (mask | other) >> i & 1]
            if shown and not alike.is_empty():
                sums = those.group_by(shown).agg(pl.col("len").sum().cast(pl.Int64).alias("more"))
                alike = alike.join(sums, on=shown, how="left").with_columns(
                    pl.col(SIZE) + pl.col("more").fill_null(0)
                )
                alike = alike.drop("more")
            else:
                alike = alike.with_columns(pl.col(SIZE) + int(those.get_column("len").sum()))
        found += int(alike.filter(pl.col(SIZE) < k).get_column("len").sum())
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


def exposed(records: pl.DataFrame, wanted: Wanted) -> pl.Series:
    """Which records stand in a group that is too small or too uniform."""
    found = below_k(records, wanted.quasi, wanted.k)
    for field in wanted.sensitive:
        if wanted.least > 1:
            found |= below_l(records, wanted.quasi, field, wanted.least)
    return found
