"""Applies a project file to a report: other weights, and checks that are switched off."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import replace

from validator.errors import BrokenStandard, Problem
from validator.model.report import CheckResult, CheckStatus, Finding, Report
from validator.model.standard import Severity, Standard
from validator.model.text import Origin
from validator.project.settings import Off, Project
from validator.registry import checks

NEEDED = frozenset({"unreadable-file"})
"""Codes that stay as they are: without them, a file that nobody read would pass."""


def refuse_unknown(project: Project, standard: Standard) -> None:
    """Raise BrokenStandard where the project names what its standard does not have."""
    problems = tuple(_unknown(project, standard))
    if problems:
        raise BrokenStandard(problems)


def applied(project: Project, report: Report) -> Report:
    """The report as the project wants it; its notes say what the project changed."""
    switched = [off for off in project.off if report.as_of <= off.until]
    expired = [off for off in project.off if off not in switched]
    results = tuple(_result(project, switched, check) for check in report.checks)
    findings = tuple(
        replace(item, severity=_severity(project, item))
        for item in report.findings
        if not any(off.means(_where(item)) for off in switched)
    )
    tables = project.tables_of([item.path for item in report.inputs])
    inputs = tuple(
        replace(item, mapped_by=f"named in {project.path}")
        if item.path in tables and tables[item.path] == item.table
        else item
        for item in report.inputs
    )
    notes = [_used(project, switched)]
    notes += [_expired(off) for off in expired]
    notes += [
        f"{off.at.file}:{off.at.line}: {off} is switched off, but is no part of this check."
        for off in switched
        if not any(off.means(_where(check)) for check in report.checks)
    ]
    notes = [*report.notes, *notes]
    return replace(report, inputs=inputs, checks=results, findings=findings, notes=tuple(notes))


def _where(item: CheckResult | Finding) -> tuple[str, str | None, str | None, str | None]:
    return item.code, item.table, item.field, item.rule


def _result(project: Project, switched: list[Off], check: CheckResult) -> CheckResult:
    off = next((off for off in switched if off.means(_where(check))), None)
    if off is None:
        return replace(check, severity=_severity(project, check))
    reason = f"switched off until {off.until} in {project.path.name}: {off.reason}"
    return replace(check, status=CheckStatus.SKIPPED, count=0, groups=(), reason=reason)


def _severity(project: Project, item: CheckResult | Finding) -> Severity:
    of_code = project.severities.get(item.code, item.severity)
    return project.severities.get(item.rule, of_code) if item.rule else of_code


def _used(project: Project, switched: list[Off]) -> str:
    parts = [
        (len(project.severities), "severity changed", "severities changed"),
        (len(switched), "check switched off", "checks switched off"),
    ]
    told = [f"{n} {one if n == 1 else several}" for n, one, several in parts if n]
    return f"{project.path} is used" + (f": {', '.join(told)}." if told else ".")


def _expired(off: Off) -> str:
    return (
        f"{off.at.file}:{off.at.line}: {off} was switched off until {off.until} and is on again "
        f"(the reason was: {off.reason})."
    )


def _unknown(project: Project, standard: Standard) -> Iterator[Problem]:
    codes = {check.code for check in checks()}
    rules = {rule.id for rule in standard.rules}
    for table in project.files:
        if table not in standard.by_name:
            at = project.places["files", table]
            yield _problem(at, f"There is no table '{table}'.", table, standard.by_name)
    for name in project.severities:
        at = project.places["severities", name]
        if name not in codes | rules:
            what = f"'{name}' is neither a finding code nor a rule of {standard.id}."
            yield _problem(at, what, name, codes | rules)
        elif name in NEEDED:
            yield _problem(at, f"{name} keeps its severity.")
    for off in project.off:
        if off.check is not None and off.check not in codes:
            yield _problem(off.at, f"There is no finding code '{off.check}'.", off.check, codes)
        elif off.check in NEEDED:
            yield _problem(off.at, f"{off.check} cannot be switched off: it hides whole files.")
        if off.rule is not None and off.rule not in rules:
            what = f"{standard.id} has no rule '{off.rule}'."
            yield _problem(off.at, what, off.rule, rules)
        if off.table is not None and off.table not in standard.by_name:
            what = f"There is no table '{off.table}'."
            yield _problem(off.at, what, off.table, standard.by_name)
        else:
            tables = [standard.by_name[off.table]] if off.table else standard.tables
            fields = {field.name for table in tables for field in table.fields}
            if off.field is not None and off.field not in fields:
                yield _problem(off.at, f"There is no field '{off.field}'.", off.field, fields)


def _problem(at: Origin, what: str, name: str = "", known: Collection[str] = ()) -> Problem:
    near = difflib.get_close_matches(name, sorted(known), 1)
    cure = f"Did you mean '{near[0]}'?" if near else ""
    return Problem(at.file, at.line, at.column, what, cure)
