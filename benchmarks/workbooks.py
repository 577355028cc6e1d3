"""``python -m benchmarks.workbooks``: a check of a workbook beside the bare read of its cells.

Writes ``series`` records as an Excel workbook, as a spreadsheet program would (shared strings,
numbers as numbers), and times, each as a whole process: calamine reading the sheet into a frame of
text, and ``accordant check`` of the same file, with every check. ``--annotate`` also times the
annotated workbook. Give the figures of an idle machine.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

from benchmarks import data
from benchmarks.measure import Measured, process, python

BARE = (
    "import sys, fastexcel; fastexcel.read_excel(sys.argv[1])"
    ".load_sheet(0, header_row=None, skip_rows=0, dtypes='string').to_polars()"
)
"""The fastest call that gives every cell as text, as the reader of accordant makes it."""


def workbook(rows: int, faulty: int = 0) -> Path:
    """The records of ``data.series`` as the one sheet of a workbook."""
    import xlsxwriter

    source = data.spoilt(rows, faulty) if faulty else data.series(rows)
    path = source.with_name("series.xlsx")
    if not path.exists():
        frame = pl.read_csv(source, infer_schema=False)
        with xlsxwriter.Workbook(str(path), {"strings_to_numbers": True}) as book:
            sheet = book.add_worksheet("series")
            sheet.write_row(0, 0, frame.columns)
            for number, record in enumerate(frame.iter_rows(), 1):
                sheet.write_row(number, 0, record)
    return path


def check(path: Path, rounds: int, *more: str) -> Measured:
    """The whole command."""
    command = [sys.executable, "-m", "validator", "check", str(path), *more]
    return process([*command, "--standard", "global-indicator", "--as-of", data.AS_OF], rounds)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--faulty", type=int, default=500)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--annotate", action="store_true", help="also write the marked workbook")
    options = parser.parse_args()
    clean, faulty = workbook(options.rows), workbook(options.rows, options.faulty)
    marked = ("--format", "text", "--format", f"xlsx={faulty.with_name('marked.xlsx')}")
    times = options.times
    print(
        f"{options.rows:,} records of 26 columns, {clean.stat().st_size / 1e6:.1f} MB packed; "
        f"{os.cpu_count()} cores; whole processes, wall clock of the fastest of {times}, "
        "processor time of the mean"
    )
    bare = told("bare calamine read", 0, times, lambda: python(BARE, str(clean), rounds=times))
    told("check, clean", bare, times, lambda: check(clean, times))
    told(f"check, {options.faulty:,} cells at fault", bare, times, lambda: check(faulty, times))
    if options.annotate:
        told("the same, annotated too", bare, times, lambda: check(faulty, times, *marked))


def told(name: str, bare: float, times: int, measure: Callable[[], Measured]) -> float:
    """Measure, print one line, and give the seconds. ``bare`` is what they are compared with."""
    before = os.times()
    measured = measure()
    after = os.times()
    used = sum(after[2:4]) - sum(before[2:4])
    print(
        f"{name:28} {measured.seconds:6.2f} s  {measured.seconds / (bare or measured.seconds):5.2f}"
        f"   processor {used / times:6.2f} s  {measured.megabytes:6.0f} MB"
    )
    return measured.seconds


if __name__ == "__main__":
    main()
