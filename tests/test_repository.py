"""What holds for the repository as a whole, whoever touches it."""

from __future__ import annotations

import io
import re
import subprocess
import tokenize
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# Alternatives keep these patterns from matching themselves.
REGISTRY_HOST = re.compile(rb"\b(?:pypi|crates|npmjs|anaconda|pythonhosted)\.(?:org|io|com)\b")
MACHINE_PATH = re.compile(rb"(?<![\w.*>)\]}-])/(?:root|home|work|Users)/|\b[A-Z]:\\+Users\\")
EXEMPTION = re.compile(
    r"noqa\b(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?"
)


def tracked_files() -> list[Path]:
    """The files that git keeps."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git is wherever the developer has it
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = (ROOT / name.decode() for name in listing.stdout.split(b"\0") if name)
    return sorted(path for path in paths if path.is_file())


def places(pattern: re.Pattern[bytes]) -> list[str]:
    """Where a pattern stands in the tracked files, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1)
        if pattern.search(line)
    ]


def names_in(lock: Path) -> dict[str, str]:
    """The locked version of each distribution."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))


def distribution(requirement: str) -> str:
    """The normalised name at the head of a requirement."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_no_file_names_a_package_registry():
    assert places(REGISTRY_HOST) == []


def test_no_file_names_a_path_of_somebodys_machine():
    assert places(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        (("see ", "home", "somebody"), True),
        (("'", "root", ".cache'"), True),
        (("docs", "home", "index.md"), False),
        (("../docs", "work", ""), False),
    ],
)
def test_machine_paths_are_told_from_relative_ones(parts, named):
    assert bool(MACHINE_PATH.search("/".join(parts).encode())) is named


def test_modules_are_short_enough_to_be_read_whole():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "validator").rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_every_exemption_from_lint_or_types_gives_its_reason():
    bare = []
    for path in tracked_files():
        if path.suffix != ".py":
            continue
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            if token.type != tokenize.COMMENT or not EXEMPTION.search(token.string):
                continue
            reason = re.findall(r"[^\W\d_]{2,}", EXEMPTION.sub("", token.string))
            if len(reason) < 2:
                bare.append(f"{path.relative_to(ROOT)}:{token.start[0]}")
    assert bare == []


def test_the_readme_commands_are_targets_of_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert targets >= {"help", "demo", "test", "lint", "docs", "bench", "lock", "clean"}


def test_the_changelog_speaks_of_the_version_being_built():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"[{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_nothing_but_pinned_versions_and_their_hashes(lock):
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    pin = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\")
    digest = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)] == []


def test_locks_hold_what_the_project_asks_for():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = pyproject["dependency-groups"]
    wanted = {
        "run.txt": pyproject["project"]["dependencies"],
        "build.txt": groups["build"] + pyproject["build-system"]["requires"],
        "dev.txt": pyproject["project"]["dependencies"] + groups["dev"],
        "bench.txt": pyproject["project"]["dependencies"] + groups["bench"],
        "lock.txt": groups["lock"],
        "spark.txt": pyproject["project"]["dependencies"] + groups["spark"],
    }
    assert {lock.name for lock in LOCKS} == set(wanted)
    for lock in LOCKS:
        asked = {distribution(item) for item in wanted[lock.name] if isinstance(item, str)}
        assert asked - names_in(lock).keys() == set(), lock.name


def test_locks_agree_on_every_version():
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in names_in(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: seen for name, seen in versions.items() if len(seen) > 1} == {}
