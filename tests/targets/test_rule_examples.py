"""The examples of every rule of one record: SQL and Python tell the broken from the kept."""

from __future__ import annotations

import operator
import sqlite3
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from validator.model import condition as a
from validator.model.condition import FieldRef, Op
from validator.model.standard import Code, CodeList, Field, Kind, Record, Rule, Table
from validator.standards.load import load
from validator.targets import _python_rules as python
from validator.targets import _sql_rules as sql
from validator.targets._json_values import to_json
from validator.targets._logic import Broken, Constant, Matches, broken
from validator.targets._sql_cells import Dialect

STANDARD = load("global-indicator")
REASONS = STANDARD.missing_reasons


def examples() -> Iterator[pytest.param]:
    for rule in STANDARD.rules:
        # what depends on the day is beyond a constraint
        refusal = sql.refusal(Dialect.SQLITE)
        found = broken(rule, STANDARD.by_name[rule.table], REASONS, refusal)
        said = [(some, True) for some in rule.failing] + [(some, False) for some in rule.passing]
        for number, (example, fails) in enumerate(said):
            records = example.get(rule.table, ())
            if found.formula is not None and not found.beyond and records:
                yield pytest.param(rule, records[0], fails, id=f"{rule.id}-{number}")


EXAMPLES = [*examples()]


def formula_of(rule: Rule, refusal: object) -> tuple[Table, Broken]:
    table = STANDARD.by_name[rule.table]
    return table, broken(rule, table, REASONS, refusal)  # type: ignore[arg-type]  # because both are refusals


@pytest.mark.parametrize(("rule", "record", "fails"), EXAMPLES)
def test_sqlite_tells(rule: Rule, record: Record, *, fails: bool) -> None:
    table, found = formula_of(rule, sql.refusal(Dialect.SQLITE))
    said = sql.condition(found.formula or Constant.NEVER, REASONS, Dialect.SQLITE)
    base = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}"' for name in table.by_name)
    base.execute(f'CREATE TABLE "t" ({columns})')
    marks = ", ".join("?" for _ in table.fields)
    cells = [record.get(name) or None for name in table.by_name]
    base.execute(f'INSERT INTO "t" VALUES ({marks})', cells)  # noqa: S608 - names of a standard
    (count,) = base.execute(f'SELECT count(*) FROM "t" WHERE {said}').fetchone()  # noqa: S608 - the same
    base.close()
    assert count == int(fails)


@pytest.mark.parametrize(("rule", "record", "fails"), EXAMPLES)
def test_python_tells(rule: Rule, record: Record, *, fails: bool) -> None:
    table, found = formula_of(rule, python.refusal)
    said = python.condition(found.formula or Constant.NEVER, REASONS)
    cells = {
        name: to_json(field, record[name], REASONS) if record.get(name) else None
        for name, field in table.by_name.items()
    }
    assert bool(eval(said, {"r": SimpleNamespace(**cells)})) == fails  # noqa: S307 - our own expression


def test_the_examples_are_many() -> None:
    assert len(EXAMPLES) > 100


ONE, TWO = (Field(name, Kind.INTEGER, optional=True, missing=("why",)) for name in ("one", "two"))
WHY = CodeList("missing-reason", (Code("why"),))
SIGNS = [(Op.LT, "lt"), (Op.LE, "le"), (Op.GT, "gt"), (Op.GE, "ge"), (Op.EQ, "eq"), (Op.NE, "ne")]


@pytest.mark.parametrize(("op", "name"), SIGNS)
@pytest.mark.parametrize("other", ["5", FieldRef("two")])
@pytest.mark.parametrize("cell", ["4", "5", "6", "why", ""])
def test_numbers_are_compared_where_there_are_two(
    op: Op, name: str, other: str | FieldRef, cell: str
) -> None:
    rule = Rule("r", "t", then=a.Test(FieldRef("one"), op, (other,)))
    table = Table("t", (ONE, TWO))
    wanted = cell.isdigit() and not getattr(operator, name)(int(cell), 5)
    found = broken(rule, table, WHY, python.refusal).formula or Constant.NEVER
    record = SimpleNamespace(one=to_json(ONE, cell, WHY) if cell else None, two=5)
    assert bool(eval(python.condition(found, WHY), {"r": record})) == wanted  # noqa: S307 - our own
    said = sql.condition(found, WHY, Dialect.SQLITE)
    base = sqlite3.connect(":memory:")
    select = f"SELECT {said} FROM (SELECT ? AS one, '5' AS two)"  # noqa: S608 - our own condition
    (told,) = base.execute(select, [cell or None]).fetchone()
    base.close()
    assert bool(told) == wanted


def test_a_pattern_is_asked_of_no_list_in_python() -> None:
    one = Field("a", Kind.STRING)
    many = Field("a", Kind.STRING, many=True)
    assert python.refusal(Matches(one, "[0-9]+")) is None
    assert python.refusal(Matches(many, "[0-9]+")) is not None
