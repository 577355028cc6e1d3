"""Which separator a delimited file uses."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence

SEPARATORS = (b",", b";", b"\t", b"|")
NAMES = {b",": "comma", b";": "semicolon", b"\t": "tab", b"|": "pipe"}
_LINES = 25
"""How many lines of the head are compared with the header."""
ABOVE = 20
"""The headings stand in one of so many first lines; a title may stand above them."""


def separator(head: bytes, known: frozenset[str] = frozenset(), *, tabbed: bool = False) -> bytes:
    """The separator of a file whose text begins with ``head`` (UTF-8, whole lines).

    The header decides (``heading``): the separator under which most of its cells are ``known``,
    then the one under which most of the next lines have the header's width, then the widest
    header. Where nothing separates, it is a tab for a ``tabbed`` file, and otherwise a comma.
    """
    names = {name.casefold() for name in known}
    lines = [line for line in head.decode(errors="replace").splitlines() if line.strip()][:_LINES]
    order = (b"\t", *SEPARATORS) if tabbed else SEPARATORS

    def score(mark: bytes) -> tuple[int, float, int]:
        rows = _rows(lines, mark)
        if not rows or len(rows[heading(rows, names)]) < 2:
            return (0, 0.0, 0)
        at = heading(rows, names)
        header, rest = rows[at], rows[at + 1 :]
        hits = _hits(header, names)
        even = sum(len(row) == len(header) for row in rest) / len(rest) if rest else 1.0
        return (hits, even, len(header))

    return max(order, key=score)


def heading(rows: Sequence[Sequence[str]], names: Collection[str]) -> int:
    """Which of the first ``rows`` holds the headings: 0, unless titles plainly stand above them.

    That is where a later row holds two ``names`` (casefolded) or more, and twice those of the
    first row.
    """
    hits = [_hits(row, names) for row in rows[:ABOVE]]
    most = max(hits, default=0)
    return hits.index(most) if most >= max(2, 2 * hits[0]) else 0


def _hits(row: Sequence[str], names: Collection[str]) -> int:
    """How many different ``names`` are cells of the row."""
    return len({cell.strip().casefold() for cell in row}.intersection(names))


def _rows(lines: list[str], mark: bytes) -> list[list[str]]:
    """The lines split under ``mark``; a line that csv refuses is split plainly."""
    rows: list[list[str]] = []
    for line in lines:
        try:
            rows.append(next(csv.reader([line], delimiter=mark.decode())))
        except csv.Error:
            rows.append(line.split(mark.decode()))
    return rows
