"""The web page as a file: what a browser is told, and how large it becomes."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.reports.report_samples import (
    SAMPLES,
    SERIES,
    clean,
    empty,
    faulty,
    found,
    report,
    unchecked,
)
from validator.model.report import Show
from validator.registry import Rendering, formats


def page(of, show=Show.LOCATION) -> str:
    return formats()["html"].render(of, Rendering(show)).decode()


def text(of, show=Show.LOCATION) -> str:
    """The words of a page, without its style and script."""
    plain = re.sub(r"<(style|script)>.*?</\1>", "", page(of, show), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


class Addresses(HTMLParser):
    """What a page could make a browser ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        del tag
        wanted = {"href", "src", "srcset", "action", "data", "poster", "formaction", "ping"}
        self.found += [value or "" for name, value in attrs if name in wanted]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_asks_nobody_for_anything(name):
    parser = Addresses()
    parser.feed(page(SAMPLES[name]))
    assert {address for address in parser.found if not address.startswith("#")} == {"data:,"}
    assert not re.search(r"url\(|@import|https?:", page(SAMPLES[name]))


@pytest.mark.parametrize("name", ["style", "script"])
def test_the_policy_allows_its_own_style_and_script_alone(name):
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page(faulty))
    assert policy.startswith("default-src &#39;none&#39;;".replace("&#39;", "'"))
    (content,) = re.findall(rf"<{name}>(.*?)</{name}>", page(faulty), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert f"{name}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_the_policy_comes_before_all_that_it_governs():
    head = page(faulty)
    assert head.index("Content-Security-Policy") < head.index("<link") < head.index("<style")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (clean, "READY no errors in 1,200 records"),
        (faulty, "NOT READY TO SHARE 117 errors of 8 kinds in the submission"),
        (unchecked, "COULD NOT BE CHECKED 1 check broke down; the others found 1 error"),
        (empty, "NOTHING TO CHECK no record of any table in series.csv"),
    ],
)
def test_the_verdict_stands_first(of, expected):
    assert expected in text(of)[:400]


def test_what_was_not_run_says_why_and_what_broke_down_is_no_fault_of_the_data():
    told = text(faulty)
    assert "8 checks: the submission has no table offenders" in told
    assert "noncanonical-code, placeholder-text, unexplained-blank, unknown-code" in told
    assert "The fault is in accordant, not in the data." in text(unchecked)


def test_each_kind_of_finding_says_how_to_mend_it():
    told = text(faulty)
    kinds = {item.code for item in faulty.findings}
    assert {found for found in kinds if f'id="kind-{found}"' in page(faulty)} == kinds
    assert told.count("Mend it:") == len(kinds)


def test_completeness_stands_beside_the_published_figures_and_bars_say_the_same_in_words():
    (label,) = re.findall(r'aria-label="(victim_gender: [^"]+)"', page(faulty))
    assert label == (
        "victim_gender: 71.8 % recorded, 19.8 % with a reason, 8.5 % invalid, "
        "published: 72.5 % recorded"
    )
    assert "victim_gender 71.8 19.8 0 8.5 72.5 −0.8" in text(faulty)


def test_a_page_with_values_says_so_at_its_top():
    assert 'class="warns"' not in page(faulty)
    assert "This report shows cell values: keep it where the data are kept." in text(
        faulty, Show.FULL
    )


def test_the_names_of_files_cannot_turn_the_line_around_them():
    arabic = report(inputs=(replace(SERIES, path="in/بيانات.csv"),))
    assert '<bdi class="path">in/بيانات.csv</bdi>' in page(arabic)


def test_equal_reports_give_equal_pages():
    assert page(faulty) == page(faulty)


def test_a_million_findings_of_very_many_kinds_stay_a_small_page():
    results = [
        found(
            "unknown-code",
            {
                (f"This is not a code of this field. Did you mean C{code:03}?", f"C{code:03}"): (
                    range(2, 402)
                )
                for code in range(250)
            },
            field=f"field_{number}",
            kept=2_000,
        )
        for number in range(10)
    ]
    of = report(*results, inputs=(replace(SERIES, rows=1_000_000),), max_rows=2_000)
    assert of.totals["error"] == 1_000_000
    told = page(of)
    assert len(told.encode()) < 5_000_000
    assert told.count('<tr role="row" data-') == 1_000
    assert "600,000 more findings of 1,500 less frequent kinds are counted above" in told
