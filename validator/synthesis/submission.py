"""Makes a synthetic submission: coherent records that follow a standard, and faults if asked for.

Everything comes from the standard and the seed. What is not published is a default of this
program: the records say nothing about the world, and no cell of them is anybody's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from validator.errors import UnreadableInput, UsageError
from validator.model.day import day_of
from validator.model.standard import Standard
from validator.placing import Beside
from validator.synthesis.blocks import uniform
from validator.synthesis.faults import Fault, Planter
from validator.synthesis.judge import Judge
from validator.synthesis.layout import layout
from validator.synthesis.plans import Planner
from validator.synthesis.pool import Maker
from validator.synthesis.setting import Setting
from validator.synthesis.write import TableFile

BLOCK = 1 << 16
"""Units written at a time. It bounds the memory; what is written does not depend on it."""
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What was made: records by table, and each fault that was planted, in the files' order."""

    standard: str
    version: str
    seed: int
    as_of: str
    records: dict[str, int]
    faults: tuple[Fault, ...]


def synthesise(
    standard: Standard,
    output: Path,
    *,
    rows: int,
    seed: int,
    faults: float = 0.0,
    tables: Iterable[str] = (),
    as_of: str | None = None,
    block: int = BLOCK,
    progress: Callable[[int], None] = lambda _units: None,
) -> Manifest:
    """Write ``rows`` records of each root table, and what belongs to them, to ``output``.

    A file ``TABLE.csv`` for each of ``tables`` (default: all), and ``manifest.json``. ``faults``
    is the share of root records that get one fault, in themselves or in a record that belongs to
    them. The same arguments give the same bytes; ``as_of`` (an ISO day, default today) is one.
    ``progress`` is told the units of each block.

    Raises UsageError for arguments that cannot be followed, or a standard that leaves no room for
    a coherent record; UnreadableInput where ``output`` cannot be written. Nothing is left behind
    then.
    """
    chosen = _chosen(standard, tables)
    day = day_of(as_of)
    if rows < 0 or not 0 <= faults <= 1:
        message = "The number of rows must not be negative, and the share of faults from 0 to 1."
        raise UsageError(message)
    setting = Setting.of(standard, chosen, day)
    _fits_into(output, setting)
    made: list[Fault] = []
    records = dict.fromkeys((table.name for table in setting.tables), 0)
    try:
        with Beside() as files:
            csv = {name: TableFile(files.part(output / f"{name}.csv")) for name in records}
            for root in layout(setting):
                tree = Setting.of(standard, (node.name for node in root.walk()), day)
                pool = Maker(root, tree, seed, rows).pool()
                steps = np.cumsum(pool.weights)
                units = pool.units(seed)
                sequences = {name: recipe.sequences for name, recipe in pool.recipes.items()}
                planter = Planter(Judge(tree), Planner(tree, root, sequences), seed, faults)
                for start in range(0, max(rows, 1), block):
                    count = min(block, rows - start)
                    draws = uniform(seed, f"units/{root.name}", start, count) * steps[-1]
                    drawn = np.minimum(np.searchsorted(steps, draws, "right"), len(steps) - 1)
                    written = units.run(drawn)
                    planted = planter.plant(written, start)
                    for node in root.walk():
                        frame = planted.frames[node.name]
                        at = csv[node.name].append(frame, planted.altered[node.name])
                        records[node.name] += frame.height
                        made += planted.located(node.name, at)
                    progress(count)
            made.sort(key=lambda fault: (list(records).index(fault.table), fault.row))
            manifest = Manifest(standard.id, standard.version, seed, day, records, tuple(made))
            text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n"
            files.part(output / MANIFEST).write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{output}: cannot be written ({error.strerror or type(error).__name__})."
        raise UnreadableInput(message) from None
    return manifest


def _chosen(standard: Standard, tables: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(tables) or frozenset(standard.by_name)
    for name in sorted(chosen):
        if name not in standard.by_name:
            known = ", ".join(standard.by_name)
            message = f"There is no table '{name}' in {standard.id}. There are: {known}."
            raise UsageError(message)
    return chosen


def _fits_into(output: Path, setting: Setting) -> None:
    """Raises UsageError where tables of another submission would stand beside these."""
    made = {table.name for table in setting.tables}
    for name in setting.standard.by_name:
        if name not in made and (output / f"{name}.csv").exists():
            message = (
                f"{output} holds {name}.csv, which is not among the tables to be made and would "
                "not fit them. Choose another folder, or delete that file."
            )
            raise UsageError(message)
