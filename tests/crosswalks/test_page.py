"""The web page of a translation: its picture, the same in a table, and nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import EXAMPLES, Command, accordant
from tests.crosswalks.making import made
from tests.pages import barriers, scrolls_sideways
from validator.crosswalks.as_html import as_html
from validator.crosswalks.flow import MOST, flow
from validator.crosswalks.judge import Outcome
from validator.crosswalks.report import CodeLoss
from validator.crosswalks.translate import translate

__all__ = ["accordant"]


@pytest.fixture
def page(accordant: Command, tmp_path: Path) -> str:
    arguments = ["translate", EXAMPLES / "national-example", "-c", "national-example"]
    return accordant(*arguments, "-o", tmp_path / "out", "--format", "html").out


def test_the_page_asks_nobody_for_anything(page: str):
    assert not re.search(r"url\(|@import|https?:", page)
    assert not re.search(r"\sstyle=", page)
    assert "default-src 'none'" in page


def test_every_picture_has_words_and_a_table_that_say_the_same(page: str):
    articles = re.findall(r"<article.*?</article>", page, re.DOTALL)
    drawn = [text for text in articles if "<svg" in text]
    assert drawn
    for text in drawn:
        assert 'role="img" aria-label="' in text
        assert "<table" in text
        bands = sum(int(n.replace(",", "")) for n in re.findall(r", ([\d,]+)</title>", text))
        cells = re.findall(r'<td class="figure">([\d,]+)</td>', text)
        assert bands == sum(int(n.replace(",", "")) for n in cells)


def test_what_a_strangers_codes_hold_is_harmless(tmp_path: Path):
    hostile = "<script>alert(1)</script>"
    schemes = {"left-1": [hostile, "a"], "right-1": ["x"]}
    rows = [{"from": [hostile, "a"], "to": "x", "predicate": "broadMatch"}]
    crosswalk = made(tmp_path, schemes, rows=rows, title=hostile)
    (tmp_path / "data.csv").write_text(f"left,n\n{hostile},1\na,2\n", "utf-8")
    translation = translate(crosswalk, [tmp_path / "data.csv"], tmp_path / "out")
    assert hostile not in as_html(translation).decode()


names = st.text("abc", min_size=1, max_size=2)
losses = st.lists(
    st.builds(
        CodeLoss,
        codes=st.tuples(names),
        text=names,
        outcome=st.sampled_from(list(Outcome)),
        records=st.integers(1, 10**6),
    ),
    max_size=40,
)


@given(losses)
def test_the_bands_fill_their_bars_and_stay_in_the_picture(codes: list[CodeLoss]):
    picture = flow(codes)
    if picture is None:
        assert not codes
        return
    assert len(picture.nodes) <= 2 * MOST
    assert sum(int(link.title.rpartition(", ")[2].replace(",", "")) for link in picture.links) == (
        sum(code.records for code in codes)
    )
    for node in picture.nodes:
        assert node.y >= 0
        assert node.y + node.height <= picture.height
    for side, x in (("start", 160.0), ("end", 420.0)):
        bars = sum(node.height for node in picture.nodes if node.x == x)
        bands = 0.0
        for link in picture.links:
            found = [float(n) for n in re.findall(r",(-?[\d.]+)", link.path)]
            # M a C a b b L c C c d d
            bands += found[7] - found[0] if side == "start" else found[4] - found[3]
        assert bands == pytest.approx(bars, abs=0.1 * (len(picture.links) + len(picture.nodes)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_anybody_out(browser, page: str, tmp_path: Path, scheme: str):
    place = tmp_path / "page.html"
    place.write_text(page, "utf-8")
    opened = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
    try:
        opened.goto(place.as_uri())
        assert barriers(opened) == []
        assert not scrolls_sideways(opened)
    finally:
        opened.close()
