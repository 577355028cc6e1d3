"""Intervals: the cases that Newcombe published, and what must hold for any count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.measures.intervals import difference, wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_ends(count, total, low, high):
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_published_ends(counts, low, high):
    assert difference(*counts) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) == (0, 1)
    assert difference(0, 0, 3, 9) == (-1, 1)


samples = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(samples)
def test_an_interval_holds_its_own_share_and_stays_within_0_and_1(sample):
    count, total = sample
    low, high = wilson(count, total)
    assert 0 <= low <= count / total <= high <= 1
    wider = wilson(count, total, 0.99)
    assert wider.low <= low
    assert wider.high >= high


@given(samples, samples)
def test_a_difference_turned_round_is_its_own_mirror(one, other):
    low, high = difference(*one, *other)
    assert difference(*other, *one) == pytest.approx((-high, -low), abs=1e-12)
    assert low <= one[0] / one[1] - other[0] / other[1] + 1e-12
