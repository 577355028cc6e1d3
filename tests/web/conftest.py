"""The page as it is served: the command in a process of its own, asked by HTTP or a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.pages import WAYS
from tests.web.served import PageTab, Server

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., Server]]:
    """Starts servers, and ends them with the tests."""
    started: list[Server] = []
    # not in pytest's folder, whose files are kept for a while
    with tempfile.TemporaryDirectory() as folder:

        def start_(*options: str) -> Server:
            passing = Path(folder) / str(len(started))
            passing.mkdir()
            process = subprocess.Popen(
                [sys.executable, "-m", "validator", "serve", "--no-browser", *options],
                cwd=passing,
                env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(passing)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert process.stdout is not None
            line = process.stdout.readline()
            started.append(Server(process, line.removeprefix("accordant is at ").strip(), passing))
            return started[-1]

        yield start_
        for server in started:
            if server.process.poll() is None:
                server.stop()


@pytest.fixture(scope="session")
def server(start: Callable[..., Server]) -> Server:
    """A server that takes 1 MB, with a session."""
    server = start("--max-upload", "1")
    server.enter()
    return server


@pytest.fixture
def tab(browser: Browser, start: Callable[..., Server]) -> Iterator[Callable[..., PageTab]]:
    """Opens the page in a browser of its own, on a wide screen if no other way is asked for."""
    contexts = []
    server = start()

    def open_(**way: Any) -> PageTab:
        context = browser.new_context(**{**WAYS["light"], **way})
        context.set_default_timeout(60_000)
        contexts.append(context)
        return PageTab(context.new_page(), server.address)

    yield open_
    for context in contexts:
        context.close()
