"""A folder for files in passing: it goes when the program ends, however it ends."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

# It reads until the program that started it is gone, and then clears away. A program that is
# killed, or crashes, closes its end of the pipe all the same.
_WATCH = """
import shutil, sys, time
sys.stdin.buffer.read()
for _ in range(50):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    try:
        open(sys.argv[1]).close()
    except FileNotFoundError:
        break
    except OSError:
        time.sleep(0.1)
"""


class PassingFolder:
    """A folder that only this user can read. Leaving the context removes it; so does a crash."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="accordant-"))
        windows = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        # a group of its own, so that Ctrl-C does not end it before its work
        self._watch = subprocess.Popen(  # noqa: S603 - our own interpreter and our own text
            [sys.executable, "-I", "-c", _WATCH, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=windows,
            start_new_session=not windows,
        )

    def __enter__(self) -> PassingFolder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._watch.stdin is not None:
            with contextlib.suppress(OSError):
                self._watch.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._watch.wait(timeout=10)
