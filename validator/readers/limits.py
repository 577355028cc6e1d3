"""How much a file may become when it is unpacked, and how long a parser may take."""

from __future__ import annotations

import errno
import os
from pathlib import Path

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


def is_hollow(path: Path) -> bool:
    """Whether a file is long only by its holes: a sparse file of a terabyte takes a few bytes.

    Where the system tells of no holes (Windows, some network shares), or the file cannot be
    opened, it is taken as it is.
    """
    size = held = end = 0
    try:
        with path.open("rb", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            while end < size and expands_too_far(size, held):
                start = file.seek(end, os.SEEK_DATA)
                end = file.seek(start, os.SEEK_HOLE)
                held += end - start
    except (OSError, AttributeError) as error:
        # from there on there is nothing but a hole; anything else means that it cannot be told
        if getattr(error, "errno", None) != errno.ENXIO:
            return False
    return expands_too_far(size, held)
