"""A profile as a web page: bars, the ends of their intervals, and ticks for published figures."""

from __future__ import annotations

from validator.pages.document import template
from validator.profiling.figures import FieldProfile, Portion, Profile, Row
from validator.profiling.printing import count, interval, number, per_cent
from validator.profiling.profile_text import legend, row_name
from validator.profiling.units import many_of

ROWS_SHOWN = 20


def as_html(profile: Profile) -> bytes:
    """The profile as one file, which asks nobody for anything."""
    page = template("validator.profiling", "profile").render(
        profile=profile,
        legend=legend(profile),
        count=count,
        per_cent=per_cent,
        interval=interval,
        number=number,
        many_of=many_of,
        row_name=row_name,
        absent=absent,
        alternative=alternative,
        apart=apart,
        limit=ROWS_SHOWN,
    )
    return page.encode()


def absent(field: FieldProfile) -> list[tuple[str, str, Portion, str]]:
    """The parts of the records without a value: name, label, share, and the class of the bar."""
    found = [(r.code, r.label, r.portion, "reason") for r in field.reasons]
    found.append(("blank", "without a reason", field.blank, "blank"))
    found.append(("invalid", "not a value of the field", field.invalid, "invalid"))
    return [part for part in found if part[2].count != 0]


def alternative(name: str, portion: Portion, published: object = None) -> str:
    """What a bar shows, in words."""
    if portion.share is None:
        return f"{name}: {count(portion)}"
    told = f"{name}: {per_cent(portion)} %, interval {interval(portion)}"
    return told if published is None else f"{told}, published {published}"


def apart(row: Row) -> str:
    """The difference from the published figure, in points."""
    if row.published is None or row.portion.share is None:
        return ""
    points = round(row.portion.share - float(row.published), 1)
    return f"{points:+.1f}".replace("-", "−") if points else "0.0"
