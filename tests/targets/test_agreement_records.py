"""Synthetic submissions: models and tables take the clean ones, and refuse planted faults.

A planted fault may pass only where the target lists a loss that explains it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.postgres import Server, server
from tests.targets.made import Models, Postgres, Sqlite
from validator.model.standard import Severity, Standard
from validator.registry import targets
from validator.standards.load import load
from validator.synthesis.faults import Fault
from validator.synthesis.submission import synthesise

DAY = "2026-11-21"
OF_A_RECORD = {
    "wrong-type",
    "unknown-code",
    "noncanonical-code",
    "out-of-range",
    "pattern-mismatch",
    "length-limit",
    "unexplained-blank",
    "reason-not-allowed",
    "placeholder-text",
    "other-unspecified",
    "rule-broken",
}
BETWEEN_RECORDS = {"duplicate-key", "orphan-reference"}
JUDGES = ("pydantic", "sqlite", "postgresql")


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("global-indicator")


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with server() as found:
        yield found


@pytest.fixture(scope="module", params=JUDGES)
def judge(
    request: pytest.FixtureRequest, standard: Standard, running: Server
) -> Models | Sqlite | Postgres:
    match request.param:
        case "pydantic":
            return Models(standard)
        case "sqlite":
            return Sqlite(standard)
        case _:
            return Postgres(standard, running)


def rows(folder: Path, table: str) -> list[list[str]]:
    """The rows of a file; row 1 of a spreadsheet, the header, is the first."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_clean_records_are_accepted(
    judge: Models | Sqlite | Postgres, standard: Standard, tmp_path: Path
) -> None:
    synthesise(standard, tmp_path, rows=80, seed=5, as_of=DAY)
    for table in standard.tables:
        header, *found = rows(tmp_path, table.name)
        records = [dict(zip(header, row, strict=True)) for row in found]
        assert all(judge.accepts(table.name, records)), table.name


def excused(standard: Standard, fault: Fault, lost: Mapping[str, set[str]], *, alone: bool) -> bool:
    """Whether a listed loss, or the weight of the rule, explains that a fault passes."""
    if fault.code == "rule-broken":
        (rule,) = (rule for rule in standard.rules if rule.id == fault.rule)
        weighs = rule.severity is Severity.ERROR
        return not weighs or "rule" in lost.get(f"{fault.table}: {fault.rule}", set())
    if fault.code in BETWEEN_RECORDS:
        return alone
    return fault.code.partition("-")[0] in lost.get(f"{fault.table}.{fault.field}", set())


def test_planted_faults_are_refused_and_nothing_else(
    judge: Models | Sqlite | Postgres, standard: Standard, tmp_path: Path
) -> None:
    made = synthesise(standard, tmp_path, rows=400, seed=17, as_of=DAY, faults=0.5)
    name = "pydantic" if isinstance(judge, Models) else "sql"
    lost: dict[str, set[str]] = {}
    for loss in targets()[name].compile(standard).losses:
        lost.setdefault(loss.where.partition(" (")[0], set()).add(loss.what)
    tried = 0
    for table in standard.tables:
        planted = {fault.row: fault for fault in made.faults if fault.table == table.name}
        header, *found = rows(tmp_path, table.name)
        if sorted(header) != sorted(table.by_name):
            continue
        numbered = [
            (number, dict(zip(header, row, strict=True)))
            for number, row in enumerate(found, start=2)
            if len(row) == len(header) and any(row)
        ]
        accepted = judge.accepts(table.name, [record for _, record in numbered])
        for (number, record), is_accepted in zip(numbered, accepted, strict=True):
            fault = planted.get(number)
            if fault is None:
                # whether a parent was refused is no matter of this record
                orphaned = table.parents() and not isinstance(judge, Models)
                assert is_accepted or orphaned, (table.name, number, sorted(record))
            elif fault.code in OF_A_RECORD | BETWEEN_RECORDS:
                tried += 1
                alone = isinstance(judge, Models)
                assert not is_accepted or excused(standard, fault, lost, alone=alone), fault
    assert tried > 100


def test_a_typed_view_holds_numbers_and_no_reasons(standard: Standard, tmp_path: Path) -> None:
    base = Sqlite(standard)
    synthesise(standard, tmp_path, rows=50, seed=1, as_of=DAY)
    header, *found = rows(tmp_path, "series")
    records = [dict(zip(header, row, strict=True)) for row in found]
    base.accepts("series", records)
    counts = [n for (n,) in base.base.execute('SELECT "victim_count" FROM "series_typed"')]
    reasons = set(standard.missing_reasons.by_code)
    wanted = [r["victim_count"] for r in records]
    assert counts == [None if text in reasons else int(text) for text in wanted]


def test_what_warns_stands_in_a_view(standard: Standard, tmp_path: Path) -> None:
    base, models = Sqlite(standard), Models(standard)
    synthesise(standard, tmp_path, rows=5, seed=1, as_of=DAY)
    header, first, *_ = rows(tmp_path, "series")
    record = dict(zip(header, first, strict=True))
    record |= {"content_nature": "csem", "copine_min": "1", "copine_max": "9"}
    assert base.accepts("series", [record]) == [True]
    said = base.base.execute('SELECT "accordant_rule" FROM "series_advice"').fetchall()
    assert ("exploitation-only-below-level-6",) in said
    advice = models.module.TABLES["series"].model_validate(record).advice()
    assert [rule.id for rule in advice] == [rule for (rule,) in said]
