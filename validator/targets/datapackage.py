"""Data Package v2: one descriptor for a submission, with the references between its files."""

from __future__ import annotations

from typing import Any

from validator.model.standard import Standard, Table
from validator.registry import Artefact, Loss, Target
from validator.targets._losses import of_the_standard
from validator.targets._tabular import PROFILES, losses, table_schema
from validator.targets._writing import as_json, provenance, without_empty


def _resource(standard: Standard, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        **without_empty(title=str(table.title), description=str(table.description)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": table_schema(standard, table, references=True),
    }


def _compile(standard: Standard) -> Artefact:
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": standard.id,
        "version": standard.version,
        **without_empty(title=str(standard.title)),
        **({"sources": [{"title": standard.source}]} if standard.source else {}),
        "x-accordant": provenance(standard),
        "resources": [_resource(standard, table) for table in standard.tables],
    }
    found = [lost for table in standard.tables for lost in losses(standard, table, references=True)]
    found += [_files(standard)]
    return Artefact({"datapackage.json": as_json(package)}, (*found, *of_the_standard(standard)))


def _files(standard: Standard) -> Loss:
    why = (
        "Each table is one comma-separated UTF-8 file of its name, and each must be there: remove "
        "the resources of tables that a submission does not hold, and the references to them."
    )
    return Loss("files", standard.id, why)


TARGET = Target(
    name="datapackage",
    title="Data Package v2",
    describes=(
        "datapackage.json for a submission of one CSV file a table, with the Table Schemas inline "
        "and the references between tables as foreign keys."
    ),
    compile=_compile,
)
