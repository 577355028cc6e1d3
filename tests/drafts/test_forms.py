"""Standards drafted from what other tools know of data: schemas and forms."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import frictionless
import pydantic
import pytest
import xlsxwriter
from frictionless import Package, Resource, Schema
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from validator.api import check
from validator.drafts.drafting import draft, forms
from validator.drafts.writing import files_of
from validator.errors import UsageError
from validator.lint.examine import examine
from validator.model.standard import Field, Identifies, Kind, Precision, Severity, Standard
from validator.registry import targets
from validator.standards.load import load


def drafted(path: Path) -> Standard:
    """The standard drafted from one description; it lints clean."""
    folder = path.parent / "drafted"
    folder.mkdir(exist_ok=True)
    for name, data in files_of(draft([str(path)], "drafted")).items():
        (folder / name).write_bytes(data)
    remarks = examine(folder).remarks
    assert [r.finding.what for r in remarks if r.severity is not Severity.NOTE] == []
    return load(folder)


def comments(path: Path) -> str:
    text = (path.parent / "drafted" / "standard.yaml").read_text("utf-8")
    return " ".join(
        line.strip().removeprefix("# ") for line in text.splitlines() if "# " in line[:8]
    )


def written(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def field(standard: Standard, name: str, table: int = 0) -> Field:
    return standard.tables[table].by_name[name]


def test_every_form_has_a_name_and_a_title() -> None:
    assert [form.name for form in forms()] == ["json-schema", "linkml", "table-schema", "xlsform"]
    assert all(form.title for form in forms())


def test_one_description_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path / "s.json", {"fields": [{"name": "a"}]})
    with pytest.raises(UsageError, match="one description at a time"):
        draft([str(path), str(path)], "x")


# --- Table Schema


def test_a_data_package_becomes_tables_with_their_links(tmp_path: Path) -> None:
    ships = {
        "fields": [
            {"name": "ship", "type": "string", "constraints": {"pattern": "S-[0-9]+"}},
            {"name": "built", "type": "year"},
            {"name": "Crew Size", "type": "integer", "constraints": {"minimum": 0, "maximum": 99}},
            {"name": "flag", "constraints": {"enum": ["FRA", "KEN"], "required": True}},
            {"name": "mail", "type": "string", "format": "email"},
            {"name": "where", "type": "geopoint"},
            {"name": "odd", "constraints": {"pattern": "(?=x)y"}},
        ],
        "primaryKey": "ship",
        "missingValues": ["", "n/a", "-99"],
    }
    calls = {
        "fields": [{"name": "call", "type": "integer"}, {"name": "of", "type": "string"}],
        "foreignKeys": [{"fields": "of", "reference": {"resource": "ships", "fields": "ship"}}],
    }
    package = {
        "title": "Ships",
        "resources": [{"name": "ships", "schema": ships}, {"name": "calls", "schema": calls}],
    }
    path = written(tmp_path / "datapackage.json", package)
    standard = drafted(path)
    assert str(standard.title) == "Ships"
    assert [table.name for table in standard.tables] == ["ships", "calls"]
    assert standard.tables[0].key == ("ship",)
    assert field(standard, "ship").pattern == "S-[0-9]+"
    assert field(standard, "built").precision is Precision.YEAR
    assert (field(standard, "crew_size").minimum, field(standard, "crew_size").maximum) == (
        "0",
        "99",
    )
    assert field(standard, "flag").required
    assert field(standard, "mail").identifies is Identifies.DIRECT
    assert field(standard, "of", 1).references is not None
    assert set(standard.missing_reasons.by_code) == {"n/a"}
    told = comments(path)
    assert "'geopoint', which has no counterpart" in told
    assert "not every engine reads it" in told
    assert "look like values" in told  # -99


def test_what_accordant_compiles_comes_back(tmp_path: Path) -> None:
    for name, data in targets()["datapackage"].compile(load("global-indicator")).files.items():
        (tmp_path / name).write_bytes(data)
    standard = drafted(tmp_path / "datapackage.json")
    shipped = load("global-indicator")
    assert standard.by_name.keys() == shipped.by_name.keys()
    for table in shipped.tables:
        assert standard.by_name[table.name].by_name.keys() == table.by_name.keys()
        assert standard.by_name[table.name].key == table.key


def test_what_frictionless_infers_accepts_the_data(tmp_path: Path) -> None:
    rows = "ref,seen,crew,share,night\nA-1,2024-05-17,4,0.5,true\nA-2,2023-01-01,12,1.25,false\n"
    data = written(tmp_path / "vessels.csv", rows)
    schema = Schema.describe(str(data))
    path = written(tmp_path / "vessels.schema.json", schema.to_descriptor())
    standard = drafted(path)
    assert [f.kind for f in standard.tables[0].fields] == [
        Kind.STRING,
        Kind.DATE,
        Kind.INTEGER,
        Kind.NUMBER,
        Kind.BOOLEAN,
    ]
    assert check(standard, data, as_of="2026-01-31").findings == ()
    package = Package(resources=[Resource(name="vessels", path="vessels.csv", schema=schema)])
    assert drafted(written(tmp_path / "datapackage.json", package.to_descriptor())).tables


# --- JSON Schema, and pydantic's


class Flag(StrEnum):
    FRANCE = "FRA"
    KENYA = "KEN"


class Port(pydantic.BaseModel):
    name: str = pydantic.Field(max_length=40)


class Vessel(pydantic.BaseModel):
    """One vessel."""

    ref: Annotated[str, pydantic.Field(pattern=r"^[A-Z]{3}-[0-9]{4}$")]
    crew: Annotated[int, pydantic.Field(ge=0, lt=100)]
    share: float | None = None
    flag: Flag
    flags: list[Flag] = []
    night: bool | None = None
    kind: Literal["sail", "motor"] = "sail"
    port: Port | None = None
    either: int | str = 0


def test_a_model_of_pydantic_becomes_a_standard(tmp_path: Path) -> None:
    path = written(tmp_path / "vessel.json", Vessel.model_json_schema())
    standard = drafted(path)
    assert [table.name for table in standard.tables] == ["vessel", "port"]
    assert field(standard, "ref").pattern == "^[A-Z]{3}-[0-9]{4}$"
    assert field(standard, "ref").required
    crew = field(standard, "crew")
    assert (crew.kind, crew.minimum, crew.maximum) == (Kind.INTEGER, "0", "99")
    assert (field(standard, "share").kind, field(standard, "share").optional) == (Kind.NUMBER, True)
    flag = field(standard, "flag").codelist
    assert flag is not None
    assert flag.current == ("FRA", "KEN")
    assert field(standard, "flags").many
    assert field(standard, "night").kind is Kind.BOOLEAN
    assert field(standard, "kind").kind is Kind.CODES
    assert field(standard, "port").kind is Kind.STRING
    assert "It holds an object there" in comments(path)
    assert "several types there" in comments(path)


CARRIED = Path(frictionless.__file__).parent / "assets" / "profiles"


@pytest.mark.parametrize("name", ["geojson.json", "topojson.json"])
def test_schemas_that_frictionless_carries_are_drafted(name: str, tmp_path: Path) -> None:
    assert drafted(written(tmp_path / name, (CARRIED / name).read_text("utf-8"))).tables


def test_labels_of_one_of_const_are_kept(tmp_path: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {
            "x": {"oneOf": [{"const": 1, "title": "Male"}, {"const": 2, "title": "Female"}]},
            "y": {"type": ["string", "null"], "format": "date"},
            "z": {"type": "string", "pattern": "[a-z]"},
        },
    }
    standard = drafted(written(tmp_path / "people.schema.json", schema))
    codes = field(standard, "x").codelist
    assert codes is not None
    assert {code.code: str(code.label) for code in codes.codes} == {"1": "Male", "2": "Female"}
    assert field(standard, "y").kind is Kind.DATE
    # there a pattern may match anywhere in the text
    assert field(standard, "z").pattern == "[^\\n]*(?:[a-z])[^\\n]*"


@pytest.mark.parametrize(
    "schema",
    [
        {"$defs": {"A": {"properties": {"a": {"$ref": "#/$defs/A"}}}}},
        {"properties": {"a": {"$ref": "#/properties/a"}}},
        {"properties": {"a": {"$ref": "https://example.org/x.json"}, "b": True, "é": {}}},
        {"properties": {"a": {"enum": ["x", "X", " y "]}, "b": {"enum": []}}},
        {"properties": {"a": {"type": "integer", "minimum": 9, "maximum": 1}}},
        {"type": "array", "items": {"properties": {"a": {"type": "array", "items": {}}}}},
        {"properties": {"a": {"allOf": [{"type": "integer"}, {"minimum": 3}]}}},
        {"properties": {"": {"type": "string"}, "1": {"const": None}}},
        {"properties": {"a": {"type": {}}, "b": {"type": [["string"]]}}},
        {"properties": {"a": {"type": "integer", "exclusiveMinimum": float("inf")}}},
        {"properties": {"a": {"type": "number", "maximum": float("nan")}}},
        {"properties": {"a": {"type": "string", "minLength": -1, "maxLength": float("inf")}}},
        {"properties": {"a": {"type": "string", "maxLength": 10**30}}},
    ],
)
def test_schemas_that_nobody_would_write_are_drafted_all_the_same(
    schema: Any, tmp_path: Path
) -> None:
    assert drafted(written(tmp_path / "odd.json", schema)).tables


# --- XLSForm


def form(path: Path, survey: list[list[str]], choices: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in (("survey", survey), ("choices", choices)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_form_becomes_tables_with_its_choices(tmp_path: Path) -> None:
    head = ["type", "name", "label::English (en)", "label::French (fr)", "required", "constraint"]
    survey = [
        [*head, "relevant"],
        ["start", "begun", "", "", "", "", ""],
        ["note", "hello", "Hello", "", "", "", ""],
        ["begin_group", "about", "", "", "", "", ""],
        ["select_one flags", "flag", "Flag", "Pavillon", "yes", "", ""],
        ["select_multiple gear or_other", "gear", "Gear", "", "", "", ""],
        ["integer", "crew", "Crew", "", "true", ". >= 0 and . <= 99", ""],
        ["decimal", "share", "Share", "", "yes", ". < 5", "${crew} > 1"],
        ["end_group", "", "", "", "", "", ""],
        ["begin_repeat", "calls", "", "", "", "", ""],
        ["date", "day", "Day", "", "yes", "", ""],
        ["geopoint", "place", "Place", "", "", "", ""],
        ["end_repeat", "", "", "", "", "", ""],
        ["phonenumber", "phone", "", "", "", "", ""],
        ["select all that apply from gear", "more", "", "", "", "", ""],
        ["select one from nowhere", "lost", "", "", "", "", ""],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::French (fr)"],
        ["flags", "FRA", "France", "France"],
        ["flags", "KEN", "Kenya", "Kenya"],
        ["gear", "net", "Net", "Filet"],
        ["gear", "line", "Line", "Ligne"],
    ]
    path = form(tmp_path / "vessels.xlsx", survey, choices)
    standard = drafted(path)
    assert [table.name for table in standard.tables] == ["vessels", "calls"]
    flag = field(standard, "flag")
    assert flag.required
    assert flag.title.in_language("fr") == "Pavillon"
    gear = field(standard, "gear")
    assert (gear.many, gear.specify) == (True, "gear_other")
    crew = field(standard, "crew")
    assert (crew.minimum, crew.maximum) == ("0", "99")
    # asked only of some, so that it may be blank
    assert field(standard, "share").optional
    assert field(standard, "phone").identifies is Identifies.DIRECT
    assert field(standard, "day", 1).kind is Kind.DATE
    assert field(standard, "more").many
    assert field(standard, "lost").kind is Kind.STRING
    assert "hello" not in standard.tables[0].by_name
    assert "'geopoint'" in comments(path)


def test_every_type_of_question_that_pyxform_knows_is_drafted(tmp_path: Path) -> None:
    kinds = sorted(QUESTION_TYPE_DICT)
    survey = [["type", "name", "label"]]
    survey += [[kind, f"q{number}", kind] for number, kind in enumerate(kinds)]
    survey += [["select one from colours", "c", "C"], ["rank colours", "d", "D"]]
    choices = [["list name", "name", "label"], ["colours", "red", "Red"], ["colours", "1", "One"]]
    standard = drafted(form(tmp_path / "all.xlsx", survey, choices))
    assert len(standard.tables[0].fields) > len(kinds) / 2
    assert field(standard, "c").kind is Kind.CODES
    assert field(standard, "d").many


def test_a_workbook_of_data_is_no_form(tmp_path: Path) -> None:
    path = form(tmp_path / "data.xlsx", [["a", "b"], ["1", "2"]], [["c"], ["3"]])
    assert {table.name for table in drafted(path).tables} == {"survey", "choices"}


# --- LinkML

LINKML = """\
id: https://example.org/vessels
name: vessels
title: Vessels
default_range: string
classes:
  Thing:
    abstract: true
    attributes:
      ref: {identifier: true, pattern: "^[A-Z]+-[0-9]+$"}
  Port: {is_a: Thing, slots: [label]}
  Vessel:
    is_a: Thing
    slots: [label, crew, flag, flags, home, notes, rig]
    slot_usage:
      crew: {required: true}
slots:
  label: {description: What it is called}
  crew: {range: count}
  flag: {range: Flag}
  flags: {range: Flag, multivalued: true}
  home: {range: Port}
  notes: {multivalued: true}
  rig: {range: Rig}
types:
  count: {typeof: integer}
enums:
  Flag:
    permissible_values:
      FRA: {title: France}
      KEN:
  Rig:
"""


def test_classes_of_linkml_become_tables(tmp_path: Path) -> None:
    standard = drafted(written(tmp_path / "vessels.yaml", LINKML))
    assert [table.name for table in standard.tables] == ["port", "vessel"]
    vessel = standard.by_name["vessel"]
    assert vessel.key == ("ref",)
    assert vessel.by_name["crew"].kind is Kind.INTEGER
    assert vessel.by_name["crew"].required
    assert vessel.by_name["flags"].many
    # an enumeration without values, as beginnings have them
    assert vessel.by_name["rig"].kind is Kind.STRING
    home = vessel.by_name["home"].references
    assert home is not None
    assert (home.table, home.field) == ("port", "ref")
    assert str(vessel.by_name["label"].description) == "What it is called"


def test_of_fields_of_one_name_the_first_is_drafted(tmp_path: Path) -> None:
    twice = [{"name": "A b", "type": "integer"}, {"name": "A b"}, {"name": "a_b"}]
    standard = drafted(written(tmp_path / "s.json", {"fields": twice}))
    assert [item.name for item in standard.tables[0].fields] == ["a_b", "a_b_2"]
    assert field(standard, "a_b").kind is Kind.INTEGER
    assert "Of fields of one name the first is here: 1 left out." in comments(tmp_path / "s.json")


def test_tables_of_one_name_are_drafted_once(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "a"}]}
    package = {"resources": [{"name": "r", "schema": schema}, {"name": "r", "schema": schema}]}
    assert len(drafted(written(tmp_path / "s.json", package)).tables) == 1


def test_a_description_without_a_field_is_told(tmp_path: Path) -> None:
    for text in ({"fields": []}, {"resources": []}):
        path = written(tmp_path / "s.json", text)
        with pytest.raises(UsageError, match=r"no field to draft from the Table Schema s\.json"):
            draft([str(path)], "s")


def test_a_table_schema_in_which_nothing_has_its_right_form_still_drafts(tmp_path: Path) -> None:
    odd = {
        "name": "x",
        "title": 5,
        "format": ["a"],
        "missingValues": [1, {"label": "x"}],
        "constraints": {"minimum": {"a": 1}, "enum": "abc", "pattern": 5, "minLength": "many"},
    }
    schema = {"fields": [odd], "missingValues": "NA", "primaryKey": 5, "foreignKeys": 7}
    assert field(drafted(written(tmp_path / "s.json", schema)), "x").kind is Kind.STRING
