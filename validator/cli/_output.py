"""Writes results so that a file is either all there or not there at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from validator.errors import UsageError


def write_bytes(path: Path, data: bytes) -> None:
    """Write one file, with the folders above it. Whatever happens, it is never half-written.

    Raises UsageError where the place cannot be written to.
    """
    write_files(path.parent, {path.name: data})


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their path relative to ``folder``; none appears before all are on the disk.

    Raises UsageError where the place cannot be written to.
    """
    waiting: dict[Path, Path] = {}
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # a sibling is on the same disk, so that the change of name is one step
            sibling = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
            waiting[sibling] = target
            with sibling.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for sibling, target in waiting.items():
            sibling.replace(target)
    except OSError as error:
        what = error.strerror or "the system refuses"
        message = f"Cannot write in '{folder}': {what}. Choose another place with --output."
        raise UsageError(message) from None
    finally:
        for sibling in waiting:
            with contextlib.suppress(OSError):
                sibling.unlink(missing_ok=True)
