"""Which separator a delimited file uses."""

from __future__ import annotations

import csv

SEPARATORS = (b",", b";", b"\t", b"|")
NAMES = {b",": "comma", b";": "semicolon", b"\t": "tab", b"|": "pipe"}
_LINES = 25
"""How many lines of the head are compared with the header."""


def separator(head: bytes, known: frozenset[str] = frozenset(), *, tabbed: bool = False) -> bytes:
    """The separator of a file whose text begins with ``head`` (UTF-8, whole lines).

    The header decides: the separator under which most of its cells are ``known`` field names,
    then the one under which most of the next lines have the header's width, then the widest
    header. Where nothing separates, it is a tab for a ``tabbed`` file, and otherwise a comma.
    """
    names = {name.casefold() for name in known}
    lines = [line for line in head.decode(errors="replace").splitlines() if line.strip()][:_LINES]
    order = (b"\t", *SEPARATORS) if tabbed else SEPARATORS

    def score(mark: bytes) -> tuple[int, float, int]:
        rows = _rows(lines, mark)
        if not rows or len(rows[0]) < 2:
            return (0, 0.0, 0)
        header, *rest = rows
        hits = sum(cell.strip().casefold() in names for cell in header)
        even = sum(len(row) == len(header) for row in rest) / len(rest) if rest else 1.0
        return (hits, even, len(header))

    return max(order, key=score)


def _rows(lines: list[str], mark: bytes) -> list[list[str]]:
    """The lines split under ``mark``; a line that csv refuses is split plainly."""
    rows: list[list[str]] = []
    for line in lines:
        try:
            rows.append(next(csv.reader([line], delimiter=mark.decode())))
        except csv.Error:
            rows.append(line.split(mark.decode()))
    return rows
