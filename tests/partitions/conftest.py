"""A small submission in partitions, beside the folder of its states."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partitions.submissions import written

STANDARD = """
standard: small
version: 1.0.0
missing_reasons:
  codelist: missing-reason
  codes: {not_recorded: {label: Not recorded}}
tables:
  - table: cases
    key: ref
    stale:
      - {field: status, codes: [open], reviewed: reviewed, months: 12}
    fields:
      ref: {type: string, pattern: "^[A-Z]{3}-[0-9]{3}$", required: true, identifies: pseudonym}
      status: {codes: status, required: true, quasi_identifier: true}
      reviewed: {type: date, precision: month, required: true}
      region: {type: string, optional: true, max_length: 20}
      remarks: {type: string, optional: true, free_text: true}
  - table: items
    key: item
    fields:
      item: {type: string, pattern: "^[0-9]+$", required: true}
      ref: {type: string, references: cases.ref, required: true}
codelists:
  - codelist: status
    codes: {open: {label: Open}, closed: {label: Closed}}
"""
CASES = "ref,status,reviewed,region,remarks"
PARTS = {
    "cases-1.csv": [CASES, "AAA-001,open,2025-11,north,", "AAA-002,shut,2025-11,north,", ""],
    "cases-2.csv": [CASES, "AAA-001,open,2023-01,south,", "aaa-003,closed,2025-12,,"],
    "items-1.csv": ["item,ref", "1,AAA-001", "2,AAA-009"],
}
"""Each file has faults of its own, and a key stands in two of them."""


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    """A standard with a key, a reference, a status that grows stale, and free text."""
    path = tmp_path / "small.yaml"
    path.write_text(STANDARD, "utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two files of one table, and one of another."""
    return written(tmp_path / "in", PARTS)


@pytest.fixture
def states(tmp_path: Path) -> Path:
    """Where the states are to be: there is nothing there yet."""
    return tmp_path / "states"
