"""Puts a standard to every lint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from validator.errors import BrokenStandard, Problem
from validator.model.crosswalk import Crosswalk
from validator.model.report import Verdict
from validator.model.standard import Severity, Standard
from validator.model.text import Origin
from validator.registry import Check, LintFinding, lints
from validator.standards.load import load


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding, with the lint that made it."""

    lint: Check
    finding: LintFinding

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.finding.severity or self.lint.severity


@dataclass(frozen=True)
class Examination:
    """What the lints say of a standard: by file, line and column.

    ``standard`` (or the crosswalk) is None where it does not load; then only the loader's own
    faults are there.
    """

    standard: Standard | Crosswalk | None
    remarks: tuple[Remark, ...]
    fail_on: Severity = Severity.ERROR

    @cached_property
    def totals(self) -> Mapping[Severity, int]:
        """Numbers of findings by severity."""
        totals = dict.fromkeys(Severity, 0)
        for remark in self.remarks:
            totals[remark.severity] += 1
        return totals

    @property
    def verdict(self) -> Verdict:
        """``fail`` where there is a finding at or above ``fail_on``."""
        worst = any(n and s.rank <= self.fail_on.rank for s, n in self.totals.items())
        return Verdict.FAIL if worst else Verdict.PASS


def examine(standard: str | Path, fail_on: Severity = Severity.ERROR) -> Examination:
    """Every finding of every lint on the standard at a path, or the shipped one of that name.

    Raises UsageError where there is none, and BrokenStandard where a file of it cannot be read.
    """
    try:
        loaded = load(standard)
    except BrokenStandard as broken:
        return Examination(None, _ordered(_broken(broken)), fail_on)
    remarks = [
        Remark(lint, finding)
        for lint in lints()
        if lint.run is not None
        for finding in lint.run(loaded)
    ]
    return Examination(loaded, _ordered(remarks), fail_on)


def examine_crosswalk(crosswalk: str | Path, fail_on: Severity = Severity.ERROR) -> Examination:
    """Every finding on the crosswalk at a path, or the shipped one of that name.

    Raises UsageError where there is none, and BrokenStandard where a file of it cannot be read.
    """
    from validator.crosswalks.examine import examine as look

    try:
        loaded, found = look(crosswalk)
    except BrokenStandard as broken:
        return Examination(None, _ordered(_broken(broken)), fail_on)
    return Examination(
        loaded, _ordered([Remark(lint, finding) for lint, finding in found]), fail_on
    )


def _broken(broken: BrokenStandard) -> list[Remark]:
    """The loader's faults as findings."""
    known: dict[str, Check] = {lint.code: lint for lint in lints()}

    def remark(problem: Problem) -> Remark:
        at = Origin(problem.file, problem.line, problem.column)
        return Remark(known[problem.lint], LintFinding(at, problem.what, problem.cure))

    return [remark(problem) for problem in broken.problems]


def _ordered(remarks: list[Remark]) -> tuple[Remark, ...]:
    """By place; what is said twice in the same words is said once, at the first place."""
    remarks = sorted(
        remarks,
        key=lambda r: (r.finding.at.file, r.finding.at.line, r.finding.at.column, r.lint.code),
    )
    merged: dict[tuple[str, str, str], Remark] = {}
    for remark in remarks:
        same = (remark.lint.code, remark.finding.what, remark.finding.cure)
        if first := merged.get(same):
            count = first.finding.count + remark.finding.count
            merged[same] = replace(first, finding=replace(first.finding, count=count))
        else:
            merged[same] = remark
    return tuple(merged.values())
