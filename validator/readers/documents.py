"""JSON and JSON Lines: an array of records, ``{table: [...]}``, or a record a line.

Records are numbered like rows: the first is row 2, as if a header stood above it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Table
from validator.readers import _typed
from validator.readers.apart import Broken, apart
from validator.readers.encoding import UTF8, detect, is_damaged
from validator.readers.faults import FaultLog
from validator.readers.limits import expands_too_far
from validator.readers.package import DESCRIPTOR, read_folder
from validator.readers.source import Source

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".json", ".jsonl", ".ndjson")

Pairs = list[tuple[str, Any]]
"""A JSON object as it is written: a key may stand twice."""


class _Object(list[tuple[str, Any]]):
    """An object's pairs, told from an array."""


def parse(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """Every table of the document."""
    data, note = _text(source)
    if source.suffix == ".json":
        found = list(_tables(_loaded(data, 1)))
    else:
        lines = enumerate(data.splitlines(), 1)
        records = [_loaded(line, number) for number, line in lines if line.strip()]
        found = [(None, records)]
    for name, records in found:
        fields = _typed.agreed(tables, name)
        try:
            yield _reading(source, name, _checked(records), fields, note)
        except UnicodeEncodeError:
            # a character that JSON can name (a lone surrogate) and no text can hold
            raise Broken(reason="not-utf-8") from None


_read = apart(parse)


def read(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """Every table of the document, or of the package that it describes."""
    described = source.path is not None and source.path.name == DESCRIPTOR
    if described and source.data is None:
        return read_folder(source, tables)
    return _read(source, tables)


def _text(source: Source) -> tuple[str, tuple[str, ...]]:
    head = source.read(0, 1 << 16)
    if not head:
        raise Broken(kind="empty")
    encoding = detect(head)
    if isinstance(encoding, str):
        raise Broken(kind=encoding)
    data = source.read(encoding.mark, source.size)
    if encoding.name == UTF8:
        if is_damaged(data):
            raise Broken(reason="not-utf-8")
        return data.decode(), ()
    return data.decode(encoding.name, "replace"), (f"Read as {encoding.name.upper()}.",)


def _loaded(text: str, line: int) -> Any:
    """A document whose objects keep every pair. Raises Broken with the line of a fault."""
    try:
        return json.loads(text, object_pairs_hook=_Object, parse_int=str, parse_float=_number)
    except json.JSONDecodeError as error:
        raise Broken(reason="not-json", line=line + error.lineno - 1) from None
    except RecursionError:
        raise Broken(reason="not-json", line=line) from None


def _number(text: str) -> str | float:
    """A number with a point, as it is written; ``3.0`` is the whole number 3."""
    value = float(text)
    return value if value.is_integer() and "e" not in text.lower() else text


def _tables(data: Any) -> Iterator[tuple[str | None, list[Any]]]:
    if isinstance(data, _Object):
        arrays = [(name, value) for name, value in data if _is_array(value)]
        if not arrays or len(arrays) < len(data):
            raise Broken(reason="no-table")
        yield from arrays
    elif _is_array(data):
        yield None, data
    else:
        raise Broken(reason="no-table")


def _is_array(value: Any) -> bool:
    return isinstance(value, list) and not isinstance(value, _Object)


def _checked(records: Iterable[Any]) -> list[_Object]:
    """The records. Raises Broken at the first thing that is none."""
    found = []
    for number, record in enumerate(records, 1):
        if not isinstance(record, _Object):
            raise Broken(reason="no-record", record=number)
        found.append(record)
    return found


def _reading(
    source: Source,
    name: str | None,
    records: Sequence[_Object],
    fields: Mapping[str, Field],
    notes: tuple[str, ...],
) -> Reading:
    import polars as pl

    log = FaultLog()
    names = dict.fromkeys(key for record in records for key, _ in record)
    if expands_too_far(len(names) * len(records), sum(map(len, records))):
        # every record has keys of its own: what is short as JSON would be a vast table
        raise Broken(reason="too-large")
    position = {key: index for index, key in enumerate(names)}
    cells: list[list[str]] = [[""] * len(records) for _ in names]
    for index, record in enumerate(records):
        seen: set[str] = set()
        for key, value in record:
            column = position[key]
            if key in seen:
                log.add(
                    "duplicate-column", index + 2, column=column + 1, name=key, first=column + 1
                )
                continue
            seen.add(key)
            cells[column][index] = _typed.plain(_plain(value), fields.get(key))
    table = pl.DataFrame(
        {f"c{i}": pl.Series(column, dtype=pl.String) for i, column in enumerate(cells)}
    ).with_columns(pl.int_range(2, len(records) + 2, dtype=pl.Int64, eager=True).alias(ROW))

    def frames(rows: int) -> Iterator[pl.DataFrame]:
        yield from table.iter_slices(rows)

    return _typed.reading(source.name, list(names), frames, log, notes=notes, sheet=name)


def _plain(value: Any) -> Any:
    """A value without our mark of objects."""
    if isinstance(value, _Object):
        return {key: _plain(item) for key, item in value}
    return [_plain(item) for item in value] if isinstance(value, list) else value
