"""Reads crosswalks of codes from SSSOM TSV: our own, and other people's."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from validator.crosswalks.sssom import COLUMNS, COMPOSED, NO_TERM
from validator.errors import BrokenStandard, Problem
from validator.model.condition import Condition
from validator.model.crosswalk import Column, Crosswalk, End, Key, Predicate, Row, Scheme
from validator.model.standard import Code, CodeList, Field, Kind, Status
from validator.model.text import Origin, Text
from validator.standards.conditions import condition
from validator.standards.strict_yaml import parse

UNDATED = "undated"
MOST_BYTES = 50_000_000

FindScheme = Callable[[str, str], Scheme | None]
"""Finds a scheme by identifier and version; None where no file has it."""


@dataclass
class _Set:
    """A mapping set being read."""

    file: str
    find: FindScheme
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, what: str, cure: str = "") -> None:
        self.problems.append(Problem(self.file, line, 1, what, cure))


def read(content: bytes, file: str, find: FindScheme) -> Crosswalk:
    """The crosswalk in an SSSOM TSV file. Raises BrokenStandard with every fault found.

    A scheme that no file has is taken to hold the codes that are mapped, and maybe more.
    """
    if len(content) > MOST_BYTES:
        raise BrokenStandard(
            (Problem(file, 1, 1, f"The file is over {MOST_BYTES:,} bytes.", "Split it."),)
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenStandard(
            (Problem(file, 1, 1, "The file is not UTF-8.", "Save it so."),)
        ) from None
    lines = text.splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    metadata: Any = (
        parse("\n".join(head).encode(), file).data if any(h.strip() for h in head) else {}
    )
    start = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    whole = _Set(file, find)
    reader = csv.DictReader(lines[start:], delimiter="\t")
    missing = [
        n for n in ("subject_id", "predicate_id", "object_id") if n not in (reader.fieldnames or ())
    ]
    if missing:
        whole.fault(start + 1, f"The column '{missing[0]}' is missing.", "SSSOM needs it.")
        raise BrokenStandard(tuple(whole.problems))
    records = [
        (start + reader.line_num, {k: v or "" for k, v in item.items() if k}) for item in reader
    ]
    metadata = metadata if isinstance(metadata, dict) else {}
    defaults = {k: v for k, v in metadata.items() if k in COLUMNS and isinstance(v, str)}
    full = [(line, {**defaults, **{k: v for k, v in item.items() if v}}) for line, item in records]
    crosswalk = _crosswalk(whole, metadata, full, hashlib.sha256(content).hexdigest())
    if whole.problems:
        raise BrokenStandard(tuple(whole.problems))
    return crosswalk


Records = list[tuple[int, dict[str, str]]]


def _crosswalk(
    whole: _Set, metadata: Mapping[str, Any], records: Records, digest: str
) -> Crosswalk:
    subject = _end(whole, "subject", metadata, records)
    target = _end(whole, "object", metadata, records)
    grouped: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = {}
    for line, item in records:
        row = item.get("ext_row") or str(line)
        name = item.get("ext_column") or next(iter(target.by_name), "")
        grouped.setdefault((item.get("subject_id", ""), name, row), []).append((line, item))
    rows = []
    for (_, name, _), members in grouped.items():
        if made := _row(whole, subject, name, members):
            rows.append(made)
    named = str(metadata.get("mapping_set_id", "")).rstrip("/").rpartition("/")[2]
    identifier = re.sub(r"[^a-z0-9_-]+", "-", named.removesuffix(".tsv").lower()).strip("-")
    return Crosswalk(
        id=identifier or "sssom",
        version=str(metadata.get("mapping_set_version", "0.0.0")),
        source=str(metadata.get("mapping_set_id", whole.file)),
        status=Status.UNVERIFIED,
        title=Text({"en": str(metadata.get("mapping_set_title") or identifier or "SSSOM")}),
        note=Text({"en": text} if (text := metadata.get("mapping_set_description")) else {}),
        subject=subject,
        object=target,
        rows=tuple(rows),
        digest=f"sha256:{digest}",
        origin=Origin(whole.file, 1, 1),
    )


def _end(whole: _Set, slot: str, metadata: Mapping[str, Any], records: Records) -> End:
    declared = metadata.get(f"ext_{slot}_columns")
    if isinstance(declared, str):
        found = []
        for part in declared.split("|"):
            name, _, key = part.partition("=")
            if key in {Kind.INTEGER, Kind.NUMBER, Kind.STRING}:
                found.append(Column(name, Field(name, Kind(key))))
                continue
            source, _, version = key.rpartition("@")
            codes = _codes(slot, name, records)
            found.append(_column(whole, name, source, version, codes))
        return End(tuple(found))
    sources = {
        (item.get(f"{slot}_source") or _prefix_of(item[f"{slot}_id"]),
         item.get(f"{slot}_source_version") or UNDATED)
        for _, item in records
        if item.get(f"{slot}_id") not in {None, NO_TERM}
    }  # fmt: skip
    if len(sources) != 1:
        names = ", ".join(sorted(f"{source} {version}" for source, version in sources))
        what = f"The lines have {len(sources)} {slot} schemes ({names}), and one is needed."
        whole.fault(1, what, "Keep one pair of schemes to a file.")
        return End(())
    ((source, version),) = sources
    short = re.sub(r"[^a-z0-9_-]+", "_", source.rstrip("/#").rpartition("/")[2].lower()).strip("_")
    name = short.replace("-", "_").rpartition(":")[2] or slot
    return End((_column(whole, name, source, version, _codes(slot, name, records)),))


def _prefix_of(identifier: str) -> str:
    return identifier.partition(":")[0]


def _local(identifier: str) -> str:
    return identifier.partition(":")[2] or identifier


def _codes(slot: str, name: str, records: Records) -> dict[str, str]:
    """The codes of a column that the lines name, with their labels."""
    found: dict[str, str] = {}
    for _, item in records:
        if slot == "subject" and item.get("subject_type") == COMPOSED:
            code = _composed(item.get("subject_id", "")).get(name)
        elif item.get(f"{slot}_id") == NO_TERM or (
            slot == "object" and item.get("ext_column", name) != name
        ):
            code = None
        else:
            code = _local(item.get(f"{slot}_id", ""))
        if code:
            found.setdefault(code, item.get(f"{slot}_label", ""))
    return found


def _composed(text: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def _column(whole: _Set, name: str, source: str, version: str, codes: Mapping[str, str]) -> Column:
    scheme = whole.find(source, version)
    if scheme is None or any(code not in scheme.codes.by_code for code in codes):
        listed = tuple(Code(c, Text({"en": label} if label else {})) for c, label in codes.items())
        owner, _, plain = source.rpartition(":")
        scheme = Scheme(plain, version, CodeList(plain, listed), owner or None, closed=False)
    return Column(name, Field(name, Kind.CODES, scheme.codes), scheme)


def _row(
    whole: _Set, subject: End, name: str, members: list[tuple[int, dict[str, str]]]
) -> Row | None:
    line, first = members[0]
    prefix, _, word = first.get("predicate_id", "").partition(":")
    if prefix != "skos" or word not in {predicate.value for predicate in Predicate}:
        cure = f"Use one of: {', '.join(f'skos:{predicate.value}' for predicate in Predicate)}."
        whole.fault(line, "The predicate is none of SKOS's mapping relations.", cure)
        return None
    if any(item.get("predicate_modifier") for _, item in members):
        whole.fault(line, "A negated mapping cannot be used.", "Leave the line out.")
        return None
    key: Key = {next(iter(subject.by_name), ""): (_local(first.get("subject_id", "")),)}
    if first.get("subject_type") == COMPOSED:
        key = {
            k: (v,)
            for k, v in _composed(first.get("subject_id", "")).items()
            if k in subject.by_name
        }
    if not key or not all(codes[0] for codes in key.values()):
        whole.fault(line, "The subject cannot be read.", "Give its id as PREFIX:CODE.")
        return None
    none = {NO_TERM, ""}
    candidates = dict.fromkeys(
        None if item.get("object_id", "") in none else _local(item["object_id"])
        for _, item in members
    )
    reasons = tuple(dict.fromkeys(r for _, item in members if (r := item.get("ext_reason"))))
    open_ = len(candidates) > 1 or (candidates.keys() == {None} and not reasons)
    when = _when(whole, line, first.get("ext_when", ""))
    status = first.get("ext_status", "")
    known = {item.value for item in Status}
    return Row(
        key=key,
        target=name,
        candidates=tuple(candidates),
        predicate=Predicate.RELATED if open_ else Predicate(word),
        source=first.get("ext_source") or first.get("mapping_source") or whole.file,
        status=Status(status) if status in known else Status.UNVERIFIED,
        justification=_local(first.get("mapping_justification", "")) or "UnspecifiedMatching",
        reasons=reasons,
        when=when,
        note=Text({"en": note} if (note := first.get("comment")) else {}),
        origin=Origin(whole.file, line, 1),
    )


def _when(whole: _Set, line: int, text: str) -> Condition | None:
    if not text:
        return None
    try:
        data = json.loads(text)
        document = parse(json.dumps(data).encode(), whole.file)
        return condition(document, (), document.data)
    except (ValueError, BrokenStandard, RecursionError, AttributeError, TypeError):
        whole.fault(line, "The condition cannot be read.", "Write it as JSON, as in the YAML form.")
        return None
