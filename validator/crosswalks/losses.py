"""Gathers what the steps counted into the report of a translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from validator.crosswalks.judge import Judged, Outcome
from validator.crosswalks.plan import Plan
from validator.crosswalks.report import (
    CodeLoss,
    FieldLoss,
    LossFinding,
    Source,
    Translation,
    Written,
)
from validator.crosswalks.steps import FIRST_ROWS, Cells, Copy, Fixed, Step, Target
from validator.measures.information import lost
from validator.model.crosswalk import Crosswalk, How, Move, Predicate
from validator.model.reading import Reading
from validator.model.standard import Severity

SHOWN_CELLS = 20
"""Distinct cells of no scheme that are kept for ``--show full``."""

CODES = {
    Outcome.AMBIGUOUS: "ambiguous-code",
    Outcome.DROPPED: "dropped-code",
    Outcome.UNMAPPED: "unmapped-value",
    Outcome.NARROWED: "narrowed-code",
}


@dataclass
class Losses:
    """Takes the plans of files that are done, and makes the report."""

    crosswalk: Crosswalk
    prefer: tuple[str, ...]
    fields: list[FieldLoss] = field(default_factory=list)
    lacking: list[LossFinding] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, plan: Plan, table: str, reading: Reading) -> None:
        """One file whose steps have counted all of its records."""
        for step in plan.steps:
            if isinstance(step, Step):
                self.fields += self._judged(step, table, reading.path)
            elif isinstance(step, Copy):
                self.fields.append(self._copied(step, table, reading.path))
            else:
                self._fixed(step, table, reading, plan.lacks)
        self.left_out += [(reading.path, heading, why) for heading, why in plan.left_out]

    def report(self, inputs: tuple[Source, ...], outputs: tuple[Written, ...]) -> Translation:
        """The report of all files."""
        findings = [*self.lacking, *self._findings()]
        order = list(Severity)
        findings.sort(key=lambda f: (order.index(f.severity), f.table, f.field, f.code, f.codes))
        return Translation(
            self.crosswalk,
            self.prefer,
            inputs,
            outputs,
            tuple(self.fields),
            tuple(findings),
            tuple(self.left_out),
        )

    def _judged(self, step: Step, table: str, file: str) -> Iterator[FieldLoss]:
        pairs: dict[tuple[object, object], int] = {}
        for cells, count in step.counts.items():
            texts = tuple(item.text for item in step.judged[cells])
            pairs[cells, texts] = pairs.get((cells, texts), 0) + count
        for kinds, count in step.others.items():
            pairs[kinds, kinds] = pairs.get((kinds, kinds), 0) + count
        bits = lost(pairs)
        shared = tuple(target.name for target in step.targets)
        for index, target in enumerate(step.targets):
            outcomes = dict.fromkeys(Outcome, 0)
            for cells, count in step.counts.items():
                outcomes[step.judged[cells][index].outcome] += count
            for kinds, count in step.others.items():
                outcomes[kinds[index]] += count
            through = target.move.through
            yield FieldLoss(
                table=table,
                field=target.name,
                how=target.move.how,
                columns=tuple(step.columns),
                through=through.key if through else None,
                subject=through.subject.label if through else target.move.form or "",
                object=_object(target),
                outcomes=outcomes,
                codes=tuple(_codes(step, target, index)),
                bits=bits,
                shared=shared,
                files=(file,),
            )

    def _copied(self, step: Copy, table: str, file: str) -> FieldLoss:
        outcomes = {Outcome.EXACT: step.recorded, Outcome.ABSENT: step.empty}
        return _unjudged(table, step.name, step.move, outcomes, file)

    def _fixed(self, step: Fixed, table: str, reading: Reading, lacks: tuple[str, ...]) -> None:
        # a constant is no value of the source's: it counts for nothing
        outcomes = {} if step.move.how is How.CONSTANT else {Outcome.ABSENT: step.records}
        self.fields.append(_unjudged(table, step.name, step.move, outcomes, reading.path))
        if missing := [name for name in step.move.columns if name in lacks]:
            written = f"'{step.text}' is written" if step.text else "it is left blank"
            message = f"The file has no column '{missing[0]}', so {written} in every record."
            self.lacking.append(
                LossFinding(
                    "missing-source-column",
                    Severity.ERROR,
                    table,
                    step.name,
                    message,
                    step.records,
                    files=(reading.path,),
                )
            )

    def _findings(self) -> Iterator[LossFinding]:
        for item in self.fields:
            for code in item.codes:
                slug = CODES.get(code.outcome)
                if slug is None or not code.records:
                    continue
                yield LossFinding(
                    slug,
                    Severity.WARNING,
                    item.table,
                    item.field,
                    message(item, code),
                    code.records,
                    code.codes,
                    item.files,
                    code.rows,
                )


def _unjudged(
    table: str, name: str, move: Move, outcomes: Mapping[Outcome, int], file: str
) -> FieldLoss:
    """A field whose cells were copied, or filled with one text."""
    return FieldLoss(
        table=table,
        field=name,
        how=move.how,
        columns=move.columns,
        through=None,
        subject="",
        object="",
        outcomes=outcomes,
        codes=(),
        bits=(0.0, 0.0, 0.0),
        shared=(name,),
        files=(file,),
    )


def message(item: FieldLoss, code: CodeLoss) -> str:
    """What is lost, and what stands there instead, in words."""
    named = " and ".join(f"'{text}'" for text in code.codes)
    instead = f"'{code.text}' is written instead" if code.text else "the cell is left blank"
    match code.outcome:
        case Outcome.AMBIGUOUS:
            options = [f"'{c}'" if c else "no code at all" for c in code.candidates]
            told = _either(options) if len(options) > 1 else "related, and no more is known"
            if len(options) == 1 and code.candidates[0]:
                told = f"{options[0]} is related, and no more is known"
            return (
                f"{named} may be {told}; {instead}."
                if len(options) > 1
                else (f"Of {named}, {told}; {instead}.")
            )
        case Outcome.DROPPED:
            return f"{named} has no counterpart in {item.object or 'the target'}; {instead}."
        case Outcome.NARROWED:
            return f"{named} became '{code.text}', which says more than the source did."
        case _ if item.how is How.DATE:
            return (
                f"A date that is not of the form {item.subject}, or not in the calendar; {instead}."
            )
        case _ if code.codes:
            return f"No row of the crosswalk speaks of {named}; {instead}."
        case _:
            return f"A value that is no code of {item.subject}; {instead}."


def _either(options: list[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}"


def _object(target: Target) -> str:
    move = target.move
    if move.through is None or move.take is None:
        return ""
    scheme = move.through.object.by_name[move.take].scheme
    return scheme.key.replace("@", " ") if scheme else ""


class _Said(TypedDict, total=False):
    """What the rows that spoke of a code say of themselves."""

    predicate: str | None
    status: str
    source: str
    candidates: tuple[str | None, ...]


Group = tuple[tuple[str, ...], str, Outcome, bool]


def _codes(step: Step, target: Target, index: int) -> Iterator[CodeLoss]:
    """By codes of the schemes: what other columns held is counted together."""
    groups: dict[Group, list[Cells]] = {}
    for cells in step.counts:
        judged = step.judged[cells][index]
        if judged.outcome is Outcome.ABSENT and not judged.rows:
            continue
        key = (_known(target, cells), judged.text, judged.outcome, judged.reversible)
        if target.move.how is How.DATE:
            key = ((), "" if judged.outcome is not Outcome.UNMAPPED else judged.text, *key[2:])
        groups.setdefault(key, []).append(cells)
    for (codes, text, outcome, reversible), members in sorted(groups.items()):
        judged = step.judged[members[0]][index]
        yield CodeLoss(
            codes=codes,
            text=text,
            outcome=outcome,
            records=sum(step.counts[cells] for cells in members),
            **_said(judged),
            reversible=reversible,
            sources=judged.sources,
            rows=tuple(sorted(row for c in members for row in step.rows.get(c, ())))[:FIRST_ROWS],
            cells=_cells(step, members) if not codes else (),
        )
    for kinds, count in step.others.items():
        yield CodeLoss((), "", kinds[index], count)


def _said(judged: Judged) -> _Said:
    if not judged.rows:
        return _Said()
    row = max(judged.rows, key=lambda item: item.predicate.rank)
    candidates = dict.fromkeys(c for item in judged.rows for c in item.candidates)
    reasons = dict.fromkeys(r for item in judged.rows for r in item.reasons)
    gap = row.predicate is Predicate.RELATED and row.candidates == (None,)
    return _Said(
        predicate=None if gap and not reasons else row.predicate.value,
        status=row.status.value,
        source=row.source,
        candidates=tuple(reasons) if reasons else tuple(candidates),
    )


def _known(target: Target, cells: Cells) -> tuple[str, ...]:
    """The cells that are codes of a scheme; none where one of them should be and is not."""
    if target.move.through is None:
        return ()
    rows = target.move.through.rows_of[target.move.take or ""]
    read = {name for row in rows for name in row.key}
    found = []
    for column, cell in zip(target.move.through.subject.columns, cells, strict=True):
        if column.scheme is None or column.name not in read:
            continue
        if cell not in column.scheme.codes.by_code:
            return ()
        found.append(cell)
    return tuple(found)


def _cells(step: Step, members: list[Cells]) -> tuple[tuple[str, int], ...]:
    often = sorted(members, key=lambda cells: -step.counts[cells])[:SHOWN_CELLS]
    return tuple((", ".join(cells), step.counts[cells]) for cells in often)
