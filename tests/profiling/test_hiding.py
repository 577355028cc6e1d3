"""What an audience sees of a profile gives no small count away."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands import SUBMISSION
from tests.profiling.submissions import standard, written
from validator.model.disclosure import AUDIENCES
from validator.profiling.hiding import hidden
from validator.profiling.profile import profile
from validator.profiling.profile_json import as_json

parts = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(
    lambda counts: {str(i): count for i, count in enumerate(counts)}
)


@given(parts, st.integers(2, 11))
def test_no_small_count_is_shown_and_none_is_what_the_rest_leaves(counts, k):
    away = hidden(counts, k)
    shown = {name: count for name, count in counts.items() if name not in away}
    assert all(count == 0 or count >= k for count in shown.values())
    left = sum(counts.values()) - sum(shown.values())
    # what is left over when all that is shown is taken from the total is itself no small group
    assert left == 0 or left >= k or sum(counts.values()) < k
    if away and len(away) < 2:
        assert not any(count >= k for count in shown.values())


def test_no_more_is_hidden_than_it_takes():
    assert hidden({"a": 90, "b": 40, "c": 6, "d": 2}, 5) == {"d", "c"}
    assert hidden({"a": 90, "b": 40, "c": 3, "d": 2}, 5) == {"d", "c"}
    assert hidden({"a": 90, "b": 40, "c": 1, "d": 2}, 5) == {"d", "c", "b"}
    assert hidden({"a": 90, "b": 0}, 5) == frozenset()


def differences(document):
    """Every count of a profile's JSON, and what is left of each total without those shown."""
    for table in document["tables"]:
        for field in table["fields"]:
            cells = [field["recorded"], *field["missing"], field["blank"], field["invalid"]]
            yield field["records"] - sum(cell["count"] or 0 for cell in cells)
            rows = field["distribution"]["rows"]
            if field["recorded"]["count"] is not None and rows:
                yield field["recorded"]["count"] - sum(row["count"] or 0 for row in rows)
            yield from (part["count"] for part in (*cells, *rows) if part["count"] is not None)


@pytest.mark.parametrize("name", ["partner", "public"])
def test_the_example_shows_an_audience_no_small_group(name):
    audience = AUDIENCES[name]
    document = json.loads(as_json(profile(None, SUBMISSION, audience=audience)))
    assert document["audience"] == {"name": name, "k": audience.k}
    found = list(differences(document))
    assert len(found) > 100
    assert [number for number in found if 0 < number < audience.k] == []


def test_neither_means_nor_cumulated_shares_nor_extremes_give_a_count_away(tmp_path):
    path = written(
        tmp_path / "records.csv",
        {
            "level": {"3": 60, "6": 36, "9": 4},
            "amount": {"1": 60, "2": 38, "950": 2},
            "themes": {"a;b": 97, "a": 1, "b": 2},
        },
    )
    (table,) = profile(standard(tmp_path), path, audience=AUDIENCES["partner"]).tables
    fields = {field.name: field for field in table.fields}
    assert all(row.and_above is None for row in fields["level"].rows)
    assert fields["amount"].numbers.mean is None
    assert "largest" not in fields["amount"].numbers.quantiles
    assert "median" in fields["amount"].numbers.quantiles
    # all but two hold a, and all but one hold b
    assert [row.portion.count for row in fields["themes"].rows] == [None, None, 0]
    assert "hidden" in fields["level"].notes[-1]


def test_a_table_of_too_few_records_is_not_shown_at_all(tmp_path):
    path = written(tmp_path / "records.csv", {"colour": {"red": 4}})
    made = profile(standard(tmp_path), path, audience=AUDIENCES["partner"])
    (table,) = made.tables
    assert (table.records, table.fields) == (None, ())
    document = json.loads(as_json(made))
    assert document["inputs"][0]["rows"] is None
