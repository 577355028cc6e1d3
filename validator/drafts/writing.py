"""A draft as YAML that the strict loader takes: every scalar is text, and comments say why."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from validator.drafts.parts import Draft, DraftField, DraftTable

_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_. /+-]*[A-Za-z0-9_+-])?")
_ESCAPES = {'"': '\\"', "\\": "\\\\"}
WIDTH = 100


def files_of(draft: Draft) -> Mapping[str, bytes]:
    """``standard.yaml``, and ``headings.csv`` where headings of the data are no field names."""
    files = {"standard.yaml": ("\n".join(_standard(draft)) + "\n").encode()}
    if any(table.headings for table in draft.tables):
        files["headings.csv"] = _headings(draft.tables)
    return files


def _standard(draft: Draft) -> Iterator[str]:
    yield from _comment(
        [
            f"A draft: {draft.source}. Look at every line. What a program cannot know is what a "
            "field means, who may see it, and which rules must hold.",
            *(f"{item.table}.{item.field}: {item.what} ({item.count:,})" for item in draft.left),
        ]
    )
    yield f"standard: {draft.name}"
    yield "version: 0.1.0"
    yield f"title: {{en: {scalar(draft.title or draft.name)}}}"
    yield f"source: {scalar(f'Drafted by accordant: {draft.source}')}"
    if draft.reasons:
        yield from _comment(
            ["What stands where a value is absent. Say what each of them means, or merge them."]
        )
        yield "missing_reasons:"
        yield "  codelist: missing-reason"
        yield "  codes:"
        for code, label in draft.reasons.items():
            yield f"    {scalar(code)}: {{label: {{en: {scalar(label)}}}}}"
    yield "tables:"
    for table in draft.tables:
        yield from _table(table)


def _table(table: DraftTable) -> Iterator[str]:
    yield from _comment(table.why, 2)
    yield f"  - table: {table.name}"
    yield f"    title: {{en: {scalar(table.title or table.name)}}}"
    if table.key:
        yield (
            f"    key: [{', '.join(table.key)}]"
            if len(table.key) > 1
            else (f"    key: {table.key[0]}")
        )
    yield "    fields:"
    for item in table.fields:
        yield from _field(item)


def _field(item: DraftField) -> Iterator[str]:
    yield from _comment(item.why, 6)
    yield f"      {item.name}:"
    for key, value in item.keys.items():
        if key == "codes" and isinstance(value, Mapping):
            yield "        codes:"
            yield from (f"          {scalar(code)}: {_flow(said)}" for code, said in value.items())
        else:
            yield f"        {key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(str(value))


def scalar(text: str) -> str:
    """A text as one YAML scalar, on one line, plain where that leaves no doubt."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() and ord(char) <= 0xFFFF:
        return char
    point = ord(char)
    if point <= 0xFF:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _comment(sentences: Iterable[str], by: int = 0) -> Iterator[str]:
    for sentence in sentences:
        plain = "".join(c if c.isprintable() else "?" for c in sentence)
        for text in textwrap.wrap(plain, WIDTH - by - 2, break_long_words=False):
            yield f"{' ' * by}# {text}"


def _headings(tables: Iterable[DraftTable]) -> bytes:
    to = io.StringIO()
    rows = csv.writer(to, lineterminator="\n")
    rows.writerow(["table", "heading", "field"])
    rows.writerows((t.name, heading, name) for t in tables for heading, name in t.headings.items())
    return to.getvalue().encode()
