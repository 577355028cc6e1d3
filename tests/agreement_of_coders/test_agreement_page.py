"""The page of a comparison, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.agreement_of_coders.made import file, standard
from tests.commands import EXAMPLES
from tests.pages import WAYS, Tab, barriers, pictured, scrolls_sideways
from validator.agreement.as_html import as_html, heat_map, plot
from validator.agreement.compare import agree
from validator.agreement.report import Agreement, Confusion, Estimate, Missing, Options
from validator.measures.agreement_intervals import Bootstrap

CODERS = sorted((EXAMPLES / "coders").glob("*.csv"))


def example(number: int, missing: Missing = Missing.AS_MISSING) -> Agreement:
    how = Options(missing=missing, bootstrap=Bootstrap(samples=100))
    return agree("global-indicator", CODERS[:number], table="series", options=how)


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable[..., Page]]:
    """Opens a comparison in a tab, of which the browser does not complain."""
    contexts = []

    def open_(agreement: Agreement, **way: object) -> Page:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_bytes(as_html(agreement))
        contexts.append(browser.new_context(**way))
        tab = Tab(contexts[-1].new_page(), path.as_uri())
        assert (tab.fetched(), tab.complaints) == ([], [])
        return tab.page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("missing", Missing)
def test_nothing_keeps_anybody_out_and_nothing_scrolls_sideways(opened, way, missing):
    page = opened(example(3 if missing is Missing.AS_MISSING else 2, missing), **WAYS[way])
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert barriers(page) == []
    assert not scrolls_sideways(page)
    pictured(page, f"agreement-{missing}-{way}")


def test_a_heat_map_is_read_by_its_numbers_and_headings(opened):
    agreement = example(2)
    page = opened(agreement)
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
    page = opened(agreement)
    alpha = agreement.fields[0].alpha
    told = f"alpha {alpha.value:.3f}, 95% interval {alpha.low:.3f} to {alpha.high:.3f}"
    assert page.get_by_role("img", name=told).count() == 1


def test_where_nothing_could_be_judged_the_page_says_why(opened, tmp_path):
    cells = {"colour": ["red", "red"]}
    coders = [file(tmp_path, name, cells) for name in ("one", "two")]
    page = opened(agree(standard(tmp_path), coders, table="records"))
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
