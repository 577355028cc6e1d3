"""A small standard with a field of every kind, and coders' files for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

STANDARD = """
standard: example
version: 1.0.0
title: Example
missing_reasons:
  codelist: missing-reason
  codes: {not_recorded: Not recorded, not_visible: Not visible}
tables:
  - table: records
    key: ref
    fields:
      ref: {type: string, pattern: "R[0-9]{3}", required: true, identifies: pseudonym}
      colour: {codes: [red, blue, green], missing: [not_recorded, not_visible]}
      level: {codes: grade, missing: [not_recorded]}
      number: {type: integer, minimum: 0, optional: true}
      month: {type: date, precision: month, optional: true}
      marks: {codes: [a, b, c], many: true, optional: true}
      sure: {type: boolean, optional: true}
      name: {type: string, optional: true, max_length: 40}
      remarks: {type: string, optional: true, free_text: true, max_length: 400}
  - table: others
    fields:
      size: {codes: [small, large]}
      place: {codes: [here, there]}
codelists:
  - {codelist: grade, ordered: true, codes: [low, middle, high, top]}
"""

Cells = Mapping[str, Sequence[str]]
"""A coder's cells by field; the references R001, R002 ... are added where they are not given."""


def standard(folder: Path) -> Path:
    path = folder / "standard.yaml"
    path.write_text(STANDARD, "utf-8")
    return path


def file(folder: Path, name: str, cells: Cells) -> Path:
    """A coder's file, named so that its headings alone tell the table."""
    number = len(next(iter(cells.values())))
    table = {"ref": [f"R{row:03d}" for row in range(1, number + 1)], **cells}
    lines = [",".join(table), *(",".join(row) for row in zip(*table.values(), strict=True))]
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
