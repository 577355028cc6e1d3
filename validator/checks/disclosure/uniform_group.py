"""All records of a group share one sensitive value: who is in the group is enough to know it."""

from collections.abc import Iterable

import polars as pl

from validator.measures.anonymity import below_l
from validator.measures.wanted import columns, wanted
from validator.model.reading import ROW
from validator.model.standard import Severity
from validator.registry import FILE, Hit, Outcome, SubmissionCheck, Verdict, View

NO_AUDIENCE = "nobody said for whom: add --audience partner or --audience public"


def _run(view: View) -> Iterable[Outcome]:
    for name, there in view.tables.items():
        sensitive = [field.name for field in there.table.fields if field.sensitive]
        if not sensitive or not any(field.quasi_identifier for field in there.table.fields):
            continue
        if view.audience is None:
            yield Outcome(table=name, skipped=NO_AUDIENCE)
            continue
        want = wanted(view.standard, there.table, there.present, view.audience)
        if want is None:
            yield Outcome(table=name, skipped="the identifying columns are not there")
            continue
        frame: pl.DataFrame = there.frame((*want.quasi, *want.sensitive))
        for field in want.sensitive:
            uniform = frame.filter(below_l(frame, want.quasi, field, want.least))
            verdict = Verdict(
                f"The records that share this record's {', '.join(want.quasi)} have fewer than "
                f"{want.least} different values of {field}, so that whoever is known to be among "
                "them has it. Withhold cells ('accordant fix --suppress'), or leave a field out."
            )
            yield Outcome(
                table=name,
                field=field,
                hits=[
                    Hit(verdict, file=file, row=row)
                    for file, row in uniform.select(FILE, ROW).head(view.max_rows).iter_rows()
                ],
                count=uniform.height,
            )


CHECK = SubmissionCheck(
    code="uniform-group",
    severity=Severity.WARNING,
    title="A group with one sensitive value",
    means=(
        "Within a group of records that share their quasi-identifiers, a field that the standard "
        "marks as sensitive takes fewer than l values (2, or what --l says)."
    ),
    why="The group may be large: if all of it has one value, its members hide nothing.",
    mend="Withhold cells of the quasi-identifiers, or leave one of these fields out.",
    run=_run,
    keeps=columns,
)
