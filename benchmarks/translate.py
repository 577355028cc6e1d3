"""``python -m benchmarks.translate``: a translation beside the bare parse and write of a file.

The records are those of ``examples/national-example``, repeated under references of their own:
24 columns, of which 17 go through codes or dates. Each figure is the fastest of several whole
processes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import polars as pl

from benchmarks.measure import process, python

SAMPLE = Path(__file__).parent.parent / "examples" / "national-example" / "dossiers.csv"
BARE = (
    "import sys, polars as pl; pl.read_csv(sys.argv[1], infer_schema=False).write_csv(sys.argv[2])"
)


def write(path: Path, records: int) -> None:
    """The sample, repeated to that many records."""
    sample = pl.read_csv(SAMPLE, separator=";", infer_schema=False)
    times = records // sample.height + 1
    reference = pl.format("FRA-{}", pl.int_range(records).cast(pl.String).str.zfill(8))
    whole = pl.concat([sample] * times).head(records)
    whole.with_columns(reference=reference).write_csv(path)


def main() -> None:
    """Print the times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "dossiers.csv", Path(folder) / "out"
        write(path, options.records)
        bare = python(BARE, str(path), str(Path(folder) / "bare.csv"), rounds=options.rounds)
        command = [sys.executable, "-m", "validator", "translate", str(path)]
        command += ["--crosswalk", "national-example", "--output", str(out)]
        ours = process(command, options.rounds)
        size = path.stat().st_size / 1e6
    if ours.exit_code:
        sys.exit(f"unexpected exit code: {ours.exit_code}")
    print(
        f"{options.records:,} records, {size:.0f} MB; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Polars {pl.__version__}; best of {options.rounds}"
    )
    for name, measured in (("bare parse and write", bare), ("accordant translate", ours)):
        ratio = measured.seconds / bare.seconds
        print(f"{name:22} {measured.seconds:7.2f} s {ratio:6.2f} {measured.megabytes:7.0f} MB")


if __name__ == "__main__":
    main()
