"""Distances: small ones by hand, known bounds, and how often chance alone is taken for more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.measures.distances import (
    distance,
    earth_movers,
    kolmogorov,
    total_variation,
)


def shares(*values):
    return np.array(values, dtype=float) / sum(values)


def test_total_variation_is_the_share_that_would_have_to_move():
    assert total_variation(shares(5, 3, 2), shares(3, 3, 4)) == pytest.approx(0.2)


def test_an_order_makes_a_far_move_a_longer_one():
    near, far = shares(5, 5, 0, 0), shares(5, 0, 0, 5)
    assert total_variation(shares(10, 0, 0, 0), near) == total_variation(shares(10, 0, 0, 0), far)
    assert earth_movers(shares(10, 0, 0, 0), near) == pytest.approx(0.5 / 3)
    assert earth_movers(shares(10, 0, 0, 0), far) == pytest.approx(0.5)


def test_kolmogorov_is_the_largest_gap_between_cumulated_shares():
    assert kolmogorov(shares(2, 2, 6), shares(4, 4, 2)) == pytest.approx(0.4)


rows = st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any)


@given(rows, rows)
def test_none_of_them_leaves_0_and_1_and_an_order_never_makes_more(one, other):
    one, other = shares(*one), shares(*other)
    whole = float(total_variation(one, other))
    for measure in (earth_movers, kolmogorov):
        assert -1e-12 <= float(measure(one, other)) <= whole + 1e-12
    assert 0 <= whole <= 1 + 1e-12


def test_the_same_counts_and_seed_give_the_same_answer():
    one, other = np.array([30, 50, 20]), np.array([20, 50, 30])
    assert distance(one, other, total_variation) == distance(one, other, total_variation)
    with pytest.raises(ValueError, match="both sides"):
        distance(one, np.zeros(3, dtype=np.int64), total_variation)


def samples(seed, one, other, sizes):
    drawn = np.random.default_rng(seed)
    return drawn.multinomial(sizes[0], one), drawn.multinomial(sizes[1], other)


def test_the_interval_holds_the_true_distance_about_as_often_as_it_says():
    one, other = shares(50, 30, 15, 5), shares(30, 30, 20, 20)
    truth = float(total_variation(one, other))
    held = 0
    for seed in range(200):
        found = distance(*samples(seed, one, other, (400, 600)), total_variation, draws=299)
        held += found.low <= truth <= found.high
    assert held >= 180


@pytest.mark.parametrize("measure", [total_variation, earth_movers, kolmogorov])
def test_chance_alone_goes_beyond_chance_about_once_in_a_hundred(measure):
    same = shares(40, 25, 15, 10, 6, 4)
    beyond = 0
    for seed in range(300):
        found = distance(*samples(seed, same, same, (200, 900)), measure, draws=399)
        beyond += found.observed > found.chance
    assert beyond <= 9


def test_records_that_are_alike_in_groups_say_less():
    one, other = np.array([300, 500, 200]), np.array([200, 500, 300])
    plain = distance(one, other, total_variation)
    grouped = distance(one, other, total_variation, weights=(0.1, 0.1))
    assert grouped.observed == plain.observed
    assert grouped.chance > 2 * plain.chance
    assert grouped.high - grouped.low > 2 * (plain.high - plain.low)
