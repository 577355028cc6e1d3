"""Values with a type of their own (dates, numbers, truth) as the text that a standard writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Kind, Precision, Table
from validator.readers.faults import FaultLog

if TYPE_CHECKING:
    import polars as pl

MOST_EXACT = 2**53
"""From here on a float does not hold every whole number."""


def agreed(tables: Iterable[Table], name: str | None = None) -> dict[str, Field]:
    """The fields by heading: of the table of that ``name``, or those that no table disputes."""
    several = list(tables)
    chosen = [table for table in several if table.name == name] or several
    fields: dict[str, Field] = {}
    disputed: set[str] = set()
    for field in (field for table in chosen for field in table.fields):
        other = fields.setdefault(field.name, field)
        same = (other.kind, other.precision, other.many, other.separator)
        if same != (field.kind, field.precision, field.many, field.separator):
            disputed.add(field.name)
    return {name: field for name, field in fields.items() if name not in disputed}


def day(text: pl.Expr, field: Field | None) -> pl.Expr:
    """A real date, given as ``YYYY-MM-DD``, as a field of that precision writes it.

    A spreadsheet holds the month 2024-05 as the first of May. Any other day is more than the
    field asks for, and stays to be seen.
    """
    import polars as pl

    precision = field.precision if field and field.kind is Kind.DATE else Precision.DAY
    year, month = text.str.slice(0, 4), text.str.slice(5, 2)
    match precision:
        case Precision.YEAR:
            return pl.when(text.str.slice(4) == "-01-01").then(year).otherwise(text)
        case Precision.QUARTER:
            number = (month.cast(pl.Int8, strict=False) + 2) // 3
            first = text.str.slice(7) == "-01"
            quarter = pl.format("{}-Q{}", year, number)
            starts = month.is_in(["01", "04", "07", "10"])
            return pl.when(first & starts).then(quarter).otherwise(text)
        case Precision.MONTH:
            return pl.when(text.str.slice(7) == "-01").then(text.str.slice(0, 7)).otherwise(text)
        case Precision.DAY:
            return text


def column(name: str, kind: pl.DataType, field: Field | None) -> pl.Expr:
    """A typed column as text, never null. Raises a PolarsError for what is no single value."""
    import polars as pl

    cell = pl.col(name)
    text = cell.cast(pl.String)
    if kind.is_float() or kind.is_decimal():
        # 3.0 is a whole number that a column had to widen because a cell was empty
        whole = (cell == cell.round(0)) & (cell.abs() < MOST_EXACT)
        digits = cell.cast(pl.Int64, strict=False).cast(pl.String)
        text = pl.when(whole).then(digits).otherwise(text)
        if kind.is_float():
            text = pl.when(cell.is_nan()).then(None).otherwise(text)
    elif isinstance(kind, pl.Datetime):
        text = _midnight(text, field)
    elif isinstance(kind, pl.Date):
        text = day(text, field)
    elif isinstance(kind, pl.List):
        text = cell.cast(pl.List(pl.String)).list.join(field.separator if field else ";")
    elif isinstance(kind, pl.Binary):
        text = cell.bin.encode("hex")
    return text.fill_null("")


def _midnight(text: pl.Expr, field: Field | None) -> pl.Expr:
    """A point in time, which is a day where its time is midnight."""
    import polars as pl

    plain = text.str.replace(r" 00:00:00(?:\.0+)?(?:[+-][0-9:]+)?\z", "")
    is_day = plain.str.len_chars() == len("YYYY-MM-DD")
    return pl.when(is_day).then(day(plain, field)).otherwise(plain)


def plain(value: Any, field: Field | None) -> str:
    """One Python value as text; what is not single is written as JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < MOST_EXACT:
            return str(int(value))
        case list() if field and field.many and not any(isinstance(v, list | dict) for v in value):
            return field.separator.join(plain(item, None) for item in value)
        case list() | dict():
            import json

            return json.dumps(value, ensure_ascii=False)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def blank() -> pl.Expr:
    """Whether a row holds nothing, as the reader of delimited text means it."""
    import polars as pl

    return pl.all_horizontal(pl.exclude(ROW).str.strip_chars(" \t") == "")


def reading(
    path: str,
    columns: Sequence[str],
    frames: Callable[[int], Iterator[pl.DataFrame]],
    log: FaultLog | None = None,
    **more: Any,
) -> Reading:
    """The reading of a table whose ``frames`` are text columns with ROW: counts its records.

    Reports blank rows and headings that stand twice, as every reader does.
    """
    log = log or FaultLog()
    first: dict[str, int] = {}
    header = more.get("header", 1)
    for position, name in enumerate(columns, more.get("left", 1)):
        before = first.setdefault(name, position)
        if name and before != position:
            log.add("duplicate-column", header, column=position, name=name, first=before)
    records = 0
    for frame in frames(200_000):
        records += frame.height
        if columns:
            for row in frame.filter(blank()).get_column(ROW):
                log.add("blank-row", row)
    return Reading(
        path=path,
        columns=tuple(columns),
        records=records,
        frames=frames,
        faults=log.kept,
        fault_counts=log.counts,
        **more,
    )
