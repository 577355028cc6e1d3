"""``python -m benchmarks.scale``: a check of ever more records, and of records held elsewhere.

Each is one whole process, and beside each stands the bare Polars parse of the same file, with the
same streaming engine, that keeps nothing. ``--write`` puts the tables into ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks import data
from benchmarks.__main__ import row
from benchmarks.measure import Measured, process, python

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PARSE = """
import sys, polars as pl
frame = pl.scan_csv(sys.argv[1], infer_schema=False, empty_string_is_null=False)
for batch in frame.collect_batches(chunk_size=150_000, lazy=True):
    pass
"""


def check(path: Path, engine: str | None, rounds: int) -> Measured:
    """The whole command."""
    command = [sys.executable, "-m", "validator", "check", str(path)]
    command += ["--standard", "global-indicator", "--as-of", data.AS_OF]
    found = process([*command, *(["--engine", engine] if engine else [])], rounds)
    if found.exit_code != 0:
        sys.exit(f"unexpected exit code {found.exit_code}")
    return found


def growing(sizes: list[int], rounds: int) -> Iterator[str]:
    """The same check of more and more records."""
    yield row("records", "bare parse, s", "check, s", "times", "s a million", "peak MB", "keys, MB")
    yield row(*["--:"] * 7)
    for rows in sizes:
        path = data.series(rows)
        parse, ours = python(PARSE, str(path), rounds=rounds), check(path, None, rounds)
        # a key of up to 12 characters lies in a 16-byte view, with a row (8) and a file (4)
        keys = rows * 28 / 1e6
        yield row(
            f"{rows:,}",
            f"{parse.seconds:.2f}",
            f"{ours.seconds:.2f}",
            f"{ours.seconds / parse.seconds:.1f}",
            f"{ours.seconds / rows * 1e6:.2f}",
            f"{ours.megabytes:.0f}",
            f"{keys:.0f}",
        )


def held(rows: int, engines: list[str], rounds: int) -> Iterator[str]:
    """The same records, as Parquet, in every engine."""
    path = data.series(rows).with_suffix(".parquet")
    if not path.exists():
        frame = pl.scan_csv(path.with_suffix(".csv"), infer_schema=False)
        frame.with_columns(pl.all().fill_null("")).sink_parquet(path)
    yield row("engine", "seconds", "peak MB of the process")
    yield row("---", "--:", "--:")
    for engine in ("", *engines):
        found = check(path, engine or None, rounds)
        yield row(engine or "our own", f"{found.seconds:.1f}", f"{found.megabytes:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000_000, 10_000_000, 30_000_000])
    parser.add_argument("--engines", nargs="*", default=["duckdb", "spark"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the tables into the page")
    options = parser.parse_args()
    lines = [
        f"`series` records of 26 columns, all checks, whole processes; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Polars {pl.__version__}; the fastest of "
        f"{options.rounds} runs.",
        "",
        *growing(options.sizes, options.rounds),
        "",
        f"{options.sizes[0]:,} of these records as Parquet:",
        "",
        *held(options.sizes[0], options.engines, options.rounds),
    ]
    table = "\n".join(lines)
    print(table)
    if options.write:
        page = PAGE.read_text("utf-8")
        marked = re.compile(rf"{BEGIN}.*{END}", re.DOTALL)
        PAGE.write_text(marked.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), "utf-8")


if __name__ == "__main__":
    main()
