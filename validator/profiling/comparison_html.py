"""A comparison as a web page: the verdict on each field, its grounds, and bars side by side."""

from __future__ import annotations

from validator.pages.document import template
from validator.profiling.compare import Comparison, FieldComparison
from validator.profiling.printing import interval, per_cent
from validator.profiling.side_by_side import LEGEND, Line, names, parts, summary, values
from validator.profiling.verdicts import Verdict

ROWS_SHOWN = 20
SIGNS = {
    Verdict.NOT_COMPARABLE: ("✕", "error"),
    Verdict.WITH_CARE: ("!", "warning"),
    Verdict.COMPARABLE: ("✓", "pass"),
    Verdict.NOT_JUDGED: ("?", "note"),
}


def as_html(comparison: Comparison) -> bytes:
    """The comparison as one file, which asks nobody for anything."""

    def lines(field: FieldComparison) -> tuple[list[Line], list[Line], int]:
        shown, left = values(field, ROWS_SHOWN)
        return list(parts(field)), shown, left

    page = template("validator.profiling", "comparison").render(
        comparison=comparison,
        legend=LEGEND,
        summary=summary(comparison),
        signs=SIGNS,
        ranked=lambda fields: sorted(fields, key=lambda f: list(Verdict).index(f.verdict)),
        names=names,
        lines=lines,
        per_cent=per_cent,
        interval=interval,
    )
    return page.encode()
