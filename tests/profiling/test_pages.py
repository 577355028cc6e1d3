"""The web pages of a profile and of a comparison, in a real browser."""

from __future__ import annotations

import pytest

from tests.commands import SUBMISSION
from tests.pages import WAYS, Tab, barriers, pictured, scrolls_sideways
from tests.profiling.submissions import standard, written
from validator.model.disclosure import AUDIENCES
from validator.profiling.compare import compare
from validator.profiling.comparison_html import as_html as comparison_page
from validator.profiling.profile import profile
from validator.profiling.profile_html import as_html as profile_page

FIELDS = ["received_period", "copine_max", "victim_count", "victim_gender", "suspected_country"]
HOSTILE = "<script>window.ran=1</script>\u202e"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Each page as bytes, by name."""
    folder = tmp_path_factory.mktemp("pages")
    usual = {"red": 60, "blue": 30, "not_recorded": 10}
    merged = {"6": 20, "7": 40, "8": 20, "2": 20}, {"6": 0, "7": 80, "8": 0, "2": 20}
    paths = []
    for name, colour, level in (
        ("A", usual, merged[0]),
        (f"B{HOSTILE.replace('/', '')}", {**usual, "": 20, "blue": 10}, merged[1]),
    ):
        path = folder / name / "records.csv"
        paths.append(str(written(path, {"colour": colour, "level": level}, key="ref").parent))
    return {
        "profile": profile_page(profile(None, SUBMISSION, fields=FIELDS)),
        "profile-public": profile_page(
            profile(None, SUBMISSION, fields=FIELDS, audience=AUDIENCES["public"])
        ),
        "comparison": comparison_page(compare(standard(folder), paths)),
    }


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["profile", "profile-public", "comparison"])
def test_a_page_keeps_nobody_out_and_asks_nobody_for_anything(browser, pages, tmp_path, name, way):
    file = tmp_path / f"{name}.html"
    file.write_bytes(pages[name])
    context = browser.new_context(**WAYS[way])
    try:
        tab = Tab(context.new_page(), file.as_uri())
        assert (tab.fetched(), tab.complaints) == ([], [])
        assert tab.page.evaluate("window.ran") is None
        assert barriers(tab.page) == []
        assert not scrolls_sideways(tab.page)
        pictured(tab.page, f"{name}-{way}")
    finally:
        context.close()


def test_a_bar_says_in_words_what_it_shows(pages):
    page = pages["profile"].decode()
    assert 'aria-label="recorded: 92.5 %, interval 80.1 to 97.4, published 72.5"' in page
    assert ">differs</span>" in page
    hidden = pages["profile-public"].decode()
    assert 'aria-label="both: hidden"' in hidden
