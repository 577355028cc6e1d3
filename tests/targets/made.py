"""What the targets make, put to work: models imported, scripts run, records offered."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import count
from types import ModuleType
from typing import Protocol

from pydantic import ValidationError

from tests.postgres import Server
from validator.model.standard import Standard
from validator.registry import targets

Records = Sequence[Mapping[str, str]]
_numbers = count()


class Judge(Protocol):
    """Takes the records of a table, in order, and says which it accepts."""

    def accepts(self, table: str, records: Records) -> list[bool]: ...


class Models:
    """The pydantic module."""

    def __init__(self, standard: Standard) -> None:
        ((_, text),) = targets()["pydantic"].compile(standard).files.items()
        self.module = ModuleType(f"made_{next(_numbers)}")
        # pydantic looks annotations up in the module of that name
        sys.modules[self.module.__name__] = self.module
        exec(compile(text, self.module.__name__, "exec"), self.module.__dict__)  # noqa: S102 - our own module
        del sys.modules[self.module.__name__]

    def accepts(self, table: str, records: Records) -> list[bool]:
        return [self._accepts(table, record) for record in records]

    def _accepts(self, table: str, record: Mapping[str, str]) -> bool:
        try:
            self.module.TABLES[table].model_validate(dict(record))
        except ValidationError:
            return False
        return True


class Sqlite:
    """The script for SQLite, in memory."""

    def __init__(self, standard: Standard) -> None:
        script = targets()["sql"].compile(standard).files["sqlite.sql"].decode()
        self.base = sqlite3.connect(":memory:")
        self.base.executescript(script)

    def accepts(self, table: str, records: Records) -> list[bool]:
        return [self._accepts(table, record) for record in records]

    def _accepts(self, table: str, record: Mapping[str, str]) -> bool:
        columns = ", ".join(f'"{name}"' for name in record)
        marks = ", ".join("?" for _ in record)
        cells = [text or None for text in record.values()]
        with closing(self.base.cursor()) as cursor:
            try:
                insert = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of a standard
                cursor.execute(insert, cells)
            except sqlite3.IntegrityError:
                return False
        return True


class Postgres:
    """The script for PostgreSQL, in a database of its own."""

    def __init__(self, standard: Standard, server: Server) -> None:
        self._server = server
        self._database = f"made_{next(_numbers)}"
        server.run(f"CREATE DATABASE {self._database}")
        said = self.run(targets()["sql"].compile(standard).files["postgresql.sql"].decode())
        assert "ERROR" not in said, said

    def run(self, script: str) -> str:
        return self._server.run(script, database=self._database)

    def accepts(self, table: str, records: Records) -> list[bool]:
        said = self.run("\n".join(self._inserts(table, records)))
        found = [line == "INSERT 0 1" for line in said.splitlines() if _TELLS(line)]
        assert len(found) == len(records), said
        return found

    def _inserts(self, table: str, records: Records) -> Iterator[str]:
        yield "SET client_min_messages = error;"
        yield r"\set VERBOSITY terse"
        for record in records:
            columns = ", ".join(f'"{name}"' for name in record)
            cells = ", ".join(_literal(text) for text in record.values())
            yield f'INSERT INTO "{table}" ({columns}) VALUES ({cells});'  # noqa: S608 - the same


def _TELLS(line: str) -> bool:  # noqa: N802 - a constant predicate
    return line == "INSERT 0 1" or ("ERROR:" in line and "psql:" in line)


def _literal(text: str) -> str:
    if not text:
        return "NULL"
    # numbers for what a line of a script cannot hold
    return "U&'" + "".join(_written(char) for char in text) + "'"


def _written(char: str) -> str:
    if char.isascii() and char.isalnum():
        return char
    return f"\\+{ord(char):06x}"
