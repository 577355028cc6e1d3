"""A data frame that is already in memory, as text columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.errors import UnreadableInput
from validator.model.reading import ROW, Reading


def read_frame(name: str, data: Any) -> Reading:
    """A reading of any eager or lazy frame that Narwhals knows.

    Values become the text that a standard writes: whole numbers as digits, dates as ISO 8601,
    truth as ``true`` and ``false``, null as a blank cell. Raises UnreadableInput for the rest.
    """
    import narwhals as nw

    try:
        frame = nw.from_native(data)
    except TypeError:
        message = f"{name}: {type(data).__name__} is neither a path nor a data frame."
        raise UnreadableInput(message) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect(backend="polars")
    columns = tuple(frame.columns)
    text = frame.select(
        *(_text(nw, frame.schema[c], c).alias(f"c{i}") for i, c in enumerate(columns))
    )
    whole = text.to_polars()

    def frames(rows: int) -> Iterator[Any]:
        import polars as pl

        numbered = whole.select(
            pl.int_range(2, whole.height + 2, dtype=pl.Int64).alias(ROW), pl.all()
        )
        yield from numbered.iter_slices(rows)

    return Reading(path=name, columns=columns, records=len(frame), frames=frames)


def _text(nw: Any, dtype: Any, column: str) -> Any:
    cell = nw.col(column)
    if dtype == nw.Boolean:
        truth = nw.when(cell).then(nw.lit("true")).otherwise(nw.lit("false"))
        return nw.when(cell.is_null()).then(nw.lit("")).otherwise(truth)
    if dtype.is_float():
        # 3.0 is a whole number that a data frame had to widen because a cell was empty
        whole = nw.when(cell == cell.round(0)).then(cell).otherwise(None).cast(nw.Int64)
        return (
            nw.when(cell == cell.round(0))
            .then(whole.cast(nw.String))
            .otherwise(cell.cast(nw.String))
            .fill_null("")
        )
    return cell.cast(nw.String).fill_null("")
