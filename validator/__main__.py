"""``accordant``, and ``python -m validator``, which is the same."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from typing import NoReturn


def command() -> NoReturn:
    """Run the command line, and end the process at once.

    The interpreter would first free all that the command has held, object by object: that takes
    some 5 % of a check of a million records, and the system frees it anyway.
    """
    code = 130
    try:
        try:
            # imported here, so that an interrupt meanwhile is no traceback
            from validator.cli import main

            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            # what is left to do is to end
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        from validator.errors import STOPPED

        print(f"accordant: {STOPPED}", file=sys.stderr)  # noqa: T201 - Click may not be there yet
    atexit._run_exitfuncs()  # noqa: SLF001 - what libraries have left to do has no other name
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        # as the interpreter itself would end
        code = 120
    os._exit(code)


if __name__ == "__main__":
    command()
