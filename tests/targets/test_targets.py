"""What each target writes: the golden files, the metaschemas, and the words of the losses.

ACCORDANT_WRITE_GOLDEN=1 writes the golden files anew; read the difference before it is kept.
"""

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package, Schema
from jsonschema import Draft202012Validator

from validator.model.standard import Standard
from validator.registry import targets
from validator.standards.load import load
from validator.targets.json_schema import schema, to_instance

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "targets"
STANDARDS = {"features": str(HERE / "features.yaml"), "global-indicator": "global-indicator"}

RECORD = {
    "group_ref": "ABC-0001",
    "members": "3",
    "files": "not_recorded",
    "share": "12.5",
    "grouped": "true",
    "status": "open",
    "lowest": "low",
    "highest": "high",
    "colours": "red;blue",
    "shape": "square",
    "received": "2023-Q4",
    "reviewed": "2024-01",
    "year": "2023",
}


@pytest.fixture(scope="module", params=STANDARDS)
def standard(request: pytest.FixtureRequest) -> Standard:
    # golden files are about what is compiled, not about comments in the YAML
    return replace(load(STANDARDS[request.param]), digest="sha256:0")


@pytest.fixture(scope="module")
def features() -> Standard:
    return load(STANDARDS["features"])


@pytest.mark.parametrize("target", ["json-schema", "table-schema", "datapackage"])
def test_what_is_written_is_what_was_agreed(standard: Standard, target: str) -> None:
    artefact = targets()[target].compile(standard)
    losses = "".join(f"{x.what} | {x.where} | {x.why}\n" for x in artefact.losses)
    folder = GOLDEN / standard.id / target
    for name, data in {**artefact.files, "losses.txt": losses.encode()}.items():
        if os.environ.get("ACCORDANT_WRITE_GOLDEN"):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        assert data.decode() == (folder / name).read_text("utf-8"), name
    assert {p.name for p in folder.iterdir()} == {*artefact.files, "losses.txt"}


@pytest.mark.parametrize("name", ["json-schema", "table-schema", "datapackage"])
def test_the_same_standard_gives_the_same_bytes(name: str) -> None:
    made = [targets()[name].compile(load(STANDARDS["features"])) for _ in range(2)]
    assert made[0] == made[1]
    for data in made[0].files.values():
        assert data.endswith(b"}\n")
        assert json.loads(data)["x-accordant"]["digest"].startswith("sha256:")


def test_json_schemas_keep_their_metaschema(standard: Standard) -> None:
    for data in targets()["json-schema"].compile(standard).files.values():
        Draft202012Validator.check_schema(json.loads(data))


def test_frictionless_accepts_the_table_schemas(standard: Standard) -> None:
    for data in targets()["table-schema"].compile(standard).files.values():
        assert list(Schema.metadata_validate(json.loads(data))) == []


def test_frictionless_accepts_the_data_package(standard: Standard) -> None:
    (data,) = targets()["datapackage"].compile(standard).files.values()
    assert list(Package.metadata_validate(json.loads(data))) == []


def test_every_rule_is_expressed_or_listed(standard: Standard) -> None:
    for name in ("table-schema", "datapackage"):
        lost = [x.where for x in targets()[name].compile(standard).losses if x.what == "rule"]
        assert Counter(lost) == Counter(f"{rule.table}: {rule.id}" for rule in standard.rules)
    artefact = targets()["json-schema"].compile(standard)
    lost = {x.where for x in artefact.losses if x.what == "rule"}
    written = b"".join(artefact.files.values()).decode()
    for rule in standard.rules:
        assert (f'"$comment": "rule {rule.id}"' in written) != (f"{rule.table}: {rule.id}" in lost)


def test_a_rule_is_enforced_as_far_as_it_goes(features: Standard) -> None:
    losses = {x.where: (x.what, x.why) for x in targets()["json-schema"].compile(features).losses}
    assert losses["groups: in-part"] == ("rule in part", "It depends on the day of the check.")
    assert losses["groups: levels-in-order"][0] == "rule"
    assert _broken(features, RECORD | {"files": "7"}) == ["rule in-part"]
    assert _broken(features, RECORD | {"files": "5"}) == []


def _broken(standard: Standard, record: dict[str, str]) -> list[str]:
    table = standard.by_name["groups"]
    validator = Draft202012Validator(schema(standard, table))
    errors = validator.iter_errors(to_instance(standard, table, record))
    return [
        str(dict(schema(standard, table)["allOf"][e.absolute_schema_path[1]])["$comment"])
        if e.absolute_schema_path[0] == "allOf"
        else "/".join(map(str, e.absolute_path))
        for e in errors
    ]


def test_a_clean_record_is_valid(features: Standard) -> None:
    assert _broken(features, RECORD) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"members": "1"}, "rule one-member-is-low"),
        ({"shape": "round"}, "rule open-is-not-round"),
        ({"status": "closed"}, "rule closed-says-why-not-red"),
        ({"shape": "other"}, "other-unspecified"),
        ({"received": "2019-Q2"}, "received"),
        ({"year": "2030"}, "year"),
        ({"day": "2023-02-29"}, "day"),
        ({"colours": "red;grey"}, "colours"),
        ({"members": "007"}, "members"),
        ({"status": "withheld"}, "status"),
        ({"shape_other": "N/A"}, "shape_other"),
        ({"shape_other": "\u200b"}, "shape_other"),
        ({"shape_other": "not_recorded"}, "shape_other"),
        ({"unheard_of": "1"}, ""),
        ({"group_ref": ""}, ""),
    ],
)
def test_a_fault_is_refused_where_it_is(
    features: Standard, change: dict[str, str], said: str
) -> None:
    assert _broken(features, RECORD | change) == [said]


def test_a_warning_refuses_nothing_but_can_be_applied(features: Standard) -> None:
    table = features.by_name["groups"]
    whole = schema(features, table)
    record = to_instance(features, table, RECORD | {"year": "1995", "weight": "2.5"})
    assert Draft202012Validator(whole).is_valid(record)
    applied = {**whole, "$ref": "#/$defs/Advice"}
    assert not Draft202012Validator(applied).is_valid(record)


def test_an_instance_holds_numbers_lists_and_reasons(features: Standard) -> None:
    instance = to_instance(
        features, features.by_name["groups"], RECORD | {"weight": "", "day": "x"}
    )
    assert instance["members"] == 3
    assert instance["share"] == 12.5
    assert instance["grouped"] is True
    assert instance["colours"] == ["red", "blue"]
    assert instance["files"] == "not_recorded"
    assert instance["day"] == "x"
    assert "weight" not in instance


def test_frictionless_enforces_keys_and_references(
    features: Standard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data,) = targets()["datapackage"].compile(features).files.values()
    (tmp_path / "datapackage.json").write_bytes(data)
    group = [RECORD.get(name, "") for name in features.by_name["groups"].by_name]
    _write(tmp_path / "groups.csv", features, "groups", [group])
    clean = [["A", "1", "ABC-0001", "low"], ["A", "2", "", "not_recorded"]]
    _write(tmp_path / "items.csv", features, "items", clean)
    monkeypatch.chdir(tmp_path)
    assert Package("datapackage.json").validate().valid
    faulty = [
        ["A", "1", "ABC-0001", "low"],
        ["A", "1", "ABC-0001", "low"],
        ["B", "1", "XYZ-0009", ""],
    ]
    _write(tmp_path / "items.csv", features, "items", faulty)
    found = Package("datapackage.json").validate().flatten(["rowNumber", "type"])
    assert found == [[3, "primary-key"], [4, "constraint-error"], [4, "foreign-key"]]


def _write(path: Path, standard: Standard, table: str, rows: list[list[str]]) -> None:
    lines = [list(standard.by_name[table].by_name), *rows]
    path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
