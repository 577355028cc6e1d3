"""Runs mutants of the program, to find those that no test notices (docs/mutation.md).

cosmic-ray makes the mutants, and is no part of the locks; install it beside them::

    pip install cosmic-ray
    python -m tests.mutants RESULTS.jsonl validator/engine validator/checks -- tests/engine -k ...

What follows ``--`` is for pytest. Nothing is written into the tree: libraries are imported once,
and each mutant is a forked child in which its source takes the place of the module, and which runs
the tests until one fails. Results are appended as they come: a run may be stopped at any time, and
goes on where it was.
"""

from __future__ import annotations

import ast
import difflib
import gc
import importlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

LIBRARIES = ("hypothesis", "jsonschema", "pandas", "polars", "rapidfuzz", "re2", "yaml")
"""Imported before the first child; Polars works only there, as its threads survive no fork."""
SETTINGS = ["-o", "addopts=", "-x", "-q", "-p", "no:cacheprovider"]
PROCESSOR, CLOCK, MEMORY = 60, 300, 12 * 2**30
"""Seconds, and bytes of address space, that a child may take."""


class Mutated(MetaPathFinder, InspectLoader):
    """Gives one module the mutant's source."""

    def __init__(self, path: str, source: str) -> None:
        self.name, self.source = path.removesuffix(".py").replace("/", "."), source

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name == self.name else None

    def get_source(self, _name: str) -> str:
        return self.source


class Order:
    """Runs first the cases of the mutant's own check, then what killed others of its module."""

    def __init__(self, path: str, killers: Counter[str]) -> None:
        self.own, self.killers, self.failed = Path(path).stem.replace("_", "-"), killers, ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: (f"[{self.own}:" not in item.name, -self.killers[item.nodeid]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or (report.nodeid if report.failed else "")


def mutants(path: Path) -> Iterator[dict[str, Any]]:
    """One mutant of each place and kind of change, but for those that change annotations alone."""
    plugins, mutating, trees = (
        importlib.import_module(f"cosmic_ray.{name}") for name in ("plugins", "mutating", "ast")
    )
    source = path.read_text("utf-8")
    nodes = list(trees.ast_nodes(trees.get_ast(source)))
    drawn: dict[Any, list[tuple[Any, int]]] = defaultdict(list)
    for name in plugins.operator_names():
        if (made := plugins.get_operator(name)).arguments():
            continue
        places = (place for node in nodes for place in made().mutation_positions(node))
        for number, (start, _) in enumerate(places):
            drawn[start, name.split("_")[0]].append((made, number))
    for ((line, _), kind), choices in sorted(drawn.items()):
        draw = random.Random(f"{path}:{line}:{kind}")  # noqa: S311 - no secret
        made, number = draw.choice(choices)
        mutant = mutating.mutate_code(source, made(), number)
        if _meant(mutant) not in {_meant(source), None}:
            diff = difflib.unified_diff(source.splitlines(), mutant.splitlines(), n=0)
            change = [text for text in diff if text[0] in "+-" and text[:3] not in {"+++", "---"}]
            name = {"module": str(path), "line": line, "kind": kind[5:], "change": change}
            yield name | {"source": mutant}


def _meant(source: str | None) -> str | None:
    """The program without its annotations; None where it is none (a star is no product)."""
    try:
        tree = ast.parse(source or "(")
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def tried(module: str, source: str, tests: Sequence[str], killers: Counter[str]) -> dict[str, str]:
    """What came of a mutant, and which test killed it."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = os.pipe()
        if not (process := os.fork()):
            try:
                signal.alarm(CLOCK)
                resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
                for stream in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
                tempfile.tempdir, order = folder, Order(module, killers)
                sys.meta_path.insert(0, Mutated(module, source))
                code = pytest.main([*SETTINGS, f"--basetemp={folder}/t", *tests], plugins=[order])
                os.write(theirs, f"{int(code)} {order.failed}".encode())
            finally:
                os._exit(0)
        os.close(theirs)
        with os.fdopen(ours) as answer:
            said, _, test = answer.read().partition(" ")
        os.waitpid(process, 0)
    killers[test] += bool(test)
    # without an answer it crashed, or took too long
    return {"result": {"0": "lives", "": "ended"}.get(said, "killed"), "by": test}


def main(results: Path, paths: Sequence[Path], tests: Sequence[str]) -> None:
    """Run the mutants that have no result yet, in a random order."""
    files = [file for path in paths for file in (path, *path.rglob("*.py")) if file.is_file()]
    every = [mutant for file in sorted(files) for mutant in mutants(file)]
    random.Random(6).shuffle(every)  # noqa: S311 - no secret
    os.environ["POLARS_MAX_THREADS"] = "1"
    # the plugins of other libraries take longer to import than most tests to run
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    killers: dict[str, Counter[str]] = defaultdict(Counter)
    results.touch()
    known = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    for mutant in every:
        source, module = mutant.pop("source"), mutant["module"]
        if not any(mutant.items() <= item.items() for item in known):
            came = tried(module, source, tests, killers[module])
            with results.open("a", encoding="utf-8") as out:
                out.write(json.dumps(mutant | came, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    words = sys.argv[1:]
    parted = words.index("--")
    main(Path(words[0]), [*map(Path, words[1:parted])], words[parted + 1 :])
