"""Compares what several coders made of the same records, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl

from validator.agreement.coding import Coded, coded, why_not
from validator.agreement.matching import CHECK_FIRST, Matched, matched
from validator.agreement.report import (
    Agreement,
    Confusion,
    Difference,
    Estimate,
    FieldAgreement,
    Options,
    Record,
    verdict_of,
)
from validator.errors import UnreadableInput, UsageError
from validator.measures.agreement import COEFFICIENTS, NO_CODE, Codes, Flags, Level, coefficient
from validator.measures.agreement_intervals import FEWEST_UNITS, intervals
from validator.model.reading import ROW
from validator.model.standard import Field, Standard
from validator.opening import opened

DIGITS = 6
ORDINAL_ALONE = "only the codes of an ordered list can agree in part"


def agree(
    standard: Standard | str | Path | None,
    coders: Sequence[str | Path],
    *,
    table: str | None = None,
    key: Sequence[str] = (),
    options: Options | None = None,
) -> Agreement:
    """Compare coders; each of ``coders`` is one coder's file or folder.

    ``table`` names the table to compare (else the only one that all have), and ``key`` the fields
    by which records are matched (else the table's key). Raises AccordantError where that cannot
    be done.
    """
    how = options or Options()
    if len(coders) < 2:
        raise UsageError("Name the files of two coders or more: one file agrees with itself.")
    if len({Path(path).resolve() for path in coders}) < len(coders):
        raise UsageError("The same file is named twice. Name each coder's own file once.")
    model, found_by, first = opened(standard, [coders[0]])
    readings = [first, *(opened(model, [path])[2] for path in coders[1:])]
    records = matched(model, readings, table, key)
    if not records.keys:
        raise UnreadableInput(_nothing_shared(records))
    there = [
        np.array(frame.get_column(ROW).is_not_null().to_numpy(), dtype=bool)
        for frame in records.frames
    ]
    compared, skipped = [], []
    differing: list[tuple[Field, Coded, Flags]] = []
    for field in records.table.fields:
        reason = why_not(field, records.key) or _absent(field, records)
        if reason is not None:
            skipped.append((field.name, reason))
            continue
        found = _coded(model, field, records, how)
        differs = _differs(found.ratings.codes)
        compared.append(_field(field, found, differs, how))
        differing.append((field, found, differs))
    often = np.sum([differs for _, _, differs in differing], axis=0, dtype=int)
    to_do = np.flatnonzero(often) if differing else np.array([], dtype=int)
    # those with the most differences first, then by key
    shown = sorted(to_do.tolist(), key=lambda unit: (-often[unit], unit))[: how.max_rows]
    return Agreement(
        standard=(model.id, model.version, model.digest),
        standard_found_by=found_by,
        table=records.table.name,
        key=records.key,
        coders=records.coders,
        matched=len(records.keys),
        everywhere=int(np.logical_and.reduce(there).sum()),
        fields=tuple(compared),
        skipped=tuple(skipped),
        adjudicate=len(to_do),
        records=tuple(_record(unit, records, differing) for unit in shown),
        options=how,
    )


def _nothing_shared(records: Matched) -> str:
    """Why no record stands in two files, and what to do."""
    key = " and ".join(records.key)
    keyless = sum(coder.keyless for coder in records.coders)
    repeated = sum(coder.repeated for coder in records.coders)
    left = [f"{keyless:,} without a valid one"] if keyless else []
    left += [f"{repeated:,} whose own stands twice in one file"] if repeated else []
    if left:
        return (
            f"No record of one file could be matched with one of another by {key}: records were "
            f"left out, {' and '.join(left)}. {CHECK_FIRST} Or match by another field: --key FIELD."
        )
    return (
        f"No record stands in two files: they share no {key}. Name files in which coders coded "
        "the same records, or match them by another field: --key FIELD."
    )


def _absent(field: Field, records: Matched) -> str | None:
    have = sum(field.name in frame.columns for frame in records.frames)
    if have > 1:
        return None
    return "only one file has the column" if have else "no file has the column"


def _coded(standard: Standard, field: Field, records: Matched, how: Options) -> Coded:
    columns = [
        frame.get_column(field.name)
        if field.name in frame.columns
        else pl.repeat(None, frame.height, dtype=pl.String, eager=True)
        for frame in records.frames
    ]
    return coded(field, columns, standard.missing_reasons, how.missing)


def _differs(codes: Codes) -> Flags:
    """The units whose coders are not all of one mind; those without a code say nothing."""
    most = codes.max(axis=1)
    least = np.where(codes == NO_CODE, most[:, None], codes).min(axis=1)
    found: Flags = least != most
    return found


def _field(field: Field, found: Coded, differs: Flags, how: Options) -> FieldAgreement:
    ratings = found.ratings
    number = (ratings.codes != NO_CODE).sum(axis=1)
    estimates = _estimates(field, found, how)
    units = int((number > 1).sum())
    notes = list(found.notes)
    if 0 < units < FEWEST_UNITS:
        notes.append(f"too few records ({units}) to rely on, and for intervals")
    alpha = estimates["krippendorff_alpha"]
    if alpha.reason:
        notes.append(alpha.reason)
    return FieldAgreement(
        field=field.name,
        title=field.label,
        level=ratings.level,
        categories=ratings.categories,
        units=units,
        ratings=int(number[number > 1].sum()),
        disagreed=int(differs.sum()),
        one_sided=int((number == 1).sum()),
        blank=found.blank,
        reasons=found.reasons,
        invalid=found.invalid,
        estimates=estimates,
        confusion=_confusion(found) if found.own_words else None,
        verdict=verdict_of(alpha.value),
        notes=tuple(notes),
    )


def _estimates(field: Field, found: Coded, how: Options) -> dict[str, Estimate]:
    ratings, patterns = found.ratings, found.ratings.patterns
    ordinal = ratings.level is Level.ORDINAL
    names = [name for name in COEFFICIENTS if ordinal or name != "gwet_ac2"]
    within = intervals(ratings, names, how.bootstrap, field.name) if patterns.units else {}
    estimates = {}
    for name in COEFFICIENTS:
        if name not in names:
            estimates[name] = Estimate(None, reason=ORDINAL_ALONE)
            continue
        value = coefficient(name, ratings)
        if value is None:
            estimates[name] = Estimate(None, reason=_why_not_computable(found))
            continue
        low, high = within.get(name, (None, None))
        estimates[name] = Estimate(_rounded(value), _rounded(low), _rounded(high))
    return estimates


def _why_not_computable(found: Coded) -> str:
    patterns = found.ratings.patterns
    if not patterns.units:
        return "not computable: no record has codes from two coders"
    if patterns.used == 1:
        return "not computable: every record has the same code"
    return "not computable: two coders gave all the records they share the same code"


def _rounded(value: float | None) -> float | None:
    # adding zero makes a minus zero a zero
    return None if value is None else round(value, DIGITS) + 0.0


def _confusion(found: Coded) -> Confusion:
    codes = found.ratings.codes
    counts: Counter[tuple[int, int]] = Counter()
    for a, b in combinations(range(codes.shape[1]), 2):
        both = (codes[:, a] != NO_CODE) & (codes[:, b] != NO_CODE)
        pairs, often = np.unique(codes[both][:, [a, b]], axis=0, return_counts=True)
        counts.update(dict(zip(map(tuple, pairs.tolist()), often.tolist(), strict=True)))
    used = sorted({code for pair in counts for code in pair})
    return Confusion(
        codes=tuple(found.names[code] for code in used),
        counts={(found.names[a], found.names[b]): counts[a, b] for a, b in sorted(counts)},
    )


def _record(unit: int, records: Matched, differing: Sequence[tuple[Field, Coded, Flags]]) -> Record:
    rows = [frame.get_column(ROW)[unit] for frame in records.frames]
    return Record(
        key=records.keys[unit] if records.shows_keys else None,
        rows=tuple(None if row is None else int(row) for row in rows),
        differences=tuple(
            Difference(field.name, _names(found, unit))
            for field, found, at in differing
            if at[unit]
        ),
    )


def _names(found: Coded, unit: int) -> tuple[str | None, ...] | None:
    if not found.own_words:
        return None
    codes = found.ratings.codes[unit].tolist()
    return tuple(None if code == NO_CODE else found.names[code] for code in codes)
