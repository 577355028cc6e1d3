"""docs/reference/project.md: the keys of a project file."""

from __future__ import annotations

from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Heading, Prose
from validator.reference.schema_words import parts
from validator.standards.form import meta_schema


def _blocks() -> Iterator[Block]:
    schema = meta_schema("project")
    yield Heading("The project file", 1)
    yield Prose(
        "`accordant.yaml`, in the folder in which `accordant check` runs. Its form is held by "
        "[`project.schema.json`](../../schemas/meta/project.schema.json), and "
        "[Pipelines](../pipelines.md) shows one at work."
    )
    yield from parts(schema, "key")


PAGE = Page("docs/reference/project.md", "The project file", lambda: markdown(_blocks()))
