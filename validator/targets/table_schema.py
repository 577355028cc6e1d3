"""Table Schema: one schema a table, for a file that is checked by itself."""

from __future__ import annotations

from itertools import chain

from validator.model.standard import Standard
from validator.registry import Artefact, Target
from validator.targets._losses import of_the_standard
from validator.targets._tabular import losses, table_schema
from validator.targets._writing import as_json


def _compile(standard: Standard) -> Artefact:
    files = {
        f"{table.name}.schema.json": as_json(table_schema(standard, table, references=False))
        for table in standard.tables
    }
    found = [losses(standard, table, references=False) for table in standard.tables]
    return Artefact(files, (*chain.from_iterable(found), *of_the_standard(standard)))


TARGET = Target(
    name="table-schema",
    title="Table Schema (Data Package v2)",
    describes=(
        "One schema a table, as frictionless enforces it: types, constraints, keys, and each "
        "field's missing reasons as labelled missing values."
    ),
    compile=_compile,
)
