"""The one pass over a file: for each field and each probe a column of true and false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from validator.expressions import fields as cells
from validator.model.standard import Field, Standard, Table
from validator.registry import (
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
    """A text check on one text column; ``speaks`` names the fields its findings land on."""

    check: TextCheck
    field: Field
    speaks: tuple[str, ...]
    reads: tuple[str, ...]
    judge: Callable[[Mapping[str, str]], Iterable[Said]]


@dataclass(frozen=True)
class Plan:
    """What is computed for each batch of one file.

    ``flags`` are named Narwhals expressions: ``a0`` accepted, ``r0`` recorded, ``b0`` blank,
    ``n0`` inapplicable for the field at that position in ``fields``, ``p0`` for the probe and
    ``t0`` for the text check at that position.
    """

    table: Table
    fields: tuple[Field, ...]
    probes: tuple[Planned, ...]
    texts: tuple[PlannedText, ...]
    flags: tuple[tuple[str, Any], ...]

    def flag(self, kind: str, position: int) -> str:
        """The name of a flag, with the name of the one that equals it where none was needed."""
        if kind == ACCEPTED and not (
            self.fields[position].missing or self.fields[position].optional
        ):
            kind = RECORDED
        return f"{kind}{position}"


def plan(standard: Standard, table: Table, columns: Sequence[str], as_of: str) -> Plan:
    """Plan the pass over a file of ``table`` with those headings."""
    there = frozenset(columns)
    fields = tuple(field for field in table.fields if field.name in there)
    reasons = standard.missing_reasons
    flags: list[tuple[str, Expr]] = []
    for position, field in enumerate(fields):
        column = nw.col(field.name)
        recorded = cells.recorded(column, field, reasons)
        flags.append((f"{RECORDED}{position}", recorded))
        if field.missing or field.optional:
            accepted = cells.accepted(column, field, reasons, recorded)
            flags.append((f"{ACCEPTED}{position}", accepted))
        if field.optional:
            flags.append((f"{BLANK}{position}", cells.blank(column)))
        inapplicable = [r for r in field.missing if reasons.by_code[r].inapplicable]
        if inapplicable:
            flags.append((f"{INAPPLICABLE}{position}", cells.among(column, inapplicable)))
    probes = tuple(_probes(standard, table, there, as_of))
    flags += [
        (f"{PROBE}{position}", planned.probe.expression)
        for position, planned in enumerate(probes)
        if not planned.absent
    ]
    texts: list[PlannedText] = []
    for check in checks_of(TextCheck):
        for reader in check.readers(standard, table, there):
            flags.append((f"{TEXT}{len(texts)}", reader.prefilter))
            field = table.by_name[reader.field]
            texts.append(PlannedText(check, field, reader.speaks, reader.reads, reader.judge))
    return Plan(table, fields, probes, tuple(texts), tuple(flags))


def _probes(
    standard: Standard, table: Table, there: frozenset[str], as_of: str
) -> Sequence[Planned]:
    return [
        Planned(check, probe, tuple(name for name in probe.reads if name not in there))
        for check in checks_of(SubmissionCheck)
        for probe in check.probes(standard, table, as_of)
    ]
