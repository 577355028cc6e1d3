"""Models and tables accept the records that the engine accepts, and refuse the others.

Where they may not, a loss is listed, and they err on the side of accepting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.postgres import Server, server
from tests.targets.made import Judge, Models, Postgres, Sqlite
from tests.targets.random_fields import PLAIN, WORDS, fields, texts
from tests.targets.test_agreement_rules import broken, rules
from validator.expressions.values import is_value
from validator.model import condition as a
from validator.model.condition import FieldRef, Op
from validator.model.lexical import is_ordered
from validator.model.standard import Field, Rule, Standard, Table
from validator.registry import targets
from validator.standards.resolve import resolve

Case = tuple[Standard, list[dict[str, str]]]


def engine_accepts(field: Field, text: str) -> bool:
    return is_value(field, text, WORDS) or text in field.missing or (field.optional and text == "")


@st.composite
def cells(draw: st.DrawFn, field: Field) -> str:
    """A cell, and more often than not one that is in order."""
    some = draw(st.lists(texts(field), min_size=4, max_size=4))
    some += [*field.missing, *([""] if field.optional else [])]
    good = [text for text in some if engine_accepts(field, text)]
    return draw(st.sampled_from(good)) if good and draw(st.integers(0, 9)) else some[0]


@st.composite
def between_fields(draw: st.DrawFn) -> Standard:
    """A standard with a rule that holds one field against another."""
    first = draw(fields("a", WORDS, PLAIN).filter(lambda f: not f.many))
    second = replace(first, name="b", required=False, optional=True)
    compared = [Op.EQ, Op.NE, *([Op.LT, Op.LE, Op.GT, Op.GE] if is_ordered(first) else [])]
    then = a.Test(FieldRef("a"), draw(st.sampled_from(compared)), (FieldRef("b"),))
    table = Table("t", (first, second, draw(fields("c", WORDS, PLAIN))))
    return Standard("s", "1.0.0", WORDS, (table,), (Rule("r", "t", then=then),))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A standard with one rule, and records that mostly keep to its fields."""
    standard = draw(st.one_of(rules().map(lambda case: case[0]), between_fields()))
    row = st.fixed_dictionaries({field.name: cells(field) for field in standard.tables[0].fields})
    return standard, draw(st.lists(row, min_size=8, max_size=8))


def agree(case: Case, make: Callable[[Standard], Judge], name: str) -> None:
    standard, records = case
    assume(not resolve(standard))
    assume(not any("\0" in text for record in records for text in record.values()))
    table = standard.tables[0]
    lost = {loss.where.partition(" (")[0] for loss in targets()[name].compile(standard).losses}
    found = make(standard).accepts("t", records)
    for record, accepted, breaks in zip(records, found, broken(standard, records), strict=True):
        wrong = {f"t.{f.name}" for f in table.fields if not engine_accepts(f, record[f.name])}
        if breaks:
            wrong.add("t: r")
        if accepted != (not wrong):
            assert accepted, f"refused: {record}"
            assert wrong <= lost, f"accepted: {record}"


thorough = settings(max_examples=100, suppress_health_check=list(HealthCheck))


@given(cases())
@thorough
def test_pydantic_agrees(case: Case) -> None:
    agree(case, Models, "pydantic")


@given(cases())
@thorough
def test_sqlite_agrees(case: Case) -> None:
    agree(case, Sqlite, "sql")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with server() as found:
        yield found


@given(case=cases())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_postgresql_agrees(running: Server, case: Case) -> None:
    agree(case, lambda standard: Postgres(standard, running), "sql")
