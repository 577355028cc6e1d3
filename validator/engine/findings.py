"""Dresses what was found for the report: files by name, records by key, counts by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from validator.engine.tables import CheckedTable
from validator.engine.tally import Tallies, Tally
from validator.expressions.headings import column_letters
from validator.expressions.values import is_value
from validator.model.reading import ROW
from validator.model.report import Completeness, Finding
from validator.model.standard import Identifies, Standard
from validator.registry import FILE, File, Hit

Keys = Mapping[tuple[int, int], str]
"""The key of a record by file and row."""


def findings(
    standard: Standard,
    files: Sequence[File],
    tables: Mapping[str, CheckedTable],
    tallies: Tallies,
) -> tuple[Finding, ...]:
    """The kept findings, by file, row and field."""
    found: list[Finding] = []
    places: dict[str, set[tuple[int, int]]] = {}
    for tally in tallies.by_place.values():
        for hit in tally.hits:
            table = tally.place[1]
            if table and table in tables and hit.file is not None and hit.row is not None:
                places.setdefault(table, set()).add((hit.file, hit.row))
    keys = {name: _keys(standard, tables[name], wanted) for name, wanted in places.items()}
    for tally in tallies.by_place.values():
        found += [
            _finding(tally, hit, files, keys.get(tally.place[1] or "", {})) for hit in tally.hits
        ]
    order = {table.name: i for i, table in enumerate(standard.tables)}
    return tuple(
        sorted(
            found,
            key=lambda f: (
                order.get(f.table or "", -1),
                f.file or "",
                f.row or 0,
                f.code,
                f.field or "",
            ),
        )
    )


def _finding(tally: Tally, hit: Hit, files: Sequence[File], keys: Keys) -> Finding:
    code, table, field, rule = tally.place
    at = (hit.file, hit.row)
    file = files[hit.file] if hit.file is not None else None
    return Finding(
        code=code,
        severity=tally.severity,
        message=hit.verdict.message,
        table=table,
        field=field,
        rule=rule,
        file=file.path if file else None,
        row=hit.row if file is None or file.numbered else None,
        key=keys.get(at) if None not in at else None,  # type: ignore[arg-type]  # because neither is None
        suggestion=hit.verdict.suggestion,
        value=hit.value,
        sheet=file.sheet if file else None,
        cell=_cell(file, hit, field) if file else None,
    )


def _cell(file: File, hit: Hit, field: str | None) -> str | None:
    """The place in a workbook, as spreadsheet programs write it: ``series!J17``."""
    if not file.cells or hit.row is None:
        return None
    column = hit.column
    if column is None and field is not None and field in file.columns:
        column = file.left + file.columns.index(field)
    if column is None:
        return None
    plain = (file.sheet or "").replace("_", "").isalnum()
    sheet = file.sheet if plain else "'" + (file.sheet or "").replace("'", "''") + "'"
    return f"{sheet}!{column_letters(column)}{hit.row}"


def _keys(standard: Standard, table: CheckedTable, wanted: set[tuple[int, int]]) -> Keys:
    """The keys of those records. A key that is not valid may be anything, so it is not shown."""
    if len(table.table.key) != 1 or table.table.key[0] not in table.present:
        return {}
    field = table.table.by_name[table.table.key[0]]
    if field.identifies is Identifies.DIRECT or field.free_text:
        return {}
    rows = [row for _, row in wanted]
    frame = table.by_number([field.name]).filter(pl.col(ROW).is_in(rows))
    return {
        (file, row): key
        for file, row, key in frame.select(FILE, ROW, field.name).iter_rows()
        if (file, row) in wanted and is_value(field, key, standard.missing_reasons)
    }


def completeness(
    standard: Standard, tables: Mapping[str, CheckedTable]
) -> tuple[Completeness, ...]:
    """How far each field of each table is filled."""
    found = []
    for table in standard.tables:
        checked = tables.get(table.name)
        for field in table.fields if checked else ():
            counts = checked.counts.get(field.name) if checked else None
            if checked is None or counts is None:
                continue
            rate = field.published.recorded if field.published else None
            found.append(
                Completeness(
                    table.name,
                    field.name,
                    checked.records,
                    counts.recorded,
                    counts.missing,
                    counts.blank,
                    counts.invalid,
                    None if rate is None else float(rate),
                )
            )
    return tuple(found)
