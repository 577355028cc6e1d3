"""States hold the columns that checks across files need, and no other cell."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import polars as pl
import pytest

from tests.partitions.conftest import CASES, STANDARD
from tests.partitions.submissions import check, looking, written
from validator.model.disclosure import AUDIENCES
from validator.model.report import Finding
from validator.partitions import form

CANARY = "Qzxcanary77"


def everything(states: Path) -> bytes:
    """All that the states hold, the packed columns unpacked, in small letters."""
    found = b""
    for path in states.iterdir():
        data = path.read_bytes()
        state = form.of_file(io.BytesIO(data), json.loads(data.partition(b"\n")[0])["depends"])
        assert state is not None
        found += data
        for table in state.tables:
            if table.records:
                found += pl.read_parquet(io.BytesIO(table.records)).write_csv().encode()
    return found.lower()


def planted(data: Path) -> None:
    """Unheard-of texts in every column but the key, in ways that every kind of check speaks of."""
    rows = [
        f"AAA-001,{CANARY}1,{CANARY}2,{CANARY}3,{CANARY}4",
        f"AAA-002,open,2025-11,{CANARY}5 is far too long a text,{CANARY}8@example.org",
        f"AAA-003,open,2025-11,north,call {CANARY}9 on +33 6 12 34 56 78",
        f"AAA-004,open,2025-11,north,,{CANARY}6",
        f'AAA-005,open,2025-11,"nor{CANARY}7"th,',
    ]
    written(data, {"cases-1.csv": [CASES, *rows]})


@pytest.mark.parametrize("audience", [None, AUDIENCES["partner"]])
def test_no_cell_of_another_column_is_kept(
    audience: object, data: Path, standard: Path, states: Path
) -> None:
    planted(data)
    report = check(data, standard, states=states, audience=audience)
    kinds = {finding.code for finding in report.findings}
    assert {"unknown-code", "wrong-type", "length-limit", "direct-identifier"} <= kinds
    held = everything(states)
    # the status is a quasi-identifier, so an audience has it kept
    seen = [number for number in range(10) if f"{CANARY}{number}".lower().encode() in held]
    assert seen == ([1] if audience else [])
    assert b"aaa-003" in held


def test_findings_have_no_value_whether_their_file_was_read_or_not(
    data: Path, standard: Path, states: Path
) -> None:
    planted(data)

    def values() -> list[str | None]:
        found: list[Finding] = [*check(data, standard, states=states).findings]
        return [item.value for item in found if item.field not in {None, "ref"}]

    assert set(values()) == set(values()) == {None}


def test_a_key_that_names_somebody_is_not_kept_nor_what_refers_to_it(
    data: Path, standard: Path, states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = STANDARD.replace("identifies: pseudonym", "identifies: direct")
    standard.write_text(named, "utf-8")
    check(data, standard, states=states)
    with looking(monkeypatch) as looked:
        check(data, standard, states=states)
    assert looked.passed == ["cases-1.csv", "cases-2.csv", "items-1.csv"]
    assert not states.exists()


def test_states_are_for_their_owner_alone(data: Path, standard: Path, states: Path) -> None:
    check(data, standard, states=states)
    assert stat.S_IMODE(states.stat().st_mode) == 0o700
    for path in states.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)
    for path in data.iterdir():
        path.write_bytes(path.read_bytes() + b"\n")
    check(data, standard, states=states)
    assert {stat.S_IMODE(path.stat().st_mode) for path in states.iterdir()} == {0o600}
