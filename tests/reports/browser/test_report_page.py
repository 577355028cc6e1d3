"""The web page in a real browser, as stewards use it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pages import PICTURES, WAYS, barriers, pictured, scrolls_sideways
from tests.reports.hostile_texts import MARK, TEXTS, everywhere
from tests.reports.report_samples import SAMPLES, faulty, many_groups
from validator.model.report import Show


@pytest.mark.parametrize("name", SAMPLES)
def test_the_browser_asks_nobody_and_complains_of_nothing(opened, name):
    tab = opened(SAMPLES[name], Show.FULL)
    assert (tab.fetched(), tab.complaints) == ([], [])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["faulty", "clean", "unchecked", "nothing-read"])
def test_axe_finds_nothing_that_keeps_anybody_out(opened, name, way):
    tab = opened(SAMPLES[name], Show.FULL, **WAYS[way])
    tab.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert barriers(tab.page) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_page_never_scrolls_sideways_and_has_its_picture_taken(opened, way):
    tab = opened(replace(faulty, notes=(*faulty.notes, "x" * 500)), Show.FULL, **WAYS[way])
    assert not scrolls_sideways(tab.page)
    assert pictured(tab.page, f"report-{way}").startswith(b"\x89PNG")


def test_findings_filter_by_severity(opened):
    tab = opened(faulty)
    assert tab.shown == "All shown: 12 lines, 123 findings"
    tab.page.get_by_label("errors").uncheck()
    assert set(tab.lines()) == {"suspected-default", "stale-status", "low-completeness"}
    assert tab.shown == "3 of 12 lines, 6 of 123 findings"
    tab.page.get_by_role("button", name="Show all").click()
    assert len(tab.lines()) == 12


@pytest.mark.parametrize(
    ("label", "option", "kinds"),
    [
        ("Table", "victims", ["unexplained-blank"]),
        ("Field", "image_count", ["low-completeness"]),
        ("Kind", "unknown-code", ["unknown-code", "unknown-code"]),
    ],
)
def test_findings_filter_by_table_field_and_kind(opened, label, option, kinds):
    tab = opened(faulty)
    tab.page.get_by_label(label, exact=True).select_option(option)
    assert tab.lines() == kinds


def test_findings_filter_by_words_of_the_message_and_references(opened):
    tab = opened(faulty)
    search = tab.page.get_by_label("Search")
    search.fill("ONE gender series")
    assert tab.lines() == ["rule-broken"]
    search.fill("FRA-000137")
    assert tab.lines() == ["ragged-row"]
    search.fill("no such words")
    assert tab.lines() == []
    assert tab.page.get_by_text("No finding fits.").is_visible()


def test_findings_sort_by_each_heading_and_back(opened):
    tab = opened(faulty)
    before = tab.lines()
    kind = tab.page.get_by_role("columnheader", name="Kind")
    kind.get_by_role("button").click()
    assert tab.lines() == sorted(before)
    assert kind.get_attribute("aria-sort") == "ascending"
    kind.get_by_role("button").click()
    assert tab.lines() == sorted(before, reverse=True)
    rows = tab.page.get_by_role("columnheader", name="Rows")
    rows.get_by_role("button").click()
    assert tab.lines()[0] == "unknown-code"
    assert rows.get_attribute("aria-sort") == "descending"
    assert kind.get_attribute("aria-sort") is None
    tab.page.get_by_role("columnheader", name="Severity").get_by_role("button").click()
    assert tab.lines() == before


def test_everything_works_by_keyboard_alone(opened):
    tab = opened(faulty)
    keyboard = tab.page.keyboard
    keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "findings"
    keyboard.press("Tab")
    keyboard.press("Space")
    assert tab.shown.startswith("3 of 12 lines")
    for _ in range(3):
        keyboard.press("Tab")
    keyboard.type("stale")
    assert tab.lines() == ["stale-status"]


def test_what_changes_is_said_to_a_screen_reader(opened):
    tab = opened(faulty)
    assert tab.page.locator("#shown").get_attribute("role") == "status"
    tab.page.get_by_role("columnheader", name="Kind").get_by_role("button").click()
    assert tab.page.locator("#sorted").inner_text() == "Sorted by Kind, ascending."


def test_a_kind_leads_to_how_to_mend_it(opened):
    tab = opened(faulty)
    tab.page.get_by_role("link", name="duplicate-key").click()
    article = tab.page.locator("#kind-duplicate-key")
    assert article.evaluate("it => it.matches(':target')")
    assert article.get_by_text("Mend it:").is_visible()


def test_without_the_script_the_table_is_whole_and_offers_no_dead_buttons(opened):
    tab = opened(faulty, java_script_enabled=False)
    assert len(tab.lines()) == 12
    assert tab.page.get_by_role("button").count() == 0
    assert not tab.page.locator("#filter").is_visible()


def test_on_paper_every_detail_is_open_and_no_control_is_left(opened):
    tab = opened(faulty)
    tab.page.emulate_media(media="print")
    assert not tab.page.locator("#filter").is_visible()
    paper = tab.page.pdf(path=PICTURES / "report.pdf", format="A4")
    assert paper.startswith(b"%PDF")
    assert tab.page.locator("details:not([open])").count() == 0


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_are_shown_and_never_run(opened, name):
    tab = opened(everywhere(TEXTS[name]), Show.FULL)
    assert tab.page.evaluate(f"window.{MARK}") is None
    assert tab.complaints == []
    assert MARK in tab.page.locator("#findings-table").inner_text()


def test_very_many_lines_stay_usable(opened):
    tab = opened(many_groups)
    tab.page.get_by_label("Search").fill("C07")
    assert tab.shown == "1 of 50 lines, 53 of 1,725 findings"
