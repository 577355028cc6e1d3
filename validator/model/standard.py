"""A standard: a versioned set of tables, code lists and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from validator.model.condition import Condition, FieldRef
from validator.model.migration import Migration
from validator.model.text import Origin, Text


class Severity(StrEnum):
    """How much a finding weighs, from the heaviest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the heaviest; larger is lighter."""
        return list(Severity).index(self)


class Status(StrEnum):
    """How far a fact can be trusted, as the source documents grade it."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    DERIVED = "derived"
    UNVERIFIED = "unverified"


class Kind(StrEnum):
    """What a field holds."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    CODES = "codes"


class Precision(StrEnum):
    """How exact a date field is: 2024, 2024-Q2, 2024-05 or 2024-05-17."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


class Identifies(StrEnum):
    """What a field can do to a person's anonymity."""

    PSEUDONYM = "pseudonym"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Retired:
    """A code that may no longer be used, since when, and what replaces it."""

    since: str
    use: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list. ``terms`` are its synonyms by language.

    ``inapplicable`` marks the missing reason that says that the question does not arise, and
    ``withholds`` the one that stands for a value that is known and left out on purpose.
    """

    code: str
    label: Text = Text()
    description: Text = Text()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retired: Retired | None = None
    other: bool = False
    inapplicable: bool = False
    withholds: bool = False
    source: str | None = None
    status: Status | None = None
    origin: Origin = Origin()


@dataclass(frozen=True, eq=False)
class CodeList:
    """A list of codes, in the order that the standard gives.

    A list equals itself alone, so that it can be the key of a cache.
    """

    id: str
    codes: tuple[Code, ...]
    title: Text = Text()
    ordered: bool = False
    source: str | None = None
    status: Status | None = None
    origin: Origin = Origin()

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """The codes by their text, retired ones too."""
        return {code.code: code for code in self.codes}

    @cached_property
    def current(self) -> tuple[str, ...]:
        """The codes that may be used: those not retired."""
        return tuple(code.code for code in self.codes if code.retired is None)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Of missing reasons, those that say something: a withheld cell may hide any answer."""
        return tuple(code.code for code in self.codes if not code.withholds)


@dataclass(frozen=True, slots=True)
class Published:
    """Figures that the source publishes for a field, in per cent.

    ``recorded`` is the share of records that hold a value; ``valid`` the distribution among
    those. The source's own sums need not be 100.
    """

    recorded: Decimal | None = None
    valid: Mapping[str, Decimal] = field(default_factory=dict)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The field of another table whose values this field repeats (a foreign key)."""

    table: str
    field: str


class Wording(StrEnum):
    """How sure a text is of a place."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Speaks:
    """A field of the same table that a free text may speak for.

    ``role`` says whom or what the words must be about (victim, offender, image, video, place),
    ``wording`` how sure they must be, and ``several`` is the code of a group that has more than
    one of the other values.
    """

    field: str
    role: str
    wording: Wording | None = None
    several: str | None = None
    origin: Origin = Origin()


@dataclass(frozen=True)
class Field:
    """One column of a table.

    ``missing`` names the missing reasons that the field allows. ``minimum`` and ``maximum`` are
    numbers for numeric fields and ISO text for dates, always kept as written.
    """

    name: str
    kind: Kind
    codelist: CodeList | None = None
    required: bool = False
    optional: bool = False
    missing: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    precision: Precision = Precision.DAY
    unique: bool = False
    references: Reference | None = None
    many: bool = False
    separator: str = ";"
    specify: str | None = None
    free_text: bool = False
    speaks_for: tuple[Speaks, ...] = ()
    identifies: Identifies | None = None
    quasi_identifier: bool = False
    sensitive: bool = False
    title: Text = Text()
    description: Text = Text()
    source: str | None = None
    status: Status | None = None
    published: Published | None = None
    origin: Origin = Origin()

    @property
    def label(self) -> str:
        """The title in English, or the name where there is none."""
        return str(self.title) or self.name

    @property
    def others(self) -> tuple[str, ...]:
        """The codes for what its list has no code for, which ``specify`` explains."""
        return tuple(c.code for c in self.codelist.codes if c.other) if self.codelist else ()


@dataclass(frozen=True, slots=True)
class Stale:
    """Codes that ought to be looked at again once the review date is ``months`` old."""

    field: str
    codes: tuple[str, ...]
    reviewed: str
    months: int
    origin: Origin = Origin()


@dataclass(frozen=True)
class Table:
    """One table. ``key`` names the fields that tell its records apart; it may be empty."""

    name: str
    fields: tuple[Field, ...]
    title: Text = Text()
    description: Text = Text()
    key: tuple[str, ...] = ()
    required: bool = False
    stale: tuple[Stale, ...] = ()
    source: str | None = None
    origin: Origin = Origin()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {item.name: item for item in self.fields}

    def parents(self) -> Mapping[str, Field]:
        """The tables that this one references, each with the field that does it."""
        return {item.references.table: item for item in self.fields if item.references}


class Bound(StrEnum):
    """How a count rule compares the rows that it counts."""

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Count:
    """Rows of ``table`` that share the field ``on`` (and meet ``where``) against a number.

    ``number`` is a field of the rule's table or a constant.
    """

    table: str
    on: str
    bound: Bound
    number: FieldRef | int
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """At least one row of ``table`` that shares the field ``on`` meets ``where``.

    Judged only for records that have rows there: where there are none, a count rule speaks.
    """

    table: str
    on: str
    where: Condition | None = None


Record = Mapping[str, str]
"""A record as text: field name to cell. A field that is absent is a blank cell."""

Example = Mapping[str, tuple[Record, ...]]
"""Records by table. A rule of one table has examples of one record."""


@dataclass(frozen=True)
class Rule:
    """A relation that records must keep: ``then``, or one of ``count`` and ``exists``."""

    id: str
    table: str
    title: Text = Text()
    severity: Severity = Severity.ERROR
    when: Condition | None = None
    then: Condition | None = None
    count: Count | None = None
    exists: Exists | None = None
    mend: Text = Text()
    source: str | None = None
    status: Status | None = None
    passing: tuple[Example, ...] = ()
    failing: tuple[Example, ...] = ()
    origin: Origin = Origin()


@dataclass(frozen=True)
class Standard:
    """A whole standard. ``digest`` is ``sha256:`` over the files that it was read from.

    ``migration`` says how records of an earlier version become records of this one.
    """

    id: str
    version: str
    missing_reasons: CodeList
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...] = ()
    title: Text = Text()
    source: str | None = None
    digest: str = ""
    migration: Migration | None = None
    origin: Origin = Origin()

    @cached_property
    def by_name(self) -> Mapping[str, Table]:
        """The tables by name."""
        return {table.name: table for table in self.tables}

    def rules_of(self, table: str) -> tuple[Rule, ...]:
        """The rules whose findings land on ``table``."""
        return tuple(rule for rule in self.rules if rule.table == table)

    @cached_property
    def codelists(self) -> tuple[CodeList, ...]:
        """Every code list that a field uses, once each, by its id."""
        lists = {f.codelist.id: f.codelist for t in self.tables for f in t.fields if f.codelist}
        return tuple(lists[key] for key in sorted(lists))
