"""docs/reference/lint.md: what ``accordant lint`` can say of a standard."""

from __future__ import annotations

from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose
from validator.registry import lints


def _blocks() -> Iterator[Block]:
    yield Heading("Lint", 1)
    yield Prose(
        "What `accordant lint STANDARD` can say of a standard, each with file, line and column. "
        "`accordant explain CODE` shows the same text."
    )
    rows = [[f"[`{lint.code}`](#{lint.code})", lint.severity, lint.title] for lint in lints()]
    yield Grid(["code", "severity", "what it says"], rows)
    for lint in lints():
        yield Heading(lint.code)
        yield Prose(f"{lint.title} ({lint.severity}).")
        yield Prose(f"**What it means.** {lint.means}")
        yield Prose(f"**Why it matters.** {lint.why}")
        yield Prose(f"**How to mend it.** {lint.mend}")


PAGE = Page("docs/reference/lint.md", "Lint", lambda: markdown(_blocks()))
