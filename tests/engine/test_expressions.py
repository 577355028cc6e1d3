"""Expressions over columns say what plain Python says: of fields, cells, conditions and rules.

The Python side here is an oracle: short, slow, and written for this test alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl
import re2
from hypothesis import given, reject
from hypothesis import strategies as st

from tests.strategies import (
    REASONS,
    Spec,
    columns,
    condition_specs,
    field_specs,
    loaded,
    standard_spec,
    table_spec,
    texts,
    thorough,
)
from validator.errors import BrokenStandard
from validator.expressions import fields as cells
from validator.expressions.conditions import compile_condition
from validator.expressions.relations import broken, scope_of, with_parents
from validator.expressions.values import is_blank, is_value
from validator.model.condition import All, AnyOf, Condition, FieldRef, Not, Today, fields_of
from validator.model.condition import Test as Comparison
from validator.model.reading import ROW
from validator.model.standard import Bound, Field, Kind, Precision, Rule, Standard, Table
from validator.registry import FILE, Cell, CellCheck, checks_of

AS_OF = "2026-01-31"
TELLING = [reason for reason in REASONS if reason != "withheld"]
"""What is withheld may hide any answer, so that it tells nothing."""
Record = Mapping[str, str]


def judged(expression: Any, frame: pl.DataFrame) -> list[bool]:
    """The expression's answer for each row; it must never be null."""
    answers = nw.from_native(frame).select(expression.alias("is")).to_native().get_column("is")
    assert answers.null_count() == 0
    return answers.to_list()


# --- fields ------------------------------------------------------------------------------------


Column = tuple[Field, list[str]]


@st.composite
def columns_of_cells(draw: st.DrawFn) -> tuple[Standard, list[Column]]:
    """A standard of some fields, and cells for each."""
    specs = draw(st.lists(field_specs(), min_size=4, max_size=4))
    standard = loaded(standard_spec(table_spec("t", {f"f{i}": s for i, s in enumerate(specs)})))
    some = {
        field.name: draw(st.lists(texts(field), min_size=10, max_size=20, unique=True))
        for field in standard.tables[0].fields
    }
    return standard, [(field, some[field.name]) for field in standard.tables[0].fields]


def findings_on(standard: Standard, field: Field, text: str) -> list[str]:
    """The codes of the cell checks that would speak, were each asked."""
    cell = Cell(text, field, standard.missing_reasons)
    asked = (check for check in checks_of(CellCheck) if check.applies(field))
    return [check.code for check in asked if check.judge(cell) is not None]


@given(columns_of_cells())
@thorough(100)
def test_a_column_and_a_text_are_judged_alike(case: tuple[Standard, list[Column]]) -> None:
    standard, some_columns = case
    for field, some in some_columns:
        expression = cells.recorded(nw.col("f"), field, standard.missing_reasons)
        for text, held in zip(some, judged(expression, pl.DataFrame({"f": some})), strict=True):
            assert held == is_value(field, text, standard.missing_reasons), f"{text!r} in {field}"


@given(columns_of_cells())
@thorough(100)
def test_a_cell_is_in_order_or_gets_a_finding(case: tuple[Standard, list[Column]]) -> None:
    standard, some_columns = case
    reasons, column = standard.missing_reasons, nw.col("f")
    for field, some in some_columns:
        recorded = cells.recorded(column, field, reasons)
        accepted = cells.accepted(column, field, reasons, recorded)
        for text, fine in zip(some, judged(accepted, pl.DataFrame({"f": some})), strict=True):
            if field.optional and field.free_text and is_blank(text):
                continue  # spaces in an optional note may pass
            in_order = (
                is_value(field, text, reasons)
                or text in field.missing
                or (field.optional and text == "")
            )
            assert fine <= in_order, f"{text!r} is accepted in {field}"
            if not fine:
                # the engine puts only such cells to the checks, and the first that speaks is heard
                found = findings_on(standard, field, text)
                assert (not found) == in_order, f"{text!r} in {field}: {found}"


# --- conditions --------------------------------------------------------------------------------


def truth(condition: Condition, standard: Standard, table: Table, record: Record) -> bool | None:
    """Kleene's three values: holds, fails, cannot be told."""
    match condition:
        case All(parts):
            found = [truth(part, standard, table, record) for part in parts]
            return False if False in found else None if None in found else True
        case AnyOf(parts):
            found = [truth(part, standard, table, record) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            inner = truth(part, standard, table, record)
            return None if inner is None else not inner
        case Comparison():
            return _one(condition, standard, table, record)


def _one(test: Comparison, standard: Standard, table: Table, record: Record) -> bool | None:
    text, field = record[str(test.field)], field_at(standard, table, test.field)
    held = is_value(field, text, standard.missing_reasons)
    if test.op == "recorded":
        absent = text == "" or text in TELLING
        return (held == (test.operands == ("true",))) if held or absent else None
    if test.op == "missing":
        if text in REASONS:
            asked = text in (test.operands or TELLING)
            return True if asked else False if text in TELLING else None
        return False if held else None
    if test.op in {"in", "not_in"}:
        each = [
            compare("eq", field, text, held, operand, standard, table, record)
            for operand in test.operands
        ]
        found = True if True in each else None if None in each else False
        return found if test.op == "in" or found is None else not found
    return compare(test.op, field, text, held, test.operands[0], standard, table, record)


def compare(
    op: str,
    field: Field,
    text: str,
    held: bool,
    operand: object,
    standard: Standard,
    table: Table,
    record: Record,
) -> bool | None:
    """One value against one operand; None where either is no value."""
    other_field = field
    if isinstance(operand, FieldRef):
        other_field, other = field_at(standard, table, operand), record[str(operand)]
        held = held and is_value(other_field, other, standard.missing_reasons)
    else:
        other = today(field) if isinstance(operand, Today) else str(operand)
    if not held:
        return None
    if op == "matches":
        return re2.fullmatch(other, text) is not None
    if op == "starts_with":
        return text.startswith(other)
    if field.many:
        return (other in text.split(field.separator)) == (op == "eq")
    left, right = rank(field, text), rank(other_field, other)
    return {
        "eq": left == right,
        "ne": left != right,
        "lt": left < right,
        "le": left <= right,
        "gt": left > right,
        "ge": left >= right,
    }[op]


def field_at(standard: Standard, table: Table, ref: FieldRef) -> Field:
    owner = standard.by_name[ref.table] if ref.table else table
    return owner.by_name[ref.field]


def rank(field: Field, text: str) -> Any:
    """What a value is compared by."""
    if field.codelist and field.codelist.ordered:
        return list(field.codelist.by_code).index(text)
    return (
        float(text)
        if field.kind is Kind.NUMBER
        else int(text)
        if field.kind is Kind.INTEGER
        else text
    )


def today(field: Field) -> str:
    return {
        Precision.YEAR: "2026",
        Precision.QUARTER: "2026-Q1",
        Precision.MONTH: "2026-01",
        Precision.DAY: AS_OF,
    }[field.precision]


@st.composite
def two_tables(draw: st.DrawFn) -> tuple[dict[str, Spec], dict[str, Spec]]:
    """The fields of a parent, and those of a child that references it."""
    ref: Spec = {"type": "string", "pattern": "[a-z]+", "required": "true"}
    parent = {f"p{i}": draw(field_specs()) for i in range(draw(st.integers(1, 3)))}
    child = {f"f{i}": draw(field_specs()) for i in range(draw(st.integers(2, 4)))}
    for name, spec in child.items():
        # fields of one kind, so that some can be compared
        if draw(st.integers(0, 2)) == 0:
            child[name] = draw(st.sampled_from([*parent.values(), *child.values()])) | {}
            del spec
    link = {"type": "string", "pattern": "[a-z]+", "references": "parent.ref"}
    link |= draw(st.sampled_from([{"required": "true"}, {"optional": "true"}]))
    return {"ref": ref, **parent}, {"up": link, **child}


@st.composite
def rules_and_records(
    draw: st.DrawFn,
) -> tuple[Standard, dict[str, dict[str, list[str]]]]:
    """A standard with rules of every shape, and records of both tables."""
    parent, child = draw(two_tables())
    seen = {**child, **{f"parent.{name}": spec for name, spec in parent.items()}}
    rules: list[Spec] = [
        {
            "rule": f"r{i}",
            "table": "child",
            "title": "A rule",
            **({"when": draw(condition_specs(seen))} if draw(st.booleans()) else {}),
            "then": draw(condition_specs(seen)),
        }
        for i in range(4)
    ]
    whole = {"type": "integer", "missing": ["withheld"]}
    parent = {**parent, "rows": whole}
    for i, word in enumerate(["equals", "at_least", "at_most", "exists"]):
        where = {"where": draw(condition_specs(seen))} if draw(st.booleans()) else {}
        part = {"table": "child", "on": "ref", **where}
        if word != "exists":
            part[word] = draw(st.sampled_from(["rows", "1", "2"]))
        shape = {"exists" if word == "exists" else "count": part}
        when = {"when": draw(condition_specs(parent))} if draw(st.booleans()) else {}
        rules.append({"rule": f"c{i}", "table": "parent", "title": "A count", **when, **shape})
    # counts join on a field of one name in both tables
    child = {"ref" if name == "up" else name: spec for name, spec in child.items()}
    renamed = [_renamed(rule) for rule in rules]
    tables = (table_spec("parent", parent, key="ref"), table_spec("child", child))
    try:
        standard = loaded(standard_spec(*tables, rules=renamed))
    except BrokenStandard as error:
        # the loader refuses a few of the drawn comparisons; everything else must load
        if all(_is_refusal(str(problem)) for problem in error.problems):
            reject()
        raise
    frames = {name: draw(columns(standard.by_name[name], 30)) for name in ("parent", "child")}
    refs = st.lists(st.sampled_from(["a", "b", "c", "d", "", "?"]), min_size=30, max_size=30)
    return standard, {name: {**frame, "ref": draw(refs)} for name, frame in frames.items()}


def _renamed(data: Any) -> Any:
    if isinstance(data, dict):
        return {"ref" if key == "up" else key: _renamed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(item) for item in data]
    return "ref" if data == "up" else data


def _is_refusal(problem: str) -> bool:
    return any(
        words in problem
        for words in (
            "cannot be compared",
            "not all of one length",
            "has no order",
            "is not a value of",
        )
    )


def frame_of(data: dict[str, list[str]]) -> pl.DataFrame:
    rows = len(next(iter(data.values())))
    return pl.DataFrame({FILE: [0] * rows, ROW: list(range(2, rows + 2)), **data})


def records_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dicts()


def rows_of(record: Record, standard: Standard, among: Table, rows: list[Any]) -> list[Any]:
    """The rows of a table that share a valid reference with the record."""
    field = among.by_name["ref"]
    return [
        row
        for row in rows
        if row["ref"] == record["ref"] and is_value(field, row["ref"], standard.missing_reasons)
    ]


def with_parent(record: Record, standard: Standard, parents: list[Any]) -> dict[str, Any]:
    """A child with its parent's fields; blank where there is no one parent."""
    found = rows_of(record, standard, standard.by_name["parent"], parents)
    parent = found[0] if len(found) == 1 else dict.fromkeys(parents[0], "")
    return {**record, **{f"parent.{name}": value for name, value in parent.items()}}


@given(rules_and_records())
@thorough(60)
def test_a_condition_holds_and_fails_as_in_plain_python(
    case: tuple[Standard, dict[str, dict[str, list[str]]]],
) -> None:
    standard, data = case
    child = standard.by_name["child"]
    frames = {name: nw.from_native(frame_of(columns_)) for name, columns_ in data.items()}
    parents = records_of(frames["parent"].to_native())
    for rule in standard.rules_of("child"):
        for condition in filter(None, (rule.when, rule.then)):
            joined = with_parents(standard, child, frames, fields_of(condition)).to_native()
            pair = compile_condition(condition, scope_of(standard, child, AS_OF))
            holds, fails = judged(pair.holds, joined), judged(pair.fails, joined)
            for record, holds_, fails_ in zip(records_of(joined), holds, fails, strict=True):
                expected = truth(condition, standard, child, with_parent(record, standard, parents))
                told = True if holds_ else False if fails_ else None
                assert not (holds_ and fails_)
                assert told is expected, f"{condition} on {record}"


def breaks(
    rule: Rule,
    record: dict[str, Any],
    standard: Standard,
    parents: list[dict[str, Any]],
    children: list[dict[str, Any]],
) -> bool:
    """Whether a record certainly breaks a rule."""
    table, child = standard.by_name[rule.table], standard.by_name["child"]
    record = with_parent(record, standard, parents) if table is child else record
    if rule.when is not None and truth(rule.when, standard, table, record) is not True:
        return False
    if rule.then is not None:
        return truth(rule.then, standard, table, record) is False
    part = rule.count or rule.exists
    assert part is not None
    rows = [
        with_parent(row, standard, parents) for row in rows_of(record, standard, child, children)
    ]
    met = [truth(part.where, standard, child, row) if part.where else True for row in rows]
    if rule.exists:
        return bool(rows) and all(answer is False for answer in met)
    assert rule.count is not None
    number: int | None
    if isinstance(rule.count.number, FieldRef):
        field = table.by_name[rule.count.number.field]
        text = record[field.name]
        number = int(text) if is_value(field, text, standard.missing_reasons) else None
    else:
        number = rule.count.number
    own = is_value(table.by_name["ref"], record["ref"], standard.missing_reasons)
    if number is None or not own:
        return False
    least, most = met.count(True), len(met) - met.count(False)
    high = least > number and rule.count.bound is not Bound.AT_LEAST
    low = most < number and rule.count.bound is not Bound.AT_MOST
    return high or low


@given(rules_and_records())
@thorough(60)
def test_a_rule_is_broken_by_the_rows_that_plain_python_names(
    case: tuple[Standard, dict[str, dict[str, list[str]]]],
) -> None:
    standard, data = case
    frames = {name: nw.from_native(frame_of(columns_)) for name, columns_ in data.items()}
    parents, children = (records_of(frames[n].to_native()) for n in ("parent", "child"))
    for rule in standard.rules:
        records = parents if rule.table == "parent" else children
        expected = [r[ROW] for r in records if breaks(rule, r, standard, parents, children)]
        found = broken(standard, rule, frames, AS_OF).get_column(ROW).to_list()
        assert sorted(found) == expected, rule
