"""The log of a mend: every changed cell, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from validator.mending.changes import Change

LOG = "changes.csv"
"""What the log is called; beside a copy's folder, that folder's name stands before it."""


def as_csv(changes: Sequence[Change], *, values: bool) -> bytes:
    """The changes as CSV. Old cells only where they were asked for: the original has them."""
    text = io.StringIO()
    before = ["before"] if values else []
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "sheet", "row", "field", "code", *before, "after"])
    for c in changes:
        said = [c.before, c.after] if values else [c.after]
        writer.writerow([Path(c.file).name, c.sheet or "", c.row, c.field, c.code, *said])
    return text.getvalue().encode("utf-8-sig")
