"""Opens the page at an address of this computer alone, until it is stopped."""

from __future__ import annotations

import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from validator.errors import UsageError
from validator.web.app import application
from validator.web.desk import Desk
from validator.web.guard import Guard, Keys
from validator.web.passing import PassingFolder
from validator.web.work import make_ready

if TYPE_CHECKING:
    import uvicorn

ADDRESS = "127.0.0.1"
"""Never another: what is dropped here is for nobody else on the network."""


def serve(
    standards: Sequence[str],
    *,
    port: int,
    most_bytes: int,
    browser: bool,
    tell: Callable[[str], None],
) -> None:
    """Serve the page until Ctrl-C. ``port`` 0 takes a free one; ``tell`` gets its address.

    ``standards`` are offered beside the shipped ones. Raises UsageError where the port is taken.
    """
    import uvicorn

    make_ready()
    with PassingFolder() as passing, _bound(port) as listening:
        # what libraries put aside while they write a workbook goes the same way
        tempfile.tempdir = str(passing.path)
        number: int = listening.getsockname()[1]
        keys = Keys()
        guard = Guard(application(Desk(passing.path, most_bytes), keys, standards), keys, number)
        config = uvicorn.Config(
            guard,
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        address = f"http://{ADDRESS}:{number}/?token="
        tell(address + keys.token)
        if browser:
            threading.Thread(
                target=webbrowser.open, args=(f"{address}{keys.once}",), daemon=True
            ).start()
        else:
            keys.once = None
        _run(uvicorn.Server(config), listening)


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        # the server has closed in good order, and hands the signal on
        return


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # without it, another program could listen at the same port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except OSError:
        listening.close()
        message = f"Port {port} cannot be used. Leave out --port to take a free one."
        raise UsageError(message) from None
    return listening
