"""Rules: what the JSON Schema refuses is what the engine's expressions find, record by record."""

import narwhals as nw
import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.targets.random_fields import CODES, DATES, PLAIN, WORDS, fields, texts
from validator.expressions.conditions import Scope, compile_condition
from validator.model import condition as a
from validator.model.condition import All, AnyOf, Condition, FieldRef, Not, Op, Today
from validator.model.lexical import domain, is_ordered
from validator.model.standard import Field, Kind, Rule, Standard, Table
from validator.registry import targets
from validator.standards.resolve import resolve
from validator.targets.json_schema import schema, to_instance

ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)


@st.composite
def a_test(draw: st.DrawFn, field: Field) -> a.Test:
    """One test of a field against literals, now and then against the day of the check."""
    ops = [op for op in Op if op not in ORDER or is_ordered(field)]
    op = draw(st.sampled_from(ops))
    here = FieldRef(field.name)
    match op:
        case Op.RECORDED:
            return a.Test(here, op, (draw(st.sampled_from(["true", "false"])),))
        case Op.MISSING:
            asked = draw(st.lists(st.sampled_from(list(WORDS.by_code)), unique=True))
            return a.Test(here, op, tuple(asked))
        case Op.MATCHES:
            return a.Test(here, op, (draw(st.sampled_from(PLAIN)),))
        case Op.STARTS_WITH:
            return a.Test(here, op, (draw(st.sampled_from(["a", "1", "20", "F-", "(", "é"])),))
    if field.kind is Kind.DATE and op in ORDER and draw(st.integers(0, 5)) == 0:
        return a.Test(here, op, (Today(),))
    size = draw(st.integers(1, 3)) if op in {Op.IN, Op.NOT_IN} else 1
    return a.Test(here, op, tuple(draw(_literal(field)) for _ in range(size)))


def _literal(field: Field) -> st.SearchStrategy[str]:
    if field.codelist:
        return st.sampled_from(list(field.codelist.by_code))
    match field.kind:
        case Kind.DATE:
            return st.sampled_from(DATES[field.precision])
        case Kind.STRING:
            return st.sampled_from([*CODES, "withheld", "tbc", "AAA-00"])
        case Kind.NUMBER:
            return st.sampled_from(["-1", "0", "0.1", "3", "3.0", "10.25"])
        case _:
            return st.sampled_from((domain(field) or ("-10", "0", "9", "500"))[:20])


@st.composite
def rules(draw: st.DrawFn) -> tuple[Standard, list[dict[str, str]]]:
    """A standard of one table with one rule, and records for it."""
    some = [draw(fields(name, WORDS, PLAIN)) for name in "abc"]
    leaf = st.sampled_from(some).flatmap(a_test)
    conditions: st.SearchStrategy[Condition] = st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(All, st.lists(part, min_size=2, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(part, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=3,
    )
    rule = Rule("r", "t", when=draw(st.none() | conditions), then=draw(conditions))
    standard = Standard("s", "1.0.0", WORDS, (Table("t", tuple(some)),), (rule,))
    row = st.fixed_dictionaries({field.name: texts(field) for field in some})
    return standard, draw(st.lists(row, min_size=6, max_size=6))


def broken(standard: Standard, records: list[dict[str, str]]) -> list[bool]:
    """Which records break the standard's rule, as the engine's expressions say."""
    rule, table = standard.rules[0], standard.tables[0]
    scope = Scope(table.by_name, WORDS, "2024-06-30")
    assert rule.then is not None
    found = compile_condition(rule.then, scope).fails
    if rule.when is not None:
        found = compile_condition(rule.when, scope).holds & found
    frame = nw.from_native(pl.DataFrame(records, schema=dict.fromkeys("abc", pl.String)))
    return frame.select(r=found)["r"].to_list()


@given(rules())
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
def test_jsonschema_finds_the_records_that_the_engine_finds(
    case: tuple[Standard, list[dict[str, str]]],
) -> None:
    standard, records = case
    assume(not resolve(standard))
    table = standard.tables[0]
    lost = {x.what for x in targets()["json-schema"].compile(standard).losses if x.where == "t: r"}
    validator = Draft202012Validator(schema(standard, table))
    lax = {
        x.where.removeprefix("t.")
        for x in targets()["json-schema"].compile(standard).losses
        if x.what in {"pattern", "line feed"}
    }
    for record, expected in zip(records, broken(standard, records), strict=True):
        errors = validator.iter_errors(to_instance(standard, table, record))
        found = any(error.absolute_schema_path[0] == "allOf" for error in errors)
        if found != expected and not lax:
            assert lost, f"{'refused' if found else 'accepted'}: {record}"
            assert not found
