"""What the web page says, before it is laid out: words and numbers, no markup.

Every list has a limit, so that the page stays small whatever was found; where one is reached,
the page says how much is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validator.model.report import (
    CheckResult,
    CheckStatus,
    Completeness,
    Input,
    Report,
    Show,
    Verdict,
)
from validator.model.words import listed, many
from validator.registry import Check, Rendering, checks
from validator.reports import answer, wording
from validator.reports.entries import Entry, entries

ENTRIES_SHOWN = 1000
PLACES_SHOWN = 25
"""Rows that one finding lists by number and key."""
PLACES_IN_ALL = 10_000
INPUTS_SHOWN = 200
REASONS_SHOWN = 100
FIELDS_SHOWN = 12
LONGEST_MESSAGE = 1500

SIGNS = {Verdict.PASS: "✓", Verdict.FAIL: "✕", Verdict.UNCHECKED: "?"}


@dataclass(frozen=True, slots=True)
class Place:
    """One record at fault. ``cell`` is of a workbook, ``file`` is named where there are several."""

    row: int
    cell: str
    key: str
    file: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of findings: equal findings, and where they are."""

    severity: str
    rank: int
    table: str
    subject: str
    fields: tuple[str, ...]
    where: str
    first: int
    places: tuple[Place, ...]
    count: int
    message: str
    suggestion: str
    values: str
    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the records of one field: in words (``72.5``), and in per cent for the bar."""

    kind: str
    words: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Filled:
    """How far one field is filled. ``published`` is in per cent, ``difference`` in words."""

    field: str
    shares: tuple[Share, ...]
    published: float | None
    difference: str

    @property
    def alternative(self) -> str:
        """What the bar shows, in words."""
        parts = [f"{share.words} % {share.kind}" for share in self.shares if share.width]
        if self.published is not None:
            parts.append(f"published: {self.published:.1f} % recorded")
        return f"{self.field}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """The fields of one table."""

    table: str
    records: str
    fields: tuple[Filled, ...]
    published: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """Checks that could not be made for one reason."""

    reason: str
    number: str
    codes: tuple[str, ...]
    places: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A finding code: its documentation, and what became of its checks."""

    code: str
    title: str
    means: str
    why: str
    mend: str
    count: int
    passed: int
    found: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page."""

    verdict: str
    sign: str
    word: str
    why: str
    report: Report
    shows: str
    warns: bool
    inputs: tuple[Input, ...]
    more_inputs: str
    totals: tuple[tuple[str, int], ...]
    checks: str
    steps: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    left_out: str
    tables: tuple[str, ...]
    fields: tuple[str, ...]
    codes: tuple[str, ...]
    failed: tuple[CheckResult, ...]
    charts: tuple[Chart, ...]
    skipped: tuple[Skipped, ...]
    more_skipped: str
    kinds: tuple[Kind, ...]


def page(report: Report, how: Rendering) -> Page:
    """The web page of a report."""
    found = entries(report)
    lines = tuple(_lines(found[:ENTRIES_SHOWN], report, how.show))
    word, why = answer.verdict(report)
    empty = report.verdict is Verdict.PASS and word != answer.READY
    skipped, more_skipped = _skipped(report)
    return Page(
        verdict="empty" if empty else report.verdict.value,
        sign="?" if empty else SIGNS[report.verdict],
        word=word,
        why=why,
        report=report,
        shows=answer.SHOWN[how.show],
        warns=how.show is Show.FULL,
        inputs=report.inputs[:INPUTS_SHOWN],
        more_inputs=_more_inputs(report.inputs[INPUTS_SHOWN:]),
        totals=tuple((severity.value, number) for severity, number in report.totals.items()),
        checks=answer.checks(report),
        steps=tuple(_steps(report, how.show)),
        lines=lines,
        left_out=_left_out(found[ENTRIES_SHOWN:]),
        tables=_names(line.table for line in lines),
        fields=_names(field for line in lines for field in line.fields),
        codes=_names(line.code for line in lines),
        failed=tuple(c for c in report.checks if c.status is CheckStatus.FAILED)[:REASONS_SHOWN],
        charts=tuple(_charts(report)),
        skipped=skipped,
        more_skipped=more_skipped,
        kinds=tuple(_kinds(report, [entry.code for entry in found])),
    )


def _steps(report: Report, show: Show) -> Iterator[tuple[str, str]]:
    """What to do, as the text report says it; what it says of its own layout is told otherwise."""
    for label, text in answer.next_steps(report, show):
        told = (
            "Each kind of finding leads to what it means, and how to mend it."
            if label == "Help"
            else text
        )
        yield label, told


def _names(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, set(words))))


def _more_inputs(rest: Sequence[Input]) -> str:
    if not rest:
        return ""
    records = many(sum(item.rows for item in rest), "record")
    return f"and {many(len(rest), 'more file')}, {records}"


def _left_out(rest: Sequence[Entry]) -> str:
    if not rest:
        return ""
    number = many(sum(entry.count for entry in rest), "more finding")
    kinds = many(len(rest), "less frequent kind")
    return (
        f"{number} of {kinds} are counted above, but not listed here (--format jsonl lists them)."
    )


def _lines(found: Sequence[Entry], report: Report, show: Show) -> Iterator[Line]:
    names = wording.short_names(report)
    often = Counter(item.table for item in report.inputs)
    room = PLACES_IN_ALL
    for entry in found:
        of_files = names if entry.table is None or often[entry.table] > 1 else {}
        subject, where = wording.places(entry, of_files)
        places = _places(entry, of_files)[: min(PLACES_SHOWN, room)]
        room -= len(places)
        suggestion = entry.suggestion
        if suggestion is None or wording.says_itself(entry.message, suggestion):
            suggestion = ""
        yield Line(
            severity=entry.severity.value,
            rank=entry.severity.rank,
            table=entry.table or "",
            subject=subject,
            fields=entry.fields[:FIELDS_SHOWN],
            where=where,
            first=min(entry.rows, default=0),
            places=places,
            count=entry.count,
            message=entry.told[:LONGEST_MESSAGE],
            suggestion=wording.clipped(suggestion),
            values=wording.values(entry, show),
            code=entry.code,
            rule=entry.rule or "",
        )


def _places(entry: Entry, names: wording.Names) -> tuple[Place, ...]:
    """The rows of an entry, where its line does not name every one with its key."""
    if entry.count <= wording.FEW:
        return ()
    return tuple(
        Place(
            item.row,
            item.cell or "",
            wording.clipped(item.key or ""),
            names.get(item.file or "", ""),
        )
        for item in entry.findings[:PLACES_SHOWN]
        if item.row is not None
    )


def _charts(report: Report) -> Iterator[Chart]:
    by_table: dict[str, list[Completeness]] = {}
    for item in report.completeness:
        if item.records:
            by_table.setdefault(item.table, []).append(item)
    for table, items in by_table.items():
        yield Chart(
            table,
            many(items[0].records, "record"),
            tuple(map(_filled, items)),
            any(item.published is not None for item in items),
        )


def _filled(item: Completeness) -> Filled:
    shares, start = [], 0.0
    parts = (
        ("recorded", item.recorded),
        ("with a reason", item.missing),
        ("blank", item.blank),
        ("invalid", item.invalid),
    )
    for kind, number in parts:
        width = 100 * number / item.records
        shares.append(
            Share(kind, wording.share(number, item.records), round(start, 3), round(width, 3))
        )
        start += width
    difference = ""
    if item.published is not None:
        points = round(100 * item.recorded / item.records - item.published, 1)
        difference = f"{points:+.1f}".replace("-", "−") if points else "0.0"
    return Filled(item.field, tuple(shares), item.published, difference)


def _skipped(report: Report) -> tuple[tuple[Skipped, ...], str]:
    skipped = [check for check in report.checks if check.status is CheckStatus.SKIPPED]
    reasons = [(check.reason or "no reason is known", check) for check in skipped]
    gathered = wording.gathered((reason, check.code) for reason, check in reasons)
    told = []
    for reason, number, codes in gathered[:REASONS_SHOWN]:
        places = _names(
            ".".join(filter(None, (check.table, check.field or check.rule)))
            for other, check in reasons
            if other == reason
        )
        few = [*places[:FIELDS_SHOWN]]
        if len(places) > len(few):
            few.append(f"{len(places) - len(few):,} more")
        told.append(Skipped(reason, many(number, "check"), tuple(codes), listed(few)))
    rest = sum(number for _, number, _ in gathered[REASONS_SHOWN:])
    return tuple(told), f"{many(rest, 'check')} for other reasons." if rest else ""


def _kinds(report: Report, found: Sequence[str]) -> Iterator[Kind]:
    """Every kind of check of the report: those that ``found`` names in its order, then the rest."""
    order = {code: place for place, code in enumerate(dict.fromkeys(found))}
    known = {check.code: check for check in checks()}
    of_code: dict[str, list[CheckResult]] = {}
    for check in report.checks:
        of_code.setdefault(check.code, []).append(check)
    kinds = [_kind(code, results, known.get(code)) for code, results in of_code.items()]
    yield from sorted(kinds, key=lambda kind: (order.get(kind.code, len(order)), kind.code))


def _kind(code: str, results: Sequence[CheckResult], check: Check | None) -> Kind:
    often = Counter(result.status for result in results)
    return Kind(
        code,
        check.title if check else "",
        check.means if check else "",
        check.why if check else "",
        check.mend if check else "",
        sum(result.count for result in results),
        *(often[status] for status in CheckStatus),
    )
