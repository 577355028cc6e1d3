"""Contributors compared: their submissions counted, and each field judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from validator.errors import UsageError
from validator.model.standard import Field, Kind, Standard, Table
from validator.opening import opened
from validator.profiling.counting import (
    Counted,
    CountedFile,
    FieldCounts,
    TableCounts,
    counted,
)
from validator.profiling.profile import check_names
from validator.profiling.sides import Side, Sides
from validator.profiling.verdicts import Ground, Measured, Verdict, judged

MOST = 20
"""Contributors that stand side by side: the largest; the rest are taken together."""
REST = "(the rest)"


@dataclass(frozen=True, eq=False)
class FieldComparison:
    """One field of all contributors, its verdict, and the grounds for it."""

    name: str
    label: str
    verdict: Verdict
    grounds: tuple[Ground, ...]
    sides: Sides
    measured: tuple[Measured, ...]


@dataclass(frozen=True, eq=False)
class TableComparison:
    """One table: the records of each contributor by name, and its fields.

    ``texts`` names the fields that hold texts: they are not compared.
    """

    name: str
    label: str
    records: Mapping[str, int]
    fields: tuple[FieldComparison, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """The whole comparison. ``by`` is the field by which one submission was split, if any."""

    standard_id: str
    standard_version: str
    standard_digest: str
    standard_found_by: str
    contributors: tuple[str, ...]
    by: str | None
    seed: int
    files: tuple[tuple[str, CountedFile], ...]
    tables: tuple[TableComparison, ...]
    notes: tuple[str, ...]

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many fields have each verdict."""
        found = dict.fromkeys(Verdict, 0)
        for table in self.tables:
            for field in table.fields:
                found[field.verdict] += 1
        return found


def compare(
    standard: Standard | str | None,
    paths: Sequence[str],
    *,
    by: str | None = None,
    table: str | None = None,
    fields: Sequence[str] = (),
    seed: int = 0,
) -> Comparison:
    """Compare submissions, one a path; or with ``by`` the contributors within what is named.

    The same input and seed give the same answer. Raises AccordantError where a submission cannot
    be read, or there are not two contributors.
    """
    if by is None and len(paths) < 2:
        message = (
            "Name two submissions or more; or one, and the field that tells its contributors "
            "apart: --by contributor."
        )
        raise UsageError(message)
    model, found_by, readings = opened(standard, list(paths) if by else paths[0])
    check_names(model, table, fields)
    wanted = frozenset(fields)
    if by is not None:
        _check_by(model, by)
        whole = counted(model, readings, table=table, by=by, wanted=wanted)
        groups, notes = _largest(whole.groups), list(_left_out(whole, by))
        files = [("", file) for file in whole.files]
    else:
        groups, notes, files = {}, [], []
        for name, path in _names(paths).items():
            if path != paths[0]:
                readings = opened(model, path)[2]
            whole = counted(model, readings, table=table, wanted=wanted)
            groups[name] = whole.groups.get("", {})
            files += [(name, file) for file in whole.files]
    if len(groups) < 2:
        message = f"There is only one contributor in the data: {', '.join(groups) or 'none'}."
        raise UsageError(message)
    tables = tuple(_tables(model, groups, by, wanted, seed))
    return Comparison(
        model.id,
        model.version,
        model.digest,
        found_by,
        tuple(groups),
        by,
        seed,
        tuple(files),
        tables,
        tuple(notes),
    )


def _check_by(standard: Standard, by: str) -> None:
    fields = [t.by_name[by] for t in standard.tables if by in t.by_name]
    if not any(field.codelist and not field.many for field in fields):
        coded = sorted({f.name for t in standard.tables for f in t.fields if f.codelist})
        message = f"--by needs a field with codes, such as: {', '.join(coded[:8])}."
        raise UsageError(message)


def _names(paths: Sequence[str]) -> dict[str, str]:
    """A name for each path: its own, or the whole path where two are alike."""
    if len({Path(path).resolve() for path in paths}) < len(paths):
        message = "The same path is named twice. Name each contributor's submission once."
        raise UsageError(message)
    short = [Path(path).name if Path(path).is_dir() else Path(path).stem for path in paths]
    return dict(zip(short if len(set(short) - {""}) == len(short) else paths, paths, strict=True))


Groups = dict[str, dict[str, TableCounts]]


def _largest(groups: Groups) -> Groups:
    """The groups with most records, by name; of very many, the rest together."""
    size = {name: sum(t.records for t in tables.values()) for name, tables in groups.items()}
    order = sorted(groups, key=lambda name: (-size[name], name))
    if len(order) <= MOST:
        return {name: groups[name] for name in sorted(order)}
    kept = {name: groups[name] for name in sorted(order[:MOST])}
    rest: dict[str, TableCounts] = {}
    for name in order[MOST:]:
        for table, counts in groups[name].items():
            _merge(rest.setdefault(table, TableCounts(counts.table)), counts)
    return {**kept, REST: rest}


def _merge(to: TableCounts, more: TableCounts) -> None:
    to.records += more.records
    for name, counts in more.fields.items():
        into = to.fields.setdefault(name, FieldCounts(counts.field))
        into.records += counts.records
        into.recorded += counts.recorded
        into.blank += counts.blank
        into.invalid += counts.invalid
        into.reasons.update(counts.reasons)
        into.add(counts.values)


def _left_out(whole: Counted, by: str) -> Iterator[str]:
    for name in whole.ungrouped:
        yield f"The table {name} has no field {by}, so that it is not compared."
    for name, count in whole.without.items():
        yield f"{count:,} records of {name} have no value of {by}, and belong to nobody here."
    more = len(whole.groups) - MOST
    if more > 0:
        yield f"The {MOST} largest contributors stand side by side; {more} more are {REST}."


def _tables(
    standard: Standard, groups: Groups, by: str | None, wanted: frozenset[str], seed: int
) -> Iterator[TableComparison]:
    for table in standard.tables:
        having = {
            name: tables[table.name] for name, tables in groups.items() if table.name in tables
        }
        if len(having) < 2:
            continue
        weights = {name: _weight(table, groups[name]) for name in having}
        asked = [f for f in table.fields if not wanted or f.name in wanted]
        there = [f for f in asked if any(f.name in t.fields for t in having.values())]
        if not there:
            continue
        yield TableComparison(
            table.name,
            str(table.title) or table.name,
            {name: counts.records for name, counts in having.items()},
            tuple(
                _field(standard, field, having, weights, seed)
                for field in there
                if field.kind is not Kind.STRING and field.name != by
            ),
            tuple(f.name for f in there if f.kind is Kind.STRING),
        )


def _weight(table: Table, tables: Mapping[str, TableCounts]) -> float:
    """What a record counts where those of one parent record are alike: at most as many as they."""
    own = tables[table.name].records
    parents = [tables[name].records for name in table.parents() if name in tables]
    return min(1.0, *(count / own for count in parents)) if own and parents else 1.0


def _field(
    standard: Standard,
    field: Field,
    having: Mapping[str, TableCounts],
    weights: Mapping[str, float],
    seed: int,
) -> FieldComparison:
    sides = Sides(
        field,
        [
            Side(name, counts.fields.get(field.name), weights[name])
            for name, counts in having.items()
        ],
        standard.missing_reasons,
    )
    verdict, grounds, measured = judged(sides, seed)
    return FieldComparison(field.name, field.label, verdict, grounds, sides, measured)
