"""A round trip that is said to be exact is one: random crosswalks, applied and reversed."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.crosswalks.making import made
from validator.crosswalks.judge import Outcome
from validator.crosswalks.load import load
from validator.crosswalks.reverse import reverse
from validator.crosswalks.sssom import write
from validator.crosswalks.translate import translate

LEFT, RIGHT = list("abcde"), list("vwxyz")
QUIET = settings(max_examples=60)


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, object]]:
    """Rows of every kind, which may well speak of the same code twice."""
    found = []
    for _ in range(draw(st.integers(1, 7))):
        codes = draw(st.lists(st.sampled_from(LEFT), min_size=1, max_size=2, unique=True))
        options = draw(
            st.lists(st.sampled_from([*RIGHT, "none"]), min_size=1, max_size=2, unique=True)
        )
        row: dict[str, object] = {"from": codes, "to": options}
        if len(options) == 1 and options != ["none"]:
            kinds = ["exactMatch"] * 3 + ["closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]
            row["predicate"] = draw(st.sampled_from(kinds))
        found.append(row)
    return found


cells = st.lists(st.sampled_from([*LEFT, "", "q"]), min_size=1, max_size=30)


def column(data: bytes, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(data.decode()))]


@QUIET
@given(rows(), cells)
def test_what_is_readable_back_is_read_back(rows, cells):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crosswalk = made(folder, {"left-1": LEFT, "right-1": RIGHT}, rows=rows)
        (folder / "data.csv").write_text("left,n\n" + "".join(f"{c},1\n" for c in cells), "utf-8")

        there = translate(crosswalk, [folder / "data.csv"], folder / "there")
        written = column((folder / "there" / "data.csv").read_bytes(), "right")
        (folder / "again.csv").write_text("right,n\n" + "".join(f"{c},1\n" for c in written))
        back = translate(reverse(crosswalk), [folder / "again.csv"], folder / "back")
        again = column((folder / "back" / "again.csv").read_bytes(), "left")

    (field,) = there.fields
    readable = {code.codes[0] for code in field.codes if code.reversible}
    # what is said to be exact comes back as it was, and with certainty
    exact_again = {code.codes[0] for code in back.fields[0].codes if code.outcome is Outcome.EXACT}
    for cell, text, twice in zip(cells, written, again, strict=True):
        if cell in readable:
            assert twice == cell
            assert text in exact_again
    assert field.reversible == sum(cell in readable for cell in cells)
    if field.recorded and field.reversible == field.recorded:
        assert [c for c in again if c in LEFT] == [c for c in cells if c in LEFT]
        assert field.bits[2] == 0


@QUIET
@given(rows(), cells)
def test_every_record_is_counted_once_and_nothing_is_guessed(rows, cells):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crosswalk = made(folder, {"left-1": LEFT, "right-1": RIGHT}, rows=rows)
        (folder / "data.csv").write_text("left,n\n" + "".join(f"{c},1\n" for c in cells), "utf-8")
        translation = translate(crosswalk, [folder / "data.csv"], folder / "there")
        written = column((folder / "there" / "data.csv").read_bytes(), "right")

    (field,) = translation.fields
    assert sum(field.outcomes.values()) == len(cells)
    assert sum(code.records for code in field.codes) == field.recorded
    source, target, lost = field.bits
    assert 0 <= lost <= source + 1e-9
    assert abs(source - target - lost) < 1e-9
    named: dict[str, set[str]] = {}
    for row in rows:
        for code in row["from"]:
            named.setdefault(code, set()).update(row["to"])
    for cell, text in zip(cells, written, strict=True):
        if text in RIGHT:
            assert named[cell] == {text}


@QUIET
@given(rows())
def test_sssom_says_the_same_as_the_yaml(rows):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crosswalk = made(folder, {"left-1": LEFT, "right-1": RIGHT}, rows=rows)
        (folder / "demo.sssom.tsv").write_bytes(write(crosswalk))
        again = load(folder / "demo.sssom.tsv")

    assert facts(again) == facts(crosswalk)


def facts(crosswalk):
    """What the rows say, however they are grouped."""
    return sorted(
        (code, tuple(map(str, row.candidates)), row.predicate.value, row.status.value, row.source)
        for row in crosswalk.rows
        for code in row.key["left"]
    )


@QUIET
@given(st.permutations(RIGHT), cells)
def test_one_to_one_loses_nothing(order, cells):
    assume(any(cell in LEFT for cell in cells))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            {"from": a, "to": b, "predicate": "exactMatch"}
            for a, b in zip(LEFT, order, strict=True)
        ]
        crosswalk = made(folder, {"left-1": LEFT, "right-1": RIGHT}, rows=rows)
        known = [cell for cell in cells if cell != "q"]
        (folder / "data.csv").write_text("left,n\n" + "".join(f"{c},1\n" for c in known), "utf-8")
        translation = translate(crosswalk, [folder / "data.csv"], folder / "there")
    assert translation.bits_lost == 0
    assert translation.reversible == translation.recorded == sum(c in LEFT for c in cells)
