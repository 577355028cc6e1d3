"""Parquet: columns with types, as the text that a standard writes. Read in pieces."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers import _typed
from validator.readers.apart import Broken, apart
from validator.readers.encoding import detect
from validator.readers.numbering import numbered
from validator.readers.source import Source

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".parquet", ".pq")

_MAGIC = b"PAR1"


def parse(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """The one table of the file. The whole of it is decoded once, to be sure that it can be."""
    import polars as pl

    head = source.read(0, 1 << 12)
    if not head.startswith(_MAGIC):
        kind = detect(head) if head else "empty"
        raise Broken(kind=kind) if isinstance(kind, str) else Broken(reason="damaged")
    scanned = pl.scan_parquet(
        io.BytesIO(source.data) if source.data is not None else source.path or "",
        glob=False,
        hive_partitioning=False,
    )
    try:
        schema = scanned.collect_schema()
        fields = _typed.agreed(tables)
        columns = [
            _typed.column(name, kind, fields.get(name)).alias(f"c{i}")
            for i, (name, kind) in enumerate(schema.items())
        ]
        text = scanned.select(columns)

        def frames(rows: int) -> Iterator[pl.DataFrame]:
            row = 2
            for batch in text.collect_batches(chunk_size=rows, maintain_order=True):
                yield numbered(batch, row)
                row += batch.height

        yield _typed.reading(source.name, list(schema), frames)
    except (pl.exceptions.InvalidOperationError, pl.exceptions.SchemaError):
        raise Broken(reason="nested") from None
    except (pl.exceptions.PolarsError, OSError):
        # its message may hold a value
        raise Broken(reason="damaged") from None


read = apart(parse, again=True)
