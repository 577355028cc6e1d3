"""Whatever a parser's process does, what is left of it here is one fault with its reason."""

from __future__ import annotations

import sys

import pytest

from tests.hardness import breaking
from tests.readers.books import TABLES, cells, reason
from validator.readers import apart
from validator.readers.source import Source

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
SOURCE = Source("a.xlsx", data=b"some bytes")


@pytest.mark.parametrize("again", [False, True], ids=["kept", "read again"])
@pytest.mark.parametrize(
    ("parse", "why"),
    [
        (breaking.segfault, "crash"),
        (breaking.killed, "crash"),
        (breaking.silent_end, "crash"),
        (breaking.end_halfway, "crash"),
        (breaking.out_of_memory, "too-large"),
        (breaking.out_of_memory_in_native_code, "crash"),
        (breaking.nonsense, "crash"),
    ],
)
def test_a_breakdown_is_a_fault_with_its_reason(
    parse: apart.Parse, why: str, again: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    (found,) = apart.apart(parse, again=again)(SOURCE, TABLES)
    assert reason(found) == why
    assert cells(found) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("parse", [breaking.end_within_records, breaking.nonsense_records])
def test_records_that_came_before_a_breakdown_are_not_taken_for_the_whole(
    parse: apart.Parse,
) -> None:
    (found,) = apart.apart(parse)(SOURCE, TABLES)
    assert (reason(found), found.records, cells(found)) == ("crash", 0, [])


@pytest.mark.parametrize("parse", [breaking.spin, breaking.hang_halfway])
def test_a_parser_that_hangs_is_ended(parse: apart.Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1.5)
    (found,) = apart.apart(parse)(SOURCE, TABLES)
    assert reason(found) == "too-slow"


@pytest.mark.parametrize("parse", [breaking.flood, breaking.flood_of_tables])
def test_a_parser_that_never_stops_is_ended(
    parse: apart.Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MOST_OUTPUT", 1 << 20)
    (found,) = apart.apart(parse)(SOURCE, TABLES)
    assert reason(found) == "too-large"


def test_what_native_code_prints_is_no_part_of_the_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    (found,) = apart.apart(breaking.shout)(SOURCE, TABLES)
    assert cells(found) == [("a cell",)]
    assert capfd.readouterr() == ("", "")


def test_a_parser_inherits_nothing_that_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(40)]
    for number in kept:
        os.set_inheritable(number, True)
    monkeypatch.setenv("A_SECRET", "x")
    (found,) = apart.apart(breaking.reach_out)(SOURCE, TABLES)
    for number in kept:
        os.close(number)
    assert "A_SECRET" not in found.columns
    assert not any(name.isdigit() for name in found.columns)
