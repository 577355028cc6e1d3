"""What a crosswalk makes of one combination of source cells, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from validator.errors import UsageError
from validator.expressions.conditions import satisfies
from validator.expressions.values import matches
from validator.model.condition import All, AnyOf, Condition, Not, Op, Test
from validator.model.crosswalk import Column, Crosswalk, Predicate, Reasons, Row
from validator.model.lexical import INTEGER
from validator.model.standard import Field, Kind


class Outcome(StrEnum):
    """What became of a value, from nothing lost to everything."""

    EXACT = "exact"
    CLOSE = "close"
    WIDENED = "widened"
    NARROWED = "narrowed"
    PREFERRED = "preferred"
    AMBIGUOUS = "ambiguous"
    DROPPED = "dropped"
    UNMAPPED = "unmapped"
    ABSENT = "absent"

    @property
    def is_gap(self) -> bool:
        """Whether a value was there, and a missing reason stands in its place."""
        return self in {Outcome.AMBIGUOUS, Outcome.DROPPED, Outcome.UNMAPPED}


WRITTEN = {
    Predicate.EXACT: Outcome.EXACT,
    Predicate.CLOSE: Outcome.CLOSE,
    Predicate.BROAD: Outcome.WIDENED,
    Predicate.NARROW: Outcome.NARROWED,
}

DEFAULTS = Reasons(
    blank="not_recorded",
    ambiguous="not_determinable",
    dropped="not_determinable",
    unmapped="not_recorded",
)
"""The reasons where nothing is declared.

Nobody wrote down what is blank, or what no scheme has (``not_recorded``); what was coded and has
no one counterpart cannot be determined in the other scheme (``not_determinable``).
"""


@dataclass(frozen=True)
class Judged:
    """One combination judged: what is written, why, and whether it can be read back.

    ``rows`` spoke of it. ``reversible`` tells that the crosswalk, read backwards, gives exactly
    this combination; ``sources`` is the number of combinations that it then gives (0 where
    nothing was written).
    """

    text: str
    outcome: Outcome
    rows: tuple[Row, ...] = ()
    reversible: bool = False
    sources: int = 0


class Judge:
    """Judges combinations of one crosswalk of codes for one column of its object.

    ``target`` is the field that is written, where there is one: it says which missing reasons
    are allowed. ``prefer`` names choices of the crosswalk.
    """

    def __init__(
        self,
        crosswalk: Crosswalk,
        take: str,
        prefer: Iterable[str] = (),
        reasons: Reasons | None = None,
        absent: Mapping[str, str] | None = None,
        target: Field | None = None,
    ) -> None:
        self.crosswalk, self.take = crosswalk, take
        self.columns = crosswalk.subject.columns
        self.rows = crosswalk.rows_of[take]
        self.absent = {**crosswalk.absent, **(absent or {})}
        self.reasons = _merged(reasons, crosswalk.reasons)
        self.target = target
        wanted = set(prefer)
        self.picks = [
            pick
            for choice in crosswalk.choices
            if choice.name in wanted
            for pick in choice.picks
            if pick.target == take
        ]
        # a file that was translated before holds the reasons that were written into it
        self.own = {reason for reason in (*_all(DEFAULTS), *_all(self.reasons)) if reason}
        self._back = preimages(crosswalk, take)

    def judge(self, cells: Sequence[str]) -> Judged:
        """One combination: a cell for each column of the subject, in order."""
        found = [row for row in self.rows if self._speaks(row, cells)]
        if not found:
            return self._unspoken(cells)
        reasons = dict.fromkeys(reason for row in found for reason in row.reasons)
        codes = dict.fromkeys(c for row in found if not row.reasons for c in row.candidates)
        rows = tuple(found)
        if reasons and not codes:
            if len(reasons) == 1:
                return Judged(self.allowed(*reasons), Outcome.ABSENT, rows)
            return self._gap(Outcome.AMBIGUOUS, rows)
        if list(codes) == [None] and not reasons:
            return self._gap(Outcome.DROPPED, rows)
        if len(codes) == 1 and not reasons and all(row.resolves for row in found):
            return self._written(cells, next(iter(codes)) or "", rows)
        return self._picked(cells, rows)

    def allowed(self, *wanted: str | None) -> str:
        """The first of some reasons that the target allows; blank where it allows none of them."""
        order = [reason for reason in wanted if reason]
        if self.target is None:
            return order[0] if order else ""
        return next((reason for reason in order if reason in self.target.missing), "")

    def _written(self, cells: Sequence[str], code: str, rows: tuple[Row, ...]) -> Judged:
        weakest = max((row.predicate for row in rows), key=lambda predicate: predicate.rank)
        back = self._back.get(code, ())
        return Judged(
            code,
            WRITTEN[weakest],
            rows,
            len(back) == 1 and back[0].certain and back[0].cells == tuple(cells),
            len(back),
        )

    def _picked(self, cells: Sequence[str], rows: tuple[Row, ...]) -> Judged:
        chosen = {
            pick.code
            for pick in self.picks
            if all(
                cells[i] in pick.key[column.name]
                for i, column in enumerate(self.columns)
                if column.name in pick.key
            )
        }
        if len(chosen) != 1:
            return self._gap(Outcome.AMBIGUOUS, rows)
        code = chosen.pop()
        if code is None:
            return self._gap(Outcome.DROPPED, rows)
        return Judged(code, Outcome.PREFERRED, rows, sources=len(self._back.get(code, ())))

    def _gap(self, outcome: Outcome, rows: tuple[Row, ...]) -> Judged:
        said = {
            Outcome.AMBIGUOUS: (self.reasons.ambiguous, DEFAULTS.ambiguous),
            Outcome.DROPPED: (self.reasons.dropped, DEFAULTS.dropped),
            Outcome.UNMAPPED: (self.reasons.unmapped, DEFAULTS.unmapped),
        }[outcome]
        return Judged(self.allowed(*said, DEFAULTS.unmapped), outcome, rows)

    def _unspoken(self, cells: Sequence[str]) -> Judged:
        """No row speaks of it: it stands for no value, or nobody has said what it is."""
        for column, cell in zip(self.columns, cells, strict=True):
            if column.scheme is None:
                continue
            if cell in self.absent:
                # another reason than the file's own only where the crosswalk declares it
                reason = self.allowed(self.absent[cell], self.reasons.blank)
                return Judged(reason, Outcome.ABSENT)
            if cell in self.own and cell not in column.scheme.codes.by_code:
                return Judged(self.allowed(cell, self.reasons.blank), Outcome.ABSENT)
            if not cell.strip(" \t"):
                reason = self.allowed(self.reasons.blank, DEFAULTS.blank)
                return Judged(reason, Outcome.ABSENT)
        return self._gap(Outcome.UNMAPPED, ())

    def _speaks(self, row: Row, cells: Sequence[str]) -> bool:
        by_name = {column.name: cell for column, cell in zip(self.columns, cells, strict=True)}
        if any(by_name[name] not in codes for name, codes in row.key.items()):
            return False
        return row.when is None or holds(row.when, self.crosswalk.subject.by_name, by_name) is True


@dataclass(frozen=True, slots=True)
class Back:
    """One combination that a target code may stand for.

    ``certain`` tells that the two say exactly the same. A cell is None where the row leaves the
    column open.
    """

    cells: tuple[str | None, ...]
    predicate: Predicate
    certain: bool
    row: Row


def preimages(crosswalk: Crosswalk, take: str) -> Mapping[str, tuple[Back, ...]]:
    """What each code of an object's column may stand for, by every row that names it."""
    found: dict[str, dict[tuple[str | None, ...], Back]] = {}
    for row in crosswalk.rows_of[take]:
        lists = [row.key.get(column.name, (None,)) for column in crosswalk.subject.columns]
        exact = row.resolves and row.predicate is Predicate.EXACT and row.when is None
        for cells in product(*lists):
            certain = exact and None not in cells
            for code in row.candidates:
                if code is None:
                    continue
                there = found.setdefault(code, {})
                # what two rows say of the same pair is no certainty
                certain = certain and cells not in there
                there[cells] = Back(cells, row.predicate, certain, row)
    return {code: tuple(backs.values()) for code, backs in found.items()}


def check_choices(crosswalk: Crosswalk, prefer: Sequence[str]) -> None:
    """Raise UsageError for a choice that the crosswalk does not document."""
    known = {choice.name for part in crosswalk.parts for choice in part.choices}
    for name in prefer:
        if name not in known:
            there = f"There are: {', '.join(sorted(known))}." if known else "It documents none."
            message = f"The crosswalk '{crosswalk.id}' has no choice '{name}'. {there}"
            raise UsageError(message)


def holds(
    condition: Condition, columns: Mapping[str, Column], cells: Mapping[str, str]
) -> bool | None:
    """Whether a condition holds for a record; None where a cell that it needs cannot tell."""
    match condition:
        case All(parts):
            answers = [holds(part, columns, cells) for part in parts]
            return False if False in answers else None if None in answers else True
        case AnyOf(parts):
            answers = [holds(part, columns, cells) for part in parts]
            return True if True in answers else None if None in answers else False
        case Not(part):
            answer = holds(part, columns, cells)
            return None if answer is None else not answer
        case Test():
            return _test(condition, columns[condition.field.field].field, cells)


def _test(test: Test, field: Field, cells: Mapping[str, str]) -> bool | None:
    cell = cells[test.field.field]
    if test.op is Op.RECORDED:
        return bool(cell) is (test.operands == ("true",))
    if test.op is Op.MISSING:
        return not cell
    if not cell or (field.kind in {Kind.INTEGER, Kind.NUMBER} and not matches(INTEGER, cell)):
        return None
    if field.codelist and cell not in field.codelist.by_code:
        return None
    return satisfies(test.op, field, cell, [str(operand) for operand in test.operands])


def _all(reasons: Reasons) -> tuple[str | None, ...]:
    return reasons.blank, reasons.ambiguous, reasons.dropped, reasons.unmapped


def _merged(first: Reasons | None, second: Reasons) -> Reasons:
    if first is None:
        return second
    return Reasons(
        blank=first.blank or second.blank,
        ambiguous=first.ambiguous or second.ambiguous,
        dropped=first.dropped or second.dropped,
        unmapped=first.unmapped or second.unmapped,
    )
