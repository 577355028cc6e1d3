"""Reports as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.pages import WAYS, Tab
from validator.model.report import Report, Show
from validator.registry import Rendering, formats


class ReportTab(Tab):
    """A report as a browser shows it."""

    @property
    def shown(self) -> str:
        return self.page.locator("#shown").inner_text()

    def lines(self) -> list[str]:
        """The kinds of the findings that are to be seen, in their order."""
        return self.page.locator(
            "#findings-table tbody tr:visible td:last-child a"
        ).all_inner_texts()


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable[..., ReportTab]]:
    """Opens a report in a tab of its own, on a wide screen if no other way is asked for."""
    contexts = []

    def open_(
        report: Report,
        show: Show = Show.LOCATION,
        **way: object,
    ) -> ReportTab:
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_bytes(formats()["html"].render(report, Rendering(show)))
        context = browser.new_context(**{**WAYS["light"], **way})
        contexts.append(context)
        return ReportTab(context.new_page(), file.as_uri())

    yield open_
    for context in contexts:
        context.close()
