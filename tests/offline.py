"""Runs ``accordant`` and writes down whatever asks for something outside of this computer.

``python -m tests.offline RECORD ARGUMENTS``: Python's audit events tell of every connection, name
look-up and program that is started, whichever library it is, and it is refused. Where the process
has a network namespace of its own (``unshare -rn``) the kernel's own count is written down as well:
of packets for which there was no route, also from code that is not Python and from other processes.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

SIOCSIFFLAGS, UP_AND_RUNNING = 0x8914, 0x41
ASKING = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}
ASKING |= {"socket.gethostbyname": 0, "socket.gethostbyaddr": 0}
"""Audit events, and which of their arguments is the address."""


def stays_here(address: Any) -> bool:
    """Whether an address is this computer's own: its loopback, or a socket in its file system."""
    host = address[0] if isinstance(address, tuple) else address
    host = host.decode() if isinstance(host, bytes) else host
    if host in {None, "", "localhost"} or str(host).startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def audited(record: Path) -> None:
    """From now on, refuse what asks for something outside, and write it down."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        place = ASKING.get(event)
        if place is not None and not stays_here(arguments[place]):
            said = f"{event} {arguments[place]!r}"
        elif event == "subprocess.Popen" and str(arguments[0]) != sys.executable:
            said = f"started {arguments[0]}"
        else:
            return
        with record.open("a", encoding="utf-8") as to:
            to.write(said + "\n")
        raise PermissionError(said)

    sys.addaudithook(hook)


def without_routes() -> int | None:
    """How often this network namespace had no way out; None where it is not our own."""
    if os.environ.get("OWN_NAMESPACE") != "1":
        return None
    lines = Path("/proc/self/net/snmp").read_text("ascii").splitlines()
    heads, values = (line.split() for line in lines if line.startswith("Ip: "))
    counts = dict(zip(heads, values, strict=True))
    six = Path("/proc/self/net/snmp6")
    lines = six.read_text("ascii").splitlines() if six.exists() else []
    counts |= dict(line.split() for line in lines)
    return int(counts["OutNoRoutes"]) + int(counts.get("Ip6OutNoRoutes", 0))


def loopback_up() -> None:
    """Let this namespace reach itself."""
    import fcntl

    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))


def visited(record: Path, workbook: Path) -> dict[str, Any]:
    """What becomes of a workbook that is dropped on the page of ``accordant serve``."""
    from tests.web.served import Server

    command = [sys.executable, "-m", "tests.offline", str(record), "serve", "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        server = Server(process, line.removeprefix("accordant is at ").strip(), record.parent)
        server.enter()
        check = server.begun()
        server.put(check, workbook.name, workbook.read_bytes())
        state = server.finished(check)
        sizes = {
            item["name"]: len(server.ask("GET", f"/checks/{check}/downloads/{item['name']}").body)
            for item in state["downloads"]
        }
        for target in ("xlsx-template", "codebook-html"):
            sizes[target] = len(server.ask("GET", f"/standards/0/{target}").body)
        code, _ = server.stop(signal.SIGINT)
    return {"state": state["state"], "sizes": sizes, "code": code}


def main() -> None:
    """Run the command in question; the last line of the record is the kernel's count."""
    record, *arguments = sys.argv[1:]
    if os.environ.get("OWN_NAMESPACE") == "1":
        # a page that is visited has been given its loopback already
        with contextlib.suppress(PermissionError):
            loopback_up()
    if arguments[:1] == ["--visit"]:
        print(json.dumps(visited(Path(record), Path(arguments[1]))))  # noqa: T201 - its answer
        code = 0
    elif arguments[:1] == ["--ask"]:
        with contextlib.suppress(OSError):
            socket.create_connection((arguments[1], 80), timeout=1)
        code = 0
    else:
        audited(Path(record))
        from validator.cli import main as accordant

        try:
            accordant(arguments)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    counted = without_routes()
    if counted:
        with Path(record).open("a", encoding="utf-8") as to:
            to.write(f"{counted} without a route\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
