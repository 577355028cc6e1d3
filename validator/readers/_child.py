"""The process of a parser: it takes one question, answers, and ends. ``apart`` starts it."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from validator.errors import UnreadableInput
from validator.model.reading import Reading
from validator.readers import _wire as wire
from validator.readers import apart
from validator.readers.limits import MOST_BYTES, MOST_MEMORY
from validator.readers.source import Source

BATCH = 200_000


def main() -> None:
    """Answer the question on standard input. What goes wrong is told in a word, never a text."""
    answers, questions = _alone(), sys.stdin.buffer
    apart.inside = True
    _bound()
    with suppress(BrokenPipeError):
        try:
            _answer(answers, *(wire.receive(questions, MOST_BYTES)[1] for _ in range(3)))
            wire.send(answers, wire.DONE)
        except apart.Broken as error:
            wire.send(answers, wire.ERROR, wire.packed(error.detail))
        except UnreadableInput as error:
            wire.send(answers, wire.ERROR, wire.packed({"message": str(error)}))
        except MemoryError:
            wire.send(answers, wire.ERROR, wire.packed({"reason": "too-large"}))
        except BrokenPipeError:
            raise
        except BaseException:  # a panic of a parser is no Exception
            wire.send(answers, wire.ERROR, wire.packed({"reason": "crash"}))
    # at once: nothing is left to be done, and a damaged parser cannot hinder it
    os._exit(0)


def _answer(to: IO[bytes], asked: bytes, tables: bytes, data: bytes) -> None:
    request = wire.unpacked(asked)
    source = Source(
        request["name"],
        path=None if request["path"] is None else Path(request["path"]),
        data=data if request["has_data"] else None,
    )
    parse = getattr(importlib.import_module(request["module"]), request["function"])
    readings: Iterable[Reading] = parse(source, wire.told_tables(tables))
    wanted: dict[str, Any] = request["wanted"]
    for index, reading in enumerate(readings):
        if wanted.get("only", index) != index:
            continue
        wire.send(to, wire.READING, wire.header(reading))
        if wanted.get("frames", True):
            for frame in reading.frames(wanted.get("rows", BATCH)):
                wire.send(to, wire.FRAME, wire.frame(frame))


def _alone() -> IO[bytes]:
    """Where the answer goes. No library's chatter gets there, be it Python's or not."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _bound() -> None:
    """Bound what the system can bound: memory, and no file written. Windows bounds nothing."""
    try:
        import resource
    except ImportError:
        return
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    bounds = {
        resource.RLIMIT_AS: min(MOST_MEMORY, machine),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, allowed))
