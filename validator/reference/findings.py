"""docs/reference/findings.md: every finding code of ``accordant check``."""

from __future__ import annotations

from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose
from validator.reference.explain import GROUPS, about
from validator.registry import CHECK_GROUPS, checks


def _blocks() -> Iterator[Block]:
    yield Heading("Findings", 1)
    yield Prose(
        "What `accordant check` can say of a submission. Codes never change their meaning and are "
        "never used again for something else. `accordant explain CODE` shows the same text. "
        "Every example here is checked anew whenever this page is written."
    )
    yield Prose(
        "An **error** must be mended before the data are shared. A **warning** is likely to be a "
        "fault. A **note** is worth a look. `--fail-on` says which of them make the exit code 1."
    )
    for group in CHECK_GROUPS:
        of_group = [check for check in checks() if check.group == group]
        if not of_group:
            continue
        yield Heading(GROUPS[group])
        yield Grid(
            ["code", "severity", "what it says"],
            [[f"[`{c.code}`](#{c.code})", c.severity, c.title] for c in of_group],
        )
        for check in of_group:
            yield Heading(check.code, 3)
            yield Prose(f"{check.title} ({check.severity}).")
            for block in about(check):
                yield Heading(block.text, 4) if isinstance(block, Heading) else block


PAGE = Page("docs/reference/findings.md", "Findings", lambda: markdown(_blocks()))
