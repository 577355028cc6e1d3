"""Kills a writer at its first step, at its second, and so on, and looks at what is left.

``python -m tests.hardness.killed FOLDER`` prints one line for each: the step, how it ended, and
what each file holds. One process forks for all of them: it has loaded nothing that has threads.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from pathlib import Path

from tests.hardness.trouble import Trouble, kill
from validator.cli._output import write_files

OLD, NEW = b"old " * 1000, b"brand new " * 3000
NAMES = ("report.json", "more/report.html")


def write(folder: Path) -> None:
    """The writer: one file that is there already, and one that is not, in a folder to be made."""
    write_files(folder, dict.fromkeys(NAMES, NEW))


def main() -> None:
    place = Path(sys.argv[1])
    for at in itertools.count(1):
        folder = place / str(at)
        folder.mkdir()
        (folder / NAMES[0]).write_bytes(OLD)
        child = os.fork()
        if not child:
            trouble = Trouble(at, kill)
            with trouble.here():
                write(folder)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps([at, code, [told(folder / name) for name in NAMES]]))  # noqa: T201 - its answer
        if not code:
            return


def told(path: Path) -> str:
    data = path.read_bytes() if path.exists() else b""
    return {b"": "nothing", OLD: "old", NEW: "new"}.get(data, "part of a file")


if __name__ == "__main__":
    main()
