"""The words of the text report for the whole: the verdict, the checks, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.model.report import CheckStatus, Report, Show, Verdict
from validator.model.standard import Severity
from validator.model.words import listed, many
from validator.reports.entries import entries
from validator.reports.wording import counts, files_of, short_names

READY = "READY"
NOTHING_NEW = "NOTHING NEW"
SHOWN = {
    Show.LOCATION: "This report shows no cell values: only rows, counts and references.",
    Show.SHAPE: "This report shows the shapes of cells (A, a and 9 for any letter and digit).",
    Show.FULL: "This report shows cell values: keep it where the data are kept.",
}


def verdict(report: Report) -> tuple[str, str]:
    """The verdict in a few words, and what stands behind it."""
    totals = report.totals
    match report.verdict:
        case Verdict.UNCHECKED:
            return "COULD NOT BE CHECKED", _why_unchecked(report)
        case Verdict.FAIL:
            return "NOT READY TO SHARE", _why_not(report)
        case Verdict.PASS:
            # an empty file passes every check, and must not look like a good one
            records = sum(item.rows for item in report.inputs if item.table)
            if not records:
                return "NOTHING TO CHECK", f"no record of any table in {_place(report, None)}"
            weighty = [f"{s.value}s" for s in Severity if s.rank <= report.fail_on.rank]
            lighter = counts({s: n for s, n in totals.items() if s.rank > report.fail_on.rank})
            told = f"no {listed(weighty, 'or')} in {many(records, 'record')}"
            if report.known:
                # known faults are faults all the same
                return NOTHING_NEW, f"{told} beside {many(report.known, 'known finding')}"
            return READY, told + (f" ({lighter})" if lighter else "")


def _why_unchecked(report: Report) -> str:
    failed = sum(check.status is CheckStatus.FAILED for check in report.checks)
    if not failed and not report.unread:
        return "no file was read"
    why = [f"{many(failed, 'check')} broke down"] if failed else []
    why += [f"{many(report.unread, 'file')} could not be read"] if report.unread else []
    found = counts(report.totals)
    what = "the others found" if failed else "there are"
    return " and ".join(why) + f"; {what} {found or 'nothing'}"


def _why_not(report: Report) -> str:
    weighty = [c for c in report.checks if c.count and c.severity.rank <= report.fail_on.rank]
    told = f"{_weighty(report)} in {_place(report, {check.table for check in weighty})}"
    if not report.totals[Severity.ERROR]:
        told += f" (no errors, but --fail-on is {report.fail_on.value})"
    lighter = {s: n for s, n in report.totals.items() if s.rank > report.fail_on.rank}
    return told + (f"; {counts(lighter)}" if any(lighter.values()) else "")


def _weighty(report: Report) -> str:
    """The findings that decide the verdict, and of how many kinds they are."""
    totals = {s: n for s, n in report.totals.items() if s.rank <= report.fail_on.rank}
    # as many as there are different words in brackets
    kinds = len(
        {
            (check.code, check.rule)
            for check in report.checks
            if check.count and check.severity.rank <= report.fail_on.rank
        }
    )
    number = sum(totals.values())
    return counts(totals) + (f" of {many(kinds, 'kind')}" if number > 1 else "")


def _place(report: Report, tables: set[str | None] | None) -> str:
    """The one file, or the tables (all where None), in which something is."""
    names = short_names(report)
    if len(names) == 1:
        return next(iter(names.values()))
    if tables is None or None in tables:
        return "the submission"
    if len(tables) == 1:
        (table,) = tables
        files = files_of(report, table)
        return files[0] if len(files) == 1 else f"table {table}"
    return many(len(tables), "table")


def checks(report: Report) -> str:
    """What became of the checks, in one line."""
    often = Counter(check.status for check in report.checks)
    words = {
        CheckStatus.PASSED: "passed",
        CheckStatus.FOUND: "found something",
        CheckStatus.SKIPPED: "could not be made",
        CheckStatus.FAILED: "broke down",
    }
    told = [f"{often[status]:,} {word}" for status, word in words.items() if often[status]]
    return f"{many(len(report.checks), 'check')}" + (f": {listed(told)}." if told else ".")


def next_steps(report: Report, show: Show) -> Iterator[tuple[str, str]]:
    """What to do now, and how to read the report: labels, and a sentence or two for each."""
    found = entries(report)
    yield "Next", _next(report)
    if found:
        yield (
            "Help",
            "What stands in brackets names the kind of finding. To read more about one: "
            f"accordant explain {found[0].code}",
        )
        cut = any(check.count > report.max_rows for check in report.checks)
        kept = f" At most {report.max_rows:,} rows of a check are kept (--max-rows)." if cut else ""
        yield "Rows", f"Row 1 is the header, as in a spreadsheet. Counts are exact.{kept}"
    if verdict(report)[0] == READY:
        skipped = sum(check.status is CheckStatus.SKIPPED for check in report.checks)
        told = "READY means that the data follow the standard. Sharing them is your decision."
        if skipped:
            told += f" {many(skipped, 'check')} could not be made: see 'Not checked'."
        yield "Mind", told
    yield "Values", SHOWN[show]


def _next(report: Report) -> str:
    if not report.inputs:
        return "Name the files, or the folder that holds them: accordant check FOLDER"
    totals = report.totals
    match report.verdict:
        case Verdict.UNCHECKED if report.unread:
            return "Save the files that could not be read again, then run the same command."
        case Verdict.UNCHECKED:
            return "Show the lines under 'Checks that broke down' to whoever looks after accordant."
        case Verdict.FAIL:
            told = _weighty(report)
            return f"Mend the {told} in a copy of the data, then run the same command on the copy."
        case Verdict.PASS if verdict(report)[0] == NOTHING_NEW:
            return "Nothing new has to be mended. Without --baseline, all findings are shown."
        case Verdict.PASS if any(totals.values()):
            are = "is" if sum(totals.values()) == 1 else "are"
            return f"Nothing has to be mended. See whether the {counts(totals)} {are} as you meant."
        case Verdict.PASS if verdict(report)[0] != READY:
            return "See whether this is the file that you meant: it holds no records to check."
        case Verdict.PASS:
            return "Nothing has to be mended."
