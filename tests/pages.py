"""What every page is held to in a real browser, whichever room it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).parents[1] / ".cache" / "screenshots"
SCREEN = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WAYS: dict[str, dict[str, Any]] = {
    "light": {"viewport": SCREEN},
    "dark": {"viewport": SCREEN, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
    "contrast": {"viewport": SCREEN, "forced_colors": "active"},
}
"""The ways in which people look at a page, as options of a browser's context."""


class Tab:
    """A page as a browser shows it, and all that the browser complained of or asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)

    def fetched(self) -> list[str]:
        """What was asked for beside the page itself; what the page holds is not asked for."""
        own = (self.page.url, "data:")
        return [url for url in self.requests if not url.startswith(own)]


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What keeps somebody out, as axe finds it: the rule, and the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether a part of it lies beyond the edge."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(wide > room)


def pictured(page: Page, name: str) -> bytes:
    """A picture of the whole page, which is kept for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
