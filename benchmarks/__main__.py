"""``make bench``: builds the records, times everything in one run, and prints a table.

``--write`` puts the table into ``docs/performance.md`` between its marks.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from pathlib import Path

import polars as pl

from benchmarks import data, others
from benchmarks.measure import Measured, process, python, timed
from validator import api

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
PARSE = (
    "import sys, polars as pl; "
    "pl.scan_csv(sys.argv[1], infer_schema=False).collect(engine='streaming')"
)
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def check(path: Path) -> Measured:
    """The whole command, as a pipeline runs it."""
    command = [sys.executable, "-m", "validator", "check", str(path)]
    return process([*command, "--standard", "global-indicator", "--as-of", data.AS_OF])


CORE = """
import sys
import validator.registry.discovery as found
every = found.checks
found.checks = lambda: tuple(c for c in every() if c.group not in ("text", "disclosure"))
from validator.__main__ import command
command()
"""


def core(path: Path) -> Measured:
    """The same command without the checks of free text and of disclosure."""
    command = [sys.executable, "-c", CORE, "check", str(path)]
    return process([*command, "--standard", "global-indicator", "--as-of", data.AS_OF])


FLOOR = """
import os, sys
from concurrent.futures import ThreadPoolExecutor
from validator import api
from validator.opening import opened
standard = api.load("global-indicator")
with ThreadPoolExecutor(1) as beside:
    reading = beside.submit(opened, standard, sys.argv[1])
    import polars
for batch in reading.result()[2][0].frames(150_000):
    pass
os._exit(0)
"""
"""All that must be done before the first check: start, standard, structural scan, hash, parse."""


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--faulty", type=int, default=5_000)
    parser.add_argument("--quick", action="store_true", help="leave the other checkers out")
    parser.add_argument("--write", action="store_true", help="put the table into the page")
    options = parser.parse_args()
    table = "\n".join(figures(options.rows, options.faulty, quick=options.quick))
    print(table)
    if options.write:
        page = PAGE.read_text("utf-8")
        marked = re.compile(rf"{BEGIN}.*{END}", re.DOTALL)
        PAGE.write_text(marked.sub(lambda _: f"{BEGIN}\n{table}\n{END}", page), "utf-8")


def figures(rows: int, faulty: int, *, quick: bool) -> list[str]:
    """The lines of the table."""
    clean, broken = data.series(rows), data.series(rows, faulty)
    cells = data.spoilt(rows, faulty)
    small = data.series(100)
    process([sys.executable, "-c", "import validator.api, validator.engine.run"])  # warm the disk
    bare = timed(PARSE.partition("; ")[2], str(clean))
    parse = python(PARSE, str(clean))
    floor = python(FLOOR, str(clean))
    ours, faults, tiny = check(clean), check(broken), check(small)
    wrong, without = check(cells), core(clean)
    bare_click, helping = python("import click"), process([sys.executable, "-m", "validator", "-h"])
    if ours.exit_code != 0 or without.exit_code != 0 or faults.exit_code != 1:
        sys.exit(f"unexpected exit codes: {ours.exit_code} and {faults.exit_code}")
    size = clean.stat().st_size / 1e6
    lines = [
        f"{rows:,} `series` records of 26 columns, {size:.0f} MB, all checks; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Polars {pl.__version__}. "
        "Seconds are the fastest of five runs.",
        "",
        row("what", "seconds", "to the bare parse, process", "in process", "peak MB"),
        row("---", "--:", "--:", "--:", "--:"),
        row("bare Polars parse, in process", f"{bare:.2f}", "", "1.0", ""),
        row(
            "bare Polars parse, whole process",
            f"{parse.seconds:.2f}",
            "1.0",
            f"{parse.seconds / bare:.1f}",
            f"{parse.megabytes:.0f}",
        ),
    ]
    for name, measured in (
        ("the same as we do it, with the structural scan and the SHA-256, and no check", floor),
        ("`accordant check`, clean: structure, values, omissions, relations, data set", without),
        ("`accordant check`, clean, all checks", ours),
        (f"`accordant check`, a faulty cell in {faulty:,} records", wrong),
        (f"`accordant check`, {faulty:,} faults of all kinds, a quarter of structure", faults),
    ):
        lines.append(
            row(
                name,
                f"{measured.seconds:.2f}",
                f"{measured.seconds / parse.seconds:.1f}",
                f"{measured.seconds / bare:.1f}",
                f"{measured.megabytes:.0f}",
            )
        )
    if not quick:
        standard = api.load("global-indicator")
        for name, seconds, what in others.measure(standard, clean, rows):
            lines.append(row(f"{name} ({what})", f"{seconds:.1f}", "", f"{seconds / bare:.0f}", ""))
    lines += [
        "",
        f"Faulty cells add {100 * (wrong.seconds / ours.seconds - 1):.0f} %, faults of all kinds "
        f"{100 * (faults.seconds / ours.seconds - 1):.0f} %. A check of 100 "
        f"records takes {tiny.seconds:.2f} s. `accordant --help` takes {helping.seconds:.3f} s, "
        f"{helping.seconds / bare_click.seconds:.1f} times `python -c 'import click'` "
        f"({bare_click.seconds:.3f} s).",
    ]
    return lines


if __name__ == "__main__":
    main()
