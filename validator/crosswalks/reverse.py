"""A crosswalk read backwards. What was widened, or reached from two sides, is then ambiguous."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.crosswalks.judge import Back, preimages
from validator.errors import UsageError
from validator.model.crosswalk import Crosswalk, Predicate, Row


def reverse(crosswalk: Crosswalk) -> Crosswalk:
    """The crosswalk from the object to the subject, by every row that names a code.

    A code that stands for one subject code exactly (or closely, or is narrower) resolves; one
    that is wider, or that several subject codes lead to, is ambiguous. Raises UsageError where a
    column is compared by a condition, or either end has several columns: then one code does not
    say what the other end was.
    """
    if (
        crosswalk.tables
        or len(crosswalk.subject.columns) != 1
        or len(crosswalk.object.columns) != 1
    ):
        message = (
            f"The crosswalk '{crosswalk.id}' cannot be read backwards: only one with a single "
            "column on each side can."
        )
        raise UsageError(message)
    (subject,), (target,) = crosswalk.subject.columns, crosswalk.object.columns
    rows = tuple(
        row
        for code, backs in preimages(crosswalk, target.name).items()
        for row in _row(code, backs, target.name, subject.name)
    )
    return replace(
        crosswalk,
        id=f"{crosswalk.id}-reversed",
        subject=crosswalk.object,
        object=crosswalk.subject,
        rows=rows,
        choices=(),
        absent={},
    )


def _row(code: str, backs: Sequence[Back], key: str, target: str) -> Iterator[Row]:
    first = backs[0].row
    common = replace(
        first,
        key={key: (code,)},
        target=target,
        reasons=(),
        when=None,
        justification="MappingInversion",
    )
    codes = tuple(back.cells[0] for back in backs)
    (only, *more) = backs
    if more or not only.row.resolves or only.row.when is not None:
        yield replace(common, candidates=codes, predicate=Predicate.RELATED)
    elif only.predicate is Predicate.BROAD:
        # the wider code also stands for what lies outside the narrower one
        yield replace(common, candidates=(*codes, None), predicate=Predicate.RELATED)
    else:
        yield replace(common, candidates=codes, predicate=only.predicate.inverse)
