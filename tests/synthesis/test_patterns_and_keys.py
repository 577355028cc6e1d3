import numpy as np
import polars as pl
import pytest

from validator.errors import UsageError
from validator.expressions.values import matches
from validator.model.standard import Field, Kind
from validator.synthesis.keys import sequence
from validator.synthesis.patterns import places

REFERENCE = "^[A-Z]{3}-[0-9A-Z]{6,12}$"
SEED = 7


@pytest.mark.parametrize(
    "pattern",
    [
        REFERENCE,
        r"\d{4}-Q[1-4]",
        "(?:AB|XY)[0-9]{2,3}[^0-9][a-c]?",
        "(ab){2}c+",
        r"[\w.]+@[a-z]{2,3}",
        "x.z",
        "a|b",
        "[^A-Z0-9]",
    ],
)
def test_the_texts_of_a_pattern_match_it(pattern):
    alphabets = places(pattern, 10_000)
    for pick in (0, -1):
        assert matches(pattern, "".join(alphabet[pick] for alphabet in alphabets))


def test_repeats_grow_until_there_are_texts_enough_and_no_further():
    assert len(places("[0-9]{2,9}", 1)) == 2
    assert len(places("[0-9]{2,9}", 12_345)) == 5
    assert len(places("[0-9]{2,9}", 12_345, max_length=4)) == 4


@pytest.mark.parametrize("pattern", ["", "(?=a)b", r"\p{Lu}", "["])
def test_a_pattern_that_cannot_be_followed_is_one_clear_error(pattern):
    with pytest.raises(UsageError, match="No text can be made"):
        places(pattern)


def key(**limits):
    return Field("ref", limits.pop("kind", Kind.STRING), required=True, **limits)


def test_keys_are_valid_distinct_and_say_nothing_of_their_place():
    keys = sequence(key(pattern=REFERENCE), SEED, 50_000, prefix=3)
    numbers = np.arange(50_000, dtype=np.uint64)
    texts = keys.text(numbers, pl.Series(["FRA"]).new_from_index(0, len(numbers)))
    assert texts.n_unique() == 50_000
    assert all(matches(REFERENCE, text) and text.startswith("FRA-") for text in texts.head(500))
    assert texts.to_list() != texts.sort().to_list()


def test_keys_do_not_depend_on_how_many_are_written_at_a_time():
    keys = sequence(key(pattern="[a-f0-9]{6}"), SEED, 1000)
    numbers = np.arange(1000, dtype=np.uint64)
    assert keys.text(numbers)[400:410].to_list() == keys.text(numbers[400:410]).to_list()


@pytest.mark.parametrize(
    "field",
    [
        key(pattern="[0-9]{3}"),
        key(kind=Kind.INTEGER, minimum="1", maximum="999"),
        key(max_length=2),
    ],
)
def test_a_field_that_cannot_tell_so_many_records_apart_says_so(field):
    keys = sequence(field, SEED, 5000)
    with pytest.raises(UsageError, match=r"'ref' can tell \d+ records apart"):
        keys.text(np.arange(5000, dtype=np.uint64))
