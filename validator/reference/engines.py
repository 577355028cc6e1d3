"""docs/reference/engines.md: which engines can hold the records, and which checks run there."""

from __future__ import annotations

from collections.abc import Iterator

from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Prose
from validator.registry import CellCheck, Check, FileCheck, TextCheck, checks, engines

_WHERE = {
    CellCheck: ("there", "cells at fault are judged here, each distinct text once"),
    TextCheck: ("there", "texts that may say something are read here, each distinct text once"),
    FileCheck: ("here", "our own scan of delimited files; other forms cannot have this fault"),
}


def _row(check: Check) -> list[str]:
    code = f"[`{check.code}`](findings.md#{check.code})"
    if check.code == "blank-row":
        return [code, "there", "counted among the records"]
    if check.group == "structure" and not isinstance(check, FileCheck):
        return [code, "here", "from the headings alone"]
    for kind, (where, how) in _WHERE.items():
        if isinstance(check, kind):
            return [code, where, how]
    return [code, "there", "within a record; what spans records is held together here"]


def _blocks() -> Iterator[Block]:
    yield Heading("Engines", 1)
    yield Prose(
        "Where the records outgrow this program's own engine (Polars), another one can hold them: "
        "`accordant check FOLDER --engine NAME`, or a data frame of it in the Python interface. "
        "Every check is made, and no engine has one skipped; what differs is that rows have no "
        "numbers there, so that findings name the key of the record alone. "
        "[Scale](../scale.md) tells what it costs."
    )
    yield Grid(
        ["engine", "what it is", "install"],
        [[f"`{name}`", e.title, f"`accordant[{name}]`"] for name, e in engines().items()],
    )
    yield Prose(
        "Where each check does its work: *there*, as an expression that the engine computes over "
        "all records, or *here*."
    )
    yield Grid(["check", "over all records", "then"], [_row(check) for check in checks()])


PAGE = Page("docs/reference/engines.md", "Engines", lambda: markdown(_blocks()))
