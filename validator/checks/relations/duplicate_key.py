"""Two records with the same key, or the same value where each must be its own."""

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from validator.expressions import fields as cells
from validator.model.disclosure import Audience
from validator.model.reading import ROW
from validator.model.standard import Severity, Standard, Table
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, TableView, Verdict, View


def _unique_sets(table: Table) -> Iterable[tuple[str, ...]]:
    if table.key:
        yield table.key
    for field in table.fields:
        if field.unique and (field.name,) != table.key:
            yield (field.name,)


def _keeps(
    standard: Standard, there: frozenset[str], _audience: Audience | None
) -> Mapping[str, Iterable[str]]:
    return {
        name: [field for names in _unique_sets(standard.by_name[name]) for field in names]
        for name in there
    }


def _repeats(view: View, there: TableView, names: tuple[str, ...]) -> pl.DataFrame:
    """The second and later records of each key, in file order. Invalid keys have no say."""
    frame: pl.DataFrame = there.frame(names)
    # 64-bit hashes are many times cheaper than text; equal ones are looked at again as text
    hashes = frame.select(names).hash_rows()
    ordered = hashes.sort()
    again = ordered.filter(ordered == ordered.shift())
    if again.is_empty():
        return frame.clear()
    frame = frame.filter(hashes.is_in(again.implode()))
    fields, reasons = there.table.by_name, view.standard.missing_reasons
    usable = nw.all_horizontal(
        *(cells.recorded(nw.col(name), fields[name], reasons) for name in names),
        ignore_nulls=False,
    )
    valid: pl.DataFrame = nw.from_native(frame).filter(usable).to_native()
    return valid.filter(~pl.struct(names).is_first_distinct())


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        for names in _unique_sets(there.table):
            field = names[0] if len(names) == 1 else None
            absent = [n for n in names if n not in there.present]
            if absent:
                why = f"{name} has no column {', '.join(absent)}"
                yield Outcome(table=name, field=field, skipped=why)
                continue
            shown = " and ".join(names)
            verdict = Verdict(
                f"An earlier record has the same {shown}. Delete the copy, or give this record "
                f"its own {shown}."
            )
            repeats = _repeats(view, there, names)
            rows = repeats.select(FILE, ROW).head(view.max_rows).iter_rows()
            hits = [Hit(verdict, file=file, row=row) for file, row in rows]
            yield Outcome(table=name, field=field, hits=hits, count=repeats.height)


CHECK = SubmissionCheck(
    code="duplicate-key",
    severity=Severity.ERROR,
    title="The same key twice",
    means=(
        "Two records share the key of their table, or a value that must be each record's own. "
        "The first is taken as right; each later one is reported."
    ),
    why="Records that are counted twice swell every figure, and references lead to the wrong one.",
    mend="Delete the copy, or give the record its own reference.",
    run=_run,
    keeps=_keeps,
)
