"""A field's samples stand for all its values: each way to meet the tests is among them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from validator.expressions.conditions import satisfies
from validator.lint.samples import samples
from validator.lint.space import Space
from validator.model.condition import FieldRef, Op
from validator.model.condition import Test as Asked
from validator.model.lexical import domain
from validator.model.standard import Code, CodeList, Field, Kind, Precision
from validator.standards.load import load

AS_OF = "2024-05-17"
ORDER = (Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ, Op.NE)
COUNT = Field("n", Kind.INTEGER, minimum="0", maximum="60")
LEVEL = Field(
    "level",
    Kind.CODES,
    CodeList("levels", tuple(Code(str(n)) for n in range(1, 11)), ordered=True),
)


def answers(field: Field, tests: list[Asked], value: str) -> tuple[bool, ...]:
    return tuple(satisfies(test.op, field, value, list(test.operands)) for test in tests)  # type: ignore[arg-type]  # because the operands are texts


def some_tests(field: Field) -> st.SearchStrategy[list[Asked]]:
    values = st.sampled_from(domain(field) or ())
    one = st.builds(
        lambda op, text: Asked(FieldRef(field.name), op, (text,)), st.sampled_from(ORDER), values
    )
    several = st.builds(
        lambda op, texts: Asked(FieldRef(field.name), op, tuple(texts)),
        st.sampled_from((Op.IN, Op.NOT_IN)),
        st.lists(values, min_size=1, max_size=4),
    )
    return st.lists(one | several, max_size=5)


@given(st.sampled_from([COUNT, LEVEL]).flatmap(lambda f: st.tuples(st.just(f), some_tests(f))))
def test_samples_of_a_list_meet_its_tests_in_every_way(case: tuple[Field, list[Asked]]) -> None:
    field, tests = case
    everything = {answers(field, tests, value) for value in domain(field) or ()}
    chosen = samples(field, tests, AS_OF, ())
    assert {answers(field, tests, value) for value in chosen} == everything
    assert len(chosen) == len(everything)


@given(some_tests(COUNT))
def test_an_open_integer_needs_no_list(tests: list[Asked]) -> None:
    field = Field("n", Kind.INTEGER)
    everything = {answers(field, tests, str(value)) for value in range(-5, 70)}
    chosen = {answers(field, tests, value) for value in samples(field, tests, AS_OF, ())}
    assert chosen == everything


def test_dates_are_tried_on_both_sides_of_a_test() -> None:
    for precision, at, expected in (
        (Precision.YEAR, "2000", ["1999", "2000", "2001"]),
        (Precision.QUARTER, "2000-Q1", ["1999-Q4", "2000-Q1", "2000-Q2"]),
        (Precision.MONTH, "1999-12", ["1999-11", "1999-12", "2000-01"]),
        (Precision.DAY, "2000-02-29", ["2000-02-28", "2000-02-29", "2000-03-01"]),
    ):
        field = Field("d", Kind.DATE, precision=precision)
        tests = [Asked(FieldRef("d"), op, (at,)) for op in (Op.LT, Op.GT)]
        assert samples(field, tests, AS_OF, ()) == expected


def test_fields_that_are_compared_can_be_less_equal_and_more(tmp_path: Path) -> None:
    (tmp_path / "standard.yaml").write_text(
        """\
standard: demo
version: 1.0.0
tables:
  - table: t
    fields:
      low: {type: integer, minimum: 0, maximum: 999}
      high: {type: integer, minimum: 500, maximum: 2000}
rules:
  - {rule: r, table: t, title: One, then: {low: {le: {field: high}}}}
""",
        "utf-8",
    )
    space = Space(load(tmp_path))
    pairs = {
        (int(low) > int(high)) - (int(low) < int(high))
        for low in space.values["t.low"]
        for high in space.values["t.high"]
    }
    assert pairs == {-1, 0, 1}
