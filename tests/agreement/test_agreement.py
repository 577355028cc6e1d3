"""Differential truth: three checkers agree on each record and cell, but for the listed losses.

The engine checks the rows; jsonschema checks each of them against the compiled JSON Schema, and
frictionless against the compiled Table Schema and Data Package. Where one of them finds what the
others do not, a loss of that very kind must be listed at that very place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl
from frictionless import Package, Resource
from hypothesis import given, reject
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.strategies import (
    Spec,
    columns,
    condition_specs,
    field_specs,
    loaded,
    standard_spec,
    table_spec,
    thorough,
)
from validator import api
from validator.errors import BrokenStandard
from validator.expressions.values import is_blank, is_placeholder, is_reason, is_value, matches
from validator.model.lexical import pattern_of
from validator.model.standard import Field, Kind, Record, Severity, Standard
from validator.registry import checks, targets
from validator.targets.json_schema import to_instance

RECORDS, EXAMPLES = 200, 60
CELL_CHECKS = {check.code for check in checks() if check.group in {"values", "omissions"}}
CELL_CHECKS -= {"other-unspecified"}

Row = int
Found = dict[Row, set[str]]
"""The fields, or rules, that are found at fault in each row."""
Data = dict[str, list[str]]


@st.composite
def one_table(draw: st.DrawFn) -> tuple[Standard, Data]:
    """A standard of one table with rules, and records."""
    fields = {f"f{i}": draw(field_specs()) for i in range(draw(st.integers(2, 4)))}
    fields["why"] = {"type": "string", "optional": "true"}
    for spec in fields.values():
        if spec.get("codes") == "colour" and draw(st.booleans()):
            spec["specify"] = "why"
    rules = []
    for i in range(draw(st.integers(0, 3))):
        when = {"when": draw(condition_specs(fields))} if draw(st.booleans()) else {}
        then = draw(condition_specs(fields))
        rules.append({"rule": f"r{i}", "table": "t", "title": "A rule", **when, "then": then})
    standard = of(standard_spec(table_spec("t", fields), rules=rules))
    return standard, draw(columns(standard.by_name["t"], RECORDS))


def of(spec: Spec) -> Standard:
    try:
        return loaded(spec)
    except BrokenStandard:
        reject()  # a comparison that the loader refuses; test_expressions.py looks at those


def records_of(data: Data) -> Iterator[tuple[Row, Record]]:
    """Each record with its row, as the engine numbers them."""
    for i, cells in enumerate(zip(*data.values(), strict=True)):
        yield i + 2, dict(zip(data, cells, strict=True))


def engine(standard: Standard, data: dict[str, Data]) -> dict[str, dict[str, Found]]:
    """By table: ``cells``, ``rules`` and every other code, each with what is at fault by row."""
    frames = {name: pl.DataFrame(columns_) for name, columns_ in data.items()}
    report = api.check(standard, frames, as_of="2026-01-31", max_rows=10**9)
    assert report.verdict != "unchecked"
    found: dict[str, dict[str, Found]] = {name: {} for name in data}
    for finding in report.findings:
        if finding.table is None or finding.row is None:
            continue
        # a note on what a remark says is no fault of its cell
        cell = finding.code in CELL_CHECKS and finding.severity is Severity.ERROR
        kind = "cells" if cell else "rules" if finding.rule else finding.code
        place = finding.rule or finding.field or ""
        found[finding.table].setdefault(kind, {}).setdefault(finding.row, set()).add(place)
    # one fault, one finding
    errors = [f for f in report.findings if f.code in CELL_CHECKS and f.severity is Severity.ERROR]
    assert len(errors) == len({(f.table, f.row, f.field) for f in errors})
    return found


def losses(standard: Standard, target: str) -> dict[str, set[str]]:
    """The kinds of loss by place."""
    found: dict[str, set[str]] = {}
    for loss in targets()[target].compile(standard).losses:
        found.setdefault(loss.where, set()).add(loss.what)
    return found


def compiled(standard: Standard, target: str, name: str) -> Any:
    return json.loads(targets()[target].compile(standard).files[name])


def excuses(field: Field, text: str, standard: Standard) -> set[str]:
    """The kinds of loss that explain why a target accepts a text that the engine refuses."""
    pattern = pattern_of(field) or ""
    typed = field.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}
    return {
        kind
        for kind, applies in {
            "spelling": typed and not matches(pattern, text),
            "reason": is_reason(standard.missing_reasons, text),
            "placeholder": is_placeholder(field, text),
            "line feed": text.endswith("\n"),
            "visible": is_blank(text),
            "pattern": field.kind is Kind.STRING and not matches(pattern, text),
        }.items()
        if applies
    }


def agree_on_cells(
    standard: Standard, record: Record, ours: set[str], theirs: set[str], target: str
) -> None:
    """Fields that one side alone finds at fault must be excused by a loss at that field."""
    lost = losses(standard, target) if ours != theirs else {}
    for name in ours ^ theirs:
        field, text = standard.by_name["t"].by_name[name], record[name]
        here = lost.get(f"t.{name}", set())
        if field.kind is Kind.NUMBER and matches(pattern_of(field) or "", text):
            assert here & {"precision", "reason"}, f"{target}: {text!r} in {field}"
            continue
        assert name in ours, f"{target} alone refuses {text!r} in {field}"
        assert here & excuses(field, text, standard), f"{target} accepts {text!r} in {field}"


def by_jsonschema(standard: Standard, data: Data) -> Iterator[tuple[Row, set[str], set[str]]]:
    """Each row with the fields and the rules that jsonschema finds at fault."""
    schema = compiled(standard, "json-schema", "t.schema.json")
    validator = Draft202012Validator(schema)
    table = standard.by_name["t"]
    for row, record in records_of(data):
        cells: set[str] = set()
        rules: set[str] = set()
        for error in validator.iter_errors(to_instance(standard, table, record)):
            first, *rest = error.absolute_schema_path
            if first == "allOf":
                rules.add(schema["allOf"][rest[0]]["$comment"].removeprefix("rule "))
            elif first == "required":
                cells |= {name for name in error.validator_value if name not in error.instance}
            else:
                cells.add(str(error.absolute_path[0]))
        yield row, cells, rules


def by_frictionless(schema: Any, data: Data) -> tuple[Found, set[Row]]:
    """The fields at fault by row, and the rows that are blank to frictionless."""
    rows = [list(data), *map(list, zip(*data.values(), strict=True))]
    profile = {"$schema": "https://datapackage.org/profiles/2.0/dataresource.json", "name": "t"}
    resource = Resource.from_descriptor({**profile, "data": rows, "schema": schema})
    found: Found = {}
    blank: set[Row] = set()
    report = resource.validate(limit_errors=10**6)
    for row, name, kind, note in report.flatten(["rowNumber", "fieldName", "type", "note"]):
        if kind == "blank-row":
            blank.add(row)
        else:
            assert kind in {"type-error", "constraint-error"}, f"{kind}: {note}"
            found.setdefault(row, set()).add(name)
    return found, blank


SEEN: Counter[str] = Counter()


@given(one_table())
@thorough(EXAMPLES)
def _agree(case: tuple[Standard, Data]) -> None:
    standard, data = case
    ours = engine(standard, {"t": data})["t"]
    found, blank = by_frictionless(compiled(standard, "table-schema", "t.schema.json"), data)
    blank_rows, lost = ours.get("blank-row", {}), losses(standard, "json-schema")
    if blank:
        assert "blank row" in losses(standard, "table-schema")["t"]
    unsure = {f.name for f in standard.by_name["t"].fields if lost.get(f"t.{f.name}")}
    for (row, cells, rules), (_, record) in zip(
        by_jsonschema(standard, data), records_of(data), strict=True
    ):
        SEEN["records"] += 1
        if row in blank_rows:
            continue  # one finding for the row, where a schema has one for each cell
        at_fault = ours.get("cells", {}).get(row, set())
        SEEN["cells"] += len(record)
        SEEN["cells at fault"] += len(at_fault)
        agree_on_cells(standard, record, at_fault, cells, "json-schema")
        if row not in blank:
            agree_on_cells(standard, record, at_fault, found.get(row, set()), "table-schema")
        broken = ours.get("rules", {}).get(row, set())
        SEEN["rules broken"] += len(broken)
        assert ("other-unspecified" in rules) == (row in ours.get("other-unspecified", {})), record
        for rule in broken ^ (rules - {"other-unspecified"}):
            # a rule can only be lost, or rest on a cell that the schema judges otherwise
            assert rule in broken or unsure, f"{rule} on {record}"
            assert lost.get(f"t: {rule}") or unsure, f"{rule} on {record}"


def test_engine_jsonschema_and_frictionless_agree_on_ten_thousand_records(
    record_property: Any,
) -> None:
    SEEN.clear()
    _agree()
    for what, number in SEEN.items():
        record_property(what, number)
    print(dict(SEEN))  # noqa: T201 - how much was compared (pytest -s)
    assert SEEN["records"] >= 10_000
    assert SEEN["cells at fault"] >= 1_000
    assert SEEN["rules broken"] >= 500


# --- two tables --------------------------------------------------------------------------------


@st.composite
def two_tables(draw: st.DrawFn) -> tuple[Standard, dict[str, Data]]:
    """A parent with a key and a child that references it, as data of both."""
    ref: Spec = {"type": "string", "pattern": "[A-Z][0-9]{1,3}", "required": "true"}
    parent = table_spec("parent", {"ref": ref, "p": draw(field_specs())}, key="ref")
    child = table_spec(
        "child", {"up": {**ref, "references": "parent.ref"}, "f": draw(field_specs())}
    )
    standard = loaded(standard_spec(parent, child))
    data = {name: draw(columns(standard.by_name[name], 50)) for name in ("parent", "child")}
    some = st.lists(st.sampled_from([*(f"A{i}" for i in range(40)), "a1", "", "A1 "]))
    data["parent"]["ref"] = [*draw(some), *(f"B{i}" for i in range(50))][:50]
    data["child"]["up"] = [*draw(some), *(f"B{i}" for i in range(50))][:50]
    return standard, data


@given(two_tables())
@thorough(20)
def test_keys_and_references_are_judged_as_in_the_data_package(
    case: tuple[Standard, dict[str, Data]],
) -> None:
    standard, data = case
    ours = engine(standard, data)
    package = compiled(standard, "datapackage", "datapackage.json")
    for resource in package["resources"]:
        columns_ = data[resource["name"]]
        rows = [list(columns_), *map(list, zip(*columns_.values(), strict=True))]
        for key in ("path", "format", "encoding", "mediatype", "dialect", "scheme"):
            resource.pop(key, None)
        resource["data"] = rows
    report = Package.from_descriptor(package).validate(limit_errors=10**6)
    theirs: dict[str, dict[str, set[Row]]] = {"parent": {}, "child": {}}
    for task in report.tasks:
        for row, kind in task.flatten(["rowNumber", "type"]):
            theirs[task.name].setdefault(kind, set()).add(row)
    for table, field, code, kind in (
        ("parent", "ref", "duplicate-key", "primary-key"),
        ("child", "up", "orphan-reference", "foreign-key"),
    ):
        spec = standard.by_name[table].by_name[field]
        # a key that is itself at fault says nothing to us: one fault, one finding
        sound = {
            row
            for row, record in records_of(data[table])
            if is_value(spec, record[field], standard.missing_reasons)
        }
        assert set(ours[table].get(code, {})) == theirs[table].get(kind, set()) & sound
