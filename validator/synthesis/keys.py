"""Values that must each be their own: the n-th text of a field, without repeats.

Numbers are scattered over the whole of what the field can hold (an affine map modulo the
capacity is one-to-one), so that a key says nothing of its place in the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import gcd, prod
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from validator.errors import UsageError
from validator.model.lexical import domain
from validator.model.standard import Field, Kind
from validator.synthesis.patterns import ENOUGH, LETTERS, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TABLE = 50_000
"""Characters are written several at a time, from tables of at most this many texts."""
_PLAIN_LENGTH = 10


@dataclass(frozen=True)
class Sequence:
    """The distinct texts of a field: ``capacity`` of them, scattered as ``seed`` says.

    ``pieces`` are tables of texts that are set side by side; ``prefix`` is the
    number of characters in front that another field gives, ``wanted`` how many texts will be.
    """

    name: str
    pieces: tuple[tuple[str, ...], ...]
    seed: int
    prefix: int = 0
    wanted: int = 0
    scattered: bool = True

    @cached_property
    def capacity(self) -> int:
        """How many distinct texts there are."""
        return prod(len(piece) for piece in self.pieces)

    def text(self, numbers: NDArray[np.uint64], before: pl.Series | None = None) -> pl.Series:
        """The texts of ``numbers`` (each below the capacity), with ``before`` in front of them.

        Raises UsageError where the field cannot tell so many records apart.
        """
        if len(numbers) and int(numbers.max()) >= self.capacity:
            message = (
                f"The field '{self.name}' can tell {self.capacity} records apart, and more are "
                "asked for. Ask for fewer rows, or widen its pattern or limits."
            )
            raise UsageError(message)
        left = numbers
        if self.scattered:
            factor, shift = self._affine
            left = (numbers * np.uint64(factor) + np.uint64(shift)) % np.uint64(self.capacity)
        columns: list[pl.Series] = []
        for table in reversed(self._tables):
            size = np.uint64(len(table))
            columns.insert(0, table.gather((left % size).astype(np.uint32)))
            left = left // size
        if before is not None:
            columns.insert(0, before)
        frame = pl.DataFrame({f"{index}": column for index, column in enumerate(columns)})
        return frame.select(pl.concat_str(pl.all())).to_series().alias(self.name)

    @cached_property
    def _tables(self) -> tuple[pl.Series, ...]:
        return tuple(pl.Series(piece, dtype=pl.String) for piece in self.pieces)

    @cached_property
    def _affine(self) -> tuple[int, int]:
        factor = max(int(self.capacity * 0.6180339887), 1)
        while gcd(factor, self.capacity) != 1:
            factor += 1
        digest = hashlib.sha256(f"{self.seed}/{self.name}".encode()).digest()
        return factor, int.from_bytes(digest[:4], "big") % self.capacity


def sequence(field: Field, seed: int, rows: int, prefix: int = 0) -> Sequence:
    """The distinct texts of a field. ``prefix`` characters in front come from elsewhere.

    ``rows`` is how many will be wanted: repeats in a pattern grow as long as that needs.
    """
    if field.kind is Kind.STRING:
        return Sequence(
            field.name, _pieces(_alphabets(field, rows, prefix), prefix), seed, prefix, rows
        )
    listed = domain(field)
    if listed is not None:
        return Sequence(field.name, (listed,), seed, 0, rows, scattered=field.kind is Kind.CODES)
    if field.kind in {Kind.INTEGER, Kind.NUMBER}:
        low = int(float(field.minimum)) if field.minimum is not None else 1
        if field.minimum is None and field.maximum is not None:
            low = int(float(field.maximum)) - rows
        thousands = tuple(f"{n:03}" for n in range(1000))
        if low in {0, 1} and field.maximum is None:
            # 1000, 1001, ...: no leading zeros to mind
            head = tuple(str(n) for n in range(1, 40_000))
            return Sequence(field.name, (head, thousands), seed, 0, rows, scattered=False)
        high = int(float(field.maximum)) if field.maximum is not None else low + rows
        numbers = tuple(str(n) for n in range(low, min(high, low + rows) + 1))
        return Sequence(field.name, (numbers,), seed, 0, rows, scattered=False)
    message = f"No distinct values can be made for the field '{field.name}' of kind {field.kind}."
    raise UsageError(message)


def _alphabets(field: Field, rows: int, prefix: int) -> tuple[str, ...]:
    if field.pattern is not None:
        # a few more than needed: copies for faults get numbers of their own
        needed = min(4 * rows + 1000, ENOUGH)
        return places(field.pattern, needed, fixed=prefix, max_length=field.max_length)
    length = max(field.min_length or 0, min(_PLAIN_LENGTH, field.max_length or _PLAIN_LENGTH))
    return ("A", *[LETTERS] * (length - 1))


def _pieces(alphabets: tuple[str, ...], prefix: int) -> tuple[tuple[str, ...], ...]:
    """Tables for the last places that the capacity leaves room for; those before stay fixed."""
    pieces: list[tuple[str, ...]] = []
    run: list[str] = []
    capacity = 1
    for alphabet in reversed(alphabets[prefix:]):
        usable = alphabet if capacity * len(alphabet) < ENOUGH else alphabet[0]
        capacity *= len(usable)
        if run and prod(map(len, run)) * len(usable) > _TABLE:
            pieces.insert(0, _table(tuple(run)))
            run = []
        run.insert(0, usable)
    return (_table(tuple(run)), *pieces)


@cache
def _table(alphabets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(characters) for characters in product(*alphabets))
