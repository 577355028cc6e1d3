"""Runs mutants of the program: which of them no test notices (docs/mutation.md).

cosmic-ray makes the mutants, and is no part of the locks; install it beside them::

    pip install cosmic-ray
    python -m tests.mutants RESULTS.jsonl validator/engine validator/checks [--workers 2]

Nothing is written into the tree. Libraries are imported once; each mutant is a forked child in
which its source takes the place of the module, and which runs the tests until one fails. Results
are appended as they come, so that a run may be stopped at any time; a mutant that has one already
is left out, and to run those that live again, take their lines away.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import gc
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

LIBRARIES = ("hypothesis", "jsonschema", "pandas", "polars", "rapidfuzz", "re2", "yaml")
"""Imported before the first child. Polars must not have worked by then: its threads would be lost."""
TESTS = (
    "tests/checks",
    "tests/hardness/test_mutants.py",
    "tests/engine",
    "tests/baseline",
    "tests/golden",
)
PROCESSOR, TIMEOUT, MEMORY = 60, 300, 12 * 2**30
"""Seconds of processor and of the clock, and bytes of address space, that a child may take."""


class Mutated(MetaPathFinder, Loader):
    """Gives one module the mutant's source."""

    def __init__(self, path: str, source: str) -> None:
        self.path, self.source = path, source
        self.name = path.removesuffix(".py").replace("/", ".")

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        return ModuleSpec(name, self, origin=self.path) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(Path(self.path).absolute())
        exec(compile(self.source, self.path, "exec"), module.__dict__)  # noqa: S102 - as an import does


class Order:
    """Runs first the cases of the mutant's own check, then what killed others of its module."""

    def __init__(self, path: str, killers: Counter[str]) -> None:
        self.own, self.killers, self.failed = Path(path).stem.replace("_", "-"), killers, ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: (f"[{self.own}" not in item.name, -self.killers[item.nodeid]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or (report.nodeid if report.failed else "")


def mutants(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """One mutant of each place and kind of change, but for those that change annotations alone."""
    plugins = importlib.import_module("cosmic_ray.plugins")
    mutating = importlib.import_module("cosmic_ray.mutating")
    nodes = importlib.import_module("cosmic_ray.ast")
    for path in paths:
        source = path.read_text("utf-8")
        tree = nodes.get_ast(source)
        drawn: dict[Any, list[tuple[Any, int]]] = {}
        for name in plugins.operator_names():
            operator = plugins.get_operator(name)
            if operator.arguments():
                continue
            places = (at for n in nodes.ast_nodes(tree) for at in operator().mutation_positions(n))
            for number, (start, _) in enumerate(places):
                drawn.setdefault((start, name.split("_")[0]), []).append((operator, number))
        for ((line, _), kind), choices in sorted(drawn.items()):
            draw = random.Random(f"{path}:{line}:{kind}")  # noqa: S311 - no secret
            operator, number = draw.choice(choices)
            mutant = mutating.mutate_code(source, operator(), number)
            if mutant and _meant(mutant) not in {_meant(source), None}:
                diff = difflib.unified_diff(source.splitlines(), mutant.splitlines(), n=0)
                yield {
                    "module": str(path),
                    "line": line,
                    "kind": kind.removeprefix("core/"),
                    "diff": [text for text in diff if text[:1] in "+-" and text[1:2] not in "+-"],
                    "source": mutant,
                }


def _meant(source: str) -> str | None:
    """The program without its annotations; None where it is none."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None  # a star among parameters is no multiplication
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def child(
    mutant: dict[str, Any], killers: Counter[str], folder: str, answer: int, tests: Sequence[str]
) -> None:
    """Run the tests against one mutant in this process, and end it."""
    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nowhere = os.open(os.environ.get("MUTANTS_LOG", os.devnull), os.O_WRONLY | os.O_CREAT)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    tempfile.tempdir = folder
    sys.meta_path.insert(0, Mutated(mutant["module"], mutant["source"]))
    order = Order(mutant["module"], killers)
    options = [
        "-o",
        "addopts=",
        "-q",
        "-x",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "-p",
        "no:cacheprovider",
    ]
    options += [f"--basetemp={folder}/tests"]
    try:
        code = pytest.main([*options, *tests], plugins=[order])
        os.write(answer, f"{int(code)} {order.failed}".encode())
    finally:
        os._exit(0)


def run(waiting: list[dict[str, Any]], workers: int, results: Path, tests: Sequence[str]) -> None:
    """Run mutants, some at once, and append what came of each."""
    killers: dict[str, Counter[str]] = {mutant["module"]: Counter() for mutant in waiting}
    running: dict[int, tuple[dict[str, Any], float, int, str]] = {}
    while waiting or running:
        while waiting and len(running) < workers:
            mutant, folder = waiting.pop(0), tempfile.mkdtemp(prefix="of-a-mutant-")
            ours, theirs = os.pipe()
            if (process := os.fork()) == 0:
                child(mutant, killers[mutant["module"]], folder, theirs, tests)
            os.close(theirs)
            running[process] = (mutant, time.monotonic(), ours, folder)
        time.sleep(0.05)
        for process, (mutant, began, ours, folder) in list(running.items()):
            seconds = time.monotonic() - began
            ended = os.waitpid(process, os.WNOHANG)[0]
            if not ended and seconds < TIMEOUT:
                continue
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)  # with what it started
            if not ended:
                os.waitpid(process, 0)
            with os.fdopen(ours, "rb") as answer:
                code, _, test = answer.read().decode().partition(" ")
            del running[process]
            shutil.rmtree(folder, ignore_errors=True)
            killers[mutant["module"]][test] += bool(test)
            # no answer: it crashed, or took too long
            result = {"0": "lives", "": "ended" if ended else "too slow"}.get(code, "killed")
            told = {"result": result, "by": test, "seconds": round(seconds, 1)}
            with results.open("a", encoding="utf-8") as out:
                out.write(json.dumps({**_name(mutant), **told}, ensure_ascii=False) + "\n")


def prepare() -> None:
    """Import what every child needs, and nothing of the program."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    # the plugins of other libraries take longer to import than most tests to run
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()


def _name(mutant: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mutant.items() if name != "source"}


def main() -> None:
    """Read the command's words, and run the mutants in a random order."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("results", type=Path)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=TESTS, help="what pytest is given")
    told = parser.parse_args()
    files = sorted(
        file for path in told.paths for file in (path.rglob("*.py") if path.is_dir() else [path])
    )
    known = []
    if told.results.exists():
        known = [json.loads(line) for line in told.results.read_text("utf-8").splitlines()]
    done = {(item["module"], item["line"], item["kind"], *item["diff"]) for item in known}
    waiting = [
        m for m in mutants(files) if (m["module"], m["line"], m["kind"], *m["diff"]) not in done
    ]
    random.Random(6).shuffle(waiting)  # noqa: S311 - no secret
    prepare()
    run(waiting, told.workers, told.results, told.tests)


if __name__ == "__main__":
    main()
