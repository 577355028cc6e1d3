"""Cells: the engine, the JSON Schema (jsonschema) and the Table Schema (frictionless) agree.

Where they may not, a loss of the right kind must be listed, and the text must be of its kind.
"""

from collections.abc import Iterable

from frictionless import Schema
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.targets.random_fields import REASONS, fields, texts
from validator.expressions.values import is_blank, is_placeholder, is_reason, is_value, matches
from validator.model.lexical import pattern_of
from validator.model.standard import Field, Kind, Standard, Table
from validator.registry import targets
from validator.standards.resolve import resolve
from validator.targets._tabular import table_schema
from validator.targets.json_schema import schema, to_instance


def standard_of(*some: Field) -> tuple[Standard, Table]:
    table = Table("t", some)
    return Standard("s", "1.0.0", REASONS, (table,)), table


def engine_accepts(field: Field, text: str) -> bool:
    return (
        is_value(field, text, REASONS) or text in field.missing or (field.optional and text == "")
    )


def excuses(field: Field, text: str) -> Iterable[str]:
    """The kinds of loss that can explain why a target accepts what the engine refuses."""
    pattern = pattern_of(field)
    if field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE} and not matches(pattern or "", text):
        yield "spelling"
    if is_reason(REASONS, text):
        yield "reason"
    elif is_placeholder(field, text):
        yield "placeholder"
    if text.endswith("\n"):
        yield "line feed"
    if is_blank(text):
        yield "visible"
    if field.kind is Kind.STRING and pattern and not matches(pattern, text):
        yield "pattern"


cells = fields().flatmap(
    lambda field: st.tuples(st.just(field), st.lists(texts(field), min_size=5, max_size=5))
)
thorough = settings(max_examples=400)


def losses_of(standard: Standard, target: str) -> set[str]:
    return {x.what for x in targets()[target].compile(standard).losses if x.where == "t.f"}


@given(cells)
@thorough
def test_jsonschema_agrees(case: tuple[Field, list[str]]) -> None:
    field, some = case
    standard, table = standard_of(field)
    assume(not resolve(standard))
    validator = Draft202012Validator(schema(standard, table))
    lost = losses_of(standard, "json-schema")
    assert lost <= {"pattern", "line feed"}
    for text in some:
        accepted = validator.is_valid(to_instance(standard, table, {"f": text}))
        if accepted != engine_accepts(field, text):
            assert accepted, f"refused: {text!r}"
            assert lost & set(excuses(field, text)), f"accepted: {text!r}"


@given(cells)
@thorough
def test_frictionless_agrees(case: tuple[Field, list[str]]) -> None:
    field, some = case
    standard, table = standard_of(field)
    assume(not resolve(standard))
    checked = Schema.from_descriptor(table_schema(standard, table, references=False))
    lost = losses_of(standard, "table-schema")
    for text in some:
        _, (notes,) = checked.read_cells([text])
        accepted = not notes
        if accepted == engine_accepts(field, text):
            continue
        if field.kind is Kind.NUMBER and matches(pattern_of(field) or "", text):
            assert lost & {"precision", "reason"}
            continue
        assert accepted, f"refused: {text!r}"
        assert lost & set(excuses(field, text)), f"accepted: {text!r}"
