"""What an audience asks of the records of a table, from what the standard declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.measures.anonymity import Wanted
from validator.model.disclosure import AUDIENCES, Audience
from validator.model.standard import Standard, Table

NO_AUDIENCE = "nobody said for whom: add --audience partner or --audience public"
"""Why disclosure was not judged."""


def withheld(standard: Standard) -> str | None:
    """The missing reason of a value that is known and left out on purpose."""
    return next((c.code for c in standard.missing_reasons.codes if c.withholds), None)


def wanted(
    standard: Standard, table: Table, present: frozenset[str], audience: Audience
) -> Wanted | None:
    """What is asked of a table's records; None where nothing in it can single anybody out."""
    quasi = tuple(f.name for f in table.fields if f.quasi_identifier and f.name in present)
    if not quasi:
        return None
    reason = withheld(standard)
    return Wanted(
        quasi=quasi,
        # what names the group cannot vary within it
        sensitive=tuple(
            f.name
            for f in table.fields
            if f.sensitive and not f.quasi_identifier and f.name in present
        ),
        k=audience.k,
        least=audience.l,
        may_withhold=tuple(q for q in quasi if reason and reason in table.by_name[q].missing),
        withheld=reason or "",
    )


def columns(
    standard: Standard, there: frozenset[str], audience: Audience | None
) -> Mapping[str, Iterable[str]]:
    """The columns that the measures read, by table; none where nobody is to see the records."""
    if audience is None:
        return {}
    return {
        name: [f.name for f in standard.by_name[name].fields if f.quasi_identifier or f.sensitive]
        for name in there
    }


def suppressing(audience: Audience) -> str:
    """The command that writes a copy in which nobody is exposed to the audience."""
    usual = AUDIENCES[audience.name]
    options = [f"accordant fix FILES --output COPY --suppress --audience {audience.name}"]
    if audience.k != usual.k:
        options.append(f"--k {audience.k}")
    if audience.l != usual.l:
        options.append(f"--l {audience.l}")
    return " ".join(options)
