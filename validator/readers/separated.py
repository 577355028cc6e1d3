"""Delimited text: comma, semicolon, tab and pipe separated."""

from __future__ import annotations

from collections.abc import Sequence

from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers import delimited
from validator.readers.source import Source

SUFFIXES = (".csv", ".tsv", ".txt")


def read(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """The one table of a delimited text; the field names help to tell its separator."""
    known = frozenset(name for table in tables for name in table.by_name)
    return [delimited.read(source, known)]
