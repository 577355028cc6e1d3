"""The wheel by itself: it holds what it must, and works away from the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Installation:
    """A virtual environment that holds the wheel, and a folder away from the repository."""

    scripts: Path
    packages: Path
    folder: Path

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Start a program of this environment, with nothing of ours on its path."""
        program = shutil.which(command, path=str(self.scripts))
        assert program, f"{command} was not installed"
        environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [program, *arguments],
            cwd=self.folder,
            env=environment | {"PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    built = subprocess.run(
        [*command, str(ROOT)], capture_output=True, encoding="utf-8", check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def contents(wheel) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Installation:
    """The wheel in a new environment, which borrows the libraries of the running one.

    A borrowed folder's own .pth files are not read, so an editable accordant stays out of sight.
    """
    base = tmp_path_factory.mktemp("environment")
    venv.create(base, with_pip=False)
    names = {"base": str(base), "platbase": str(base)}
    packages = Path(sysconfig.get_path("purelib", "venv", names))
    scripts = Path(sysconfig.get_path("scripts", "venv", names))
    (packages / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(base)]
    put = subprocess.run(
        [*pip, "install", "--no-index", "--no-deps", "--ignore-installed", str(wheel)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert put.returncode == 0, put.stdout + put.stderr
    return Installation(scripts, packages, tmp_path_factory.mktemp("elsewhere"))


def test_wheel_holds_every_schema_of_the_repository(contents):
    schemas = ROOT / "schemas"
    files = {f"validator/{p.relative_to(ROOT).as_posix()}" for p in schemas.rglob("*.*")}
    assert "validator/schemas/meta/standard.schema.json" in files
    assert "validator/schemas/global-indicator/standard.yaml" in files
    assert files - contents == set()


def test_wheel_holds_the_licence_and_says_that_it_is_typed(contents):
    assert "validator/py.typed" in contents
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in contents)


def test_wheel_holds_the_package_and_nothing_else(contents):
    assert {name.split("/")[0].partition("-")[0] for name in contents} == {"validator", "accordant"}
    assert [name for name in contents if name.endswith(".pyc") or "/tests/" in name] == []


def test_installed_package_is_the_wheels_own(installed):
    done = installed.run("python", "-c", "import validator; print(validator.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.packages), done.stderr


def test_installed_command_finds_the_shipped_standard(installed):
    done = installed.run("accordant", "lint", "global-indicator")
    assert done.returncode == 0, done.stdout + done.stderr


def test_installed_command_checks_a_submission(installed):
    shutil.copytree(ROOT / "examples" / "submission-with-faults", installed.folder / "submission")
    done = installed.run(
        "accordant", "check", "submission", "--standard", "global-indicator", "--format", "json"
    )
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["standard"]["id"] == "global-indicator"
    assert report["summary"]["verdict"] == "fail"
