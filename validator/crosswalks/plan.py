"""Which steps fill the fields of one target table from one file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from validator.crosswalks import dates
from validator.crosswalks.judge import DEFAULTS, Judge, Judged, Outcome
from validator.crosswalks.steps import AnyStep, Cells, Copy, Fixed, Step, Target
from validator.errors import UsageError
from validator.model.crosswalk import Crosswalk, How, Move, Scheme, TableMap
from validator.model.standard import Code, Field, Kind, Precision, Table


@dataclass(frozen=True)
class Plan:
    """The steps of one table, the order of the columns that it writes, and what it keeps.

    ``passes`` tells that every column of the file is written too, before the new ones.
    ``absent`` are headings that the file lacks; their fields get a missing reason.
    """

    target: str
    steps: tuple[AnyStep, ...]
    order: tuple[str, ...]
    passes: bool
    lacks: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def of_codes(crosswalk: Crosswalk, prefer: Sequence[str], headings: Sequence[str]) -> Plan:
    """A crosswalk of codes applied to a file: its columns stay, and the object's come after."""
    columns = tuple(column.name for column in crosswalk.subject.columns)
    targets = [column.name for column in crosswalk.object.columns]
    if clash := [name for name in targets if name in headings]:
        message = (
            f"The file has a column '{clash[0]}' already, which '{crosswalk.id}' would write. "
            "Rename it, or say which heading is which with --column."
        )
        raise UsageError(message)
    filled = [
        Target(
            name,
            Move(name, How.CODES, columns, through=crosswalk, take=name),
            Judge(crosswalk, name, prefer).judge,
        )
        for name in targets
    ]
    return Plan("", (Step(columns, filled),), tuple(targets), True, (), ())


def of_table(
    crosswalk: Crosswalk, table_map: TableMap, prefer: Sequence[str], headings: Collection[str]
) -> Plan:
    """A table of a submission's crosswalk applied to a file."""
    standard = crosswalk.standard
    assert standard is not None, "a crosswalk of submissions has a standard"  # noqa: S101 - the loader sees to it
    table = standard.by_name[table_map.target]
    lacks = tuple(name for name in table_map.headings if name not in headings)
    steps: list[AnyStep] = []
    judged: dict[tuple[str, ...], list[Target]] = {}
    for move in table_map.moves:
        field = table.by_name[move.target]
        if any(name in lacks for name in move.columns):
            reason = _first_allowed(field, move.reasons.blank, DEFAULTS.blank)
            steps.append(Fixed(field.name, move, reason))
        elif move.how in {How.CONSTANT, How.MISSING}:
            steps.append(Fixed(field.name, move, move.value))
        elif move.how is How.COPY:
            steps.append(_copy(crosswalk, move, field))
        else:
            target = _target(crosswalk, table_map, table, move, prefer)
            judged.setdefault(move.columns, []).append(target)
    steps += [Step(columns, targets) for columns, targets in judged.items()]
    filled = {name for step in steps for name in _fills(step)}
    read = set(table_map.headings)
    left_out = tuple(
        (name, str(table_map.left_out.get(name, "no field of the crosswalk reads it")))
        for name in headings
        if name not in read
    )
    return Plan(
        target=table.name,
        steps=tuple(steps),
        order=tuple(field.name for field in table.fields if field.name in filled),
        passes=False,
        lacks=lacks,
        left_out=left_out,
    )


def _fills(step: AnyStep) -> list[str]:
    if isinstance(step, Step):
        return [name for t in step.targets for name in (t.name, t.keep) if name]
    return [step.name]


def _first_allowed(field: Field, *reasons: str | None) -> str:
    return next((reason for reason in reasons if reason and reason in field.missing), "")


def _copy(crosswalk: Crosswalk, move: Move, field: Field) -> Copy:
    absent = {
        cell: reason if reason in field.missing else ""
        for cell, reason in crosswalk.absent.items()
        if cell
    }
    blank = _first_allowed(field, move.reasons.blank, crosswalk.absent.get(""), DEFAULTS.blank)
    return Copy(move.columns[0], field.name, move, absent, "" if field.optional else blank)


def _target(
    crosswalk: Crosswalk, table_map: TableMap, table: Table, move: Move, prefer: Sequence[str]
) -> Target:
    field = table.by_name[move.target]
    if move.through is None or move.take is None:
        return Target(field.name, move, _date(crosswalk, move, field))
    judge = Judge(move.through, move.take, prefer, move.reasons, crosswalk.absent, field)
    mapped = {other.target for other in table_map.moves}
    specify = field.specify
    schemes = [column.scheme for column in move.through.subject.columns]
    if specify is None or specify in mapped or field.codelist is None:
        return Target(field.name, move, judge.judge)
    longest = table.by_name[specify].max_length
    kept = partial(_original, schemes=schemes, others=field.others, longest=longest)
    return Target(field.name, move, judge.judge, specify, kept)


def _original(
    cells: Cells,
    judged: Judged,
    *,
    schemes: Sequence[Scheme | None],
    others: Sequence[str],
    longest: int | None,
) -> str:
    """Scheme, version and code, where the target's code is the one that asks for an explanation."""
    if judged.text not in others:
        return ""
    known = [
        f"{scheme.id} {scheme.version}: {cell}"
        for scheme, cell in zip(schemes, cells, strict=True)
        if scheme and isinstance(scheme.codes.by_code.get(cell), Code)
    ]
    return "; ".join(known)[:longest]


def _date(crosswalk: Crosswalk, move: Move, field: Field) -> Callable[[Cells], Judged]:
    form = dates.pattern(move.form or "")
    # a cell that a workbook holds as a date comes in ISO form, which says the same
    plain = dates.pattern("yyyy-mm-dd")
    coarser = dates.finest(move.form or "") is not field.precision
    blank = _first_allowed(field, move.reasons.blank, DEFAULTS.blank)
    bad = _first_allowed(field, move.reasons.unmapped, DEFAULTS.unmapped)

    def judge(cells: Cells) -> Judged:
        cell = cells[0].strip(" \t")
        if not cell:
            return Judged("" if field.optional else blank, Outcome.ABSENT)
        if cell in crosswalk.absent:
            return Judged(_first_allowed(field, crosswalk.absent[cell]), Outcome.ABSENT)
        text = dates.iso(cell, form, field.precision) or dates.iso(cell, plain, field.precision)
        if text is None:
            return Judged(bad, Outcome.UNMAPPED)
        exact = not coarser
        return Judged(text, Outcome.EXACT if exact else Outcome.WIDENED, reversible=exact)

    return judge


def as_table(table_map: TableMap) -> Table:
    """What the readers should know of a file: its headings, and which of them are dates."""
    dated = {name for move in table_map.moves if move.how is How.DATE for name in move.columns}
    fields = (
        Field(name, Kind.DATE if name in dated else Kind.STRING, precision=Precision.DAY)
        for name in table_map.headings
    )
    return Table(table_map.subject, tuple(fields))
