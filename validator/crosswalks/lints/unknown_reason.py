"""Missing reasons that the target does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import cache

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood
from validator.model.crosswalk import Column, Crosswalk
from validator.model.standard import Severity
from validator.model.text import Origin
from validator.registry import LintFinding
from validator.standards.load import load
from validator.standards.locate import shipped


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    crosswalk, target = of.crosswalk, of.crosswalk.object
    yield from _unknown(_everywhere(crosswalk), target.columns, crosswalk.origin)
    for row in crosswalk.rows:
        yield from _unknown(row.reasons, [target.by_name[row.target]], row.origin)


def _everywhere(crosswalk: Crosswalk) -> Iterator[str]:
    """The reasons that every column may get, each once."""
    said = crosswalk.reasons
    named = (said.blank, said.ambiguous, said.dropped, said.unmapped, *crosswalk.absent.values())
    yield from dict.fromkeys(filter(None, named))


def _unknown(
    reasons: Iterable[str], columns: Iterable[Column], at: Origin
) -> Iterator[LintFinding]:
    schemes = [column.scheme for column in columns if column.scheme]
    known = [code for scheme in schemes for code in (scheme.reasons or _usual())]
    # a scheme may count among its codes what says that there is no value
    codes = {code for scheme in schemes for code in scheme.codes.by_code}
    strict = all(scheme.reasons for scheme in schemes)
    for reason in reasons if schemes else ():
        if reason in known or reason in codes:
            continue
        near = difflib.get_close_matches(reason, known, 1)
        cure = f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known)}."
        what = f"'{reason}' is no missing reason of {schemes[0].key}."
        yield LintFinding(at, what, cure, severity=None if strict else Severity.WARNING)


@cache
def _usual() -> tuple[str, ...]:
    """The reasons of the shipped standards, for a scheme that belongs to no standard."""
    found = (code for name in shipped() for code in load(name).missing_reasons.by_code)
    return tuple(dict.fromkeys(found))


LINT = CrosswalkLint(
    code="unknown-reason",
    severity=Severity.ERROR,
    title="A missing reason that the target does not know",
    means=(
        "A `reason`, or one under `reasons` or `absent`, is no missing reason of the standard that "
        "is mapped to. For a scheme of no standard it is neither a code of that scheme nor a "
        "missing reason of a shipped standard (a warning)."
    ),
    why=(
        "A slip of the pen would be written into the data as it stands, and counted as a value; "
        "or, where it goes through a field, the cell would be left blank."
    ),
    mend="Write the reason as the standard spells it, such as `not_recorded`.",
    run=_run,
)
