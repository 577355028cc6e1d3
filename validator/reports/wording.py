"""The words of the text report for findings: numbers, places, values. No layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from validator.model.report import Finding, Report, Show
from validator.model.standard import Severity
from validator.model.visible import safe
from validator.model.words import listed, many
from validator.reports.entries import Entry, spans
from validator.reports.redact import shown

Names = Mapping[str, str]
"""Short names of inputs by their paths."""

FIRST_ROWS = 6
"""Rows (or runs of rows) that one entry names; its count says how many there are in all."""
FIRST_FIELDS = 12
FEW = 3
"""Up to this many places of an entry are named by their keys too."""
FIRST_VALUES = 3
LONGEST = 60
"""A longer value or key is cut in a report that people read."""


def clipped(text: str) -> str:
    """Text from outside, harmless and not too long."""
    return safe(text[:LONGEST]) + ("…" if len(text) > LONGEST else "")


def named(path: str) -> str:
    """A path within a sentence: in quotation marks where it would not stand out as one word."""
    return path if re.fullmatch(r"[\w./\\:<>-]+", path) else f'"{safe(path)}"'


def short_names(report: Report) -> Names:
    """The name of each input by its path: without its folder, where that tells them apart."""
    names = {item.path: re.split(r"[\\/]", item.path)[-1] or item.path for item in report.inputs}
    often = Counter(names.values())
    return {
        path: named(name if often[name] == 1 and len(name) <= LONGEST else path)
        for path, name in names.items()
    }


def files_of(report: Report, table: str | None) -> tuple[str, ...]:
    """The inputs that hold a table, by their short names."""
    names = short_names(report)
    return tuple(names[item.path] for item in report.inputs if item.table == table)


def counts(totals: Mapping[Severity, int]) -> str:
    """``3 errors and 1 warning``; what is not there is not named."""
    return listed([many(totals[s], s.value) for s in Severity if totals.get(s)])


def places(entry: Entry, names: Names) -> tuple[str, str]:
    """What an entry is about, and where: ``victim_gender`` and ``100 rows: 17, 45 and 98 more``.

    ``names`` gives the short names of the files, where a row number does not say by itself
    which file it is of; else it is empty.
    """
    names_ = [*entry.fields[:FIRST_FIELDS]]
    if more_fields := entry.fields[FIRST_FIELDS:]:
        names_.append(f"{many(len(more_fields), 'more field')}")
    subject = listed(names_)
    files = {item.file for item in entry.findings if item.file}
    if entry.table is None and len(files) == 1:
        (file,) = files
        sheets = {item.sheet for item in entry.findings if item.sheet}
        sheet = listed(sorted(map(named, sheets)))
        subject = ", ".join(filter(None, (_file(file, names), sheet, subject)))
        names = {}
    return subject, _where(entry, names)


def _where(entry: Entry, names: Names) -> str:
    if not entry.rows:
        often = f"{entry.count:,} times" if entry.count > max(1, len(entry.fields)) else ""
        files = dict.fromkeys(_file(item.file, names) for item in entry.findings if item.file)
        where = f"in {listed(list(files))}" if names and files else ""
        return " ".join(filter(None, (often, where)))
    located = [item for item in entry.findings if item.row is not None]
    noun = many(entry.count, "row")
    if names and not located:
        return f"{noun} (a larger --max-rows names them)"
    if len(located) == entry.count <= FEW:
        each = listed([_one(item, names) for item in located])
        if all(item.cell for item in located):
            return f"cell {each}" if entry.count == 1 else f"{many(entry.count, 'cell')}: {each}"
        return f"row {each}" if entry.count == 1 else f"{noun}: {each}"
    by_file: dict[str, list[int]] = {"": list(entry.rows)}
    if names:
        by_file = {}
        for item in located:
            by_file.setdefault(item.file or "", []).append(item.row or 0)
    return _first(entry.count, by_file, names)


def _one(item: Finding, names: Names) -> str:
    told = clipped(item.cell) if item.cell else str(item.row)
    told += f" in {_file(item.file, names)}" if names else ""
    return told + (f" ({clipped(item.key)})" if item.key else "")


def _file(path: str | None, names: Names) -> str:
    return names.get(path or "") or named(path or "a file")


def _first(count: int, by_file: Mapping[str, Sequence[int]], names: Names) -> str:
    """How many rows there are, and the first runs of them, file by file."""
    files: list[list[str]] = []
    told = room = 0
    for path, rows in by_file.items():
        first = spans(rows)[: FIRST_ROWS - room]
        room += len(first)
        told += sum(map(len, first))
        if first:
            where = f" in {_file(path, names)}" if names else ""
            files.append([*map(str, first[:-1]), f"{first[-1]}{where}"])
    more = count - told
    if count == 1:
        return f"row {files[0][0]}"
    if len(files) == 1:
        words = files[0]
        list_ = f"{', '.join(words)} and {more:,} more" if more > 0 else listed(words)
    else:
        list_ = "; ".join([*map(", ".join, files), *([f"{more:,} more"] * (more > 0))])
    return f"{many(count, 'row')}: {list_}"


def tag(entry: Entry) -> str:
    """What ``accordant explain`` takes: the finding code, and the rule where there is one."""
    return f"{entry.code}: {entry.rule}" if entry.rule else entry.code


def values(entry: Entry, show: Show) -> str:
    """What stands in the first cells of an entry, as far as it may be shown; else nothing."""
    # that a cell is blank is in the message, and no form or text of it remains to be shown
    cells = (shown(item, show) for item in entry.findings)
    seen = dict.fromkeys(f'"{clipped(text)}"' for text in cells if text)
    if not seen:
        return ""
    words = list(seen)[:FIRST_VALUES]
    more = len(seen) - len(words)
    told = f"{', '.join(words)} and {more:,} more" if more else listed(words)
    return f"{'Shape' if show is Show.SHAPE else 'Found'}: {told}"


def whole(word: str) -> re.Pattern[str]:
    """Where a word stands by itself, not within a longer one (``male`` in ``female``)."""
    return re.compile(rf"(?<![\w-]){re.escape(safe(word))}(?![\w-])")


def says_itself(message: str, suggestion: str) -> bool:
    """Whether a message ends by telling what to type, so that it need not be told again."""
    ends = rf"(?<![\w-]){re.escape(suggestion)}(?: instead)?[.?]?\Z"
    return bool(re.search(ends, message))


def what(entry: Entry) -> str:
    """What is wrong in an entry, and what to type instead, in one line."""
    if entry.suggestion is None or says_itself(entry.message, entry.suggestion):
        return entry.told
    return f"{entry.told} Type instead: {entry.suggestion}"


def share(part: int, whole: int) -> str:
    """A share in per cent that never hides one record: 0 and 100 are exact, and nothing else."""
    if part in {0, whole}:
        return "100" if part else "0"
    rounded = f"{100 * part / whole:.1f}"
    return {"0.0": "<0.1", "100.0": ">99.9"}.get(rounded, rounded)


def gathered(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, int, list[str]]]:
    """Pairs of reason and code: each reason, how often, and its codes; the commonest first."""
    by_reason: dict[str, list[str]] = {}
    for reason, code in pairs:
        by_reason.setdefault(reason, []).append(code)
    found = [(reason, len(codes), sorted(set(codes))) for reason, codes in by_reason.items()]
    return sorted(found, key=lambda item: -item[1])
