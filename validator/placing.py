"""Files that appear under their names whole, all together, or not at all.

Each is written beside its place under a name of its own, so that two runs never write into one
file, and takes its place in one step when every one of them is on the disk. What ends before that
leaves what was there as it was; where the process is killed, a hidden file may be left over.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path
from types import TracebackType


class Beside:
    """Files being written beside their places. Raises OSError where that cannot be done."""

    def __init__(self) -> None:
        self._targets: dict[Path, Path] = {}

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.place()
        finally:
            self.drop()

    def part(self, target: Path, like: Path | None = None, *, private: bool = False) -> Path:
        """A new, empty file to write into, which becomes ``target``; made with the folders above.

        What a link leads to is replaced, and the link stays. Whoever may read what is replaced, or
        else the file that this one is ``like``, may read the new one, and nobody else. Where it is
        ``private``, its owner alone may.
        """
        target = Path(os.path.realpath(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        # a sibling is on the same disk, so that the change of name is one step
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        self._targets[part] = target
        mode = _mode(target) or (_mode(like) if like else None)
        mode = 0o600 if private else mode
        os.close(
            os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if mode is None else mode)
        )
        if mode is not None:
            part.chmod(mode)
        return part

    def place(self) -> None:
        """Put every file in its place, as leaving without an error does."""
        for part in self._targets:
            with part.open("r+b") as written:
                os.fsync(written.fileno())
        for part, target in self._targets.items():
            part.replace(target)

    def drop(self) -> None:
        """Remove what has not taken its place."""
        for part in self._targets:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
