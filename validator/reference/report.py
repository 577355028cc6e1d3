"""docs/reference/report.md: the fields of the JSON report."""

from __future__ import annotations

from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Heading, Prose
from validator.reference.schema_words import parts
from validator.standards.form import meta_schema


def _blocks() -> Iterator[Block]:
    schema = meta_schema("report")
    yield Heading("The JSON report", 1)
    yield Prose(
        "What `accordant check --format json` writes. Its form is held by "
        "[`report.schema.json`](../../schemas/meta/report.schema.json), and what stands here stays "
        "as long as `report` says `accordant.report/1`; keys may be added."
    )
    yield from parts(schema, "field")


PAGE = Page("docs/reference/report.md", "The JSON report", lambda: markdown(_blocks()))
