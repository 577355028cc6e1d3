r"""The named cases beside each check: a small standard, a small submission, and what is found.

``validator/checks/<group>/<name>.yaml`` holds the cases of the check in ``<name>.py``. Tests run
all of them; the one marked ``show`` is the example of the documentation. A case has::

    case: a label instead of the code      # its name
    show: true                             # one case a file: the documentation's example
    fields: {gender: {codes: [f, m]}}      # a standard with the one table ``records`` (and its
                                           # key, stale); or tables: {NAME: {fields: ...}}
    codelists: [...]                       # as in a standard, with rules: [...]
    rows: [{gender: F}, [9, {gender: f}]]  # records.csv; [9, {...}] is nine records alike
    file: "gender\nF\n"                    # or the text of records.csv;
    files: {NAME.csv: rows or text}        # or several files
    encoding: utf-16                       # of the files (default utf-8)
    as_of: 2026-01-31                      # the day of the check
    audience: partner                      # for whom (default nobody), with k: 3
    max_rows: 100
    finds: [{row: 2, field: gender}]       # every finding there is, of any check
    total: 5                               # where more were found than were kept
    skips: [fewer than 20 records]         # why a check was not made, where that is the point

What stands beside ``cases`` in the file is meant for each case that does not say otherwise. A
finding's ``code`` is the check's where none is given; ``field``, ``rule`` and ``suggestion`` are
none where none is given; ``table``, ``file``, ``key``, ``severity``, ``message`` and ``value`` are
compared where they are given.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from validator.model.disclosure import AUDIENCES, Audience
from validator.model.report import Finding, Report
from validator.model.standard import Standard
from validator.registry import Check
from validator.standards.load import load
from validator.standards.strict_yaml import parse

REASONS = {
    "not_recorded": {"label": "Not recorded"},
    "not_determinable": {"label": "Not determinable"},
    "not_visible": {"label": "Not visible"},
    "not_applicable": {"label": "Not applicable", "inapplicable": "true"},
    "withheld": {"label": "Withheld", "withholds": "true"},
}
"""The missing reasons of every case's standard: those of the shipped standard."""

AS_OF = "2026-01-31"
TABLE = "records"
KEYS = frozenset(
    {"case", "show", "finds", "total", "skips", "as_of", "max_rows", "audience", "k"}
    | {"fields", "key", "stale", "tables", "codelists", "rules"}
    | {"rows", "file", "files", "encoding"}
)


@dataclass(frozen=True)
class Case:
    """One case of one check. ``data`` is what its YAML says, every scalar as text."""

    check: Check
    name: str
    data: Mapping[str, Any]

    @property
    def shown(self) -> bool:
        """Whether it is the example of the documentation."""
        return self.data.get("show") == "true"

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """What the standard says of its tables, by name."""
        if "tables" in self.data:
            tables: Mapping[str, Mapping[str, Any]] = self.data["tables"]
            return tables
        parts = {k: self.data[k] for k in ("key", "stale", "fields") if k in self.data}
        return {TABLE: parts}

    @property
    def submission(self) -> Mapping[str, str]:
        """The text of each file, by name."""
        data = self.data
        given = data.get("files") or {f"{TABLE}.csv": data.get("file", data.get("rows", ""))}
        return {name: _text(content) for name, content in given.items()}

    @property
    def wanted(self) -> list[dict[str, Any]]:
        """What the case says is found."""
        return [{"code": self.check.code, **item} for item in self.data.get("finds", ())]

    def standard(self) -> Standard:
        """The standard of the case. Raises BrokenStandard where it is at fault."""
        whole = {
            "standard": "example",
            "version": "1.0.0",
            "missing_reasons": {"codelist": "missing-reason", "codes": REASONS},
            **{part: self.data[part] for part in ("codelists", "rules") if part in self.data},
            "tables": [{"table": name, **table} for name, table in self.tables.items()],
        }
        with tempfile.TemporaryDirectory() as folder:
            # JSON is YAML
            path = Path(folder) / "standard.yaml"
            path.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
            return load(path)

    def report(self) -> Report:
        """The submission checked against the standard, through the readers and the engine."""
        from validator.engine.run import Options, run
        from validator.opening import opened

        options = Options(
            as_of=self.data.get("as_of", AS_OF),
            max_rows=int(self.data.get("max_rows", "100")),
            audience=self._audience(),
        )
        with tempfile.TemporaryDirectory() as folder:
            # files are read while the engine runs
            paths = [Path(folder) / name for name in self.submission]
            for path, text in zip(paths, self.submission.values(), strict=True):
                path.write_bytes(text.encode(self.data.get("encoding", "utf-8")))
            standard, _, readings = opened(self.standard(), paths)
            named = [replace(reading, path=Path(reading.path).name) for reading in readings]
            return run(standard, named, options)

    def _audience(self) -> Audience | None:
        if not self.data.get("audience"):
            return None
        audience = AUDIENCES[self.data["audience"]]
        return replace(audience, k=int(self.data.get("k", audience.k)))


def _text(content: Any) -> str:
    """A file's text: as given, or CSV with a column for each name that a record has."""
    if isinstance(content, str):
        return content
    records: list[Mapping[str, str]] = []
    for item in content:
        times, record = (int(item[0]), item[1]) if isinstance(item, list) else (1, item)
        records += [record] * times
    names = list(dict.fromkeys(name for record in records for name in record))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


@cache
def cases_of(check: Check) -> tuple[Case, ...]:
    """The cases of a check; none where its file is not there.

    Raises BrokenStandard where the file is no YAML, and ValueError where a key of a case is
    none of those above.
    """
    name = f"{check.code.replace('-', '_')}.yaml"
    place = files(f"validator.checks.{check.group}") / name
    if not place.is_file():
        return ()
    data: Any = parse(place.read_bytes(), f"validator/checks/{check.group}/{name}").data
    common = {key: value for key, value in data.items() if key != "cases"}
    found = tuple(
        Case(check, item["case"], {**_without_rival(common, item), **item})
        for item in data["cases"]
    )
    for case in found:
        unknown = sorted(case.data.keys() - KEYS)
        if unknown:
            message = f"{name}: the case '{case.name}' has unknown keys: {', '.join(unknown)}"
            raise ValueError(message)
    return found


def _without_rival(common: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is common, less what the case says in another way, or has no fields for."""
    rivals = ({"tables", "fields"}, {"rows", "file", "files"})
    drop = {key for rival in rivals if rival & item.keys() for key in rival}
    key = common.get("key", ())
    keyed = {key} if isinstance(key, str) else {*key}
    if "fields" in item and not keyed <= item["fields"].keys():
        drop.add("key")
    return {name: value for name, value in common.items() if name not in drop}


def shown(check: Check) -> Case | None:
    """The case that is the documentation's example."""
    return next((case for case in cases_of(check) if case.shown), None)


ALWAYS = ("code", "row", "field", "rule", "suggestion")


def compared(
    report: Report, wanted: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, str]], list[Mapping[str, str]]]:
    """What was found and what was wanted, in one order and with the same keys, to be compared."""
    findings = sorted(map(_as_mapping, report.findings), key=_place)
    asked = sorted(wanted, key=_place)
    # a finding that nobody wanted is compared by what is always said
    keys = [{*ALWAYS, *item} for item in asked]
    keys += [set(ALWAYS)] * (len(findings) - len(asked))
    return (
        [_said(item, of) for item, of in zip(findings, keys, strict=False)],
        [_said(item, of) for item, of in zip(asked, keys, strict=False)],
    )


def _place(item: Mapping[str, Any]) -> tuple[int, list[str]]:
    return int(item.get("row") or 0), [str(item.get(k) or "") for k in (*ALWAYS, "file", "table")]


def _said(item: Mapping[str, Any], keys: set[str]) -> Mapping[str, str]:
    return {key: str(item[key]) for key in sorted(keys) if item.get(key) is not None}


def _as_mapping(finding: Finding) -> Mapping[str, Any]:
    return {field.name: getattr(finding, field.name) for field in fields(finding)}
