"""What a comparison of coders says; no layout. Shares and coefficients are rounded to 6 digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from validator.measures.agreement import Level
from validator.measures.agreement_intervals import Bootstrap

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's bounds of alpha: from the first a field can be relied upon, from the second only
tentative conclusions can be drawn."""


class Missing(StrEnum):
    """What a missing reason is: no code at all, or a code like any other."""

    AS_MISSING = "as-missing"
    AS_CATEGORY = "as-category"


class Verdict(StrEnum):
    """What alpha says of a field, from the best."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    NOT_RELIABLE = "not-reliable"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Options:
    """How coders are compared. ``fail_under`` is the alpha below which a field fails the run."""

    missing: Missing = Missing.AS_MISSING
    bootstrap: Bootstrap = field(default_factory=Bootstrap)
    fail_under: float | None = None
    max_rows: int = 100


@dataclass(frozen=True, slots=True)
class Coder:
    """One coder's file, and what became of its records.

    ``compared`` have a partner in another file; ``alone`` have none. ``repeated`` share their key
    with another record of a file, and ``keyless`` have no valid key: both are left out.
    ``faults`` counts what is wrong with the file itself.
    """

    name: str
    path: str
    sheet: str | None
    sha256: str | None
    records: int
    compared: int
    alone: int
    repeated: int
    keyless: int
    faults: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its interval; ``reason`` says why it has no value."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """Pairs of codes that two coders gave to one record.

    ``counts`` holds the pairs by the codes of the coder named first and of the one named later,
    over all pairs of coders. ``codes`` are those that occur, in the order of the standard.
    """

    codes: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def worst(self) -> list[tuple[str, str, int]]:
        """Two codes that were taken for one another, and how often; the most frequent first."""
        often: dict[tuple[str, str], int] = {}
        place = {code: position for position, code in enumerate(self.codes)}
        for pair, count in self.counts.items():
            if pair[0] != pair[1]:
                one, other = sorted(pair, key=place.__getitem__)
                often[one, other] = often.get((one, other), 0) + count
        ordered = sorted(often.items(), key=lambda item: (-item[1], [place[c] for c in item[0]]))
        return [(one, other, count) for (one, other), count in ordered]


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far the coders agree on one field.

    ``units`` are records with codes of two coders or more, ``ratings`` the codes in them,
    ``disagreed`` those of them that are not unanimous, and ``one_sided`` records that only one
    coder gave a code. ``blank``, ``reasons`` and ``invalid`` count cells that were left out.
    ``confusion`` is None where codes are not the standard's own words.
    """

    field: str
    title: str
    level: Level
    categories: int
    units: int
    ratings: int
    disagreed: int
    one_sided: int
    blank: int
    reasons: int
    invalid: int
    estimates: Mapping[str, Estimate]
    confusion: Confusion | None
    verdict: Verdict
    notes: tuple[str, ...] = ()

    @property
    def alpha(self) -> Estimate:
        """Krippendorff's alpha, by which the field is judged."""
        return self.estimates["krippendorff_alpha"]

    @property
    def at_worst(self) -> Verdict:
        """The verdict if alpha were the lower bound of its interval."""
        return verdict_of(self.alpha.low)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which a record's coders differ; a code for each coder, where they may be shown."""

    field: str
    codes: tuple[str | None, ...] | None


@dataclass(frozen=True, slots=True)
class Record:
    """A record to adjudicate: its key where that may be shown, and its row in each file."""

    key: str | None
    rows: tuple[int | None, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The comparison of several coders' files of one table.

    ``matched`` records stand in two files or more, ``everywhere`` in all. ``adjudicate`` counts
    the records on which coders differ; ``records`` are the first of them, those with the most
    differences first. ``skipped`` gives fields that are not compared, each with the reason.
    """

    standard: tuple[str, str, str]
    standard_found_by: str
    table: str
    key: tuple[str, ...]
    coders: tuple[Coder, ...]
    matched: int
    everywhere: int
    fields: tuple[FieldAgreement, ...]
    skipped: tuple[tuple[str, str], ...]
    adjudicate: int
    records: tuple[Record, ...]
    options: Options

    def of(self, verdict: Verdict) -> tuple[FieldAgreement, ...]:
        """The fields with that verdict."""
        return tuple(field for field in self.fields if field.verdict is verdict)

    @property
    def verdict(self) -> Verdict:
        """The least favourable verdict of a field that could be judged."""
        for verdict in (Verdict.NOT_RELIABLE, Verdict.TENTATIVE, Verdict.RELIABLE):
            if self.of(verdict):
                return verdict
        return Verdict.NOT_JUDGED

    @property
    def under(self) -> tuple[str, ...]:
        """The fields whose alpha is below ``fail_under``."""
        bound = self.options.fail_under
        if bound is None:
            return ()
        return tuple(
            field.field
            for field in self.fields
            if field.alpha.value is not None and field.alpha.value < bound
        )

    @property
    def exit_code(self) -> int:
        """0; 1 where a field is under ``fail_under``; 2 where no field could be judged."""
        if self.verdict is Verdict.NOT_JUDGED:
            return 2
        return 1 if self.under else 0


def verdict_of(alpha: float | None) -> Verdict:
    """What an alpha says of its field."""
    if alpha is None:
        return Verdict.NOT_JUDGED
    if alpha >= RELIABLE:
        return Verdict.RELIABLE
    return Verdict.TENTATIVE if alpha >= TENTATIVE else Verdict.NOT_RELIABLE
