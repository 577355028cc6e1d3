"""An installed package can add a kind; the example of the documentation is one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "identifiers.md"
NAMES = """
class Entity:
    label_, start_char, end_char = "PER", 8, 14

class Document:
    ents = [Entity]

def load(name):
    print("loaded", name)
    return lambda text: Document
"""
"""A stand-in for spaCy that sees a person in the same place of every text."""
READ = """
from validator.identifiers.kind import Context
from validator.identifiers.recognise import recognise
for text in ("Seen by quuxly, twice", "12, 40", "Seen by Mr Finch"):
    print([(found.kind.name, found.span.start) for found in recognise(text, Context())])
"""


def shown(name: str) -> str:
    """The block of the page that is saved under a name."""
    (block,) = re.findall(
        rf"```\w+ {name}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return block


def install(folder: Path, **modules: str) -> None:
    """What pip leaves of a package with the page's entry point."""
    import tomllib

    project = tomllib.loads(shown("pyproject.toml"))["project"]
    ((group, points),) = project["entry-points"].items()
    about = folder / "names_by_model-1.0.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text(f"Name: {project['name']}\nVersion: 1.0\n")
    lines = "".join(f"{name} = {module}\n" for name, module in points.items())
    about.joinpath("entry_points.txt").write_text(f"[{group}]\n{lines}")
    for name, text in modules.items():
        folder.joinpath(f"{name}.py").write_text(text)


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=PAGE.parents[1],
        check=False,
    )


def test_the_example_adds_names_that_a_model_finds(tmp_path: Path):
    install(tmp_path, names_by_model=shown("names_by_model.py"), spacy=NAMES)
    done = run(READ, tmp_path)
    assert done.stdout.splitlines() == [
        "loaded xx_ent_wiki_sm",
        "[('name-by-model', 8)]",
        "[]",
        "[('person-name', 8)]",
    ], done.stderr


def test_it_takes_part_in_a_check(tmp_path: Path):
    install(tmp_path, names_by_model=shown("names_by_model.py"), spacy=NAMES)
    code = (
        "import narwhals as nw, polars as pl; from validator.identifiers.columns import *; "
        "frame = nw.from_native(pl.DataFrame({'t': ['Seen by quuxly', '12, 40']})); "
        "print(frame.select(may_identify(nw.col('t')).alias('m'))['m'].to_list())"
    )
    assert run(code, tmp_path).stdout.strip() == "[True, False]"


def test_without_it_nothing_is_asked_of_a_model(tmp_path: Path):
    tmp_path.joinpath("spacy.py").write_text(NAMES)
    assert run(READ, tmp_path).stdout.splitlines() == ["[]", "[]", "[('person-name', 8)]"]


@pytest.mark.parametrize(
    "module",
    ["", "KIND = 'email'", "from validator.identifiers.email import KIND"],
    ids=["no kind", "something else", "a name that is taken"],
)
def test_a_plug_in_without_a_kind_of_its_own_is_refused(tmp_path: Path, module: str):
    install(tmp_path, names_by_model=module)
    done = run(READ, tmp_path)
    assert "UsageError: The plug-in names_by_model" in done.stderr
