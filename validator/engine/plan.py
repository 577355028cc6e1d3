"""The one pass over a file: for each field and each probe a column of true and false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from validator.expressions import fields as cells
from validator.model.standard import Field, Kind, Severity, Standard, Table
from validator.registry import (
    Check,
    Probe,
    Said,
    SubmissionCheck,
    TextCheck,
    checks_of,
)

if TYPE_CHECKING:
    from narwhals import Expr

ACCEPTED, RECORDED, BLANK, INAPPLICABLE, PROBE, TEXT = "a", "r", "b", "n", "p", "t"


@dataclass(frozen=True)
class Planned:
    """A probe with its check; ``absent`` names the fields that the file lacks."""

    check: SubmissionCheck
    probe: Probe
    absent: tuple[str, ...]


@dataclass(frozen=True)
class PlannedText:
    """A text check on one text column: see ``registry.TextReader``."""

    check: TextCheck
    field: Field
    speaks: tuple[str, ...]
    reads: tuple[str, ...]
    judge: Callable[[Mapping[str, str]], Iterable[Said]]
    prefilter: Any
    about: Callable[[str], bool] | None
    rows: Any | None
    severity: Severity | None
    digits: bool
    few: int


@dataclass(frozen=True)
class TextColumn:
    """A text column and the checks that read it."""

    name: str
    readers: tuple[PlannedText, ...]


@dataclass(frozen=True)
class Plan:
    """What is computed for each batch of one file.

    ``flags`` are named Narwhals expressions: ``a0`` accepted, ``r0`` recorded, ``b0`` blank,
    ``n0`` inapplicable for the field at that position in ``fields``, ``p0`` for the probe at
    that position, and ``t0`` not blank for the text column at that position in ``texts``.
    Those of ``sparse`` are worked out where the column that comes with them is not blank; the
    last item of each says what they are elsewhere.
    """

    table: Table
    fields: tuple[Field, ...]
    probes: tuple[Planned, ...]
    texts: tuple[TextColumn, ...]
    flags: tuple[tuple[str, Any], ...]
    sparse: tuple[tuple[str, Any, str, bool], ...]

    def flag(self, kind: str, position: int) -> str:
        """The name of a flag, with the name of the one that equals it where none was needed."""
        if kind == ACCEPTED and not (
            self.fields[position].missing or self.fields[position].optional
        ):
            kind = RECORDED
        return f"{kind}{position}"


Failed = Callable[[Check, Exception], None]


def plan(
    standard: Standard, table: Table, columns: Sequence[str], as_of: str, failed: Failed
) -> Plan:
    """Plan the pass over a file of ``table`` with those headings.

    ``failed`` is told of each check that cannot say what it needs.
    """
    there = frozenset(columns)
    fields = tuple(field for field in table.fields if field.name in there)
    reasons = standard.missing_reasons
    flags: list[tuple[str, Expr]] = []
    sparse: list[tuple[str, Expr, str, bool]] = []
    for position, field in enumerate(fields):
        column = nw.col(field.name)
        recorded = cells.recorded(column, field, reasons)
        accepted = cells.accepted(column, field, reasons, recorded)
        if field.optional and field.kind is Kind.STRING:
            # texts are dear to look at, and most cells of such a field are blank
            sparse.append((f"{RECORDED}{position}", recorded, field.name, False))
            sparse.append((f"{ACCEPTED}{position}", accepted, field.name, True))
        else:
            flags.append((f"{RECORDED}{position}", recorded))
            if field.missing or field.optional:
                flags.append((f"{ACCEPTED}{position}", accepted))
        if field.optional:
            flags.append((f"{BLANK}{position}", cells.blank(column)))
        inapplicable = [
            code.code
            for code in map(reasons.by_code.__getitem__, field.missing)
            if code.inapplicable or code.withholds
        ]
        if inapplicable:
            flags.append((f"{INAPPLICABLE}{position}", cells.among(column, inapplicable)))
    probes = tuple(_probes(standard, table, there, as_of, failed))
    flags += [
        (f"{PROBE}{position}", planned.probe.expression)
        for position, planned in enumerate(probes)
        if not planned.absent
    ]
    texts = tuple(_texts(standard, table, there, failed))
    flags += [
        (f"{TEXT}{position}", ~cells.blank(nw.col(column.name)))
        for position, column in enumerate(texts)
    ]
    return Plan(table, fields, probes, texts, tuple(flags), tuple(sparse))


def warm(standard: Standard) -> None:
    """Make what the checks of texts need for the required tables, where there is time to spare.

    What is made is kept, and found again by ``plan``.
    """
    for table in standard.tables:
        for check in checks_of(TextCheck) if table.required else ():
            with suppress(Exception):  # ``plan`` meets it again, and shows the check as failed
                for reader in check.readers(standard, table, frozenset(table.by_name)):
                    if callable(reader.prefilter):
                        reader.prefilter()


def _texts(
    standard: Standard, table: Table, there: frozenset[str], failed: Failed
) -> Iterator[TextColumn]:
    by_column: dict[str, list[PlannedText]] = {}
    for check in checks_of(TextCheck):
        try:
            readers = list(check.readers(standard, table, there))
        except Exception as error:
            failed(check, error)
            continue
        for reader in readers:
            planned = PlannedText(
                check,
                table.by_name[reader.field],
                reader.speaks,
                reader.reads,
                reader.judge,
                reader.prefilter,
                reader.about,
                reader.rows,
                reader.severity,
                reader.digits,
                reader.few,
            )
            by_column.setdefault(reader.field, []).append(planned)
    for name, planned_texts in by_column.items():
        yield TextColumn(name, tuple(planned_texts))


def _probes(
    standard: Standard, table: Table, there: frozenset[str], as_of: str, failed: Failed
) -> Iterator[Planned]:
    for check in checks_of(SubmissionCheck):
        try:
            probes = list(check.probes(standard, table, as_of))
        except Exception as error:
            failed(check, error)
            continue
        for probe in probes:
            yield Planned(check, probe, tuple(name for name in probe.reads if name not in there))
