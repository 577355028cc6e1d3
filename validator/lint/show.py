"""An examination for people, and for machines."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from validator.lint.examine import Examination, Remark
from validator.model.standard import Severity
from validator.model.words import listed, many
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool

FORM = "accordant.lint/1"


def as_text(examination: Examination) -> str:
    """The findings by lint, the heaviest first, each with its place, and a line that sums up."""

    def weight(remark: Remark) -> tuple[int, str]:
        return remark.severity.rank, remark.lint.code

    parts = []
    # a stable sort: within a lint the order of places stays
    for _, group in groupby(sorted(examination.remarks, key=weight), key=weight):
        parts.append("\n".join(_group(list(group))) + "\n")
    return "\n".join((*parts, _sum(examination)))


def _group(remarks: list[Remark]) -> list[str]:
    lint, severity = remarks[0].lint, remarks[0].severity
    lines = [f"{severity}: {lint.code}: {lint.title}", f"  {lint.why}"]
    for remark in remarks:
        finding = remark.finding
        place = f"{_near(finding.at.file)}:{finding.at.line}:{finding.at.column}"
        lines += [f"  {place}: {finding.what}"]
        lines += [f"      {finding.cure}"] if finding.cure else []
    return lines


def _sum(examination: Examination) -> str:
    standard = examination.standard
    which = f"{standard.id} {standard.version}" if standard else "the standard (it does not load)"
    counted = [many(n, severity.value) for severity, n in examination.totals.items() if n]
    return f"{examination.verdict.upper()}: {which}: {listed(counted) or 'nothing found'}."


def _near(file: str) -> str:
    """A path as seen from here, where it lies below."""
    path = Path(file)
    below = path.is_absolute() and path.is_relative_to(Path.cwd())
    return str(path.relative_to(Path.cwd()) if below else path)


def as_json(examination: Examination) -> bytes:
    """``accordant.lint/1``: the same findings, in the order of their places."""
    standard, totals = examination.standard, examination.totals
    known = standard and identity(standard.id, standard.version, standard.digest)
    answer: dict[str, Any] = {
        "lint": FORM,
        "tool": tool(),
        "standard": known,
        "summary": {
            "verdict": examination.verdict.value,
            "errors": totals[Severity.ERROR],
            "warnings": totals[Severity.WARNING],
            "notes": totals[Severity.NOTE],
        },
        "findings": [_finding(remark) for remark in examination.remarks],
    }
    return written(answer)


def _finding(remark: Remark) -> dict[str, Any]:
    finding = remark.finding
    return {
        "code": remark.lint.code,
        "severity": remark.severity.value,
        "file": _near(finding.at.file),
        "line": finding.at.line,
        "column": finding.at.column,
        "message": finding.what,
        "suggestion": finding.cure or None,
        "why": remark.lint.why,
        "count": finding.count,
    }
