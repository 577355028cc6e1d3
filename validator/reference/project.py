"""docs/reference/project.md: the keys of a project file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose
from validator.reference.schema_words import kind, rows
from validator.standards.locate import schemas_folder


def _blocks() -> Iterator[Block]:
    path = schemas_folder() / "meta" / "project.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    yield Heading("The project file", 1)
    yield Prose(
        "`accordant.yaml`, in the folder in which `accordant check` runs. Its form is held by "
        "[`project.schema.json`](../../schemas/meta/project.schema.json), and "
        "[Pipelines](../pipelines.md) shows one at work."
    )
    yield Prose(schema["description"])
    yield Grid(["key", "holds", "always there", "meaning"], [*rows(schema)])
    for name, part in schema["$defs"].items():
        yield Heading(name)
        yield Prose(part["description"])
        if found := [*rows(part)]:
            yield Grid(["key", "holds", "always there", "meaning"], found)
        else:
            yield Prose(f"Holds {kind(part)}.")


PAGE = Page("docs/reference/project.md", "The project file", lambda: markdown(_blocks()))
