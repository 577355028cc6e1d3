"""The wheel by itself: it holds what it must, and works away from the repository."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

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


def built(source: Path, folder: Path, **surroundings: str) -> Path:
    """The wheel that is built of the files in ``source``."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(
        [*command, str(source)],
        env=os.environ | surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def bill(wheel) -> str:
    """The list of what the wheel needs, as it stands in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".dist-info/sboms/" in name)
        return archive.read(name).decode()


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


def test_another_folder_time_and_place_build_the_same_wheel(wheel, tmp_path):
    source = tmp_path / "source"
    for name in ("validator", "schemas", "sbom"):
        # neither modes nor times are copied
        shutil.copytree(
            ROOT / name,
            source / name,
            ignore=shutil.ignore_patterns("__pycache__"),
            copy_function=shutil.copyfile,
        )
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, source / name)
    again = built(source, tmp_path / "dist", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="1")
    assert again.name == wheel.name
    assert (
        hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()
    )


def test_wheel_lists_what_it_needs_in_the_versions_of_the_lock(bill):
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    pins = set(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    content = json.loads(bill)
    assert {(item["name"], item["version"]) for item in content["components"]} == pins
    needed = {item["ref"]: item.get("dependsOn", []) for item in content["dependencies"]}
    assert {item.partition("@")[0] for item in needed["accordant"]} >= {"click", "jsonschema"}
    assert {item["bom-ref"] for item in content["components"]} == needed.keys() - {"accordant"}


def test_the_list_of_what_the_wheel_needs_is_sound_cyclonedx(bill):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(bill) is None
    assert validator.validate_str(bill.replace('"library"', '"bookcase"')) is not None


def test_the_list_of_what_the_wheel_needs_says_nothing_of_the_machine_that_built_it(bill):
    assert re.findall(r"\w+://[^\s\"]+", bill) == [
        "http://cyclonedx.org/schema/bom-1.6.schema.json"
    ]
    assert str(ROOT) not in bill
    assert "timestamp" not in bill


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
