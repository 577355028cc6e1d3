"""Patterns that every engine reads alike, and dates from one day to another as patterns."""

import re
from datetime import date

import pytest
import re2
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.targets.random_fields import DATES, PATTERNS
from validator.expressions.values import PLACEHOLDERS, is_blank, is_placeholder, matches
from validator.model.lexical import bare, pattern_of
from validator.model.standard import Field, Kind, Precision
from validator.targets._patterns import between, placeholder, portable
from validator.targets._patterns import date as calendar

TEXT = Field("f", Kind.STRING)


@pytest.mark.parametrize(
    ("pattern", "spelt"),
    [
        ("^[A-Z]{3}-[0-9]{2}$", "[A-Z]{3}-[0-9]{2}"),
        (r"\d{2}", "[0-9]{2}"),
        (r"[\w.-]+", "[0-9A-Za-z_.-]+"),
        (".", r"[^\n]"),
        ("(?P<year>[0-9]{4})", "(?:[0-9]{4})"),
        ("a{,3}", r"a\{,3\}"),
        ("[]a]", r"[\]a]"),
        (r"\x41", "A"),
        (r"\pL+", None),
        ("(?i)yes", None),
        ("[[:alpha:]]", None),
        (r"\bword\b", None),
    ],
)
def test_signs_are_spelt_out_or_refused(pattern: str, spelt: str | None) -> None:
    found = portable(pattern)
    assert (found.text if found else None) == spelt


@pytest.mark.parametrize(
    ("pattern", "without"),
    [
        ("^[A-Z]{3}$", "[A-Z]{3}"),
        ("^a|b$", "a|b"),
        (r"a\$", r"a\$"),
        (r"^a\\$", r"a\\"),
        (r"\Qa$", r"\Qa$"),
        ("^*a", "^*a"),
        ("a^|$b", "a^|$b"),
        ("^$", ""),
    ],
)
def test_the_anchors_around_a_pattern_are_left_out_where_they_are_anchors(
    pattern: str, without: str
) -> None:
    assert bare(pattern) == without


@given(st.text(r"^$\|()[]*+?{}1abQE", max_size=8), st.text(r"ab^$\Q1", max_size=4))
def test_a_pattern_takes_the_same_texts_without_the_anchors_around_it(
    pattern: str, text: str
) -> None:
    try:
        found = matches(pattern, text)
    except re2.error:
        assume(False)
    assert matches(bare(pattern), text) == found


@given(st.sampled_from(PATTERNS), st.text("aAbxyz019-_.;{},é٣ \n", max_size=6))
def test_python_reads_a_portable_pattern_as_re2_reads_the_original(pattern: str, text: str) -> None:
    found = portable(pattern)
    if found:
        held = re.search(found.anchored, text) is not None
        # Python's $ overlooks a last line feed: the one thing that an anchor cannot mend
        assert held == matches(pattern, text) or (held and text.endswith("\n"))


@pytest.mark.parametrize("precision", [Precision.YEAR, Precision.QUARTER])
def test_every_span_holds_what_lies_in_it(precision: Precision) -> None:
    field = Field("f", Kind.DATE, precision=precision)
    quarters = range(1, 5) if precision is Precision.QUARTER else range(1)
    every = [f"{y}-Q{q}" if q else f"{y}" for y in range(1000, 3000, 7) for q in quarters]
    assert all(matches(pattern_of(field) or "", text) for text in every)
    for low in [*DATES[precision], None]:
        for high in [*DATES[precision], None]:
            if low and high and low > high:
                continue
            span = re.compile(between(precision, low, high))
            wanted = {text for text in every if (low or "") <= text <= (high or "9")}
            assert {text for text in every if span.fullmatch(text)} == wanted


days = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(st.sampled_from(Precision), days, days, days)
def test_a_span_of_days_is_exact(precision: Precision, one: date, two: date, other: date) -> None:
    low, high = sorted([_written(precision, one), _written(precision, two)])
    day = _written(precision, other)
    assert re.search(calendar(precision), day)
    span = between(precision, low, high)
    assert (re.fullmatch(span, day) is not None) == (low <= day <= high)


def _written(precision: Precision, day: date) -> str:
    match precision:
        case Precision.QUARTER:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case Precision.YEAR | Precision.MONTH:
            return str(day)[: 4 if precision is Precision.YEAR else 7]
        case _:
            return str(day)


@given(
    st.sampled_from(sorted(PLACEHOLDERS)) | st.text(max_size=4),
    st.sampled_from([str.upper, str.title, str.swapcase, str]),
    st.sampled_from(["", " ", "\n", "\u3000", "\u200b", "a", "\u212a"]),
)
def test_a_placeholder_is_one_in_any_case(text: str, cased: object, around: str) -> None:
    assert callable(cased)
    whole = f"{around}{cased(text)}{around}"
    wanted = is_placeholder(TEXT, whole) and not is_blank(whole)
    assert (re.search(placeholder(), whole) is not None) == wanted
