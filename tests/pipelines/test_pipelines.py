"""The files for pipelines: they are in form, and what they run works.

The systems that they are for are not here. What those would run is run with a shell; of Airflow
and Dagster, the few names that the examples use are played. (With Airflow 3.3 and Dagster 1.13
themselves, both examples did what is tested here.)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import types
import venv
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PROJECT = (EXAMPLES / "pipelines" / "accordant.yaml").read_text("utf-8").replace("../", "data/")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a project file, whose submission has faults."""
    shutil.copytree(EXAMPLES / "submission-with-faults", tmp_path / "data/submission-with-faults")
    (tmp_path / "accordant.yaml").write_text(PROJECT, "utf-8")
    return tmp_path


def installed(at: Path) -> None:
    """A virtual environment's ``bin/accordant`` that is the one under test."""
    (at / "bin").mkdir(parents=True)
    program = at / "bin" / "accordant"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m validator "$@"\n', "utf-8")
    program.chmod(0o755)


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607 - bash is wherever it is
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def parsed(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


# --- pre-commit -----------------------------------------------------------------------------------


def test_hooks_have_what_pre_commit_asks_for():
    for hook in parsed(".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert re.compile(hook["files"])
        assert hook["pass_filenames"] is False


@pytest.mark.parametrize("changed", ["data/series.csv", "a.xlsx", "x/accordant.yaml"])
def test_the_hook_runs_where_data_or_the_project_change(changed: str):
    (check, _) = parsed(".pre-commit-hooks.yaml")
    assert re.search(check["files"], changed)
    assert not re.search(check["files"], "validator/check.py")


def test_the_hook_checks_what_the_project_names(folder: Path):
    installed(folder / ".programs")
    (check, lint) = parsed(".pre-commit-hooks.yaml")
    path = f"{folder / '.programs' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = run(check["entry"], folder, PATH=path)
    assert done.returncode == 1
    assert done.stdout.startswith("NOT READY TO SHARE")
    assert run(f"{lint['entry']} global-indicator", folder, PATH=path).returncode == 0


# --- GitHub ---------------------------------------------------------------------------------------


def action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """What the action's step of that name does, given its inputs."""
    described = parsed("action.yml")
    installed(folder / "temp" / "accordant")
    step = described["runs"]["steps"][-1]
    environment = {}
    for name, value in step["env"].items():
        (used,) = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value).groups()  # type: ignore[union-attr] # because a mismatch is a failure all the same
        environment[name] = inputs.get(used, described["inputs"][used]["default"])
    return run(step["run"], folder, RUNNER_TEMP=str(folder / "temp"), **environment)


def test_the_action_annotates_and_fails(folder: Path):
    done = action(folder)
    assert done.returncode == 1
    assert done.stdout.startswith("::error ")


def test_the_action_takes_its_inputs_as_they_are(folder: Path):
    (folder / "with space").mkdir()
    shutil.copy(folder / "data/submission-with-faults/series.csv", folder / "with space")
    hostile = "with space/series.csv\n$(touch owned); touch owned"
    done = action(folder, paths=hostile, standard="global-indicator")
    assert done.returncode == 2
    assert "no such file or folder" in done.stderr
    assert not (folder / "owned").exists()
    reports = {"sarif": "report.sarif", "html": "report.html", "fail-on": "note"}
    assert action_again(folder, paths="with space/series.csv", **reports).returncode == 1
    assert (folder / "report.sarif").is_file()
    assert (folder / "report.html").is_file()


def action_again(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    shutil.rmtree(folder / "temp")
    return action(folder, **inputs)


def test_no_input_of_the_action_stands_in_a_script():
    for step in parsed("action.yml")["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


# --- GitLab ---------------------------------------------------------------------------------------


def test_the_gitlab_job_leaves_its_reports(folder: Path):
    installed(folder / ".accordant")
    job = parsed("ci/gitlab.yml")[".accordant"]
    done = run("\n".join(job["script"]), folder, **job["variables"])
    assert done.returncode == 1
    tests = ET.parse(folder / job["artifacts"]["reports"]["junit"])  # noqa: S314 - our own file
    assert tests.getroot().tag == "testsuites"
    assert [(folder / path).is_file() for path in job["artifacts"]["paths"]] == [True]


def test_the_gitlab_job_installs_only_what_it_was_told(folder: Path):
    job = parsed("ci/gitlab.yml")[".accordant"]
    venv.create(folder / ".accordant", with_pip=False)
    done = run(job["before_script"][-1], folder)
    assert done.returncode != 0
    assert "name the wheel to install" in done.stderr


# --- Airflow and Dagster ----------------------------------------------------------------


def passed_through(*_: Any, **__: Any) -> Any:
    return lambda function: function


def played(name: str, modules: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Any:
    """An example as a module, beside modules that hold the names that it uses."""
    for module, names in modules.items():
        played_by = types.ModuleType(module)
        vars(played_by).update(names)
        monkeypatch.setitem(sys.modules, module, played_by)
    example = types.ModuleType(name)
    code = compile((EXAMPLES / "pipelines" / f"{name}.py").read_text("utf-8"), name, "exec")
    exec(code, vars(example))  # noqa: S102 - our own file
    return example


def test_airflow_fails_on_faults_and_passes_the_rest_on(monkeypatch: pytest.MonkeyPatch):
    class Failed(Exception):
        pass

    names = {"AirflowFailException": Failed}
    # so that building the graph does not run it
    sdk = {"dag": lambda **_: lambda _f: lambda: None, "task": lambda function: function}
    modules = {"airflow": {}, "airflow.sdk": sdk, "airflow.sdk.exceptions": names}
    example = played("airflow_dag", modules, monkeypatch)
    clean = str(EXAMPLES / "submission")
    monkeypatch.setattr(example, "check", as_of_january(example.check))
    assert example.gate(clean) == clean
    with pytest.raises(Failed, match="fail: 17 errors"):
        example.gate(str(EXAMPLES / "submission-with-faults"))


def test_dagster_holds_back_what_has_faults(monkeypatch: pytest.MonkeyPatch):
    names = {
        "asset": lambda function: function,
        "asset_check": passed_through,
        "AssetCheckResult": lambda **said: said,
        "Definitions": lambda **_: None,
    }
    example = played("dagster_checks", {"dagster": names}, monkeypatch)
    monkeypatch.setattr(example, "check", as_of_january(example.check))
    assert example.follows_the_standard(str(EXAMPLES / "submission"))["passed"] is True
    faulty = example.follows_the_standard(str(EXAMPLES / "submission-with-faults"))
    assert (faulty["passed"], faulty["metadata"]["errors"]) == (False, 17)


def as_of_january(check: Any) -> Any:
    return lambda *arguments: check(*arguments, as_of="2026-01-31")
