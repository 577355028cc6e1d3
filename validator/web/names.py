"""Which names a file may come under: plain ones, that are no path and no device anywhere."""

from __future__ import annotations

import re

from validator.errors import UsageError

LONGEST = 150
"""Characters: some systems take 255 bytes, and a letter may be four of them."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def plain(name: str) -> str:
    """``name`` itself, where it is a plain file's name. Raises UsageError where it is not."""
    ends = not name or name.startswith((".", " ", "~$")) or name.endswith((".", " "))
    if ends or len(name) > LONGEST or _FORBIDDEN.search(name) or not name.isprintable():
        message = "A file's name cannot be used. Give it a plain name such as series.csv."
        raise UsageError(message)
    if _DEVICE.fullmatch(name):
        message = "A file is called like a device. Give it a plain name such as series.csv."
        raise UsageError(message)
    return name
