"""The codebook in a real browser: searched, read in another language, on a phone, in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import WAYS, Tab, barriers, scrolls_sideways
from validator.registry import targets
from validator.standards.load import load

FEATURES = Path(__file__).with_name("features.yaml")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The codebooks of the standard with every feature, and of the shipped one."""
    folder = tmp_path_factory.mktemp("codebooks")
    for standard in (load(FEATURES), load("global-indicator")):
        for name, data in targets()["codebook-html"].compile(standard).files.items():
            (folder / name).write_bytes(data)
    return {path.stem: path for path in folder.iterdir()}


def opened(browser: Browser, path: Path, **way: Any) -> Page:
    """A page in a tab of its own, of which the browser does not complain."""
    tab = Tab(browser.new_context(**way).new_page(), path.as_uri())
    assert (tab.fetched(), tab.complaints) == ([], [])
    return tab.page


@pytest.mark.parametrize("way", WAYS)
def test_nobody_is_kept_out(browser: Browser, pages: dict[str, Path], way: str) -> None:
    page = opened(browser, pages["features"], **WAYS[way])
    assert barriers(page) == []


def test_the_page_never_scrolls_sideways(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["global-indicator"], **WAYS["phone"])
    assert not scrolls_sideways(page)


def test_words_are_found_whatever_their_accents(browser: Browser, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["global-indicator"])
    page.get_by_label("Search fields").fill("feminin fille")
    shown, every = page.locator("[data-part]:visible").count(), page.locator("[data-part]").count()
    assert page.locator("#found").inner_text() == f"{shown} of {every} entries"
    assert 0 < shown < 9
    assert page.locator("#list-gender-group tbody tr").first.is_visible()
    assert not page.locator("#list-country").is_visible()
    page.get_by_label("Search fields").fill("")
    assert page.locator("[data-part]:visible").count() == every


def test_labels_change_their_language_and_direction(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = opened(browser, pages["global-indicator"])
    row = page.locator("#list-gender-group tbody tr").first
    assert "Female" in row.inner_text()
    page.get_by_label("Labels in").select_option("ar")
    shown = row.locator("td span:visible").first
    assert shown.get_attribute("dir") == "rtl"
    assert shown.inner_text() == "أنثى"
    # what has no Arabic label is shown in English
    assert "Posing" in page.locator("#list-copine").inner_text()
