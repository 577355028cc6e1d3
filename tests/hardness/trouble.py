"""Trouble at the i-th thing that a writer asks of the system, for whatever i.

Counted are every file that is opened to be written, every half of a write, every flush to the disk
and every change of a name or of a folder.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

KILLED = 9


def kill() -> None:
    """End at once, as by a signal that nothing can catch: no block is left in order."""
    os._exit(KILLED)


def disk_full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupt() -> None:
    raise KeyboardInterrupt


class Trouble:
    """Strikes at the i-th step, and at every later one where it ``stays``.

    Native code writes to the system itself: there, ``writes`` of Python are not to be counted.
    """

    def __init__(
        self, at: int, strike: Callable[[], None], *, stays: bool = False, writes: bool = True
    ) -> None:
        self.at, self.strike, self.stays, self.writes = at, strike, stays, writes
        self.steps = 0

    @property
    def struck(self) -> bool:
        return self.steps >= self.at

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at or (self.stays and self.struck):
            self.strike()

    @contextmanager
    def here(self) -> Iterator[None]:
        """While this is open, what is written meets the trouble."""
        kept = {name: getattr(os, name) for name in ("fsync", "replace", "mkdir", "chmod", "open")}
        opening = io.open
        for name, real in kept.items():
            setattr(os, name, self._counted(real))

        def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if not set(mode) & set("wax+"):
                return opening(file, mode, *rest, **more)
            self.step()
            made = opening(file, mode, *rest, **more)
            return _Slow(made, self) if self.writes else made

        io.open = builtins.open = opened  # type: ignore[assignment]  # because it stands in for it
        try:
            yield
        finally:
            io.open = builtins.open = opening
            for name, real in kept.items():
                setattr(os, name, real)

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            self.step()
            return real(*arguments, **more)

        return counted


class _Slow:
    """A file whose every write takes two steps, so that an end may come between them."""

    def __init__(self, file: Any, trouble: Trouble) -> None:
        self.file, self.trouble = file, trouble

    def write(self, data: Any) -> int:
        half = len(data) // 2
        for part in (data[:half], data[half:]):
            self.trouble.step()
            self.file.write(part)
            self.file.flush()
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> _Slow:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
