"""The submissions that are measured: made by ``accordant synth``, kept between runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "data"
SEED = 20180301
AS_OF = "2026-01-31"
"""The day of synthesis and of every check, so that runs can be compared."""


def series(rows: int, faulty: int = 0) -> Path:
    """``series.csv`` of that many records, ``faulty`` of which hold one planted fault each."""
    folder = FOLDER / f"series-{rows}-{faulty}"
    path = folder / "series.csv"
    if not path.exists():
        command = [sys.executable, "-m", "validator", "synth", "global-indicator"]
        command += ["--rows", str(rows), "--seed", str(SEED), "--tables", "series"]
        command += ["--as-of", AS_OF, "--output", str(folder)]
        if faulty:
            command += ["--faults", str(faulty / rows)]
        subprocess.run(command, check=True)
    return path


CELLS = (
    ("victim_gender", "Female"),
    ("victim_count", "1000"),
    ("last_reviewed", "05/2024"),
    ("suspected_country", ""),
    ("paraphilic_theme", "n/a"),
    ("content_nature", "csan"),
)
"""Cells at fault, each in another way."""


def spoilt(rows: int, faulty: int) -> Path:
    """The clean file with one faulty cell in each of ``faulty`` records, its structure sound."""
    path = FOLDER / f"series-{rows}-{faulty}-cells" / "series.csv"
    if not path.exists():
        path.parent.mkdir(parents=True)
        every = rows // faulty
        frame = pl.read_csv(series(rows), infer_schema=False).with_row_index("at")
        hit, turn = pl.col("at") % every == 0, pl.col("at") // every % len(CELLS)
        frame = frame.with_columns(
            pl.when(hit & (turn == index)).then(pl.lit(text)).otherwise(pl.col(name)).alias(name)
            for index, (name, text) in enumerate(CELLS)
        )
        frame.drop("at").write_csv(path)
    return path
