"""The coefficients are those of the literature, and of the libraries that others use.

irrCAC asks for older versions of numpy and pandas than the lock's, so that it cannot be installed
beside them. ``irrcac-0.4.4.json`` holds random tables (a text for each unit, a digit for each
coder, ``.`` where there is none), and what it answers for them (Cohen's kappa as Conger's, which
is the same for two coders).
"""

from __future__ import annotations

import json
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

from validator.measures.agreement import COEFFICIENTS, NO_CODE, Level, Ratings, coefficient

IRRCAC = json.loads((Path(__file__).parent / "irrcac-0.4.4.json").read_text("utf-8"))
SIX = 5e-7
"""Six digits after the point."""

FOUR_BY_TWELVE = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff's four coders and twelve units."""

FOURTEEN_RATERS = (
    *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
    *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
)
"""Ten units: how many of fourteen raters chose each of five categories."""


def coders(*rows: str) -> np.ndarray:
    """Units x coders, from one text a coder; code 1 is the first."""
    table = [[NO_CODE if c == "." else int(c) - 1 for c in row.split()] for row in rows]
    return np.array(table).T


def spread(table) -> np.ndarray:
    """Units x raters, from how many raters chose each category."""
    return np.array([np.repeat(np.arange(len(row)), row) for row in table])


def crossed(table) -> np.ndarray:
    """Units x two coders, from a cross table."""
    cells = np.ndenumerate(np.array(table))
    return np.array([pair for pair, count in cells for _ in range(count)])


@pytest.mark.parametrize(
    ("level", "published"),
    [
        (Level.NOMINAL, 0.743421),
        (Level.ORDINAL, 0.815388),
        (Level.INTERVAL, 0.849107),
        (Level.RATIO, 0.797403),
    ],
)
def test_alpha_of_krippendorffs_own_case(level, published):
    ratings = Ratings(coders(*FOUR_BY_TWELVE), 5, level, np.arange(1.0, 6.0))
    assert coefficient("krippendorff_alpha", ratings) == pytest.approx(published, abs=SIX)


def test_kappa_of_fourteen_raters():
    ratings = Ratings(spread(FOURTEEN_RATERS), 5)
    assert coefficient("fleiss_kappa", ratings) == pytest.approx(0.20993, abs=5e-6)


@pytest.mark.parametrize(
    ("table", "published", "digits"),
    [
        ([[20, 5], [10, 15]], 0.4, SIX),
        ([[45, 15], [25, 15]], 0.1304, 5e-5),
        ([[25, 35], [5, 35]], 0.2593, 5e-5),
    ],
)
def test_cohens_kappa_of_the_published_tables(table, published, digits):
    ratings = Ratings(crossed(table), 2)
    assert coefficient("cohen_kappa", ratings) == pytest.approx(published, abs=digits)


@pytest.mark.parametrize("number", range(len(IRRCAC)))
def test_every_coefficient_is_that_of_irrcac(number):
    case = IRRCAC[number]
    codes = np.array([[NO_CODE if c == "." else int(c) for c in unit] for unit in case["codes"]])
    ratings = Ratings(codes, case["categories"])
    ours = {name: coefficient(name, ratings) for name in case["irrcac"]}
    assert ours == pytest.approx(case["irrcac"], abs=SIX)


def test_the_tables_of_irrcac_cover_gaps_and_every_coefficient():
    assert {name for case in IRRCAC for name in case["irrcac"]} == set(COEFFICIENTS)
    assert any("." in unit for case in IRRCAC for unit in case["codes"])
    assert {len(case["codes"][0]) for case in IRRCAC} == {2, 3, 4}


def tables(least: int, *, gaps: bool):
    """Units x coders of up to five codes."""
    cell = st.integers(NO_CODE if gaps else 0, 4)
    return st.integers(2, 4).flatmap(
        lambda number: st.lists(
            st.lists(cell, min_size=number, max_size=number), min_size=least, max_size=25
        ).map(np.array)
    )


def many_paired(codes: np.ndarray) -> bool:
    """Whether there are two units with two codes, and two different codes in such units."""
    paired = codes[(codes != NO_CODE).sum(axis=1) > 1]
    return len(paired) > 1 and len(np.unique(paired[paired != NO_CODE])) > 1


@given(tables(2, gaps=True), st.sampled_from(list(Level)))
def test_alpha_is_that_of_the_krippendorff_library(codes, level):
    assume(many_paired(codes))
    theirs = krippendorff.alpha(
        np.where(codes == NO_CODE, np.nan, codes).T,
        level_of_measurement=level.value,
        value_domain=range(5),
    )
    ours = coefficient("krippendorff_alpha", Ratings(codes, 5, level, np.arange(5.0)))
    assert ours == pytest.approx(theirs, abs=SIX)


@given(tables(1, gaps=False))
def test_kappas_are_those_of_statsmodels(codes):
    counts, _ = aggregate_raters(codes, n_cat=5)
    if len(np.unique(codes)) > 1:
        theirs = fleiss_kappa(counts, method="fleiss")
        assert coefficient("fleiss_kappa", Ratings(codes, 5)) == pytest.approx(theirs, abs=SIX)
    two = codes[:, :2]
    if len(np.unique(two)) > 1:
        table = np.zeros((5, 5))
        np.add.at(table, (two[:, 0], two[:, 1]), 1)
        theirs = cohens_kappa(table, return_results=False)
        assert coefficient("cohen_kappa", Ratings(two, 5)) == pytest.approx(theirs, abs=SIX)


def test_cohens_kappa_of_more_than_two_coders_is_the_mean_of_their_pairs():
    codes = spread(FOURTEEN_RATERS)[:, [0, 5, 9]]
    pairs = [coefficient("cohen_kappa", Ratings(codes[:, p], 5)) for p in ([0, 1], [0, 2], [1, 2])]
    assert coefficient("cohen_kappa", Ratings(codes, 5)) == pytest.approx(np.mean(pairs))


@given(tables(1, gaps=True), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_coders_does_not_matter(codes, random):
    units, order = list(range(len(codes))), list(range(codes.shape[1]))
    random.shuffle(units)
    random.shuffle(order)
    for name in COEFFICIENTS:
        for level in (Level.NOMINAL, Level.ORDINAL):
            one = coefficient(name, Ratings(codes, 5, level))
            other = coefficient(name, Ratings(codes[units][:, order], 5, level))
            assert one == (None if other is None else pytest.approx(other))


@given(tables(1, gaps=True))
def test_no_coefficient_is_above_one_and_none_is_ever_no_number(codes):
    for name in COEFFICIENTS:
        value = coefficient(name, Ratings(codes, 5, Level.ORDINAL))
        assert value is None or (np.isfinite(value) and value <= 1 + 1e-9)


@pytest.mark.parametrize("level", Level)
def test_where_every_unit_has_the_same_code_alpha_and_kappa_are_undefined(level):
    ratings = Ratings(np.full((30, 3), 2), 5, level, np.arange(5.0) / 3)
    undefined = ("krippendorff_alpha", "fleiss_kappa", "cohen_kappa")
    assert [coefficient(name, ratings) for name in undefined] == [None, None, None]
    assert coefficient("percent_agreement", ratings) == 1
    assert coefficient("gwet_ac1", ratings) == pytest.approx(1)


@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize(
    "codes",
    [
        np.empty((0, 2), dtype=int),
        np.full((5, 2), NO_CODE),
        np.array([[1, NO_CODE], [2, NO_CODE], [1, NO_CODE]]),
    ],
    ids=["no units", "no codes", "one coder gave nothing"],
)
def test_without_a_second_code_nothing_can_be_computed(name, codes):
    assert coefficient(name, Ratings(codes, 5, Level.ORDINAL)) is None


def test_large_numbers_keep_their_small_differences():
    small = Ratings(coders("1 2 3 3 2 1", "1 2 3 3 2 2"), 3, Level.INTERVAL, np.arange(3.0))
    large = Ratings(small.codes, 3, Level.INTERVAL, np.arange(3.0) + 10**12)
    of_both = [coefficient("krippendorff_alpha", one) for one in (small, large)]
    assert of_both[0] == pytest.approx(of_both[1])
