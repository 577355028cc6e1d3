"""What every kind of check must have, what it is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from validator.model.disclosure import Audience
from validator.model.reading import Fault
from validator.model.standard import CodeList, Field, Severity, Standard, Table
from validator.model.text import Origin


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says: the fault in plain words, and what to type instead.

    ``suggestion`` is only ever text that the standard itself holds (a code), never a cell's.
    """

    message: str
    suggestion: str | None = None


@dataclass(frozen=True, kw_only=True)
class Check:
    """What every check has: its code, its weight, and its documentation.

    ``group`` is the room that the file stands in; discovery fills it in.
    """

    code: str
    severity: Severity
    title: str
    means: str
    why: str
    mend: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as its check sees it: the text, its field, and the standard's missing reasons."""

    text: str
    field: Field
    reasons: CodeList


@dataclass(frozen=True, kw_only=True)
class CellCheck(Check):
    """A check of one cell by itself.

    Cells that a field plainly accepts never reach it (see ``expressions.fields``). The others
    are put to the checks by ``order``, and the first that speaks wins: one fault, one finding.
    """

    order: int
    applies: Callable[[Field], bool]
    judge: Callable[[Cell], Verdict | None]


@dataclass(frozen=True, kw_only=True)
class FileCheck(Check):
    """A check that a reader makes while it reads; this file gives its words."""

    explain: Callable[[Fault], Verdict]


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding of a check, before it is dressed for a report. ``file`` indexes the inputs.

    ``column`` is a position (A is 1); without it, the finding's field says the column.
    """

    verdict: Verdict
    file: int | None = None
    row: int | None = None
    value: str | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found in one place. ``count`` is exact; ``hits`` may be cut short.

    ``skipped`` says why the check could not be made.
    """

    table: str | None = None
    field: str | None = None
    rule: str | None = None
    severity: Severity | None = None
    hits: Sequence[Hit] = ()
    count: int = 0
    groups: Mapping[Verdict, int] | None = None
    skipped: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a text check found in the text of one record: the verdict, and the field it is about."""

    verdict: Verdict
    field: str


@dataclass(frozen=True, slots=True)
class TextReader:
    """How a text check reads one text column of a table.

    ``prefilter`` is a portable Narwhals expression over the text column alone, linear in the text
    and never null: false only where nothing can be found; or a function that makes one when a text
    is first met, where that takes time. ``about`` (where there is one) is then
    asked of each distinct text whether it can lead to a finding at all; it may also tell which
    texts of a column lead to the same verdicts (see ``engine.texts.Sorting``). Where ``digits`` is
    false, ``prefilter`` lets all texts of a shape through (see ``model.shapes``) or none, and it is
    not asked while a column has shown no more than ``few`` shapes: a large one is dearer to make
    than these are to read. ``reads`` names the other fields that ``judge`` needs, and ``rows``, an
    expression over those, leaves out records that cannot be at fault. ``speaks`` names the fields
    on which findings may land. ``judge`` is given each distinct combination of the text and the
    fields read, by field name, once; of texts that settle it by themselves, the text alone.
    """

    field: str
    prefilter: Any
    reads: tuple[str, ...]
    speaks: tuple[str, ...]
    judge: Callable[[Mapping[str, str]], Iterable[Said]]
    about: Callable[[str], bool] | None = None
    rows: Any | None = None
    severity: Severity | None = None
    digits: bool = True
    few: int = 0


@dataclass(frozen=True, kw_only=True)
class TextCheck(Check):
    """A check of what a text says. ``readers`` is given the fields that the file has."""

    readers: Callable[[Standard, Table, frozenset[str]], Iterable[TextReader]]


@dataclass(frozen=True, slots=True)
class Probe:
    """A fault that shows within one record: a Narwhals expression that is true where it does.

    ``expression`` reads text columns named after the table's fields, and is never null.
    ``reads`` names the fields that must be there. ``confirm``, where it is given, must hold as
    well; it is looked at only where ``expression`` does, and so may be dear.
    """

    table: str
    expression: Any
    reads: tuple[str, ...]
    verdict: Verdict
    field: str | None = None
    rule: str | None = None
    severity: Severity | None = None
    confirm: Any | None = None


@dataclass(frozen=True, slots=True)
class FieldCount:
    """Cells of one column by what they hold: numbers of records.

    ``inapplicable`` is the part of ``missing`` where the question does not arise, or the value
    is known and withheld. ``commonest`` is the most frequent valid code with its exact number,
    where one stood out.
    """

    recorded: int
    missing: int
    blank: int
    invalid: int
    inapplicable: int = 0
    commonest: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One input as the checks of a submission see it.

    ``left`` is the position of its first column (A is 1), ``header`` the row of its headings, and
    ``sheet`` the part of the file that it is. ``cells`` tells that it is a spreadsheet, and
    ``numbered`` that its rows have numbers at all.
    """

    path: str
    table: str | None
    columns: tuple[str, ...]
    records: int
    sheet: str | None = None
    cells: bool = False
    left: int = 1
    header: int = 1
    numbered: bool = True


class TableView(Protocol):
    """One table of a submission after the pass."""

    @property
    def table(self) -> Table:
        """The table."""

    @property
    def present(self) -> frozenset[str]:
        """The fields that its files have."""

    @property
    def records(self) -> int:
        """The records that are not wholly blank."""

    @property
    def counts(self) -> Mapping[str, FieldCount]:
        """What each present field holds."""

    def frame(self, columns: Iterable[str]) -> Any:
        """A Polars frame of the kept ``columns`` with FILE and ROW, in file order."""


@dataclass(frozen=True, slots=True)
class View:
    """A submission after the pass: what is there, and the columns that checks asked to keep."""

    standard: Standard
    as_of: str
    files: tuple[File, ...]
    tables: Mapping[str, TableView]
    max_rows: int
    audience: Audience | None = None


@dataclass(frozen=True, kw_only=True)
class SubmissionCheck(Check):
    """A check of records, tables or files against each other.

    ``probes`` join the one pass over each table (given the standard, the table, and the day of
    the check). ``run`` is called after the pass, and ``keeps`` names the columns that it needs
    then, by table, given the tables that are there and the audience.
    """

    probes: Callable[[Standard, Table, str], Iterable[Probe]] = lambda _s, _t, _d: ()
    run: Callable[[View], Iterable[Outcome]] = lambda _view: ()
    keeps: Callable[[Standard, frozenset[str], Audience | None], Mapping[str, Iterable[str]]] = (
        lambda _s, _t, _a: {}
    )


FILE = "__file__"
"""The column of kept frames that says which input a row came from (an index)."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """A fault of a standard: where, what is wrong, and what would be right.

    One finding may stand for ``count`` equal faults, and is then placed at the first.
    ``severity`` is the lint's own unless it is given here.
    """

    at: Origin
    what: str
    cure: str = ""
    count: int = 1
    severity: Severity | None = None


@dataclass(frozen=True, kw_only=True)
class Lint(Check):
    """A look at a standard that loads.

    ``run`` is None where the loader itself finds the fault; the file then gives its words.
    """

    run: Callable[[Standard], Iterable[LintFinding]] | None = None


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Another engine that can hold the records: what it opens are frames that Narwhals knows.

    ``parquet`` is given files, ``delimited`` sound UTF-8 files with a header, the number of their
    columns (to be called c0, c1 ...) and the separator, and ``table`` the name of a table that the
    engine has a catalogue of. Each raises what it likes.
    """

    name: str
    title: str
    parquet: Callable[[Sequence[Path]], Any]
    delimited: Callable[[Sequence[Path], int, str], Any]
    table: Callable[[str], Any] | None = None
