"""``python -m benchmarks.texts``: what the text and identifier checks add to a check.

Writes ``series`` records of which a share carries a neutral note, and times ``accordant check``
with and without the checks of texts, beside the bare Polars parse of the same file.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from benchmarks import data
from validator import api
from validator.registry import discovery as registry

WHERE = ["Spain", "Peru", "Kenya", "la Suisse", "Portugal", "Chile", "المغرب", "Japan"]
NOTES = [
    "Batch {n} of 400, coded in two passes.",
    "Ticket {n} closed, reviewed 2024-05-17.",
    "Checked against codebook version 2.{m}.1, page {m}.",
    "Two coders agreed on {m} of 40 entries.",
    "Believed to be in {w}.",
    "Not in {w}, the office there was asked.",
    "{m} images and {k} videos on the sheet.",
    "Relu le 17/05/2024, lot {n}.",
    "{k} filles, pays suspecté : {w}.",
    "Revisado por la unidad, lote {n}.",
    "{k} niñas, posible relación con {w}.",
    "تمت المراجعة، الدفعة {n}.",
    "Questions to desk.{m}@example.org",
    "Call +44 20 7946 0{m:03}, ref. {n}.",
    "Waiting for an answer of quarter {k}, {n} rows.",
    "Second form received, total {n}.",
]
"""Administrative notes; two in sixteen hold an identifier, as do few remarks in practice."""


def note(rng: random.Random) -> str:
    """One note. Numbers make nearly each of them differ, as notes do."""
    n, m, k = rng.randrange(10_000, 99_999), rng.randrange(1, 40), rng.randrange(1, 5)
    return rng.choice(NOTES).format(n=n, m=m, k=k, w=rng.choice(WHERE))


def write(path: Path, records: int, share: float) -> None:
    """The shared benchmark's records, ``share`` of them with a note."""
    rng = random.Random(0)  # noqa: S311 - nothing secret
    frame = pl.read_csv(data.series(records), infer_schema=False)
    notes = [note(rng) if rng.random() < share else "" for _ in range(records)]
    frame.with_columns(pl.Series("remarks", notes)).write_csv(path)


def best(times: int, run: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Print the times and their ratios to the bare parse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--share", type=float, default=0.4, help="of records with a note")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    standard = api.load("global-indicator")
    every = registry.checks()
    without = tuple(check for check in every if not isinstance(check, registry.TextCheck))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.csv"
        write(path, options.records, options.share)

        def checked(some: tuple[registry.Check, ...]) -> None:
            registry.checks = lambda: some  # type: ignore[assignment]  # because it stands for the one list of checks
            api.check(standard, path, as_of="2026-01-31")

        parse = best(options.times, lambda: pl.scan_csv(path, infer_schema=False).collect())
        off = best(options.times, lambda: checked(without))
        on = best(options.times, lambda: checked(every))
    print(f"{options.records:,} records, {options.share:.0%} with a note; best of {options.times}")
    for name, seconds in (("bare parse", parse), ("check, no texts", off), ("check", on)):
        print(f"{name:16} {seconds:7.2f} s  {seconds / parse:6.2f}")
    print(f"{'texts add':16} {on - off:7.2f} s  {(on - off) / parse:6.2f} (bar: 2)")


if __name__ == "__main__":
    main()
