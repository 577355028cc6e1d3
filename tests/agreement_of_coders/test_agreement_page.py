"""The page of a comparison, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.agreement_of_coders.made import file, standard
from tests.commands import EXAMPLES
from validator.agreement.as_html import as_html, heat_map, plot
from validator.agreement.compare import agree
from validator.agreement.report import Agreement, Confusion, Estimate, Missing, Options
from validator.measures.agreement_intervals import Bootstrap

CODERS = sorted((EXAMPLES / "coders").glob("*.csv"))
PICTURES = Path(__file__).parents[2] / ".cache" / "screenshots"
WAYS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "contrast": {"forced_colors": "active"},
}


def example(number: int, missing: Missing = Missing.AS_MISSING) -> Agreement:
    how = Options(missing=missing, bootstrap=Bootstrap(samples=100))
    return agree("global-indicator", CODERS[:number], table="series", options=how)


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Opens a comparison in a tab; the list holds all that the browser complains of or asks for."""
    contexts = []

    def open_(agreement: Agreement, **more: object) -> tuple[Page, list[str]]:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_bytes(as_html(agreement))
        contexts.append(browser.new_context(**more))
        page, heard = contexts[-1].new_page(), []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(path.as_uri())
        assert [one for one in heard if not one.startswith("data:")] == [page.url]
        return page, heard

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("missing", Missing)
def test_nothing_keeps_anybody_out_and_nothing_scrolls_sideways(opened, way, missing):
    page, _ = opened(example(3 if missing is Missing.AS_MISSING else 2, missing), **WAYS[way])
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == []
    room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert room[0] <= room[1]
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"agreement-{missing}-{way}.png", full_page=True)


def test_a_heat_map_is_read_by_its_numbers_and_headings(opened):
    agreement = example(2)
    page, _ = opened(agreement)
    (field,) = [item for item in agreement.fields if item.field == "victim_gender"]
    table = page.get_by_role("region", name="Confusion of victim_gender").locator("table")
    rows = table.locator("tbody tr").all()
    shown = {
        (row.locator("th").inner_text(), code): int(cell)
        for row in rows
        for code, cell in zip(
            table.locator("thead th").all_inner_texts(),
            row.locator("td").all_inner_texts(),
            strict=True,
        )
    }
    assert {pair: count for pair, count in shown.items() if count} == dict(field.confusion.counts)


def test_each_interval_is_said_in_words_too(opened):
    agreement = example(2)
    page, _ = opened(agreement)
    alpha = agreement.fields[0].alpha
    told = f"alpha {alpha.value:.3f}, 95% interval {alpha.low:.3f} to {alpha.high:.3f}"
    assert page.get_by_role("img", name=told).count() == 1


def test_where_nothing_could_be_judged_the_page_says_why(opened, tmp_path):
    cells = {"colour": ["red", "red"]}
    coders = [file(tmp_path, name, cells) for name in ("one", "two")]
    page, _ = opened(agree(standard(tmp_path), coders, table="records"))
    assert page.get_by_role("heading", level=1).inner_text().endswith("Not judged")
    assert page.get_by_text("every record has the same code").first.is_visible()
    assert page.get_by_text("None: wherever two coders gave a code, it is the same.").is_visible()


def test_a_heat_map_of_very_many_codes_keeps_those_that_are_confused_most():
    codes = tuple(f"C{number:02d}" for number in range(40))
    counts = {(code, code): 100 for code in codes} | {("C07", "C31"): 5, ("C31", "C20"): 1}
    shown = heat_map(Confusion(codes, counts))
    assert {"C07", "C20", "C31"} < set(shown.codes)
    assert shown.codes == tuple(sorted(shown.codes))
    assert (len(shown.codes), shown.left_out) == (12, 28)
    cells = {
        (row, code): cell
        for row, many in shown.rows
        for code, cell in zip(shown.codes, many, strict=True)
    }
    assert cells["C07", "C31"].shade == 5
    assert cells["C31", "C20"].shade == 1
    assert cells["C31", "C07"].shade == 0


def test_an_interval_that_reaches_below_nothing_is_drawn_from_nothing():
    drawn = plot(Estimate(-0.1, -0.4, 0.2))
    assert (drawn.point, drawn.start, drawn.width) == (0, 0, 20)
    assert plot(Estimate(None, reason="not computable")) is None
