"""Codes of which no row speaks, and required fields that nothing fills."""

from __future__ import annotations

from collections.abc import Iterator

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood
from validator.model.standard import Severity
from validator.registry import LintFinding

SHOWN = 8


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    crosswalk = of.crosswalk
    for name, rows in crosswalk.rows_of.items():
        for column in crosswalk.subject.columns:
            speaking = [row for row in rows if column.name in row.key]
            if column.scheme is None or (rows and not speaking):
                continue
            named = {code for row in speaking for code in row.key[column.name]}
            open_ = [code for code in column.scheme.codes.by_code if code not in named]
            if open_:
                what = f"No row says what {_listed(open_)} of {column.scheme.key} is in '{name}'."
                cure = "Add a row; where there is no counterpart, write to: none."
                yield LintFinding(crosswalk.origin, what, cure, len(open_))
    for item in crosswalk.tables:
        if crosswalk.standard is None:
            continue
        filled = {move.target for move in item.moves}
        table = crosswalk.standard.by_name[item.target]
        empty = [
            field.name for field in table.fields if field.required and field.name not in filled
        ]
        if empty:
            what = f"Nothing fills the required fields {_listed(empty)} of '{table.name}'."
            cure = "Say under 'fields' where they come from."
            yield LintFinding(item.origin, what, cure, len(empty), Severity.ERROR)


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:SHOWN])
    return shown + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


LINT = CrosswalkLint(
    code="crosswalk-gap",
    severity=Severity.WARNING,
    title="A code of which no row speaks",
    means=(
        "A code of the source scheme has no row for a column of the target; or nothing fills a "
        "field that the target standard requires (an error)."
    ),
    why="A record with that code gets a missing reason, and nobody can tell whether that is meant.",
    mend="Add a row. Where the code has no counterpart, say so with `to: none`.",
    run=_run,
)
