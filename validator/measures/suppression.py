"""The least that must be withheld so that nobody stands out, as a greedy search finds it.

Only some quasi-identifiers may be withheld. The others divide the records into *parts* that never
mix, so each part is asked for what it can give: a group of k, or all of it where it is smaller;
l values of a sensitive field, or as many as it has. ``Suppression.left`` tells where that is not
enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from validator.measures.anonymity import Wanted, exposed

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
WITHHELD = 0
"""The code of a withheld cell, in every column."""
MOST = 2**62


@dataclass(frozen=True)
class Suppression:
    """Cells to withhold: the records with them withheld, and what that costs.

    ``cells`` counts withheld cells by field, ``records`` the records touched. ``left`` are
    records that stand out all the same: their part of the table is too small or too uniform.
    """

    frame: pl.DataFrame
    cells: dict[str, int]
    records: int
    left: int


def suppress(records: pl.DataFrame, wanted: Wanted) -> Suppression:
    """Withhold as few cells as a greedy search finds, until no record is exposed.

    In each round the field is taken whose withholding, in the exposed records alone, brings most
    of them in order. Records that are exposed even with all those fields withheld are joined by
    some from larger groups. Suppressing the result again changes nothing.
    """
    names = [name for name in wanted.may_withhold if name in wanted.quasi]
    if records.is_empty() or not names:
        return Suppression(records, {}, 0, int(exposed(records, wanted).sum()))
    search = _Search(records, wanted, names)
    search.withhold_fields()
    search.join_the_rest()
    hidden = {n: search.columns[n] == WITHHELD for n in names}
    frame = records.with_columns(
        pl.when(pl.Series(flags)).then(pl.lit(wanted.withheld)).otherwise(pl.col(n)).alias(n)
        for n, flags in hidden.items()
    )
    changed = {n: (frame.get_column(n) != records.get_column(n)).to_numpy() for n in names}
    return Suppression(
        frame,
        {n: int(flags.sum()) for n, flags in changed.items() if flags.any()},
        int(np.logical_or.reduce(list(changed.values())).sum()),
        int(exposed(frame, wanted).sum()),
    )


class _Search:
    """The records as numbers: one array of codes for each column, changed as cells are withheld."""

    def __init__(self, records: pl.DataFrame, wanted: Wanted, names: Sequence[str]) -> None:
        self.names = list(names)
        self.columns = {n: _codes(records.get_column(n), wanted.withheld) for n in wanted.quasi}
        self.sensitive = [_codes(records.get_column(n), None) for n in wanted.sensitive]
        fixed = [codes for n, codes in self.columns.items() if n not in names]
        self.part = _ids(fixed) if fixed else np.zeros(records.height, dtype=np.int64)
        # what each record's part can give
        sizes, values = self._sizes(self.part), self._values(self.part)
        self.k = np.minimum(sizes, wanted.k)
        self.least = [np.minimum(each, wanted.least) for each in values]

    def withhold_fields(self) -> None:
        """Withhold one field after another in the records that are exposed."""
        fields = list(self.names)
        open_ = self._exposed(self.columns)
        while fields and open_.any():
            tries = {n: self._exposed(self._without(n, open_)) for n in fields}
            name = min(fields, key=lambda n: (int(tries[n].sum()), n))
            if tries[name].sum() >= open_.sum():
                # no single field helps: the one with the most values in them stands most in the way
                counts = {n: len(np.unique(self.columns[n][open_])) for n in fields}
                name = max(fields, key=lambda n: (counts[n], n))
            self.columns = self._without(name, open_)
            open_ = tries[name]
            fields.remove(name)

    def join_the_rest(self) -> None:
        """Let records of larger groups join those that are still exposed, part by part."""
        open_ = self._exposed(self.columns)
        ids = _ids(list(self.columns.values()))
        for part in np.unique(self.part[open_]):
            there = np.flatnonzero(self.part == part)
            joining = self._joining(there, ids, open_)
            for name in self.names:
                self.columns[name][joining] = WITHHELD

    def _joining(self, there: Codes, ids: Codes, open_: Flags) -> list[int]:
        """Which records of one part must join its exposed ones, so that all are in order."""
        k, least = int(self.k[there[0]]), [int(each[there[0]]) for each in self.least]
        groups: dict[int, list[int]] = {}
        for position in there[~open_[there]].tolist():
            groups.setdefault(int(ids[position]), []).append(position)
        counts = {id_: self._counters(group) for id_, group in groups.items()}
        out = there[open_[there]].tolist()
        found = self._counters(out)
        joined: list[int] = []

        def lacking() -> list[int]:
            return [i for i, low in enumerate(least) if len(found[i]) < low]

        def spare(id_: int, position: int) -> bool:
            """Whether a group is in order without one of its records."""
            return len(groups[id_]) > k and all(
                len(counter) > low or counter[self._value(i, position)] > 1
                for i, (counter, low) in enumerate(zip(counts[id_], least, strict=True))
            )

        def move(id_: int, position: int) -> None:
            joined.append(position)
            for i, (to, of) in enumerate(zip(found, counts[id_], strict=True)):
                value = self._value(i, position)
                to[value] += 1
                of[value] -= 1
                if not of[value]:
                    del of[value]

        while groups and (len(out) + len(joined) < k or lacking()):
            short = lacking()
            position, id_ = max(
                ((position, id_) for id_, group in groups.items() for position in group),
                key=lambda pair: (
                    sum(self._value(i, pair[0]) not in found[i] for i in short),
                    spare(pair[1], pair[0]),
                    len(groups[pair[1]]),
                    -pair[0],
                ),
            )
            if not spare(id_, position):
                # a group that is not in order without one of its records joins as a whole
                for one in groups.pop(id_):
                    move(id_, one)
                continue
            group = groups[id_]
            group.remove(position)
            move(id_, position)
            while not short and group and len(out) + len(joined) < k and spare(id_, group[-1]):
                move(id_, group.pop())
        return joined

    def _value(self, sensitive: int, position: int) -> int:
        return int(self.sensitive[sensitive][position])

    def _counters(self, positions: Sequence[int]) -> list[Counter[int]]:
        return [Counter(codes[positions].tolist()) for codes in self.sensitive]

    def _without(self, name: str, where: Flags) -> dict[str, Codes]:
        return {**self.columns, name: np.where(where, WITHHELD, self.columns[name])}

    def _exposed(self, columns: dict[str, Codes]) -> Flags:
        ids = _ids(list(columns.values()))
        found = self._sizes(ids) < self.k
        for values, least in zip(self._values(ids), self.least, strict=True):
            found |= values < least
        return found

    def _sizes(self, ids: Codes) -> Codes:
        sizes: Codes = np.bincount(ids)[ids]
        return sizes

    def _values(self, ids: Codes) -> list[Codes]:
        """How many values each sensitive field takes in each record's group."""
        found = []
        for codes in self.sensitive:
            top = int(codes.max()) + 1
            pairs = np.unique(ids * top + codes)
            found.append(np.bincount(pairs // top)[ids])
        return found


def _codes(column: pl.Series, withheld: str | None) -> Codes:
    """A number for each text; WITHHELD for what is withheld already."""
    # ranks in the order of the texts, so that the same records always give the same result
    numbers: Codes = column.rank("dense").cast(pl.Int64).to_numpy()
    if withheld is None:
        return numbers
    found: Codes = np.where((column == withheld).to_numpy(), WITHHELD, numbers)
    return found


def _ids(columns: Sequence[Codes]) -> Codes:
    """One number for each combination of codes, from 0 on."""
    ids, size = columns[0], int(columns[0].max()) + 1
    for codes in columns[1:]:
        top = int(codes.max()) + 1
        if size * top > MOST:
            ids = np.unique(ids, return_inverse=True)[1]
            size = int(ids.max()) + 1
        ids, size = ids * top + codes, size * top
    found: Codes = np.unique(ids, return_inverse=True)[1]
    return found
