"""Parses a file in a process of its own, whose memory, time and output are bounded.

What parses workbooks, archives, Parquet and JSON is large, and is fed files from anywhere. Where
it breaks down, or is made to, its process ends, and what is left here is a finding.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from threading import Timer
from typing import Any

from validator.errors import UnreadableInput
from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers import _wire as wire
from validator.readers.faults import unusable
from validator.readers.limits import MOST_OUTPUT, SECONDS
from validator.readers.source import Source

Parse = Callable[[Source, Sequence[Table]], Iterable[Reading]]
Read = Callable[[Source, Sequence[Table]], Sequence[Reading]]

_START = (
    "import sys; sys.path[:] = sys.argv[1:]; from validator.readers import _child; _child.main()"
)
_ENVIRONMENT = frozenset(
    ["PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"]
)
"""All that a parser needs of our surroundings: no credentials, no proxies."""

inside = False
"""Whether this is a parser's process. It starts no other."""


class Broken(Exception):
    """A parser gave no answer; ``detail`` says why, as an ``unreadable-file`` fault does."""

    def __init__(self, **detail: object) -> None:
        self.detail = detail


def apart(parse: Parse, *, again: bool = False) -> Read:
    """The reader that calls ``parse`` in a process of its own, for each source.

    ``parse`` is a function of a module, and yields the readings of a source. Their records are
    kept in memory, unless the file is to be parsed ``again`` each time that they are wanted.
    """

    def read(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
        try:
            if inside:
                return list(parse(source, tables))
            return list(_read(_Call(parse, source, tables), again=again))
        except Broken as error:
            return [unusable(source, error.detail)]

    return read


class _Call:
    """One parser, source and tables: may be made several times."""

    def __init__(self, parse: Parse, source: Source, tables: Sequence[Table]) -> None:
        self.parse, self.source, self.tables = parse, source, tables

    def messages(self, **wanted: object) -> Generator[tuple[bytes, bytes], None, None]:
        """What the parser says. Raises Broken where it does not come to an end."""
        with _started() as process:
            expired: list[bool] = []

            def stop() -> None:
                expired.append(True)
                process.kill()

            try:
                _ask(process, self, wanted)
                while True:
                    timer = Timer(SECONDS, stop)
                    timer.daemon = True
                    timer.start()
                    try:
                        kind, payload = wire.receive(process.stdout, MOST_OUTPUT)  # type: ignore[arg-type]  # because it is a pipe
                    finally:
                        timer.cancel()
                    if kind == wire.DONE:
                        return
                    if kind == wire.ERROR:
                        _fail(wire.unpacked(payload))
                    yield kind, payload
            except EOFError:
                if expired:
                    raise Broken(reason="too-slow", seconds=int(SECONDS)) from None
                raise Broken(reason="crash") from None
            except ValueError:
                raise Broken(reason="too-large") from None
            finally:
                process.kill()


def _read(call: _Call, *, again: bool) -> Iterator[Reading]:
    kept: list[list[Any]] = []
    found: list[Reading] = []
    total = 0
    with closing(call.messages(frames=not again)) as messages:
        for kind, payload in messages:
            total += len(payload)
            if total > MOST_OUTPUT:
                raise Broken(reason="too-large")
            try:
                if kind == wire.READING:
                    frames: list[Any] = []
                    kept.append(frames)
                    table = _again(call, len(found)) if again else _kept(frames)
                    found.append(wire.reading(payload, table))
                else:
                    kept[-1].append(wire.records(payload))
            except Exception:
                # a parser that was taken over, or is out of its mind, may say anything
                raise Broken(reason="crash") from None
    digest = None if call.source.url else call.source.digest()
    for reading in found:
        yield replace(reading, sha256=reading.sha256 or digest)


def _kept(frames: list[Any]) -> Callable[[int], Iterator[Any]]:
    def slices(rows: int) -> Iterator[Any]:
        for frame in frames:
            yield from frame.iter_slices(rows)

    return slices


def _again(call: _Call, table: int) -> Callable[[int], Iterator[Any]]:
    def parsed(rows: int) -> Iterator[Any]:
        try:
            with closing(call.messages(only=table, rows=rows)) as messages:
                yield from (
                    wire.records(payload) for kind, payload in messages if kind == wire.FRAME
                )
        except Broken:
            message = f"{call.source.name}: changed while it was read. Run the check again."
            raise UnreadableInput(message) from None

    return parsed


def _started() -> subprocess.Popen[bytes]:
    path = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - sys.path holds texts
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-c", _START, *path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a panic's message may hold a cell's text
        env={name: text for name, text in os.environ.items() if name.upper() in _ENVIRONMENT},
    )


def _ask(process: subprocess.Popen[bytes], call: _Call, wanted: dict[str, object]) -> None:
    source = call.source
    request = {
        "module": call.parse.__module__,
        "function": call.parse.__name__,
        "wanted": wanted,
        "name": source.name,
        "path": None if source.path is None else str(source.path),
        "has_data": source.data is not None,
    }
    assert process.stdin is not None, "it is a pipe"  # noqa: S101 - a programming error
    try:
        wire.send(process.stdin, wire.QUESTION, wire.packed(request))
        wire.send(process.stdin, wire.QUESTION, wire.tables(call.tables))
        wire.send(process.stdin, wire.QUESTION, source.data or b"")
        process.stdin.close()
    except OSError:
        raise EOFError from None


def _fail(error: dict[str, Any]) -> None:
    if "message" in error:
        raise UnreadableInput(error["message"])
    raise Broken(**error)
