"""docs/reference/report.md: the fields of the JSON report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose
from validator.reference.schema_words import kind, rows
from validator.standards.locate import schemas_folder


def _blocks() -> Iterator[Block]:
    path = schemas_folder() / "meta" / "report.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    yield Heading("The JSON report", 1)
    yield Prose(
        "What `accordant check --format json` writes. Its form is held by "
        "[`report.schema.json`](../../schemas/meta/report.schema.json), and what stands here stays "
        "as long as `report` says `accordant.report/1`; keys may be added."
    )
    yield Prose(schema["description"])
    yield Grid(["field", "holds", "always there", "meaning"], [*rows(schema)])
    for name, part in schema.get("$defs", {}).items():
        yield Heading(name)
        if "description" in part:
            yield Prose(part["description"])
        if found := [*rows(part)]:
            yield Grid(["field", "holds", "always there", "meaning"], found)
        else:
            yield Prose(f"Holds {kind(part)}.")


PAGE = Page("docs/reference/report.md", "The JSON report", lambda: markdown(_blocks()))
