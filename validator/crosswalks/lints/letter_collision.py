"""Codes that are mapped to codes of the same letters, with nothing else to show for it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.crosswalks.lints._contract import CrosswalkLint, Neighbourhood, Node, pairs
from validator.expressions.values import fold
from validator.model.crosswalk import Crosswalk
from validator.model.standard import Severity
from validator.registry import LintFinding

SHORT = 3
"""Codes of up to this many characters look alike by chance."""


def _run(of: Neighbourhood) -> Iterator[LintFinding]:
    labels = _labels(of.crosswalk)
    for subject, target, row in pairs(of.crosswalk):
        if target is None or subject[0] == target[0] or row.note or not row.resolves:
            continue
        if _alike(subject[1], target[1]) and not _same(labels.get(subject), labels.get(target)):
            what = f"'{subject[1]}' of {subject[0]} is mapped to '{target[1]}' of {target[0]}: the "
            what += "letters are alike, and no titles say that the codes are."
            cure = "Say in 'note' what the relation rests on, or correct it."
            yield LintFinding(row.origin, what, cure)


def _alike(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    short = max(len(one), len(other)) <= SHORT
    return short and (one.startswith(other) or other.startswith(one))


def _same(one: str | None, other: str | None) -> bool:
    return bool(one and other) and fold(one or "") == fold(other or "")


def _labels(crosswalk: Crosswalk) -> dict[Node, str]:
    ends = (*crosswalk.subject.columns, *crosswalk.object.columns)
    return {
        (column.scheme.key, code.code): str(code.label)
        for column in ends
        if column.scheme
        for code in column.scheme.codes.codes
    }


LINT = CrosswalkLint(
    code="letter-collision",
    severity=Severity.WARNING,
    title="Codes that are mapped by their letters",
    means=(
        "A short code is mapped to one that is spelt alike in another scheme, or another version "
        "of the scheme, and neither titles nor a note say why."
    ),
    why=(
        "A1 is a class of files in one scheme, a satellite or proxy in a list of countries, and "
        "looks like category A of a third. What looks alike need not be alike."
    ),
    mend="Say in `note` what the relation rests on, or correct it.",
    run=_run,
)
