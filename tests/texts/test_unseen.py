"""A number in a sentence stands for every other as long as nobody asks how large it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from validator.standards.load import load
from validator.texts.columns import Columns
from validator.texts.speaker import Speaker
from validator.texts.unseen import Unseen

SERIES = load("global-indicator").by_name["series"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda n: n == 3,
        lambda n: n != 3,
        lambda n: n > 3,
        bool,
        lambda n: n in {1, 2},
        lambda n: {n},
        lambda n: n + 1,
        lambda n: 100 * n,
        lambda n: [0] * n,
        int,
        lambda n: f"{n}",
        lambda n: sum([n, n]),
        lambda n: max(n, 2),
    ],
)
def test_whoever_asks_how_large_it_is_has_seen_it(ask: Callable[[Unseen], object]):
    number = Unseen(7)
    ask(number)
    assert number.seen


def test_to_hand_it_on_or_to_write_it_down_is_not_to_ask():
    number = Unseen(7)
    assert number is not None
    assert isinstance(number, int)
    assert sum([], number) is number
    assert str(number) == "7"
    assert not number.seen


def saying(sentence: str):
    columns = Columns(Speaker(SERIES, SERIES.by_name["remarks"]))
    columns._sentence(sentence)
    return columns._saying(sentence, frozenset({"en"}))


@pytest.mark.parametrize("sentence", ["0 girls.", "00 images and 0 videos on the sheet."])
def test_a_plain_count_is_read_once_for_all_numbers(sentence: str):
    assert saying(sentence).heard is not None


@pytest.mark.parametrize("sentence", ["Identified: 0 of 0 victims.", "Two (0) girls."])
def test_a_sentence_in_which_numbers_are_compared_is_read_with_them(sentence: str):
    assert saying(sentence).heard is None
