"""How a parser's process and ours speak: messages of a kind, a length and a payload.

Nothing that is received is code: headers are JSON, and records are Arrow IPC streams.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from validator.model.reading import Fault, Reading
from validator.model.standard import Field, Kind, Precision, Table

if TYPE_CHECKING:
    import polars as pl

QUESTION, READING, FRAME, ERROR, DONE = b"Q", b"R", b"F", b"E", b"."
"""A part of the question; a table's header, some of its records, what went wrong, the end."""

_HEAD = struct.Struct("<cQ")


def send(to: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one message."""
    to.write(_HEAD.pack(kind, len(payload)))
    to.write(payload)
    to.flush()


def receive(source: IO[bytes], most: int) -> tuple[bytes, bytes]:
    """The next message. Raises EOFError where it is cut short, ValueError above ``most`` bytes."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    if length > most:
        raise ValueError
    payload = source.read(length)
    if len(payload) < length:
        raise EOFError
    return kind, payload


def packed(data: Mapping[str, Any]) -> bytes:
    """A mapping as JSON."""
    return json.dumps(data).encode()


def unpacked(payload: bytes) -> dict[str, Any]:
    """What ``packed`` made."""
    data: dict[str, Any] = json.loads(payload)
    return data


def header(reading: Reading) -> bytes:
    """A reading without its records."""
    data = {name: value for name, value in vars(reading).items() if name != "frames"}
    return packed({**data, "faults": [asdict(fault) for fault in reading.faults]})


def reading(payload: bytes, frames: Any) -> Reading:
    """The reading of a header, whose records ``frames`` gives."""
    data = unpacked(payload)
    data["columns"], data["notes"] = tuple(data["columns"]), tuple(data["notes"])
    data["fault_counts"] = tuple((code, count) for code, count in data["fault_counts"])
    data["faults"] = tuple(
        Fault(**{**fault, "detail": tuple((key, value) for key, value in fault["detail"])})
        for fault in data["faults"]
    )
    return Reading(**data, frames=frames)


def tables(of: Sequence[Table]) -> bytes:
    """As much of the tables as a parser wants to know: names, and how values are written."""
    return packed(
        {
            table.name: [
                [field.name, field.kind, field.precision, field.many, field.separator]
                for field in table.fields
            ]
            for table in of
        }
    )


def told_tables(payload: bytes) -> tuple[Table, ...]:
    """The tables of ``tables``, with no more than that."""
    return tuple(
        Table(
            name,
            tuple(
                Field(
                    field, Kind(kind), precision=Precision(precise), many=many, separator=separator
                )
                for field, kind, precise, many, separator in fields
            ),
        )
        for name, fields in unpacked(payload).items()
    )


def frame(records: pl.DataFrame) -> bytes:
    """Records as an Arrow IPC stream."""
    import polars as pl

    to = io.BytesIO()
    records.write_ipc_stream(to, compat_level=pl.CompatLevel.newest())
    return to.getvalue()


def records(payload: bytes) -> pl.DataFrame:
    """What ``frame`` made."""
    import polars as pl

    return pl.read_ipc_stream(io.BytesIO(payload))
