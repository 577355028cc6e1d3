"""A submission profiled: opened, counted and described."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from validator.errors import UsageError
from validator.model.disclosure import Audience
from validator.model.standard import Standard
from validator.opening import Data, opened
from validator.profiling.counting import counted
from validator.profiling.describing import described
from validator.profiling.figures import Profile


def profile(
    standard: Standard | str | None,
    data: Data,
    *,
    table: str | None = None,
    fields: Sequence[str] = (),
    audience: Audience | None = None,
    progress: Callable[[int], None] = lambda _records: None,
) -> Profile:
    """The profile of a submission; for an ``audience``, with counts below its k hidden.

    ``standard`` and ``data`` are as in ``validator.api.check``, ``table`` names the table of a
    single file, and ``fields`` those to profile (none: all). Raises AccordantError where the
    submission cannot be read.
    """
    model, found_by, readings = opened(standard, data)
    check_names(model, table, fields)
    counts = counted(model, readings, table=table, wanted=frozenset(fields), progress=progress)
    return described(counts, found_by, audience)


def check_names(standard: Standard, table: str | None, fields: Sequence[str]) -> None:
    """Raise UsageError for a table or field that the standard does not have."""
    if table is not None and table not in standard.by_name:
        message = f"There is no table '{table}'. There are: {', '.join(standard.by_name)}."
        raise UsageError(message)
    known = {name for each in standard.tables for name in each.by_name}
    for name in fields:
        if name not in known:
            message = f"{standard.id} has no field '{name}'. 'accordant compile' lists them all."
            raise UsageError(message)
