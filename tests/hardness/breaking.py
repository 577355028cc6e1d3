"""Parsers that break down in ways that no Python exception tells of, each in a child process."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

from validator.model.reading import ROW, Reading
from validator.model.standard import Table
from validator.readers import _typed, _wire
from validator.readers.source import Source


def _reading(frames: Callable[[], Iterable[pl.DataFrame]]) -> Reading:
    """A table whose frames are asked for twice: once to be counted, once to be sent."""
    return _typed.reading("a.xlsx", ["series_ref"], lambda _rows: iter(frames()))


def _frame(rows: int = 1) -> pl.DataFrame:
    return pl.DataFrame({"c0": ["a cell"] * rows, ROW: range(2, rows + 2)})


def segfault(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    ctypes.string_at(0)
    yield from ()


def killed(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """As by a system that runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


def silent_end(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """As a library that ends the process, and with a code that says that all went well."""
    os._exit(0)
    yield from ()


def end_halfway(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """What came before the end must not be taken for the whole."""
    yield _reading(lambda: [_frame(), _frame()])
    os.abort()


def end_within_records(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    times = itertools.count()

    def frames() -> Iterator[pl.DataFrame]:
        yield _frame()
        if next(times):
            os.abort()

    yield _reading(frames)


def out_of_memory(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """Takes ever more, under a bound that is reached soon."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    held = [bytearray(1 << 26) for _ in itertools.count()]
    yield _reading(lambda: [_frame(len(held))])


def out_of_memory_in_native_code(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    pl.repeat(1, 1 << 40, eager=True)
    yield from ()


def spin(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    while True:
        """Holds the interpreter, and answers no signal that it could catch."""
    yield from ()


def hang_halfway(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    yield _reading(lambda: [_frame()])
    time.sleep(600)


def flood(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    times = itertools.count()

    def frames() -> Iterator[pl.DataFrame]:
        yield _frame(10_000)
        while next(times):
            yield _frame(10_000)

    yield _reading(frames)


def flood_of_tables(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    while True:
        yield _reading(list)


def shout(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """As native code that writes to where the answer was to go."""
    os.write(1, b"\0" * 100)
    yield _reading(lambda: [_frame()])


def nonsense(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """As a parser that somebody else has taken over."""
    _wire.header = lambda _reading: b'{"columns": 1}'
    yield _reading(lambda: [_frame()])


def nonsense_records(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    _wire.frame = lambda _frame: b"no records"
    yield _reading(lambda: [_frame()])


def reach_out(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """What this process has of ours that a parser does not need."""
    names = [*os.environ, *(name for name in os.listdir("/proc/self/fd") if int(name) > 20)]  # noqa: PTH208 - names are wanted
    yield _typed.reading("a.xlsx", names, lambda _rows: iter(()))
