"""The same records under other checkers, each on what it can check, in this process.

Those that go record by record are given the first ``SAMPLE`` records, and their time is scaled
to the whole; the table says so.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.measure import call
from validator import api
from validator.model.lexical import pattern_of
from validator.model.standard import Field, Kind, Standard

SAMPLE = 20_000

Timed = tuple[str, float, str]
"""The checker, seconds for the whole file, and what it checks."""


def measure(standard: Standard, path: Path, rows: int) -> Iterator[Timed]:
    """Time each checker on ``series``."""
    scale = rows / min(rows, SAMPLE)
    what = "types, codes, ranges, patterns, single-table rules"
    for name, function in _json_schema(standard, path).items():
        yield name, call(function) * scale, f"{what}; {SAMPLE:,} records, scaled"
    yield (
        "frictionless",
        call(_frictionless(standard, path)) * scale,
        (f"types, codes, ranges, patterns, key; {SAMPLE:,} records, scaled"),
    )
    yield "pandera (polars)", call(_pandera(standard, path), 2), "codes, patterns, key; in memory"
    yield "pointblank (polars)", call(_pointblank(standard, path), 1), "codes, patterns, key"


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(islice(csv.DictReader(stream), SAMPLE))


def _json_schema(standard: Standard, path: Path) -> Mapping[str, Callable[[], object]]:
    import fastjsonschema
    import jsonschema
    import jsonschema_rs

    from validator.targets.json_schema import to_instance

    artefact = api.compile(standard, "json-schema")
    schema = json.loads(artefact.files["series.schema.json"])
    table = standard.by_name["series"]
    records = [to_instance(standard, table, record) for record in _records(path)]
    python = jsonschema.Draft202012Validator(schema)
    rust = jsonschema_rs.validator_for(schema)
    # fastjsonschema knows drafts up to 7, which leave out what stands beside a $ref: it is timed,
    # but its answers are not ours
    draft7 = json.loads(json.dumps(schema).replace("$defs", "definitions"))
    draft7["$schema"] = "http://json-schema.org/draft-07/schema#"
    compiled = fastjsonschema.compile(draft7)
    return {
        "jsonschema": lambda: sum(1 for r in records if not python.is_valid(r)),
        "fastjsonschema": lambda: sum(1 for record in records if not _passes(compiled, record)),
        "jsonschema-rs": lambda: sum(1 for r in records if not rust.is_valid(r)),
    }


def _passes(compiled: Callable[[object], object], record: object) -> bool:
    from fastjsonschema import JsonSchemaException

    try:
        compiled(record)
    except JsonSchemaException:
        return False
    return True


def _frictionless(standard: Standard, path: Path) -> Callable[[], object]:
    from frictionless import Package

    artefact = api.compile(standard, "datapackage")
    package = json.loads(artefact.files["datapackage.json"])
    package["resources"] = [r for r in package["resources"] if r["path"] == "series.csv"]
    folder = Path(tempfile.mkdtemp())
    with path.open(encoding="utf-8") as stream:
        (folder / "series.csv").write_text("".join(islice(stream, SAMPLE + 1)), "utf-8")
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")

    def run() -> object:
        report = Package(str(folder / "datapackage.json")).validate(limit_errors=10)
        if not report.valid:
            sys.exit("frictionless refuses clean records: its time means nothing")
        return report

    return run


def _accepts(field: Field) -> tuple[list[str] | None, str | None]:
    """The values that a coded field takes (reasons included), or the pattern of another."""
    reasons = [*field.missing, *([""] if field.optional else [])]
    if field.kind is Kind.CODES and field.codelist:
        return [*field.codelist.current, *reasons], None
    pattern = pattern_of(field)
    if pattern is None:
        return None, None
    return None, rf"^(?:{'|'.join([pattern, *reasons])})$"


def _pandera(standard: Standard, path: Path) -> Callable[[], object]:
    import pandera.polars as pa
    import polars as pl

    columns: dict[str, Any] = {}
    for field in standard.by_name["series"].fields:
        values, pattern = _accepts(field)
        checks = [pa.Check.isin(values)] if values else []
        checks += [pa.Check.str_matches(pattern)] if pattern else []
        columns[field.name] = pa.Column(str, checks, unique=field.name == "series_ref")
    schema = pa.DataFrameSchema(columns)

    def run() -> object:
        frame = pl.scan_csv(path, infer_schema=False, empty_string_is_null=False).collect()
        return schema.validate(frame, lazy=True)

    return run


def _pointblank(standard: Standard, path: Path) -> Callable[[], object]:
    import pointblank as pb
    import polars as pl

    def run() -> object:
        frame = pl.scan_csv(path, infer_schema=False, empty_string_is_null=False).collect()
        validation = pb.Validate(frame)
        for field in standard.by_name["series"].fields:
            values, pattern = _accepts(field)
            if values:
                validation = validation.col_vals_in_set(field.name, values)
            elif pattern:
                validation = validation.col_vals_regex(field.name, pattern)
        return validation.rows_distinct("series_ref").interrogate()

    return run
