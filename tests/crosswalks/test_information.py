"""Entropies in bits, against what can be worked out by hand."""

from __future__ import annotations

import math

import pytest

from validator.measures.information import entropy, lost


@pytest.mark.parametrize(
    ("counts", "bits"),
    [
        ([], 0),
        ([7], 0),
        ([1, 1], 1),
        ([5, 5, 5, 5], 2),
        ([3, 1], 2 - 0.75 * math.log2(3)),
        ([0, 4], 0),
    ],
)
def test_entropy(counts, bits):
    assert entropy(counts) == pytest.approx(bits, abs=1e-12)


def test_two_codes_in_one_lose_a_bit_where_they_are_as_frequent():
    assert lost({("a", "x"): 4, ("b", "x"): 4}) == (1.0, 0.0, 1.0)


def test_renaming_loses_nothing():
    source, target, gone = lost({("a", "x"): 3, ("b", "y"): 5, ("c", "z"): 1})
    assert (source == target, gone) == (True, 0.0)


def test_codes_that_are_not_in_the_data_cost_nothing():
    assert lost({("a", "x"): 9})[2] == 0.0
