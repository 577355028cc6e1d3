from decimal import Decimal

import numpy as np
import pytest

from validator.errors import UsageError
from validator.expressions.values import is_value
from validator.model.standard import Code, CodeList, Field, Kind, Precision, Published
from validator.standards.load import load
from validator.synthesis.marginals import support
from validator.synthesis.raking import Margin, rake

STANDARD = load("global-indicator")
REASONS = STANDARD.missing_reasons
DAY = "2026-11-21"


def shares(made):
    """The weights by value."""
    return dict(zip(made.values, made.weights, strict=True))


@pytest.mark.parametrize(
    "field", [pytest.param(f, id=f"{t.name}.{f.name}") for t in STANDARD.tables for f in t.fields]
)
def test_every_cell_that_can_be_written_is_in_order(field):
    made = support(field, REASONS, DAY)
    for value, recorded in zip(made.values, made.is_recorded, strict=True):
        allowed = value in field.missing or (value == "" and field.optional)
        assert is_value(field, value, REASONS) if recorded else allowed
    assert made.weights.sum() == pytest.approx(1)


def test_published_figures_are_the_weights():
    made = support(STANDARD.by_name["series"].by_name["victim_gender"], REASONS, DAY)
    found = shares(made)
    assert found["female"] == pytest.approx(0.725 * 0.648)
    assert sum(w for v, w in found.items() if v in REASONS.by_code) == pytest.approx(0.275)


def test_an_open_category_is_spread_over_its_values():
    made = support(STANDARD.by_name["series"].by_name["victim_count"], REASONS, DAY)
    found = {int(v): w for v, w in shares(made).items() if v.isdigit()}
    five_or_more = [found[n] for n in found if n >= 5]
    assert sum(five_or_more) / sum(found.values()) == pytest.approx(0.06)
    assert five_or_more == sorted(five_or_more, reverse=True)


def test_what_the_figures_leave_over_goes_to_the_codes_that_they_do_not_name():
    made = support(STANDARD.by_name["series"].by_name["offender_ethnicity"], REASONS, DAY)
    found = {v: w for v, w in shares(made).items() if v not in REASONS.by_code}
    unnamed = found["multiple"] + found["other"]
    assert unnamed / sum(found.values()) == pytest.approx(0.016, abs=1e-4)


@pytest.mark.parametrize(
    ("precision", "last"), [*zip(Precision, ["2026", "2026-Q4", "2026-11", DAY], strict=True)]
)
def test_dates_end_on_the_day_of_the_check(precision, last):
    field = Field("day", Kind.DATE, required=True, precision=precision)
    assert max(support(field, REASONS, DAY).values) == last


def test_a_field_that_nothing_fits_is_one_clear_error():
    field = Field("word", Kind.STRING, pattern="[a-z]{9}", max_length=3, required=True)
    with pytest.raises(UsageError, match="'word'"):
        support(field, REASONS, DAY)


def test_bands_of_a_published_figure_need_not_be_codes():
    figures = Published(valid={"0-4": Decimal(20), "5+": Decimal(80)})
    field = Field("n", Kind.INTEGER, required=True, minimum="0", published=figures)
    found = {int(v): w for v, w in shares(support(field, REASONS, DAY)).items()}
    assert sum(w for n, w in found.items() if n < 5) == pytest.approx(0.2)


def test_a_code_that_the_figures_leave_no_room_for_stays_possible():
    figures = Published(valid={"a": Decimal(60), "b": Decimal("40.2")})
    field = Field(
        "x",
        Kind.CODES,
        CodeList("x", (Code("a"), Code("b"), Code("c"))),
        required=True,
        published=figures,
    )
    assert 0 < shares(support(field, REASONS, DAY))["c"] < 1e-5


def test_raking_meets_margins_of_units_and_of_what_belongs_to_them():
    generator = np.random.default_rng(0)
    units = 4000
    own = generator.choice(2, units, p=[0.5, 0.5])
    parent = np.repeat(np.arange(units), generator.integers(0, 4, units))
    theirs = np.where(
        generator.random(len(parent)) < 0.7, own[parent], generator.choice(2, len(parent))
    )
    margins = [
        Margin(np.arange(units), own, np.array([0.3, 0.7])),
        Margin(parent, theirs, np.array([0.4, 0.6])),
    ]
    weights = rake(units, margins)
    assert weights.sum() == pytest.approx(1)
    assert weights[own == 0].sum() == pytest.approx(0.3, abs=0.002)
    of_rows = weights[parent]
    assert of_rows[theirs == 0].sum() / of_rows.sum() == pytest.approx(0.4, abs=0.002)


def test_a_floor_is_left_alone_where_it_is_met():
    unit = np.arange(10)
    margin = Margin(unit, np.array([1] * 8 + [0] * 2), np.array([0.5, 0.5]), at_least=True)
    assert rake(10, [margin]) == pytest.approx(np.full(10, 0.1))
