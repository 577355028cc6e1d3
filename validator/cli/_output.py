"""Writes results: a file is either all there or not there at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from validator.errors import UsageError
from validator.placing import Beside


def print_bytes(data: bytes) -> None:
    """Write a result to standard output, in full.

    A reader that has gone (``| head``) is no error and changes no verdict. Raises UsageError
    where there is no standard output.
    """
    if sys.stdout is None:
        message = "There is no standard output. Name a file with --output."
        raise UsageError(message)
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # so that the interpreter does not stumble over it once more when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_bytes(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write one file, with the folders above it. Whatever happens, it is never half-written.

    A new file may be read by those who may read the file that it is ``like``. Raises UsageError
    where the place cannot be written to.
    """
    write_files(path.parent, {path.name: data}, like=like)


def write_files(folder: Path, files: Mapping[str, bytes], *, like: Path | None = None) -> None:
    """Write files by their path relative to ``folder``; none appears before all are on the disk.

    Raises UsageError where the place cannot be written to.
    """
    try:
        special: dict[Path, bytes] = {}
        with Beside() as beside:
            for name, data in files.items():
                target = folder / name
                if _is_special(target):
                    special[target] = data
                else:
                    with beside.part(target, like).open("wb") as stream:
                        stream.write(data)
        for target, data in special.items():
            with target.open("wb") as stream:
                stream.write(data)
    except OSError as error:
        what = error.strerror or "the system refuses"
        message = f"Cannot write in '{folder}': {what}. Choose another place with --output."
        raise UsageError(message) from None


def _is_special(path: Path) -> bool:
    """Whether there is a device or a pipe, which must be written to and never replaced."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
