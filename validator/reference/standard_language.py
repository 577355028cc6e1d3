"""docs/reference/standard-language.md: every key that a standard's YAML may have."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.lexical import DATES, INTEGER, NUMBER
from validator.model.standard import Precision
from validator.reference._page import Page, markdown
from validator.reference.blocks import Block, Grid, Heading, Points, Prose, Verbatim
from validator.reference.schema_words import kind, properties, rows
from validator.standards.form import meta_schema

EXAMPLE = """\
standard: sightings
version: 1.0.0
title: {en: Sightings of vessels}
missing_reasons:
  codelist: missing-reason
  codes: {not_recorded: Not recorded, not_applicable: {label: Not applicable, inapplicable: true}}
tables:
  - table: vessels
    key: vessel_ref
    fields:
      vessel_ref: {type: string, pattern: "^[A-Z]{3}-[0-9]{4}$", required: true}
      seen_on: {type: date, missing: [not_recorded]}
      crew: {type: integer, minimum: 0, maximum: 99, missing: [not_recorded]}
      flag:
        codes:
          FRA: {label: {en: France}, terms: {en: [french]}}
          KEN: {label: {en: Kenya, fr: Kenya}}
        missing: [not_recorded, not_applicable]
      remarks: {type: string, optional: true, free_text: true, max_length: 200}
rules:
  - rule: unmanned-vessel-no-flag
    table: vessels
    title: {en: A vessel without crew has no flag}
    when: {crew: 0}
    then: {flag: {missing: [not_applicable]}}
    mend: {en: "Count the crew again, or write not_applicable in flag."}
    examples:
      pass: [{crew: 0, flag: not_applicable}, {crew: 3, flag: FRA}]
      fail: [{crew: 0, flag: FRA}]
"""
ABOUT = {
    "standard": "Standard",
    "table": "Table",
    "field": "Field",
    "codelist": "Code list",
    "code": "Code",
    "rule": "Rule",
}
ELSEWHERE = frozenset(["text", "codes", "value", "test", "condition", "rules"])
"""Parts of the schema that have sections in words of their own."""
MARKS = {"rule": ("rule", "rules")}
"""Names under which other sections refer to one."""
SPELLINGS = [
    ["`string`", "any text", "`x1`", ""],
    ["`integer`", "digits, with a minus where it is below zero: at most 18, no leading zeros, no "
     "plus, no separators", "`12`", INTEGER],
    ["`number`", "digits, with a point before decimals: no exponent, no thousands separator",
     "`12.5`", NUMBER],
    *(
        [f"`date`, precision `{precision}`", how, f"`{example}`", DATES[precision]]
        for precision, how, example in (
            (Precision.YEAR, "YYYY, from 1000 to 2999", "2024"),
            (Precision.QUARTER, "YYYY-Qn", "2024-Q2"),
            (Precision.MONTH, "YYYY-MM", "2024-05"),
            (Precision.DAY, "YYYY-MM-DD, and a day of the calendar", "2024-05-17"),
        )
    ),
    ["`boolean`", "`true` or `false`", "`true`", ""],
    ["`codes`", "a code of the list, letter by letter", "`female`", ""],
    ["`codes`, `many: true`", "codes with the separator between them, without spaces",
     "`red;blue`", ""],
]  # fmt: skip


def _blocks() -> Iterator[Block]:
    definitions = meta_schema()["$defs"]
    yield Heading("The language of standards", 1)
    yield Prose(
        "A standard is a folder of YAML files, or one file. Every value is read as text: the "
        "country code `NO`, the code `012` and the version `1.10` stay what they are. Duplicate "
        "keys, anchors, aliases and tags are refused. Editors complete and check it with "
        "[`standard.schema.json`](../../schemas/meta/standard.schema.json)."
    )
    yield Heading("A whole standard in one file")
    yield Verbatim(EXAMPLE, "yaml standard")
    yield Prose("A larger one names its parts as files, as the shipped one does:")
    yield Points(
        [
            "`standard.yaml` (`tables: [tables/series.yaml, ...]`, `rules: rules.yaml`)",
            "`tables/NAME.yaml`, one table each",
            "`codelists/NAME.yaml`, found by the name that a field gives under `codes`",
            "`rules.yaml`, a list of rules",
        ]
    )
    others = {name: name.capitalize() for name in definitions if name not in {*ABOUT, *ELSEWHERE}}
    for name, title in (ABOUT | others).items():
        schema = definitions[name]
        yield Heading(title)
        marks = "".join(f'<a id="{mark}"></a>' for mark in MARKS.get(name, (name,)))
        yield Prose(f"{marks}{schema['description']}")
        yield Grid(["key", "holds", "needed", "meaning"], [*rows(schema)])
    yield from _texts(definitions)
    yield from _conditions(definitions)
    yield Heading("How values are written")
    yield Prose(
        "There is one spelling for each value, so that equal values are equal text in every "
        "program. `wrong-type` reports any other. The patterns are meant for the whole cell."
    )
    yield Grid(
        ["a field of", "is written as", "such as", "pattern"],
        [[a, b, c, f"`{d}`" if d else ""] for a, b, c, d in SPELLINGS],
    )
    yield Prose(
        "A cell holds a value, or one of the missing reasons that the field allows under "
        "`missing`. It may be blank only where the field is `optional`."
    )


def _texts(definitions: dict[str, dict[str, str]]) -> Iterator[Block]:
    yield Heading("Text")
    yield Prose(f'<a id="text"></a>{definitions["text"]["description"]}')
    yield Heading("Codes")
    yield Prose(
        '<a id="codes"></a>A mapping of code to its properties, in the order that counts where the '
        "list is `ordered`; a mapping of code to its English label; or a bare list of codes."
    )


def _conditions(definitions: dict[str, dict[str, str]]) -> Iterator[Block]:
    yield Heading("Condition")
    yield Prose(f'<a id="condition"></a>{definitions["condition"]["description"]}')
    yield Prose(
        "`when: {a: 1, b: [x, y]}` means that `a` is 1, and `b` is `x` or `y`. A field of the "
        "table that this one references is written `parent_table.field`."
    )
    yield Prose(
        "**A rule decides only what it knows.** A value that is missing, blank or at fault makes a "
        "test neither true nor false, and a rule fires only where `when` is certainly true and "
        "`then` certainly false. So one fault brings one finding. Only `recorded` and `missing` "
        "are about absence itself."
    )
    yield Heading("Test", 3)
    yield Prose(f'<a id="test"></a>{definitions["test"]["description"]}')
    tests = properties(definitions["test"])
    yield Grid(
        ["operator", "holds", "meaning"],
        [[f"`{name}`", kind(part), part.get("description", "")] for name, part in tests.items()],
    )
    yield Heading("Value", 3)
    yield Prose(
        '<a id="value"></a>A plain value, `{field: other}` for another field of the record (or '
        "`{field: parent_table.other}`), or `{today: true}` for the day of the check (`--as-of`)."
    )


PAGE = Page(
    "docs/reference/standard-language.md", "The language of standards", lambda: markdown(_blocks())
)
