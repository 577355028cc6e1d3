"""Reports as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from validator.model.report import Report, Show
from validator.registry import Rendering, formats


class Tab:
    """A report as a browser shows it, and all that the browser complained of or asked for."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri())

    @property
    def shown(self) -> str:
        return self.page.locator("#shown").inner_text()

    def lines(self) -> list[str]:
        """The kinds of the findings that are to be seen, in their order."""
        return self.page.locator(
            "#findings-table tbody tr:visible td:last-child a"
        ).all_inner_texts()


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable[..., Tab]]:
    """Opens a report in a tab of its own: ``width`` and ``height`` in CSS pixels."""
    contexts = []

    def open_(
        report: Report,
        show: Show = Show.LOCATION,
        *,
        width: int = 1280,
        height: int = 900,
        **more: object,
    ) -> Tab:
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_bytes(formats()["html"].render(report, Rendering(show)))
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        return Tab(context.new_page(), file)

    yield open_
    for context in contexts:
        context.close()
