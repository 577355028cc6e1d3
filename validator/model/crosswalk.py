"""A crosswalk: how the codes of one scheme relate to those of another, and how far that holds.

The words follow SSSOM: the *subject* is what is mapped, the *object* what it is mapped to, and
the predicates are those of SKOS. A code means nothing without its scheme, and a scheme nothing
without its version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from validator.model.condition import Condition
from validator.model.standard import CodeList, Field, Standard, Status
from validator.model.text import Origin, Text


class Predicate(StrEnum):
    """How the object relates to the subject (SKOS). ``broadMatch``: the object is the wider."""

    EXACT = "exactMatch"
    CLOSE = "closeMatch"
    BROAD = "broadMatch"
    NARROW = "narrowMatch"
    RELATED = "relatedMatch"

    @property
    def inverse(self) -> Predicate:
        """The predicate read from the object to the subject."""
        turned = {Predicate.BROAD: Predicate.NARROW, Predicate.NARROW: Predicate.BROAD}
        return turned.get(self, self)

    @property
    def rank(self) -> int:
        """0 for the strongest claim; larger claims less."""
        return list(Predicate).index(self)


@dataclass(frozen=True, eq=False)
class Scheme:
    """A list of codes under one version. ``closed`` is false where only some codes are known.

    ``reasons`` are the missing reasons of the standard that it belongs to, where there is one.
    """

    id: str
    version: str
    codes: CodeList
    standard: str | None = None
    closed: bool = True
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``uk-sentencing@2007``; of a standard's list ``global-indicator:gender@1.0.0``."""
        owner = f"{self.standard}:" if self.standard else ""
        return f"{owner}{self.id}@{self.version}"


@dataclass(frozen=True, eq=False)
class Column:
    """One column of an end: its usual heading, and the scheme of its codes.

    A column without a scheme is only compared by conditions; ``field`` says what it holds.
    """

    name: str
    field: Field
    scheme: Scheme | None = None


@dataclass(frozen=True, eq=False)
class End:
    """One end of a crosswalk of codes."""

    columns: tuple[Column, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def keys(self) -> tuple[str, ...]:
        """The schemes, each with its version, in order and once each."""
        found = (column.scheme.key for column in self.columns if column.scheme)
        return tuple(dict.fromkeys(found))

    @property
    def label(self) -> str:
        """The schemes in words: ``uk-sentencing 2007``."""
        return ", ".join(key.replace("@", " ") for key in self.keys)


Key = Mapping[str, tuple[str, ...]]
"""Codes by subject column; a column that is not named may hold anything."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: what the codes of ``key`` are in the column ``target``.

    ``candidates`` are codes, or None where there is no counterpart; several stand for a relation
    that does not say which. ``reasons`` are missing reasons, where the subject's code says that
    there is no value. ``when`` limits the row to records that meet a condition.
    """

    key: Key
    target: str
    candidates: tuple[str | None, ...]
    predicate: Predicate
    source: str
    status: Status
    justification: str
    reasons: tuple[str, ...] = ()
    when: Condition | None = None
    note: Text = Text()
    origin: Origin = Origin()

    @property
    def resolves(self) -> bool:
        """Whether it names one code that may be written."""
        one = len(self.candidates) == 1 and self.candidates[0] is not None
        return one and not self.reasons and self.predicate is not Predicate.RELATED


@dataclass(frozen=True, slots=True)
class Pick:
    """What a choice takes for the codes of ``key``: one of the row's candidates."""

    key: Key
    target: str
    code: str | None
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Choice:
    """A documented way to resolve what is ambiguous, to be asked for by its name."""

    name: str
    title: Text
    source: str
    status: Status
    picks: tuple[Pick, ...]
    origin: Origin = Origin()


@dataclass(frozen=True)
class Reasons:
    """The missing reason that is written where no code can be. None: the usual one."""

    blank: str | None = None
    ambiguous: str | None = None
    dropped: str | None = None
    unmapped: str | None = None


class How(StrEnum):
    """Where the cells of a field come from."""

    COPY = "copy"
    DATE = "date"
    CODES = "codes"
    CONSTANT = "constant"
    MISSING = "missing"


@dataclass(frozen=True)
class Move:
    """How one field of the target table is filled.

    ``columns`` are the headings that it reads. ``through`` is the crosswalk of its codes, and
    ``take`` the column of that crosswalk's object. ``form`` is a date's form (``dd/mm/yyyy``),
    ``value`` a constant or a missing reason, ``source`` and ``status`` what it rests on.
    """

    target: str
    how: How
    columns: tuple[str, ...] = ()
    through: Crosswalk | None = None
    take: str | None = None
    form: str | None = None
    value: str = ""
    source: str | None = None
    status: Status | None = None
    reasons: Reasons = Reasons()
    origin: Origin = Origin()


@dataclass(frozen=True)
class TableMap:
    """How one table of a submission becomes another. ``left_out`` says why columns stay behind."""

    subject: str
    target: str
    moves: tuple[Move, ...]
    left_out: Mapping[str, Text] = field(default_factory=dict)
    origin: Origin = Origin()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it reads, once each."""
        return tuple(dict.fromkeys(name for move in self.moves for name in move.columns))


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """A whole crosswalk: of codes (``rows``), or of a submission (``tables``).

    ``absent`` maps what stands for no value in the subject's files to missing reasons. A
    submission's crosswalk names its ends in ``subject_name`` and ``object_name`` (id, version),
    and ``standard`` is the object's.
    ``digest`` is ``sha256:`` over the file that it was read from.
    """

    id: str
    version: str
    source: str
    status: Status
    title: Text = Text()
    note: Text = Text()
    subject: End = End(())
    object: End = End(())
    rows: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    reasons: Reasons = Reasons()
    subject_name: tuple[str, str] = ("", "")
    object_name: tuple[str, str] = ("", "")
    tables: tuple[TableMap, ...] = ()
    standard: Standard | None = None
    digest: str = ""
    origin: Origin = Origin()

    @property
    def key(self) -> str:
        """``copine-to-uk-2007@1.0.0``."""
        return f"{self.id}@{self.version}"

    @property
    def ends(self) -> tuple[str, str]:
        """What is mapped to what, in words."""
        if self.tables:
            return " ".join(self.subject_name), " ".join(self.object_name)
        return self.subject.label, self.object.label

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows by the object's column."""
        return {
            column.name: tuple(row for row in self.rows if row.target == column.name)
            for column in self.object.columns
        }

    @cached_property
    def parts(self) -> tuple[Crosswalk, ...]:
        """The crosswalks of codes that it is made of: itself, or those its tables go through."""
        if not self.tables:
            return (self,)
        found = {m.through.key: m.through for t in self.tables for m in t.moves if m.through}
        return tuple(found.values())
