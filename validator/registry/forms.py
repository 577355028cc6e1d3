"""What a compile target and a form of report must have, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from validator.model.report import Report, Show
from validator.model.standard import Standard


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the standard that a target cannot express, and what happens instead."""

    what: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Artefact:
    """What a target makes: files by relative path, and the losses."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A form that a standard compiles to: a pure function of the standard."""

    name: str
    title: str
    describes: str
    compile: Callable[[Standard], Artefact]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a report is to be written: what of a cell it may show, how wide, and with colour."""

    show: Show = Show.LOCATION
    width: int = 100
    colour: bool = False


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form that a report is written in: a pure function of the report, returning bytes."""

    name: str
    title: str
    render: Callable[[Report, Rendering], bytes]


@dataclass(frozen=True, kw_only=True)
class Annotator:
    """A form that repeats the data that were checked, with the findings marked in them.

    It opens the report's inputs again by their paths, and returns the bytes of one file. Raises
    AccordantError where they cannot be opened, or are of a kind that cannot be marked.
    """

    name: str
    title: str
    annotate: Callable[[Report, Rendering], bytes]
