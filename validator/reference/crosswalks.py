"""docs/reference/crosswalks.md: the shipped crosswalks, row by row, and what lint says of them."""

from __future__ import annotations

from collections.abc import Iterator

from validator.crosswalks.examine import lints
from validator.crosswalks.find import offered
from validator.crosswalks.load import load
from validator.model.crosswalk import Crosswalk, Row
from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose

ROWS_SHOWN = 12
"""Rows of one crosswalk on the page: those of lists of countries are all alike."""


def _blocks() -> Iterator[Block]:
    yield Heading("Crosswalks", 1)
    yield Prose(
        "The shipped crosswalks, each row with its relation and how far it can be trusted: "
        "verified (read in the primary source), secondary (in a source that reports it), derived "
        "(worked out), unverified (from memory). [Crosswalks](../crosswalks.md) tells how they are "
        "used."
    )
    shipped = [load(name) for name in offered()]
    rows = [[f"[`{c.id}`](#{c.id})", *c.ends, c.status.value] for c in shipped]
    yield Grid(["crosswalk", "from", "to", "status"], rows)
    for crosswalk in shipped:
        yield from _crosswalk(crosswalk)
    yield Heading("What lint says of crosswalks")
    yield Prose("`accordant lint CROSSWALK` names each with file, line and column.")
    yield Grid(
        ["code", "severity", "what it says"],
        [[f"`{i.code}`", i.severity, i.title] for i in lints()],
    )
    for lint in lints():
        yield Heading(lint.code, 3)
        yield Prose(f"{lint.means} {lint.why} **How to mend it.** {lint.mend}")


def _crosswalk(crosswalk: Crosswalk) -> Iterator[Block]:
    yield Heading(crosswalk.id)
    yield Prose(f"{crosswalk.title}. Source: {crosswalk.source} ({crosswalk.status}).")
    if crosswalk.note:
        yield Prose(str(crosswalk.note))
    if crosswalk.tables:
        for item in crosswalk.tables:
            fields = [
                [
                    f"`{m.target}`",
                    m.how.value,
                    ", ".join(m.columns),
                    m.through.id if m.through else "",
                ]
                for m in item.moves
            ]
            yield Prose(f"Table `{item.subject}` becomes `{item.target}`:")
            yield Grid(["field", "how", "from", "through"], fields)
        return
    shown = [_row(row) for row in crosswalk.rows[:ROWS_SHOWN]]
    yield Grid(["code", "is", "relation", "status", "note"], shown)
    if len(crosswalk.rows) > ROWS_SHOWN:
        yield Prose(f"And {len(crosswalk.rows) - ROWS_SHOWN} more rows of the same kind.")
    for choice in crosswalk.choices:
        yield Prose(f"`--prefer {choice.name}`: {choice.title} ({choice.status}; {choice.source}).")


def _row(row: Row) -> list[str]:
    key = "; ".join(", ".join(codes) for codes in row.key.values())
    if row.reasons:
        said = " or ".join(row.reasons)
    else:
        said = " or ".join(f"`{c}`" if c else "no code" for c in row.candidates)
    relation = (
        "ambiguous" if len(row.candidates) > 1 or len(row.reasons) > 1 else row.predicate.value
    )
    relation = "none" if row.candidates == (None,) and not row.reasons else relation
    return [f"`{key}`", said, relation, row.status.value, str(row.note)]


PAGE = Page("docs/reference/crosswalks.md", "Crosswalks", lambda: markdown(_blocks()))
