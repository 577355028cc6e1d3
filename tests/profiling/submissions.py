"""Submissions with exact counts, and small standards, for the tests of profiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

SHIPPED = "global-indicator"

SMALL = """
standard: small
version: 1.0.0
title: Small
source: Made up for tests
missing_reasons:
  codelist: missing-reason
  codes:
    not_recorded: {label: Not recorded}
    not_determinable: {label: Not determinable}
    not_applicable: {label: Not applicable, inapplicable: true}
    withheld: {label: Withheld, withholds: true}
tables:
  - table: records
    key: ref
    fields:
      ref: {type: string, pattern: "R[0-9]+", required: true}
      contributor: {codes: [FRA, KEN, PER], required: true}
      colour:
        codes:
          red: {label: Red}
          blue: {label: Blue}
          green: {label: Green}
          other: {label: Other, other: true}
        missing: [not_recorded, not_determinable, not_applicable]
      level: {codes: level, missing: [not_recorded, not_determinable]}
      themes: {codes: [a, b, c], many: true, missing: [not_recorded]}
      amount: {type: integer, minimum: 0, missing: [not_recorded]}
      ratio: {type: number, optional: true}
      day: {type: date, missing: [not_recorded]}
      remarks: {type: string, optional: true, free_text: true}
"""

LEVEL = """
codelist: level
ordered: true
codes: {"1": A, "2": B, "3": C, "4": D, "5": E, "6": F, "7": G, "8": H, "9": I}
"""


def standard(folder: Path, text: str = SMALL) -> Path:
    """The small standard as a file, in a folder of its own."""
    path = folder / "small" / "standard.yaml"
    (path.parent / "codelists").mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    (path.parent / "codelists" / "level.yaml").write_text(LEVEL, "utf-8")
    return path


def column(counts: Mapping[str, int]) -> list[str]:
    """Cells with exactly these counts."""
    return [text for text, count in counts.items() for _ in range(count)]


def written(path: Path, columns: Mapping[str, Mapping[str, int]], key: str = "") -> Path:
    """A CSV file whose columns have exactly these counts; ``key`` numbers the records."""
    data = {name: column(counts) for name, counts in columns.items()}
    rows = len(next(iter(data.values())))
    keys = {key: [f"R{i}" for i in range(rows)]} if key else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame({**keys, **data}).write_csv(path)
    return path
