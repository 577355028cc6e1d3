from __future__ import annotations

from collections import Counter

import pytest

from tests.reports.report_samples import SAMPLES, clean, faulty, many_groups
from validator.model.report import Show
from validator.registry import Rendering, formats


def lines(of, show=Show.LOCATION) -> list[str]:
    return formats()["github"].render(of, Rendering(show)).decode().splitlines()


@pytest.mark.parametrize("name", SAMPLES)
def test_github_shows_every_line_ten_of_a_level_at_most(name):
    levels = Counter(line.split(" ")[0] for line in lines(SAMPLES[name]))
    assert set(levels) <= {"::error", "::warning", "::notice"}
    assert max(levels.values()) <= 10


def test_an_annotation_stands_at_its_file_and_row():
    assert (
        "::error file=submission/series.csv,line=23,title=noncanonical-code::victim_gender, "
        "row 23 (FRA-000017). The spelling is not the code's. Type the code: female."
    ) in lines(faulty)


def test_colons_and_commas_cannot_end_a_property():
    (broken,) = [line for line in lines(faulty) if "rule-broken" in line]
    assert "title=rule-broken%3A single-victim-one-gender::" in broken


def test_the_last_line_has_the_totals():
    assert lines(clean)[-1].startswith("::notice title=accordant::READY: no errors in 1,200")
    assert "10 of 50 kinds of finding are shown." in lines(many_groups)[-1]
