"""What a state depends on, beside the bytes of its file: where one of these differs, it is void."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.standards.locate import schemas_folder

if TYPE_CHECKING:
    from validator.engine.passing import Asked
    from validator.model.standard import Table


def of_reading(name: str, tables: Iterable[Table]) -> str:
    """What a reading depends on: the program, the file's name, and the tables that it may hold."""
    return _digest(program(), name, *map(repr, tables))


def of_pass(asked: Asked) -> str:
    """What a pass depends on beside its reading.

    The audience and the other tables of the submission have their say in the columns that are
    kept, and the day in the probes. Where the file stands among the inputs has none.
    """
    return _digest(
        repr(asked.standard),
        asked.table.name,
        repr(sorted(asked.columns)),
        str(asked.max_rows),
        day(asked),
    )


def day(asked: Asked) -> str:
    """What the day of the check comes to in a pass, which knows it through its probes alone.

    Where dates are compared by the month, it is the same on every day of a month. Probes that
    cannot be written down depend on the day as it is.
    """
    from validator.registry import SubmissionCheck, checks_of

    standard, table, as_of = asked.standard, asked.table, asked.as_of
    try:
        probes = [p for c in checks_of(SubmissionCheck) for p in c.probes(standard, table, as_of)]
        named = [p.expression.alias(f"p{i}") for i, p in enumerate(probes)]
        named += [p.confirm.alias(f"c{i}") for i, p in enumerate(probes) if p.confirm is not None]
        told = [(p.field, p.rule, p.severity, p.reads, p.verdict) for p in probes]
        return _digest(repr(told), _written(table, named) if named else b"")
    except Exception:  # the pass shows what breaks; here it is only not to be told
        return as_of


def _written(table: Table, expressions: Sequence[Any]) -> bytes:
    """Narwhals expressions over the fields of a table, as Polars writes them down."""
    import narwhals as nw
    import polars as pl

    records = nw.from_native(pl.LazyFrame(schema=dict.fromkeys(table.by_name, pl.String)))
    written: bytes = records.select(*expressions).to_native().serialize()
    return written


@cache
def program() -> str:
    """A digest of this program's own files, and of the versions of what it runs on."""
    whole = hashlib.sha256(repr((sys.version, sorted(_versions()))).encode())
    for folder in (Path(__file__).parent.parent, schemas_folder()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.update(path.relative_to(folder).as_posix().encode() + b"\0")
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _versions() -> Iterable[tuple[str, str]]:
    """Every distribution there is: any may be a reader's parser, or bring a kind of identifier."""
    for found in metadata.distributions():
        yield str(found.metadata["Name"]), found.version


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()
