"""A status that has not been looked at for a long time."""

import datetime as dt
from collections.abc import Iterable

import narwhals as nw
from dateutil.relativedelta import relativedelta

from validator.expressions import fields as cells
from validator.expressions.conditions import Scope, compile_condition, today
from validator.model.condition import FieldRef, Op, Test
from validator.model.standard import Severity, Standard, Table
from validator.registry import Probe, SubmissionCheck, Verdict


def _probes(standard: Standard, table: Table, as_of: str) -> Iterable[Probe]:
    for stale in table.stale:
        field, reviewed = table.by_name[stale.field], table.by_name[stale.reviewed]
        oldest = dt.date.fromisoformat(as_of) - relativedelta(months=stale.months)
        limit = today(oldest.isoformat(), reviewed.precision)
        before = Test(FieldRef(reviewed.name), Op.LT, (limit,))
        scope = Scope(table.by_name, standard.missing_reasons, as_of)
        codes = " or ".join(stale.codes)
        yield Probe(
            table=table.name,
            field=field.name,
            expression=cells.among(nw.col(field.name), stale.codes)
            & compile_condition(before, scope).holds,
            reads=(field.name, reviewed.name),
            verdict=Verdict(
                f"The status is {codes}, and {reviewed.name} is before {limit}. Check whether it "
                f"is still true; then bring {field.name} and {reviewed.name} up to date."
            ),
        )


CHECK = SubmissionCheck(
    code="stale-status",
    severity=Severity.WARNING,
    title="A status that may be out of date",
    means=(
        "The record has a status that time can overtake, and was last reviewed longer ago than "
        "the standard allows, counted from today or from the day that --as-of gives."
    ),
    why=(
        "Records stay marked as unidentified after an identification, and others go on looking "
        "for somebody who has been found."
    ),
    mend="Look the record up, correct the status, and enter the date of the review.",
    probes=_probes,
)
