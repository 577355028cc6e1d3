"""A comparison for people (text, Markdown) and for programs (``accordant.diff/1``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.standard import Standard
from validator.model.visible import safe
from validator.model.words import many
from validator.registry import Rendering
from validator.reports.for_programs import as_json as written
from validator.reports.for_programs import identity, tool
from validator.reports.layout import heading, indented, line, printed
from validator.versions.change import Bump, Change, Effect
from validator.versions.comparison import Comparison

if TYPE_CHECKING:
    from rich.console import RenderableType

DIFF = "accordant.diff/1"
GROUPS = {
    Effect.CHANGED: "Breaking for producers and for consumers",
    Effect.NARROWED: "Breaking for producers",
    Effect.MEANING: "Breaking for consumers",
    Effect.WIDENED: "Wider: breaking for consumers who take nothing new",
    Effect.QUIET: "New, and breaking nothing",
    Effect.WORDED: "Words only",
}
"""The effects, the heaviest first, as headings."""

REVIEW = "Look at it: if the meaning changed, this is a major change."


def _groups(comparison: Comparison) -> Iterator[tuple[Effect, str, list[Change]]]:
    for effect, title in GROUPS.items():
        changes = [change for change in comparison.changes if change.effect is effect]
        if changes:
            yield effect, f"{title} ({len(changes)}, {effect.bump})", changes


def verdict(comparison: Comparison) -> str:
    """What the changes demand, and whether the version number says so, in a sentence or two."""
    old, new = comparison.old.version, comparison.new.version
    if comparison.demanded is Bump.NONE:
        if comparison.honoured:
            return "Nothing changed that a standard says."
        return f"Nothing changed, yet the version goes back from {old} to {new}."
    asked = f"The changes ask for a {comparison.demanded} version: {comparison.least} or later."
    if comparison.honoured:
        return f"{asked} It is {new}."
    if comparison.backwards:
        return f"{asked} It is {new}, which is the older one. Name the older version first."
    return f"{asked} It is {new}, so nobody is warned. Call it {comparison.least}."


def as_text(comparison: Comparison, how: Rendering) -> bytes:
    """For a terminal or a log."""
    return printed(_parts(comparison), how)


def _parts(comparison: Comparison) -> Iterator[RenderableType]:
    old, new = comparison.old, comparison.new
    sign = "HONOURED" if comparison.honoured else "NOT HONOURED"
    yield line(
        f"{sign}: {_title(old)} to {_title(new)}: {many(len(comparison.changes), 'change')}",
        "bold green" if comparison.honoured else "bold red",
    )
    yield line(verdict(comparison))
    for effect, title, changes in _groups(comparison):
        yield from heading(title)
        yield line(effect.says, "dim")
        for change in changes:
            yield indented(line(f"{change.where}: {change.what} [{change.kind}]"))
            if change.review:
                yield indented(line(REVIEW, "yellow"), 4)


def as_markdown(comparison: Comparison) -> bytes:
    """For a release note."""
    old, new = comparison.old, comparison.new
    lines = [f"# {_title(new)}: what changed since {old.version}", "", verdict(comparison)]
    for effect, title, changes in _groups(comparison):
        lines += ["", f"## {title}", "", effect.says, ""]
        for change in changes:
            review = f" **{REVIEW}**" if change.review else ""
            lines.append(f"- `{change.where}`: {change.what}{review}")
    # what an author wrote is text here, and no HTML
    return ("\n".join(safe(text).replace("<", "&lt;") for text in lines) + "\n").encode()


def as_json(comparison: Comparison) -> bytes:
    """For programs, after ``schemas/meta/diff.schema.json``."""
    old, new = comparison.old, comparison.new
    document = {
        "diff": DIFF,
        "tool": tool(),
        "old": identity(old.id, old.version, old.digest),
        "new": identity(new.id, new.version, new.digest),
        "summary": {
            "changes": len(comparison.changes),
            "breaks_producers": comparison.breaks_producers,
            "breaks_consumers": comparison.breaks_consumers,
            "demands": comparison.demanded.value,
            "least_version": comparison.least,
            "honoured": comparison.honoured,
        },
        "changes": [
            {
                "kind": change.kind,
                "where": change.where,
                "what": change.what,
                "effect": change.effect.name.lower(),
                "breaks_producers": change.effect.producers,
                "breaks_consumers": change.effect.consumers,
                "demands": change.effect.bump.value,
                "review": change.review,
            }
            for change in comparison.changes
        ],
    }
    return written(document)


def _title(standard: Standard) -> str:
    return f"{standard.id} {standard.version}"
