"""What is called not breaking breaks nothing: the engine itself is asked.

A change is called non-breaking for producers where every record that was valid stays valid, and for
consumers where every record that is valid now was valid before (columns that they do not know
apart). Random standards, random edits, random records.
"""

from __future__ import annotations

import random
from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import thorough, values
from tests.versions.edits import edited, loadable, specs
from validator.api import check
from validator.model.standard import Severity, Standard
from validator.versions.comparison import Comparison, compare

AS_OF = "2026-01-31"
ROWS = 60
seen: Counter[str] = Counter()


def faults(standard: Standard, frame: pl.DataFrame) -> list[tuple[str, int | None]]:
    """Code and row of what is at fault; warnings and notes leave a record valid."""
    report = check(standard, {"t": frame}, as_of=AS_OF, max_rows=10**6)
    return [(f.code, f.row) for f in report.findings if f.severity is Severity.ERROR]


def valid(draw: st.DrawFn, standard: Standard) -> pl.DataFrame:
    """Records in which a standard finds nothing, out of random ones."""
    table = standard.by_name["t"]
    mix = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    data: dict[str, list[str]] = {}
    for field in table.fields:
        pool = [*draw(st.lists(values(field), min_size=1, max_size=5)), *field.missing]
        pool += [""] if field.optional else []
        pool += ["ash", "two words", "abc"] if field.name == "hue_other" else []
        data[field.name] = [mix.choice(pool) for _ in range(ROWS)]
    frame = pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))
    while found := faults(standard, frame):
        wrong = {row - 2 for _, row in found if row is not None}
        assert wrong, found
        frame = frame.with_row_index("i").filter(~pl.col("i").is_in(wrong)).drop("i")
    return frame


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Comparison, pl.DataFrame, pl.DataFrame] | None:
    """Two versions with what is valid by the one and by the other."""
    before = draw(specs())
    old, new = loadable(before), loadable(draw(edited(before)))
    if old is None or new is None:
        return None
    comparison = compare(old, new)
    nothing = pl.DataFrame()
    return (
        comparison,
        nothing if comparison.breaks_producers else valid(draw, old),
        nothing if comparison.breaks_consumers else valid(draw, new),
    )


@given(pair=pairs())
@thorough(120)
def test_what_is_called_harmless_is_harmless(pair):
    if pair is None:
        return
    comparison, sent, received = pair
    told = [(change.kind, change.where, change.effect.name) for change in comparison.changes]
    if not comparison.breaks_producers:
        seen["producers"] += min(len(sent), 1)
        assert faults(comparison.new, sent) == [], told
    if not comparison.breaks_consumers:
        seen["consumers"] += min(len(received), 1)
        known = [name for name in comparison.old.by_name["t"].by_name if name in received.columns]
        assert faults(comparison.old, received.select(known)) == [], told


def test_the_promise_was_put_to_the_test():
    assert min(seen["producers"], seen["consumers"]) > 8, seen
