"""docs/reference/global-indicator.md: the shipped standard, as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.expressions.wording import sentence
from validator.model.standard import CodeList, Field, Kind, Rule, Standard, Table
from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Points, Prose
from validator.standards.load import load

NAME = "global-indicator"
LONGEST = 40
"""A code list that is longer is only named, with its number of codes."""
STATUSES = {
    "verified": "read in the primary source",
    "secondary": "read in a source that reports the primary one",
    "derived": "worked out from the sources, or our own modelling decision",
    "unverified": "from memory, to be confirmed",
}


def _blocks() -> Iterator[Block]:
    standard = load(NAME)
    yield Heading(str(standard.title), 1)
    yield Prose(f"`{standard.id}` {standard.version}. Source: {standard.source}.")
    yield Prose("Each field, code list and rule says how far it can be trusted:")
    yield Points([f"**{status}**: {means}" for status, means in STATUSES.items()])
    yield Heading("Tables")
    yield Points([_in_short(table) for table in standard.tables])
    for table in standard.tables:
        yield from _table(standard, table)
    yield Heading("Why a value is absent")
    yield Prose("A blank cell is never an answer, unless the field is optional.")
    yield from _codes(standard.missing_reasons)
    yield Heading("Code lists")
    for codes in standard.codelists:
        yield Heading(f"{codes.id}", 3)
        yield Prose(f"{codes.title}. {_trust(codes.source, codes.status)}")
        yield from _codes(codes)


def _in_short(table: Table) -> str:
    needed = "always needed" if table.required else "checked where it is there"
    return f"[`{table.name}`](#{table.name}): {table.description} ({needed})"


def _table(standard: Standard, table: Table) -> Iterator[Block]:
    yield Heading(table.name, 3)
    yield Prose(f"{table.description} Key: {', '.join(f'`{name}`' for name in table.key)}.")
    yield Grid(
        ["field", "what it is", "holds", "where there is none", "trust"],
        [
            [
                f"`{field.name}`",
                f"{field.title}. {field.description}",
                holds(field),
                _absent(field),
                field.status or "",
            ]
            for field in table.fields
        ],
    )
    for stale in table.stale:
        codes = " or ".join(f"`{code}`" for code in stale.codes)
        yield Prose(
            f"`{stale.field}` is to be looked at again where it is {codes} and `{stale.reviewed}` "
            f"is more than {stale.months} months ago (`stale-status`)."
        )
    rules = standard.rules_of(table.name)
    if rules:
        yield Heading(f"Rules of {table.name}", 4)
        yield Grid(
            ["rule", "what must hold", "severity", "trust"],
            [_rule(standard, rule) for rule in rules],
        )


def holds(field: Field) -> str:
    """What a field holds, with its limits, in a few words."""
    limits = ""
    if field.minimum is not None and field.maximum is not None:
        limits = f" from {field.minimum} to {field.maximum}"
    elif field.minimum is not None:
        limits = f", at least {field.minimum}"
    elif field.maximum is not None:
        limits = f", at most {field.maximum}"
    match field.kind:
        case Kind.CODES if field.codelist:
            text = f"a code of [{field.codelist.id}](#{field.codelist.id})"
        case Kind.DATE:
            text = f"a {field.precision}{limits}"
        case Kind.STRING if field.pattern:
            text = f"text of the form `{field.pattern}`"
        case Kind.STRING:
            text = "free text" if field.free_text else "text"
        case _:
            text = (
                f"a whole number{limits}" if field.kind is Kind.INTEGER else f"{field.kind}{limits}"
            )
    if field.max_length is not None:
        text += f", at most {field.max_length} characters"
    if field.references:
        text += f"; one of `{field.references.table}.{field.references.field}`"
    return text


def _absent(field: Field) -> str:
    if field.missing:
        return ", ".join(f"`{reason}`" for reason in field.missing)
    return "blank" if field.optional else "must be there"


def _rule(standard: Standard, rule: Rule) -> list[str]:
    asked = f"{rule.title}. {sentence(standard, rule)}"
    return [f"`{rule.id}`", asked, rule.severity, rule.status or ""]


def _trust(source: str | None, status: str | None) -> str:
    return f"Source: {source}" + (f" ({status})." if status else ".") if source else ""


def _codes(codes: CodeList) -> Iterator[Block]:
    if len(codes.codes) > LONGEST:
        yield Prose(f"{len(codes.codes)} codes; they are not repeated here.")
        return
    rows = [[f"`{c.code}`", str(c.label), str(c.description)] for c in codes.codes]
    yield Grid(["code", "label", "meaning"], rows)


PAGE = Page(f"docs/reference/{NAME}.md", "The shipped standard", lambda: markdown(_blocks()))
