"""Parsers that break down in every way, and one that does not. They run in a process apart."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from validator.errors import UnreadableInput
from validator.model.reading import ROW, Reading
from validator.model.standard import Table
from validator.readers import _typed
from validator.readers.source import Source


def crash(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    os.kill(os.getpid(), signal.SIGABRT)
    yield from ()


def panic(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    raise BaseException("a cell's text")
    yield from ()


def swell(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    bytearray(1 << 45)
    yield from ()


def chatter(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    print("chatter")  # noqa: T201 - what a library might do
    frame = pl.DataFrame({"c0": ["a cell"], ROW: [2]})
    yield _typed.reading(source.name, [tables[0].name], lambda _rows: iter([frame]))


def write(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    Path("written").write_text("x")
    yield from ()


def environment(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    yield _typed.reading(source.name, sorted(os.environ), lambda _rows: iter(()))


def sleep(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    time.sleep(600)
    yield from ()


def refuse(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    raise UnreadableInput("a.xlsx: one sentence.")
    yield from ()
