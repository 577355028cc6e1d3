"""What a translation says of itself: numbers of records, by field and code, and what was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from validator.crosswalks.judge import Outcome
from validator.model.crosswalk import Crosswalk, How
from validator.model.standard import Severity


@dataclass(frozen=True, slots=True)
class CodeLoss:
    """What became of one combination of codes.

    ``codes`` are codes of the subject's schemes; empty where the cells are in no scheme, which
    a report does not repeat. ``cells`` are those cells, for ``--show full`` alone. ``rows`` are
    the first spreadsheet rows. ``sources`` is the number of combinations for which the written
    text may stand.
    """

    codes: tuple[str, ...]
    text: str
    outcome: Outcome
    records: int
    predicate: str | None = None
    status: str | None = None
    source: str | None = None
    candidates: tuple[str | None, ...] = ()
    reversible: bool = False
    sources: int = 0
    rows: tuple[int, ...] = ()
    cells: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class FieldLoss:
    """One target field: records by outcome, and by code.

    ``bits`` are the entropies of source and target and what is lost, in bits a record; with
    ``shared`` the fields that read the same columns, of which they are together.
    """

    table: str
    field: str
    how: How
    columns: tuple[str, ...]
    through: str | None
    subject: str
    object: str
    outcomes: Mapping[Outcome, int]
    codes: tuple[CodeLoss, ...]
    bits: tuple[float, float, float]
    shared: tuple[str, ...]
    files: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """All records."""
        return sum(self.outcomes.values())

    @property
    def recorded(self) -> int:
        """The records that held a value."""
        return self.records - self.outcomes.get(Outcome.ABSENT, 0)

    @property
    def reversible(self) -> int:
        """The records whose value the crosswalk, read backwards, gives again."""
        if self.how is How.COPY:
            return self.recorded
        return sum(code.records for code in self.codes if code.reversible)

    @property
    def written(self) -> int:
        """The records in which a code or value was written for a value."""
        return self.recorded - sum(self.outcomes.get(o, 0) for o in Outcome if o.is_gap)

    @property
    def sources_per_code(self) -> float | None:
        """The mean number of subject codes for which a written code may stand; None for none."""
        coded = [code for code in self.codes if code.sources]
        weight = sum(code.records for code in coded)
        return sum(code.sources * code.records for code in coded) / weight if weight else None


@dataclass(frozen=True, slots=True)
class LossFinding:
    """A loss that somebody should look at. ``rows`` are the first of ``count``."""

    code: str
    severity: Severity
    table: str
    field: str
    message: str
    count: int
    codes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was translated, or was left (``table`` is None, and ``why`` says why)."""

    path: str
    table: str | None
    rows: int
    sha256: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    path: str
    table: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Translation:
    """The whole."""

    crosswalk: Crosswalk
    prefer: tuple[str, ...]
    inputs: tuple[Source, ...]
    outputs: tuple[Written, ...]
    fields: tuple[FieldLoss, ...]
    findings: tuple[LossFinding, ...]
    left_out: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def outcomes(self) -> Mapping[Outcome, int]:
        """Values by outcome, over all fields that read something."""
        total = dict.fromkeys(Outcome, 0)
        for item in self.fields:
            for outcome, count in item.outcomes.items():
                total[outcome] += count
        return total

    @property
    def records(self) -> int:
        """The records that were written."""
        return sum(item.rows for item in self.outputs)

    @property
    def bits_lost(self) -> float:
        """Bits a record over all fields, those that read the same columns counted once."""
        seen = {(item.table, item.shared): item.bits[2] for item in self.fields}
        return sum(seen.values())

    @property
    def recorded(self) -> int:
        """The values that were there."""
        return sum(item.recorded for item in self.fields)

    @property
    def reversible(self) -> int:
        """The values that the crosswalk, read backwards, gives again."""
        return sum(item.reversible for item in self.fields)

    @property
    def gaps(self) -> int:
        """The values in whose place a missing reason stands."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.is_gap)

    @property
    def lacking(self) -> int:
        """The fields for which a file lacks a column, so that every record of it has a gap."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def has_gaps(self) -> bool:
        """Whether a missing reason stands where a value was, or where a column should be."""
        return bool(self.gaps or self.lacking)
