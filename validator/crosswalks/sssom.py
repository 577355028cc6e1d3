"""Crosswalks of codes written as SSSOM TSV: https://mapping-commons.github.io/sssom/ (version 1.0).

One line a pair of codes. ``sssom:NoTermFound`` stands for no counterpart; a subject with several
lines of one row is ambiguous. What SSSOM has no slot for is in extension slots (``ext_...``),
which other readers pass over: status, source, column, condition, missing reason. Choices and the
reasons for blanks are not written: a crosswalk's YAML is its full form.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from validator.model.condition import All, AnyOf, Condition, Not, Test
from validator.model.crosswalk import Crosswalk, End, Row, Scheme

NO_TERM = "sssom:NoTermFound"
BASE = "https://accordant.example"
EXTENSIONS = {
    "ext_row": "The row of the crosswalk: lines with the same one are alternatives.",
    "ext_column": "The column of the object.",
    "ext_when": "The condition under which the row holds, as JSON.",
    "ext_reason": "The missing reason that the subject stands for.",
    "ext_status": "verified, secondary, derived or unverified.",
    "ext_source": "Where the statement comes from.",
}
COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "subject_source", "subject_source_version", "subject_type"),
    *("object_source", "object_source_version", "comment"),
    *EXTENSIONS,
)
COMPOSED = "composed entity expression"


def write(crosswalk: Crosswalk) -> bytes:
    """The crosswalks of codes that a crosswalk is made of, as one SSSOM mapping set."""
    out = io.StringIO()
    for line in _metadata(crosswalk):
        out.write(f"#{line}\n")
    lines = [line for part in crosswalk.parts for line in _lines(part)]
    used = [name for name in COLUMNS if any(line.get(name) for line in lines)]
    writer = csv.DictWriter(
        out, used, restval="", extrasaction="ignore", delimiter="\t", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def _metadata(crosswalk: Crosswalk) -> Iterator[str]:
    """The header, as YAML. JSON texts are YAML texts, whatever they hold."""
    schemes = {
        column.scheme.key: column.scheme
        for part in crosswalk.parts
        for end in (part.subject, part.object)
        for column in end.columns
        if column.scheme
    }
    yield "curie_map:"
    yield "  semapv: https://w3id.org/semapv/vocab/"
    yield "  skos: http://www.w3.org/2004/02/skos/core#"
    yield "  sssom: https://w3id.org/sssom/"
    for scheme in sorted(schemes.values(), key=_prefix):
        yield f"  {_prefix(scheme)}: {BASE}/schemes/{_prefix(scheme)}/"
    yield "extension_definitions:"
    for name in (*EXTENSIONS, "ext_subject_columns", "ext_object_columns"):
        yield f"  - slot_name: {name}"
        yield f"    property: {BASE}/terms/{name.removeprefix('ext_')}"
        yield "    type_hint: http://www.w3.org/2001/XMLSchema#string"
    yield "license: https://w3id.org/sssom/license/unspecified"
    yield f"mapping_set_id: {BASE}/crosswalks/{crosswalk.id}"
    yield f"mapping_set_title: {_quoted(str(crosswalk.title))}"
    if crosswalk.note:
        yield f"mapping_set_description: {_quoted(str(crosswalk.note))}"
    yield f"mapping_set_version: {_quoted(crosswalk.version)}"
    if not crosswalk.tables:
        for slot, end in (("subject", crosswalk.subject), ("object", crosswalk.object)):
            yield f"ext_{slot}_columns: {_quoted(_columns(end))}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _columns(end: End) -> str:
    return "|".join(
        f"{column.name}={column.scheme.key if column.scheme else column.field.kind.value}"
        for column in end.columns
    )


def _prefix(scheme: Scheme) -> str:
    """A CURIE prefix that holds the version too: a code is nothing without it."""
    return re.sub(r"[^A-Za-z0-9._-]", ".", scheme.key.replace("@", "-"))


def _source(scheme: Scheme) -> str:
    return scheme.key.rpartition("@")[0]


def _lines(crosswalk: Crosswalk) -> Iterator[dict[str, str]]:
    several = len(crosswalk.subject.columns) > 1
    for number, row in enumerate(crosswalk.rows, 1):
        names = [name for name in crosswalk.subject.by_name if name in row.key]
        for codes in product(*(row.key[name] for name in names)):
            pairs = list(zip(names, codes, strict=True))
            first = crosswalk.subject.by_name[names[0]].scheme
            target = crosswalk.object.by_name[row.target].scheme
            assert first is not None, "rows name columns of codes"  # noqa: S101 - the loader sees to it
            assert target is not None, "the object has codes"  # noqa: S101 - the loader sees to it
            label = "" if several else str(first.codes.by_code[codes[0]].label)
            for candidate, reason in _objects(row):
                found = target.codes.by_code.get(candidate or "")
                yield {
                    "subject_id": _subject(pairs, first, several=several),
                    "subject_type": COMPOSED if several else "",
                    "subject_label": label,
                    "subject_source": _source(first),
                    "subject_source_version": first.version,
                    "predicate_id": f"skos:{row.predicate.value}",
                    "object_id": f"{_prefix(target)}:{candidate}" if candidate else NO_TERM,
                    "object_label": str(found.label) if found else "",
                    "object_source": _source(target),
                    "object_source_version": target.version,
                    "mapping_justification": f"semapv:{row.justification}",
                    "comment": str(row.note),
                    "ext_row": str(number),
                    "ext_column": row.target,
                    "ext_when": json.dumps(_data(row.when)) if row.when else "",
                    "ext_reason": reason,
                    "ext_status": row.status.value,
                    "ext_source": row.source,
                }


def _objects(row: Row) -> list[tuple[str | None, str]]:
    if row.reasons:
        return [(None, reason) for reason in row.reasons]
    return [(candidate, "") for candidate in row.candidates]


def _subject(pairs: list[tuple[str, str]], scheme: Scheme, *, several: bool) -> str:
    if several:
        return json.dumps(dict(pairs), ensure_ascii=False)
    return f"{_prefix(scheme)}:{pairs[0][1]}"


def _data(when: Condition) -> Any:
    """A condition as its YAML."""
    match when:
        case All(parts):
            return {"all": [_data(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_data(part) for part in parts]}
        case Not(part):
            return {"not": _data(part)}
        case Test(ref, op, operands):
            texts = [str(operand) for operand in operands]
            listed = op.value in {"in", "not_in", "missing"}
            return {str(ref): {op.value: texts if listed else texts[0]}}
