"""What the few samples say of two rules, every value of every field says too."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.lint.contradictory_rules import _pair
from validator.lint.space import Space
from validator.model.condition import AnyOf, Condition, FieldRef, Not, Op
from validator.model.condition import Test as Asked
from validator.model.lexical import domain
from validator.model.standard import Code, CodeList, Field, Kind, Rule, Standard, Table

REASONS = CodeList("missing-reason", (Code("not_recorded"), Code("not_applicable")))
FIELDS = (
    Field("n", Kind.INTEGER, minimum="1", maximum="7", missing=("not_recorded",)),
    Field("a", Kind.CODES, CodeList("a", tuple(map(Code, "pqrst"))), missing=("not_applicable",)),
    Field("b", Kind.CODES, CodeList("b", tuple(map(Code, "pqrs"))), required=True),
)


def one_test(field: Field) -> st.SearchStrategy[Condition]:
    values = st.sampled_from(domain(field) or ())
    ref = FieldRef(field.name)
    order = (Op.LT, Op.GE) if field.kind is Kind.INTEGER else (Op.EQ, Op.NE)
    compared = st.builds(lambda op, text: Asked(ref, op, (text,)), st.sampled_from(order), values)
    among = st.lists(values, min_size=1, max_size=3).map(lambda v: Asked(ref, Op.IN, tuple(v)))
    absent = st.sampled_from([Asked(ref, Op.MISSING, ()), Asked(ref, Op.RECORDED, ("true",))])
    return compared | among | absent


def conditions() -> st.SearchStrategy[Condition]:
    single = st.sampled_from(FIELDS).flatmap(one_test)
    either = st.lists(single, min_size=2, max_size=2).map(lambda parts: AnyOf(tuple(parts)))
    return single | single.map(Not) | either


def rules() -> st.SearchStrategy[tuple[Rule, ...]]:
    one = st.builds(
        lambda when, then: Rule("r", "t", when=when, then=then),
        st.none() | conditions(),
        conditions(),
    )
    return st.lists(one, min_size=2, max_size=2).map(tuple)


@settings(max_examples=80)
@given(rules())
def test_samples_and_all_values_agree_on_whether_two_rules_contradict(
    pair: tuple[Rule, ...],
) -> None:
    standard = Standard("demo", "1.0.0", REASONS, (Table("t", FIELDS),), pair)
    few, all_ = Space(standard), Space(standard)
    # nothing is left out here
    all_.values = {name: domain(field) or () for name, field in all_.fields.items()}
    found = [bool(list(_pair(space, *space.rules))) for space in (few, all_)]
    assert found[0] == found[1]
