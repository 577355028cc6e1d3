"""With states or without them, a check says the same, whatever has changed between two checks."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.partitions.submissions import AS_OF, TABLES, Parts, check, split, told, written
from validator.model.disclosure import AUDIENCES
from validator.model.report import Report
from validator.standards.load import load
from validator.synthesis.submission import synthesise

SEEDS = range(5)
Lines = dict[str, list[str]]


def made(folder: Path, seed: int) -> Lines:
    """A synthetic submission with many faults, line by line."""
    synthesise(load("global-indicator"), folder, rows=40, seed=seed, faults=0.5, as_of=AS_OF)
    return {name: (folder / f"{name}.csv").read_text("utf-8").splitlines() for name in TABLES}


def changed(parts: Parts, choose: random.Random) -> None:
    name = choose.choice([name for name, lines in parts.items() if len(lines) > 1])
    head, *rows = parts[name]
    choose.shuffle(rows)
    parts[name] = [head, *rows[: choose.randrange(len(rows) + 1)], *rows[:1]]


def added(parts: Parts, choose: random.Random) -> None:
    name = choose.choice(list(parts))
    parts[f"{name.partition('-')[0]}-0a.csv"] = list(parts[name])


def removed(parts: Parts, choose: random.Random) -> None:
    if len(parts) > 1:
        del parts[choose.choice(list(parts))]


def renamed(parts: Parts, choose: random.Random) -> None:
    name = choose.choice(list(parts))
    parts[f"{name.partition('-')[0]}-9.csv"] = parts.pop(name)


def exchanged(parts: Parts, choose: random.Random) -> None:
    one, other = choose.choices(list(parts), k=2)
    parts[one], parts[other] = parts[other], parts[one]


def left_alone(_parts: Parts, _choose: random.Random) -> None:
    """Nothing is changed."""


CHANGES: tuple[Callable[[Parts, random.Random], None], ...] = (
    *(changed, added, removed, renamed, exchanged, left_alone),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_states_a_check_says_what_it_says_without_them(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311 - no secret
    parts = split(made(tmp_path / "made", seed), choose)
    max_rows, audience = choose.choice([1, 7, 100]), choose.choice([None, AUDIENCES["partner"]])
    reused = 0
    for turn in range(4):
        folder = written(tmp_path / "in", parts)
        how = {"max_rows": max_rows, "audience": audience}
        without, notes = told(check(folder, **how))
        with_states, more = told(check(folder, **how, states=tmp_path / "states"))
        assert with_states == without
        assert [note for note in more if "since the last check" not in note] == notes
        reused += len(more) - len(notes)
        for change in choose.sample(CHANGES, 1 + turn % 2):
            change(parts, choose)
    assert reused, "nothing was ever taken from a state, so nothing was tested"


def counts(report: Report) -> dict[tuple[str | None, ...], int]:
    return {(c.code, c.table, c.field, c.rule): c.count for c in report.checks}


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_partitions_together_count_what_one_file_counts(seed: int, tmp_path: Path) -> None:
    lines = made(tmp_path / "made", seed)
    whole = check(written(tmp_path / "one", {f"{name}.csv": rows for name, rows in lines.items()}))
    parts = split(lines, random.Random(seed))  # noqa: S311 - no secret
    report = check(written(tmp_path / "many", parts))
    assert counts(report) == counts(whole)
    assert report.completeness == whole.completeness
    assert sum(item.rows for item in report.inputs) == sum(item.rows for item in whole.inputs)


def test_what_is_found_in_headings_is_counted_in_each_partition(tmp_path: Path) -> None:
    head, *rows = made(tmp_path / "made", 1)["series"]
    *most, last = next(csv.reader([head]))
    other = ",".join([*most[:-1], most[0], f"{last}_"])
    parts = {"series-1.csv": [other, *rows[:20]], "series-2.csv": [other, *rows[20:]]}
    once = counts(check(written(tmp_path / "one", {"series.csv": [other, *rows]})))
    twice = counts(check(written(tmp_path / "two", parts)))
    by_file = {place for place in once if once[place] != twice[place]}
    assert {code for code, *_ in by_file} == {
        *("unknown-column", "missing-column", "duplicate-column"),
    }
    assert all(twice[place] == 2 * once[place] for place in by_file)


HEAD = "ref,status,reviewed"


def case(number: int, status: str = "open") -> str:
    return f"AAA-{number:03},{status},2025-11"


def test_blank_rows_at_the_end_are_counted_once_in_each_partition(
    tmp_path: Path, standard: Path
) -> None:
    one, two = [HEAD, case(1), "", "", ""], [HEAD, case(2), "", ""]
    once = check(written(tmp_path / "one", {"cases.csv": [*one, *two[1:]]}), standard)
    parts = {"cases-1.csv": one, "cases-2.csv": two}
    twice = check(written(tmp_path / "two", parts), standard)
    blank = ("blank-row", "cases", None, None)
    assert (counts(once)[blank], counts(twice)[blank]) == (4, 2)
    assert once.completeness == twice.completeness


def test_the_code_that_stands_out_is_followed_in_the_files_where_it_does(
    tmp_path: Path, standard: Path
) -> None:
    """So a small file in which it does not may hide that it fills nearly all of the table."""
    text = standard.read_text("utf-8")
    standard.write_text(
        text.replace("codes: status, required: true", "codes: status, missing: [not_recorded]")
    )
    many = [case(number) for number in range(100)]
    few = [case(100, "closed"), *(case(number) for number in range(101, 105))]
    once = check(written(tmp_path / "one", {"cases.csv": [HEAD, *many, *few]}), standard)
    parts = {"cases-1.csv": [HEAD, *many], "cases-2.csv": [HEAD, *few]}
    twice = check(written(tmp_path / "two", parts), standard)
    default = ("suspected-default", "cases", "status", None)
    assert (counts(once)[default], counts(twice)[default]) == (1, 0)
