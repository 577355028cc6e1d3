"""Bootstrap intervals: seeded, of the units, and honest where there are too few."""

from __future__ import annotations

import numpy as np
import pytest

from validator.measures.agreement import COEFFICIENTS, NO_CODE, Level, Ratings, coefficient
from validator.measures.agreement_intervals import FEWEST_UNITS, Bootstrap, intervals

ALPHA = "krippendorff_alpha"


def coded(units: int, share: float, seed: int = 1, coders: int = 2) -> Ratings:
    """Codes of which about ``share`` are what all coders mean, and the others are guessed."""
    random = np.random.default_rng(seed)
    meant = random.integers(0, 4, (units, 1))
    sure = random.random((units, coders)) < share
    return Ratings(np.where(sure, meant, random.integers(0, 4, (units, coders))), 4)


def test_the_same_seed_gives_the_same_interval_in_whatever_order_the_units_come():
    ratings = coded(200, 0.8)
    backwards = Ratings(ratings.codes[::-1], 4)
    how = Bootstrap(seed=7, samples=300)
    assert intervals(ratings, [ALPHA], how) == intervals(backwards, [ALPHA], how)
    assert intervals(ratings, [ALPHA], how) != intervals(ratings, [ALPHA], Bootstrap(8, 300))


def test_an_interval_does_not_depend_on_how_many_samples_are_held_at_once(monkeypatch):
    ratings, how = coded(200, 0.8), Bootstrap(samples=250)
    whole = intervals(ratings, list(COEFFICIENTS), how)
    monkeypatch.setattr("validator.measures.agreement_intervals.AT_ONCE", 500)
    assert intervals(ratings, list(COEFFICIENTS), how) == whole


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_an_interval_holds_the_coefficient_and_narrows_with_more_units(name):
    widths = []
    for units in (50, 5000):
        ratings = coded(units, 0.8)
        low, high = intervals(ratings, [name], Bootstrap())[name]
        value = coefficient(name, ratings)
        assert value is not None
        assert low < value < high
        widths.append(high - low)
    assert widths[1] < widths[0] / 5


def test_samples_are_those_of_a_plain_bootstrap():
    ratings = coded(120, 0.7, coders=3)
    random = np.random.default_rng(3)
    drawn = [
        coefficient(ALPHA, Ratings(ratings.codes[random.integers(0, 120, 120)], 4))
        for _ in range(2000)
    ]
    low, high = intervals(ratings, [ALPHA], Bootstrap(samples=4000))[ALPHA]
    assert (low, high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.012)


def test_most_intervals_hold_the_truth():
    # two coders who are sure in 4 of 5 units each agree beyond chance in 0.8 x 0.8
    found = 0
    for seed in range(100):
        ratings = coded(150, 0.8, seed)
        low, high = intervals(ratings, [ALPHA], Bootstrap(samples=400))[ALPHA]
        found += low <= 0.64 <= high
    assert 88 <= found <= 99


def test_a_wider_confidence_gives_a_wider_interval():
    ratings = coded(100, 0.8)
    narrow = intervals(ratings, [ALPHA], Bootstrap(confidence=0.8))[ALPHA]
    wide = intervals(ratings, [ALPHA], Bootstrap(confidence=0.99))[ALPHA]
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_too_few_units_and_no_samples_give_no_interval():
    few = coded(FEWEST_UNITS - 1, 0.8)
    assert intervals(few, [ALPHA], Bootstrap()) == {}
    alone = Ratings(np.where(np.arange(2) == 0, coded(50, 0.8).codes, NO_CODE), 4)
    assert intervals(alone, [ALPHA], Bootstrap()) == {}
    assert intervals(coded(50, 0.8), [ALPHA], Bootstrap(samples=0)) == {}


def test_a_coefficient_that_most_samples_do_not_determine_has_no_interval():
    # one unit in thirty differs: a third of the samples has nothing but one code
    codes = np.zeros((30, 2), dtype=int)
    codes[0] = 1
    found = intervals(Ratings(codes, 2, Level.NOMINAL), [ALPHA, "percent_agreement"], Bootstrap())
    assert found == {"percent_agreement": (1.0, 1.0)}
