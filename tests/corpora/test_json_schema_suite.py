"""JSON-Schema-Test-Suite: what a draft from a schema does not say in a comment, it does.

The suite tests validators, and ours is jsonschema, which runs it itself. Here each of its schemas
is one field of a draft. Where the comment of that field names nothing that was left out, the draft
must take the values that the suite calls valid, and no others.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from validator.api import check
from validator.drafts.drafting import draft
from validator.drafts.parts import DraftField
from validator.drafts.writing import files_of
from validator.errors import AccordantError
from validator.lint.examine import examine
from validator.model.standard import Severity
from validator.standards.load import load

TYPES = {"string": str, "date": str, "integer": (int, float), "number": (int, float)}
"""The types of the values that are put to a field: the text of a cell has none of its own."""

NO_TYPE = "It has no type there"

LEFT = {
    "optional/bignum.json": "a number has at most 18 digits here",
    "optional/float-overflow.json": "the same",
    "format.json": "a date is one here, where the suite takes the word for a remark",
    "optional/ecmascript-regex.json, ECMA 262 regex converts \\t to horizontal tab": (
        "nobody sees a tab"
    ),
}
"""Files, or groups of cases in them, that are not held against the draft, and why."""


@pytest.fixture(scope="session")
def suite(corpora: Path) -> dict[str, list[dict[str, Any]]]:
    """The groups of cases of draft 2020-12 by file, out of the source package of jsonschema."""
    archives = list(corpora.glob("jsonschema-*.tar.gz"))
    if not archives:
        pytest.skip("NO JSON-SCHEMA-TEST-SUITE: get it: make corpora")
    found = {}
    with tarfile.open(archives[0]) as archive:
        for member in archive.getmembers():
            if "/json/tests/draft2020-12/" in member.name and member.name.endswith(".json"):
                content = archive.extractfile(member)
                assert content is not None
                found[member.name.partition("draft2020-12/")[2]] = json.load(content)
    return found


def drafted(schema: Any, folder: Path) -> DraftField:
    """The field of a draft whose schema that is; the draft lints clean."""
    shared = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    fields = {"id": {"type": "string"}, "value": schema}
    whole = {"properties": fields, "required": ["id", "value"], "$defs": shared}
    (folder / "record.json").write_text(json.dumps(whole), "utf-8")
    made = draft([str(folder / "record.json")], "suite")
    for name, data in files_of(made).items():
        (folder / name).write_bytes(data)
    remarks = examine(folder).remarks
    assert [r.finding.what for r in remarks if r.severity is not Severity.NOTE] == []
    return next(f for f in made.tables[0].fields if f.name == "value")


def cells(field: DraftField, cases: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """The values of the field's own type as the text of a cell, and whether each is valid."""
    wanted: Any = TYPES.get(str(field.keys.get("type")), (str, int, float, bool))
    for case in cases:
        value = case["data"]
        if value is None:
            yield "", case["valid"]
        elif isinstance(value, bool):
            if wanted not in TYPES.values():
                yield str(value).lower(), case["valid"]
        elif isinstance(value, wanted) and value != "":
            whole = isinstance(value, float) and value.is_integer()
            yield str(int(value) if whole else value), case["valid"]


def refused(folder: Path, texts: list[str]) -> list[bool]:
    names = [f"row {row}" for row in range(len(texts))]
    frame = pl.DataFrame({"id": names, "value": texts})
    standard = load(folder)
    report = check(standard, {standard.tables[0].name: frame}, max_rows=10_000)
    rows = {f.row for f in report.findings if f.field == "value" and f.severity is Severity.ERROR}
    return [row + 2 in rows for row in range(len(texts))]


def test_a_draft_says_what_it_leaves_out(
    suite: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    held, wrong = 0, []
    for name, groups in suite.items():
        for group in groups:
            field = drafted(group["schema"], tmp_path)
            title = f"{name}, {group['description']}"
            told = [why for why in field.why if not why.startswith(NO_TYPE)]
            pairs = list(cells(field, group["tests"]))
            if told or not pairs or name in LEFT or title in LEFT:
                continue
            answers = refused(tmp_path, [text for text, _ in pairs])
            held += len(pairs)
            wrong += [title for (_, ok), no in zip(pairs, answers, strict=True) if ok == no]
    assert wrong == []
    assert held > HELD


def test_every_schema_becomes_a_draft_or_one_clear_line(
    suite: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    drafts, refusals = 0, []
    for schema in (group["schema"] for groups in suite.values() for group in groups):
        (tmp_path / "schema.json").write_text(json.dumps(schema), "utf-8")
        try:
            drafts += bool(files_of(draft([str(tmp_path / "schema.json")], "suite")))
        except AccordantError as error:
            refusals.append(str(error))
    assert max(len(refusal.splitlines()) for refusal in refusals) == 1
    assert drafts > DRAFTS


HELD, DRAFTS = 150, 50
"""Fewer values would mean that the comments excuse everything, or that all is refused."""


def test_every_group_that_is_left_out_is_there(suite: dict[str, list[dict[str, Any]]]) -> None:
    groups = {f"{name}, {group['description']}" for name, some in suite.items() for group in some}
    assert LEFT.keys() <= suite.keys() | groups
