"""YAML as a standard may use it: plain data, every scalar text, every value with its place.

Aliases, anchors, tags and duplicate keys are refused, and depth and size are bounded, so that a
file means one thing to every reader and cannot exhaust one.
"""

from __future__ import annotations

import pathlib as files
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from validator.errors import BrokenStandard, Problem
from validator.model.text import Origin

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Path = tuple[str | int, ...]
Data = str | list["Data"] | dict[str, "Data"]

# the C parser is ten times faster, but a build of PyYAML may lack it
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, and where each value (and each key) is written."""

    file: str
    data: Data
    places: dict[Path, tuple[int, int]]
    keys: dict[Path, tuple[int, int]]

    def origin(self, path: Path = (), *, key: bool = False) -> Origin:
        """The place of the value at ``path``, or of its nearest parent that is written."""
        table = self.keys if key else self.places
        while path and path not in table:
            path = path[:-1]
        line, column = table.get(path) or self.places.get(path, (1, 1))
        return Origin(self.file, line, column)

    def problem(
        self, path: Path, what: str, cure: str = "", *, key: bool = False, lint: str = "form"
    ) -> Problem:
        """A fault at ``path``."""
        at = self.origin(path, key=key)
        return Problem(at.file, at.line, at.column, what, cure, lint)


def bounded(path: files.Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, and one more than ``most`` where it is larger. Raises OSError."""
    with path.open("rb") as file:
        return file.read(most + 1)


def parse(text: bytes, file: str) -> Document:
    """Parse one file. Raises BrokenStandard with the place of the first fault."""
    if len(text) > MAX_BYTES:
        raise _broken(file, None, f"The file is larger than {MAX_BYTES:,} bytes.", "Split it.")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        problem = Problem(file, line, 1, "The file is not UTF-8.", "Save it as UTF-8.")
        raise BrokenStandard((problem,)) from None
    try:
        return _Builder(file, yaml.parse(decoded, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        what = f"The YAML cannot be read: {error.problem or 'a syntax error'}."
        raise _broken(file, error.problem_mark, what, "Check indentation and quotes.") from None
    except yaml.YAMLError:
        what = "The YAML holds a character that is not allowed."
        raise _broken(file, None, what, "Remove control characters.") from None


def _broken(file: str, mark: Any, what: str, cure: str) -> BrokenStandard:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return BrokenStandard((Problem(file, line, column, what, cure),))


class _Builder:
    """Builds a document from YAML events, without recursion into anything unbounded."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file, self.events = file, events
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}

    def document(self) -> Document:
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _broken(self.file, None, "The file is empty.", "Write a standard in it.")
        data = self._value(event, ())
        self._next()  # the document's end
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            what = "The file holds a second YAML document."
            raise _broken(self.file, after.start_mark, what, "Keep one document to a file.")
        return Document(self.file, data, self.places, self.keys)

    def _next(self) -> Any:
        return next(self.events)

    def _value(self, event: Any, path: Path) -> Data:
        mark = event.start_mark
        if len(path) > MAX_DEPTH:
            what = f"The nesting is deeper than {MAX_DEPTH} levels."
            raise _broken(self.file, mark, what, "Flatten it.")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            what = "Anchors and aliases (& and *) are not allowed here."
            raise _broken(self.file, mark, what, "Write the value out, or quote the text.")
        if event.tag:
            what = "Tags (!) are not allowed here."
            raise _broken(self.file, mark, what, "Remove the tag, or quote the text.")
        self.places[path] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path) -> Data:
        items: list[Data] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> Data:
        found: dict[str, Data] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                what = "A key must be plain text."
                raise _broken(self.file, mark, what, "Use a single word or a quoted text.")
            key = str(event.value)
            if key in found:
                line = self.keys[(*path, key)][0]
                what = f"The key '{key}' is here twice; it is already on line {line}."
                raise _broken(self.file, mark, what, "Keep one of them.")
            self.keys[(*path, key)] = (mark.line + 1, mark.column + 1)
            found[key] = self._value(self._next(), (*path, key))
        return found
