"""A data frame that is already in memory, as text columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from validator.errors import UnreadableInput
from validator.model.reading import ROW, Reading
from validator.readers.faults import FaultLog

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

_EXACT = 2.0**53
"""From here on a float does not hold every whole number."""


def read_frame(name: str, data: Any) -> Reading:
    """A reading of any eager or lazy frame that Narwhals knows.

    The records of a DuckDB relation or a Spark data frame stay where they are (see
    ``Reading.elsewhere``). Those of an Ibis table are brought here, and have no numbers either.

    Values become the text that a standard writes: whole numbers as digits, dates (and times at
    midnight) as ISO 8601, truth as ``true`` and ``false``, null and NaN as a blank cell. Raises
    UnreadableInput for what is no frame, repeats a column, or holds no single values.
    """
    import narwhals as nw
    import polars as pl

    try:
        frame = nw.from_native(data)
        if isinstance(frame, nw.LazyFrame) and not frame.implementation.is_polars():
            return _elsewhere(name, frame)
        eager = frame.collect(backend="polars") if isinstance(frame, nw.LazyFrame) else frame
        columns = list(eager.iter_columns())
    except TypeError:
        message = f"{name}: {type(data).__name__} is neither a path nor a data frame."
        raise UnreadableInput(message) from None
    except nw.exceptions.DuplicateError:
        message = f"{name}: a column name is there twice. Rename one of the two."
        raise UnreadableInput(message) from None
    try:
        text = pl.DataFrame([_text(column).alias(f"c{i}") for i, column in enumerate(columns)])
    except pl.exceptions.PolarsError:
        # its message may hold a value
        message = f"{name}: {_NESTED}"
        raise UnreadableInput(message) from None
    whole = text.select(pl.int_range(2, text.height + 2, dtype=pl.Int64).alias(ROW), pl.all())
    log = FaultLog()
    if columns:
        empty = pl.all_horizontal(pl.exclude(ROW).str.strip_chars(" \t") == "")
        for row in whole.filter(empty).get_column(ROW):
            log.add("blank-row", row)

    def frames(rows: int) -> Iterator[Any]:
        yield from whole.iter_slices(rows)

    return Reading(
        path=name,
        columns=tuple(str(column.name) for column in columns),
        records=len(eager),
        frames=frames,
        faults=log.kept,
        fault_counts=log.counts,
    )


def _elsewhere(name: str, frame: nw.LazyFrame[Any]) -> Reading:
    """A reading of a frame whose records stay with its engine."""
    import narwhals as nw
    import polars as pl

    schema = frame.collect_schema()
    if nested := [c for c, kind in schema.items() if kind.is_nested() or kind == nw.Object]:
        raise UnreadableInput(f"{name}: {_NESTED} ({len(nested)} of {len(schema)} columns)")
    named = {f"c{i}": kind for i, kind in enumerate(schema.values())}
    try:
        text = (_renamed(frame, list(named)) if named else frame).select(
            *(_as_text(column, kind).alias(column) for column, kind in named.items())
        )
        count = text.select(nw.len()).collect(backend="polars").item() if named else 0
    except Exception as error:
        # an engine raises what it likes, and its message may hold a value
        message = f"{name}: what holds it cannot give it ({type(error).__name__})."
        raise UnreadableInput(message) from None

    def frames(rows: int) -> Iterator[Any]:
        whole: pl.DataFrame = text.collect(backend="polars").to_native()
        yield from whole.with_columns(pl.int_range(2, whole.height + 2).alias(ROW)).iter_slices(
            rows
        )

    return Reading(
        path=name, columns=tuple(schema), records=int(count), frames=frames, elsewhere=text
    )


def _renamed(frame: nw.LazyFrame[Any], names: list[str]) -> nw.LazyFrame[Any]:
    """The frame with other names for its columns, which are told by their places.

    An engine may take a name for something else (``*``, ``a.b``), or two names for one (``a``,
    ``A``).
    """
    import narwhals as nw

    native: Any = frame.to_native()
    if frame.implementation.is_duckdb():
        native = native.project(", ".join(f"#{i} AS {name}" for i, name in enumerate(names, 1)))
    elif frame.implementation.is_pyspark():
        native = native.toDF(*names)
    else:
        # of the engines that Narwhals knows (Ibis, Dask), these lack what some checks ask
        here = frame.collect(backend="polars").lazy()
        return here.rename(dict(zip(here.collect_schema().names(), names, strict=True)))
    renamed: nw.LazyFrame[Any] = nw.from_native(native)
    return renamed


def _as_text(name: str, kind: Any) -> Any:
    """One column of another engine as text, never null."""
    import narwhals as nw

    column = nw.col(name)
    text = column.cast(nw.String)
    if kind.is_float():
        whole = (column == column.round(0)) & (column.abs() < _EXACT)
        digits = nw.when(whole).then(column).otherwise(None).cast(nw.Int64).cast(nw.String)
        text = nw.when(whole).then(digits).otherwise(text)
        text = nw.when(~column.is_nan()).then(text).otherwise(None)
    elif kind == nw.Datetime:
        text = text.str.replace(r" 00:00:00(?:\.0+)?(?:[+-][0-9:]+)?\z", "")
    return text.fill_null("")


_NESTED = "a column holds lists or the like. Make each cell one text or number."


def _text(column: nw.Series[Any]) -> pl.Series:
    """One column as text, never null."""
    import narwhals as nw
    import polars as pl

    if column.dtype == nw.Object:
        # pandas keeps columns of mixed kinds as Python objects
        blanks = column.is_null().to_list()
        plain = [
            "" if blank else _plain(value)
            for blank, value in zip(blanks, column.to_list(), strict=True)
        ]
        return pl.Series(plain, dtype=pl.String)
    series = column.to_polars()
    kind, text = series.dtype, series.cast(pl.String, strict=True)
    if kind.is_float():
        # 3.0 is a whole number that a data frame had to widen because a cell was empty
        whole = (series == series.round(0)) & (series.abs() < _EXACT)
        digits = series.set(~whole.fill_null(False), None).cast(pl.Int64).cast(pl.String)
        text = digits.fill_null(text).set(series.is_nan().fill_null(False), None)
    elif isinstance(kind, pl.Datetime):
        text = text.str.replace(r" 00:00:00(?:\.0+)?(?:[+-][0-9:]+)?\z", "")
    return text.fill_null("")


def _plain(value: Any) -> str:
    """One Python value as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")
