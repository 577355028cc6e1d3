"""A standard drafted from files of data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from validator.drafts.columns import Column, drafted, reasons_of
from validator.drafts.parts import Draft, DraftField, DraftTable, Left, slug, slugs
from validator.errors import UsageError
from validator.model.reading import Reading

if TYPE_CHECKING:
    import polars as pl

BATCH = 200_000


def draft(readings: Sequence[Reading], name: str) -> Draft:
    """One table for each reading. Raises UsageError where there is none that can be drafted."""
    tables: dict[str, list[Column]] = {}
    titles: dict[str, str] = {}
    for reading in readings:
        if not reading.columns:
            message = f"{reading.path} could not be read as a table. 'accordant check' says why."
            raise UsageError(message)
        title = reading.sheet or PurePath(reading.path).name.split(".")[0]
        table = slug(title, "table", tables)
        tables[table], titles[table] = _columns(reading), title
    if not tables:
        message = "There is no table in these files. Name a CSV file or a workbook."
        raise UsageError(message)
    reasons = reasons_of(column for columns in tables.values() for column in columns)
    made: list[DraftTable] = []
    left: list[Left] = []
    for table, columns in tables.items():
        fields = []
        for column in columns:
            item, remains = drafted(column, reasons, table)
            fields.append(item)
            left += remains
        made.append(_table(table, titles[table], columns, fields))
    files = ", ".join(dict.fromkeys(PurePath(reading.path).name for reading in readings))
    linked = _linked(made, tables)
    return Draft(name, tuple(linked), f"from {files}", reasons, tuple(left))


def _columns(reading: Reading) -> list[Column]:
    """Every column with what it holds; blank rows are no records."""
    import polars as pl

    names = slugs(reading.columns, "column")
    counts: list[Counter[str]] = [Counter() for _ in names]
    for batch in reading.frames(BATCH):
        cells = [f"c{i}" for i in range(len(names))]
        frame: pl.DataFrame = batch.filter(pl.any_horizontal(pl.col(c) != "" for c in cells))
        for cell, count in zip(cells, counts, strict=True):
            count.update(dict(frame.get_column(cell).value_counts().iter_rows()))
    return [
        Column(heading, name, texts)
        for heading, name, texts in zip(reading.columns, names, counts, strict=True)
    ]


def _table(
    name: str, title: str, columns: Sequence[Column], fields: list[DraftField]
) -> DraftTable:
    """The table with its key: the first column in which every record has a value of its own."""
    keyed = next(
        (
            column.name
            for column, item in zip(columns, fields, strict=True)
            if column.is_key
            and item.keys.get("type") in {"string", "integer"}
            and "free_text" not in item.keys
            and item.keys.get("identifies") != "direct"
        ),
        None,
    )
    why = () if keyed else ("No column tells the records apart: there is no key.",)
    other = {c.heading: c.name for c in columns if c.heading != c.name}
    headings = (
        (f"{len(other)} headings are no field names: headings.csv says what to call them.",)
        if other
        else ()
    )
    return DraftTable(
        name, tuple(fields), (keyed,) if keyed else (), title, (*why, *headings), other
    )


def _linked(made: list[DraftTable], tables: dict[str, list[Column]]) -> list[DraftTable]:
    """A field that has the name of another table's key, and no value that is not there: a link."""
    keys = {
        table.key[0]: (table.name, next(c for c in tables[table.name] if c.name == table.key[0]))
        for table in made
        if table.key
    }
    result = []
    for table in made:
        fields = []
        for item, column in zip(table.fields, tables[table.name], strict=True):
            owner, key = keys.get(item.name, ("", None))
            if (
                key is not None
                and owner != table.name
                and item.name not in table.key
                and column.values
                and column.values.keys() <= key.values.keys()
                and "codes" not in item.keys
            ):
                why = (*item.why, f"Every value is in {owner}, too.")
                link = {**item.keys, "references": f"{owner}.{item.name}"}
                item = replace(item, keys=link, why=why)  # noqa: PLW2901 - the same field, linked
            fields.append(item)
        result.append(replace(table, fields=tuple(fields)))
    return result
