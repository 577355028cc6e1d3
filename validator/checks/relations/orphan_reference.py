"""A record refers to another one that is not there."""

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from validator.expressions import fields as cells
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Severity, Standard
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View


def _keeps(
    standard: Standard, there: frozenset[str], _audience: Audience | None
) -> Mapping[str, Iterable[str]]:
    kept: dict[str, list[str]] = {}
    for name in there:
        for field in standard.by_name[name].fields:
            if field.references and field.references.table in there:
                kept.setdefault(name, []).append(field.name)
                kept.setdefault(field.references.table, []).append(field.references.field)
    return kept


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        for field in there.table.fields:
            to = field.references
            if to is None or field.name not in there.present:
                continue
            parent = view.tables.get(to.table)
            if parent is None or to.field not in parent.present:
                why = f"the table {to.table} is not in the submission"
                if parent is not None:
                    why = f"{to.table} has no column {to.field}"
                yield Outcome(table=name, field=field.name, skipped=why)
                continue
            known = parent.frame([to.field]).select(pl.col(to.field).alias(field.name))
            valid = cells.recorded(nw.col(field.name), field, view.standard.missing_reasons)
            refs = nw.from_native(there.frame([field.name])).filter(valid).to_native()
            orphans = refs.join(known, on=field.name, how="anti", maintain_order="left")
            verdict = Verdict(
                f"No record of {to.table} has this {to.field}. Correct the reference, or add the "
                f"record to {to.table}."
            )
            hits = [
                Hit(verdict, file=row[FILE], row=row[ROW], value=row[field.name])
                for row in orphans.head(view.max_rows).iter_rows(named=True)
            ]
            yield Outcome(table=name, field=field.name, hits=hits, count=orphans.height)


CHECK = SubmissionCheck(
    code="orphan-reference",
    severity=Severity.ERROR,
    title="A reference that leads nowhere",
    means="The record names a record of another table, and that table has no such record.",
    why="What belongs together is torn apart: the record counts for nothing, or for another case.",
    mend="Correct the reference, or add the record that it names.",
    run=_run,
    keeps=_keeps,
)
