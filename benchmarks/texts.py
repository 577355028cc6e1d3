"""``python -m benchmarks.texts``: what the text and identifier checks add to a check.

Writes ``series`` records of which a share carries a neutral note, and times ``accordant check``
with and without the checks of texts, beside the bare Polars parse of the same file. Each figure
comes from processes of their own, so that nothing learnt in one run helps the next. The notes are
those of three kinds of submission: few wordings that repeat, notes that nearly all differ, and such
notes of a clean submission, which hold no identifier and state nothing against the codes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from benchmarks import data

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


STATING = [
    "Believed to be in {w}.",
    "Not in {w}, the office there was asked.",
    "{m} images and {k} videos on the sheet.",
    "{k} filles, pays suspecté : {w}.",
    "{k} niñas, posible relación con {w}.",
    "The victim was identified in {w}; {k} girls.",
    "Two girls and a boy, ref. {n}.",
    "Offender: male, white; victim: female.",
    "فتاتان، البلد المشتبه به {w}.",
    "Ticket {n}: {k} girls, suspected country {w}.",
]
"""What may speak for a code."""

CLEAN = [
    "Batch {n} of 400, coded in two passes.",
    "Ticket {n} closed, reviewed 2024-05-17.",
    "Checked against codebook version 2.{m}.1, page {m}.",
    "Two coders agreed on {m} of 40 entries.",
    "Not in {w}, the office there was asked.",
    "Relu le 17/05/2024, lot {n}.",
    "Revisado por la unidad, lote {n}.",
    "تمت المراجعة، الدفعة {n}.",
    "Waiting for an answer of quarter {k}, {n} rows.",
    "Second form received, total {n}.",
]
"""What holds no identifier and states nothing."""


def repeating(rng: random.Random) -> str:
    """One note of 261: forms are filled in with few wordings."""
    n, m, k = 400, rng.randrange(1, 40), rng.randrange(1, 5)
    return rng.choice(NOTES).format(n=n, m=m, k=k, w=rng.choice(WHERE))


def differing(rng: random.Random) -> str:
    """One to three sentences with numbers, dates and places: nearly every note is the only one.

    Three in eight hold a sentence that may speak for a code.
    """
    some = [rng.choice(NOTES) for _ in range(rng.choice((1, 1, 2)))]
    if rng.random() < 0.375:
        some.insert(rng.randrange(2), rng.choice(STATING))
    return _filled(rng, some)


def clean(rng: random.Random) -> str:
    """As many sentences, of which none is a finding."""
    return _filled(rng, [rng.choice(CLEAN) for _ in range(rng.choice((1, 2, 2, 3)))])


def _filled(rng: random.Random, some: list[str]) -> str:
    n, m, k = rng.randrange(10_000, 99_999), rng.randrange(1, 40), rng.randrange(1, 5)
    return " ".join(some).format(n=n, m=m, k=k, w=rng.choice(WHERE))


KINDS = {"repeat": repeating, "differ": differing, "clean": clean}


def write(path: Path, records: int, share: float, note: Callable[[random.Random], str]) -> int:
    """The shared benchmark's records, ``share`` of them with a note; how many notes differ."""
    rng = random.Random(0)  # noqa: S311 - nothing secret
    frame = pl.read_csv(data.series(records), infer_schema=False)
    notes = [note(rng) if rng.random() < share else "" for _ in range(records)]
    frame.with_columns(pl.Series("remarks", notes)).write_csv(path)
    return len(set(notes) - {""})


RUN = """
import gc, json, sys, time
import polars as pl
from validator import api
from validator.registry import TextCheck, discovery
path, kept = sys.argv[1:]
if kept != "parse":
    standard, every = api.load("global-indicator"), discovery.checks()
    reading = ("code-in-text", "text-contradicts-code", "other-is-codable", "placeholder-text")
    keep = {"none": (), "text": reading, "all": (*reading, "direct-identifier")}[kept]
    some = tuple(c for c in every if not isinstance(c, TextCheck) or c.code in keep)
    discovery.checks = lambda: some
gc.set_threshold(100_000, 20, 100)  # as the command does
seconds, processor = time.perf_counter(), time.process_time()
if kept == "parse":
    pl.scan_csv(path, infer_schema=False).collect(engine="streaming")
else:
    api.check(standard, path, as_of="2026-01-31")
print(json.dumps([time.perf_counter() - seconds, time.process_time() - processor]))
"""


def best(times: int, path: Path) -> dict[str, tuple[float, float]]:
    """The least seconds, by the clock and of the processor, of the parse and of each check."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(times):
        # in turn, so that a busy moment falls on all of them
        for kept in ("parse", "none", "text", "all"):
            command = [sys.executable, "-c", RUN, str(path), kept]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            found.setdefault(kept, []).append(tuple(json.loads(out)))
    return {
        kept: (min(clock for clock, _ in runs), min(processor for _, processor in runs))
        for kept, runs in found.items()
    }


def main() -> None:
    """Print the times and their ratios to the bare parse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--share", type=float, default=0.4, help="of records with a note")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--notes", choices=[*KINDS, "all"], default="all")
    options = parser.parse_args()
    for kind in KINDS if options.notes == "all" else [options.notes]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "series.csv"
            different = write(path, options.records, options.share, KINDS[kind])
            found = best(options.times, path)
        print(
            f"{kind}: {options.records:,} records, {options.share:.0%} with a note, {different:,} "
            f"notes differ; best of {options.times}; clock and processor seconds, ratios to parse"
        )
        parse, none = found["parse"], found["none"]
        for name, seconds in found.items():
            print(f"{LABELS[name]:28}", *(f"{s:7.2f} s" for s in seconds))
        for name in ("text", "all"):
            added = [s - o for s, o in zip(found[name], none, strict=True)]
            ratios = [a / p for a, p in zip(added, parse, strict=True)]
            what = f"{LABELS[name].removeprefix('check with ')} add"
            print(
                f"{what:28}",
                *(f"{a:7.2f} s {r:6.2f}" for a, r in zip(added, ratios, strict=True)),
                "(bar: 2)" if name == "all" else "",
            )


LABELS = {
    "parse": "bare parse",
    "none": "check, nothing of texts",
    "text": "check with texts",
    "all": "check with texts, identifiers",
}


if __name__ == "__main__":
    main()
