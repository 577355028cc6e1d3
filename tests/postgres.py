"""A real PostgreSQL server for a test: made in a folder, started on a socket, and stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROLE = "postgres"


def _program(name: str) -> str:
    """Debian keeps the server's programs away from the path."""
    found = shutil.which(name) or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)),
        None,
    )
    assert found, f"These tests need a PostgreSQL server, and {name} is not there."
    return found


def _as_role() -> Sequence[str]:
    # the server refuses to be started by root
    return ("runuser", "-u", ROLE, "--") if os.getuid() == 0 else ()


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, and the role that owns it."""

    folder: Path
    role: str

    def run(self, script: str, *, database: str = "postgres") -> str:
        """What psql says to a script, errors and all, in order."""
        command = [_program("psql"), "-X", "-h", str(self.folder), "-U", self.role, "-d", database]
        done = subprocess.run(
            [*command, "-f", "-"],
            input=script,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


@contextmanager
def server() -> Iterator[Server]:
    """A server of one's own, without a network address, gone afterwards."""
    # a socket's path must be short, and the server's role must be able to reach it
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    data, role = folder / "data", ROLE
    try:
        if os.getuid() == 0:
            shutil.chown(folder, ROLE)
        start = [_program("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        make = [_program("initdb"), "-D", str(data), "-U", role, "-A", "trust", "-N"]
        options = f"-c listen_addresses= -c fsync=off -k {folder}"
        _done([*_as_role(), *make, "-E", "UTF8", "--locale", "C.UTF-8"])
        _done([*_as_role(), *start, "-o", options, "start"])
        try:
            yield Server(folder, role)
        finally:
            _done([*_as_role(), *start, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _done(command: Sequence[str]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
