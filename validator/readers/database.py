"""PostgreSQL and SQLite by URL: the tables that are called like the standard's, read only.

All tables are read in one transaction that sees one moment, and rows are numbered in the order
of the key: the first is row 2.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from validator.errors import UnreadableInput
from validator.model.reading import ROW, Reading
from validator.model.standard import Field, Table
from validator.readers import _typed
from validator.readers.source import Source

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = ("sqlite:", "postgresql:", "postgres:")

_SECONDS = 10
"""How long a server may take to answer a call."""
Rows = Callable[[Sequence[str], int], Iterator[Sequence[Sequence[Any]]]]
"""The records in the order of some columns, in pieces of at most so many."""


class _Snapshot:
    """A connection with one open transaction. It is closed when its last table is let go."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        weakref.finalize(self, connection.close)


@dataclass(frozen=True)
class _Stored:
    """A table as it is stored. ``rows`` takes an order and gives the records in pieces."""

    name: str
    columns: tuple[str, ...]
    rows: Rows


def read(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """The tables of a database that the standard has. Raises UnreadableInput where it has none."""
    assert source.url is not None, "files have readers of their own"  # noqa: S101 - a programming error
    opener = _sqlite if source.suffix == "sqlite:" else _postgresql
    wanted = {table.name: table for table in tables}
    found = [stored for stored in opener(source) if stored.name in wanted]
    if not found:
        raise UnreadableInput(
            f"{source.name}: no table there is called like one of the standard:"
            f" {', '.join(wanted)}. Create views of those names."
        )
    return [_reading(source, stored, wanted[stored.name]) for stored in found]


def shown(url: str) -> str:
    """A URL without its user and password, for reports."""
    scheme, _, rest = url.partition("://")
    address, _, options = rest.partition("?")
    # an @ after a question mark may be a password's: nothing of it is shown
    return f"{scheme}://{'...' if '@' in options else address.rpartition('@')[2]}"


def _reading(source: Source, stored: _Stored, table: Table) -> Reading:
    fields: list[Field | None] = [table.by_name.get(name) for name in stored.columns]
    order = [name for name in table.key if name in stored.columns] or stored.columns[:1]

    def frames(rows: int) -> Iterator[pl.DataFrame]:
        row = 2
        for piece in stored.rows(order, rows):
            yield _frame(piece, fields, row)
            row += len(piece)

    note = f"Rows are numbered in the order of {', '.join(order)}."
    return _typed.reading(source.name, stored.columns, frames, sheet=stored.name, notes=(note,))


def _frame(rows: Sequence[Sequence[Any]], fields: Sequence[Field | None], row: int) -> pl.DataFrame:
    import polars as pl

    columns = zip(*rows, strict=True)
    frame = pl.DataFrame(
        {
            f"c{i}": _column(list(cells), field)
            for i, (cells, field) in enumerate(zip(columns, fields, strict=True))
        }
    )
    return frame.with_columns(
        pl.int_range(row, row + len(rows), dtype=pl.Int64, eager=True).alias(ROW)
    )


def _column(cells: list[Any], field: Field | None) -> pl.Series:
    import datetime as dt

    import polars as pl

    text = pl.Series([_typed.plain(_cell(value), field) for value in cells], dtype=pl.String)
    dates = [isinstance(value, dt.date) for value in cells]
    if not any(dates):
        return text
    frame = pl.DataFrame({"text": text, "date": dates})
    written = pl.when("date").then(_typed.day(pl.col("text"), field)).otherwise("text")
    return frame.select(written.alias("text")).get_column("text")


def _cell(value: Any) -> Any:
    """What a driver gives, in the kinds that a document has."""
    import datetime as dt
    from decimal import Decimal

    match value:
        case Decimal() if value == value.to_integral_value():
            return str(int(value))
        case Decimal():
            return format(value.normalize(), "f")
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case memoryview():
            return value.tobytes()
        case _:
            return value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _select(columns: Sequence[str], name: str, order: Sequence[str]) -> str:
    chosen, by = (", ".join(map(_quoted, names)) for names in (columns, order))
    return f"SELECT {chosen} FROM {_quoted(name)} ORDER BY {by}"  # noqa: S608 - every name is quoted


def _refused(source: Source, why: str) -> UnreadableInput:
    return UnreadableInput(f"{source.name}: {why}")


def _sqlite(source: Source) -> Iterator[_Stored]:
    import sqlite3

    path = Path(unquote(urlsplit(source.url or "").path.removeprefix("/")))
    if not path.is_file():
        raise _refused(source, "no such database. sqlite:///name.db is in this folder, and"
                       " sqlite:////folder/name.db anywhere.")  # fmt: skip
    try:
        # mode=ro: the file is never written to, and never made
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        snapshot = _Snapshot(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.text_factory = lambda data: data.decode(errors="replace")
        connection.execute("BEGIN")
        named = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
        ).fetchall()
        for (name,) in named:
            info = connection.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
            columns = tuple(column[1] for column in info)
            yield _Stored(name, columns, _sqlite_rows(source, snapshot, name, columns))
    except sqlite3.Error:
        raise _refused(source, "this is no SQLite database, or it is damaged or locked.") from None


def _sqlite_rows(source: Source, snapshot: _Snapshot, name: str, columns: Sequence[str]) -> Rows:
    import sqlite3

    def rows(order: Sequence[str], most: int) -> Iterator[Sequence[Sequence[Any]]]:
        try:
            cursor = snapshot.connection.execute(_select(columns, name, order))
            while piece := cursor.fetchmany(most):
                yield piece
        except sqlite3.Error:
            raise _refused(source, f"the table {name} cannot be read.") from None

    return rows


def _postgresql(source: Source) -> Iterator[_Stored]:
    try:
        import psycopg
    except ImportError:
        raise _refused(
            source, "PostgreSQL needs one more package. Install accordant[postgres]."
        ) from None
    try:
        connection = psycopg.connect(source.url or "", connect_timeout=_SECONDS)
        snapshot = _Snapshot(connection)
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        named = connection.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_schema = current_schema()"
            " GROUP BY table_name ORDER BY table_name"
        ).fetchall()
    except psycopg.Error as error:
        why = (
            "the database refuses the connection" if "authentication" in str(error) else "no answer"
        )
        raise _refused(source, f"{why}. Check the address, the name and the password.") from None
    for name, columns in named:
        yield _Stored(name, tuple(columns), _postgresql_rows(source, snapshot, name, columns))


def _postgresql_rows(
    source: Source, snapshot: _Snapshot, name: str, columns: Sequence[str]
) -> Rows:
    import psycopg

    def rows(order: Sequence[str], most: int) -> Iterator[Sequence[Sequence[Any]]]:
        try:
            with snapshot.connection.cursor(name="accordant") as cursor:
                cursor.execute(_select(columns, name, order))
                while piece := cursor.fetchmany(most):
                    yield piece
        except psycopg.Error:
            raise _refused(source, f"the table {name} cannot be read.") from None

    return rows
