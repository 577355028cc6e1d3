"""``python -m benchmarks.partitions``: a whole check beside one that reads what has changed.

Makes a folder of partitions, all of one table, and times the whole command, each as a process of
its own: without states, with states that are not there yet, and with states where nothing, one
file, or another month of the check has changed. Give the figures of an idle machine. ``--write``
puts the table into ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

from benchmarks import data
from benchmarks.__main__ import row
from benchmarks.measure import process
from benchmarks.scale import PAGE

BEGIN, END = "<!-- partitions: begin -->", "<!-- partitions: end -->"


def partitions(count: int, rows: int) -> Path:
    """A folder of so many files, each of so many clean ``series`` records."""
    folder = data.FOLDER / f"series-{count}x{rows}"
    if not folder.exists():
        frame = pl.read_csv(data.series(count * rows), infer_schema=False)
        folder.mkdir()
        for number in range(count):
            part = frame.slice(number * rows, rows)
            part.write_csv(folder / f"series-{number + 1:03}.csv")
    return folder


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--rows", type=int, default=250_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into the page")
    options = parser.parse_args()
    folder = partitions(options.count, options.rows)
    states = folder.with_name(f"{folder.name}-states")
    one = min(folder.iterdir())
    lines = [
        f"{options.count} files of {options.rows:,} `series` records of 26 columns, "
        f"{sum(path.stat().st_size for path in folder.iterdir()) / 1e6:,.0f} MB; all checks, whole "
        f"processes; {os.cpu_count()} cores; the least of {options.rounds} runs.",
        "",
        row("check", "seconds", "processor seconds", "peak MB"),
        row("---", "--:", "--:", "--:"),
    ]

    def forget() -> None:
        shutil.rmtree(states, ignore_errors=True)

    def change() -> None:
        # a quoted heading is the same heading, in other bytes
        text = one.read_bytes()
        plain = text.removeprefix(b'"series_ref"')
        one.write_bytes(b"series_ref" + plain if plain != text else b'"series_ref"' + text[10:])

    def told(name: str, before: Callable[[], None], *more: str, as_of: str = data.AS_OF) -> None:
        found = [measured(folder, before, *more, "--as-of", as_of) for _ in range(options.rounds)]
        least = [min(figures) for figures in zip(*found, strict=True)]
        lines.append(row(name, f"{least[0]:.2f}", f"{least[1]:.2f}", f"{least[2]:.0f}"))

    with_states = ("--states", str(states))
    told("without states", lambda: None)
    told("the first with states", forget, *with_states)
    told("nothing has changed", lambda: None, *with_states)
    told("one file has changed", change, *with_states)
    kept = sum(path.stat().st_size for path in states.iterdir())
    lines += ["", f"The states take {kept / 1e6:.1f} MB."]
    table = "\n".join(lines)
    print(table)
    if options.write:
        page = PAGE.read_text("utf-8")
        marked = re.compile(rf"{BEGIN}.*{END}", re.DOTALL)
        PAGE.write_text(marked.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), "utf-8")


def measured(folder: Path, before: Callable[[], None], *more: str) -> tuple[float, float, float]:
    """Seconds, processor seconds and MB of one check."""
    before()
    command = [sys.executable, "-m", "validator", "check", str(folder)]
    start = os.times()
    found = process([*command, "--standard", "global-indicator", *more], 1)
    stop = os.times()
    if found.exit_code != 0:
        sys.exit(f"unexpected exit code {found.exit_code}")
    return found.seconds, sum(stop[2:4]) - sum(start[2:4]), found.megabytes


if __name__ == "__main__":
    main()
