"""How examples are drawn (``exploring``), and a real browser for the tests of pages.

It is Debian's Chromium, without a window, driven by Playwright. Where there is none these
tests are skipped, and say what is missing; CI installs it, and lets no test be skipped. One browser
serves all tests of a process: Playwright allows no second.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import exploring

if TYPE_CHECKING:
    from playwright.sync_api import Browser

exploring.load()

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip("NO BROWSER: the pages were not tried. Install it: apt install chromium")
    # root may not use Chromium's sandbox; these pages are our own
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()
