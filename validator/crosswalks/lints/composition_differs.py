"""A direct crosswalk against the way round through a third scheme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood, Node, pairs
from validator.model.crosswalk import Crosswalk, Predicate, Row
from validator.model.standard import Severity
from validator.registry import LintFinding


@dataclass
class _Said:
    """What one crosswalk says of one code: its candidates, and whether it is exact."""

    rows: list[Row] = field(default_factory=list)
    codes: set[Node | None] = field(default_factory=set)

    @property
    def exact(self) -> bool:
        return len(self.codes) == 1 and all(r.predicate is Predicate.EXACT for r in self.rows)


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    ends = _ends(of.crosswalk)
    if ends is None:
        return
    direct = _said(of.crosswalk)
    for first in of.others:
        middle = _ends(first)
        for second in of.others:
            last = _ends(second)
            if middle is None or last is None or middle[0] != ends[0]:
                continue
            if middle[1] == last[0] and last[1] == ends[1] and middle[1] not in ends:
                yield from _compared(direct, first, second)


def _compared(
    direct: Mapping[Node, _Said], first: Crosswalk, second: Crosswalk
) -> Iterator[LintFinding]:
    one, other = _said(first), _said(second)
    way = f"through {first.id} and {second.id}"
    for code, said in direct.items():
        if code not in one:
            continue
        steps = [other.get(step) if step else None for step in one[code].codes]
        if any(
            found is None and step is not None
            for step, found in zip(one[code].codes, steps, strict=True)
        ):
            continue  # the second crosswalk does not know a code on the way
        composed = {c for found in steps for c in (found.codes if found else {None})}
        at, here = said.rows[0].origin, f"'{code[1]}' is {_words(said.codes)}"
        if not composed & said.codes:
            what = f"{here}, and {way} it is {_words(composed)}: they have nothing in common."
            yield LintFinding(at, what, _CURE, severity=Severity.ERROR)
        elif said.exact and not (one[code].exact and all(f and f.exact for f in steps)):
            what = f"{here} exactly, and {way} it is less than that."
            yield LintFinding(at, what, _CURE)
        elif composed != said.codes:
            what = f"{here}, and {way} it is {_words(composed)}."
            yield LintFinding(at, what, _CURE, severity=Severity.NOTE)


_CURE = "Compare the sources of the three, and note why they differ."


def _words(codes: set[Node | None]) -> str:
    named = sorted(f"'{code[1]}'" if code else "nothing" for code in codes)
    return " or ".join(named)


def _ends(crosswalk: Crosswalk) -> tuple[str, str] | None:
    """The two schemes of a crosswalk with a single column on each side."""
    keys = (crosswalk.subject.keys, crosswalk.object.keys)
    if crosswalk.tables or any(len(key) != 1 for key in keys):
        return None
    columns = len(crosswalk.subject.columns), len(crosswalk.object.columns)
    return (keys[0][0], keys[1][0]) if columns == (1, 1) else None


def _said(crosswalk: Crosswalk) -> Mapping[Node, _Said]:
    found: dict[Node, _Said] = {}
    for subject, target, row in pairs(crosswalk):
        said = found.setdefault(subject, _Said())
        said.rows.append(row)
        said.codes.add(target)
    return found


LINT = CrosswalkLint(
    code="composition-differs",
    severity=Severity.WARNING,
    title="A direct mapping that differs from the way round",
    means=(
        "Two other crosswalks lead through a third scheme to the same target, and say something "
        "else of a code: nothing in common (an error), less than the exactMatch that is claimed "
        "(a warning), or more or fewer candidates (a note)."
    ),
    why="The same record would be coded differently, depending on the way that it took.",
    mend="Compare the sources of the three crosswalks. A note says where they differ on purpose.",
    run=_run,
)
