"""A state as bytes: ``accordant.state/1``.

A line of JSON with what the state depends on, and the length and checksum of all that follows, a
line of JSON with everything but records, then the kept columns of each table as Parquet. Nothing in
it is code, and no cell is in it but those of the kept columns.

What follows a first line that is right is what this very program has written, and is taken as such:
whoever can sign a state anew can write into the folder, and could as well write the report.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from validator.model.reading import ROW, Reading
from validator.model.standard import Severity
from validator.readers import _wire as wire
from validator.registry import FILE, Check, FieldCount, Hit, Verdict, checks

if TYPE_CHECKING:
    import polars as pl

    from validator.engine.passing import Asked, Passed
    from validator.engine.tally import Tallies, Tally

FORM = "accordant.state/1"
_LONGEST_HEAD = 1 << 10

Frames = Callable[[int], Iterator[Any]]
"""What gives the records of a reading: see ``model.reading.Reading``."""


@dataclass(frozen=True)
class Table:
    """What is kept of one table of a file: its header, and of its pass what it depends on.

    ``passed`` and ``records`` are the pass without and with its kept columns, as they are written.
    They are None where the file holds no table of the standard.
    """

    reading: Mapping[str, Any]
    depends: str | None = None
    passed: Mapping[str, Any] | None = None
    records: bytes = b""


@dataclass(frozen=True)
class State:
    """What is kept of one file, which is known by its bytes: how many, and their SHA-256."""

    size: int
    sha256: str
    tables: Sequence[Table]


def as_bytes(state: State, depends: str) -> bytes:
    """The file of a state that depends on that."""
    told = {
        "size": state.size,
        "sha256": state.sha256,
        "tables": [
            {
                "reading": table.reading,
                "depends": table.depends,
                "passed": table.passed,
                "bytes": len(table.records),
            }
            for table in state.tables
        ],
    }
    body = _line(told) + b"".join(table.records for table in state.tables)
    return _head(body, depends) + body


def of_file(file: BinaryIO, depends: str) -> State | None:
    """The state in a file; None where it is none, is not whole, or depends on something else.

    No more than its first line is read where that is not one of ours, of a file this long.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.readline(_LONGEST_HEAD)
    if not head.startswith(_opening(size - len(head), depends)):
        return None
    body = file.read()
    if head != _head(body, depends):
        return None
    line, _, records = body.partition(b"\n")
    told: dict[str, Any] = json.loads(line)
    tables = []
    for table in told["tables"]:
        own, records = records[: table["bytes"]], records[table["bytes"] :]
        tables.append(Table(table["reading"], table["depends"], table["passed"], own))
    return State(told["size"], told["sha256"], tables)


def _head(body: bytes, depends: str) -> bytes:
    digest = hashlib.sha256(body).hexdigest().encode()
    return _opening(len(body), depends) + b' "sha256": "' + digest + b'"}\n'


def _opening(size: int, depends: str) -> bytes:
    """How the first line begins where so many bytes follow it."""
    told = {"state": FORM, "depends": depends, "bytes": size}
    return json.dumps(told)[:-1].encode() + b","


def of_reading(reading: Reading) -> Mapping[str, Any]:
    """A reading without its records."""
    return wire.unpacked(wire.header(reading))


def reading(told: Mapping[str, Any], frames: Frames) -> Reading:
    """The reading that ``of_reading`` has told of."""
    return wire.reading(wire.packed(told), frames)


def of_pass(passed: Passed) -> tuple[Mapping[str, Any], bytes]:
    """What a pass leaves behind, without the kept columns, and these as Parquet."""
    import polars as pl

    counts = {
        name: [c.recorded, c.missing, c.blank, c.invalid, c.inapplicable, c.commonest]
        for name, c in passed.counts.items()
    }
    tallies = [_of_tally(tally) for tally in passed.tallies.by_place.values()]
    records = io.BytesIO()
    if passed.kept:
        pl.concat(passed.kept).drop(FILE).write_parquet(records)
    return {"records": passed.records, "counts": counts, "tallies": tallies}, records.getvalue()


def passed(told: Mapping[str, Any], records: bytes, asked: Asked) -> Passed:
    """The pass that ``of_pass`` has told of, at the place that its file has now."""
    import polars as pl

    from validator.engine.passing import Passed
    from validator.engine.tally import Tallies

    counts = {}
    for name, (recorded, missing, blank, invalid, inapplicable, common) in told["counts"].items():
        commonest = (common[0], common[1]) if common else None
        counts[name] = FieldCount(recorded, missing, blank, invalid, inapplicable, commonest)
    tallies = Tallies(asked.max_rows)
    by_code = {check.code: check for check in checks()}
    for tally in told["tallies"]:
        _take(tallies, by_code, tally, asked.file)
    kept: list[pl.DataFrame] = []
    if records:
        number = pl.lit(asked.file, dtype=pl.Int32).alias(FILE)
        frame = pl.read_parquet(io.BytesIO(records))
        kept.append(frame.select(number, ROW, *asked.columns))
    return Passed(tallies, counts, told["records"], kept)


def _of_tally(tally: Tally) -> Mapping[str, Any]:
    """A tally. Of a hit its place is kept, and never the cell."""
    code, table, field, rule = tally.place
    numbers = {verdict: number for number, verdict in enumerate(tally.groups)}
    return {
        "check": code,
        "table": table,
        "field": field,
        "rule": rule,
        "severity": tally.severity,
        "groups": [
            [verdict.message, verdict.suggestion, count, tally.rows[verdict]]
            for verdict, count in tally.groups.items()
        ],
        "hits": [[numbers[hit.verdict], hit.row, hit.column] for hit in tally.hits],
        "skipped": tally.skipped,
    }


def _take(
    tallies: Tallies, by_code: Mapping[str, Check], told: Mapping[str, Any], file: int
) -> None:
    tally = tallies.open(
        by_code[told["check"]],
        told["table"],
        told["field"],
        told["rule"],
        Severity(told["severity"]),
    )
    verdicts = []
    for message, suggestion, count, rows in told["groups"]:
        verdicts.append(Verdict(message, suggestion))
        tally.add(verdicts[-1], count, rows)
    tally.keep(
        Hit(verdicts[number], file=file, row=row, column=column)
        for number, row, column in told["hits"]
    )
    tally.skipped = told["skipped"]


def _line(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data).encode() + b"\n"
