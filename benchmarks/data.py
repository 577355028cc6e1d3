"""The submissions that are measured: made by ``accordant synth``, kept between runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
