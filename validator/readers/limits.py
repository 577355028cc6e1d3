"""How much a file may become when it is unpacked, and how long a parser may take."""

from __future__ import annotations

MOST_BYTES = 2 << 30
"""Bytes that one archive or workbook may hold unpacked."""
MOST_ENTRIES = 10_000
"""Files that one archive or workbook may hold."""
_MOST_TIMES = 250
_HARMLESS = 64 << 20

SECONDS = 300.0
"""How long a parser may be silent."""
MOST_MEMORY = 8 << 30
"""Bytes of address space of a parser; never more than the machine's memory."""
MOST_OUTPUT = 4 << 30
"""Bytes of cells that one file may hold, where they are kept in memory."""


def expands_too_far(unpacked: int, packed: int) -> bool:
    """Whether so many bytes out of so few are no table: real ones shrink 20 to 100 times."""
    return unpacked > _HARMLESS and unpacked > _MOST_TIMES * max(packed, 1)
