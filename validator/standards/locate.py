"""Where the shipped standards are: in the wheel, in an editable install, or in the repository.

A folder may hold several versions of its standard: ``standard.yaml``, which the folder's name
alone stands for, and beside it ``standard-VERSION.yaml``, which is asked for by ``NAME@VERSION``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from validator.errors import BrokenStandard, UsageError
from validator.standards.strict_yaml import parse

_PACKAGE = Path(__file__).resolve().parent.parent
MAIN = "standard.yaml"


@cache
def schemas_folder() -> Path:
    """The folder ``schemas/``. The wheel carries it inside the package, the repository beside it.

    Raises UsageError where an installation has lost it.
    """
    for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
        if (folder / "meta" / "standard.schema.json").is_file():
            return folder
    message = "The shipped standards are missing from this installation. Install accordant again."
    raise UsageError(message)


def is_file(path: Path) -> bool:
    """Whether there is such a file. A name that no system would take (too long) is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder, as ``is_file`` tells it."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shipped() -> tuple[str, ...]:
    """The names of the shipped standards."""
    found = (path.parent.name for path in schemas_folder().glob(f"*/{MAIN}"))
    return tuple(sorted(found))


def versions(main: Path) -> Mapping[str, Path]:
    """The versions of a standard that stand beside its main file, that one too, by version."""
    beside = sorted(main.parent.glob("standard-*.yaml"))
    if (main.parent / MAIN).is_file():
        beside.insert(0, main.parent / MAIN)
    found: dict[str, Path] = {}
    for path in dict.fromkeys((main, *beside)):
        try:
            data = parse(path.read_bytes(), str(path)).data
        except (OSError, BrokenStandard):
            continue  # it is told of where somebody asks for it
        version = data.get("version") if isinstance(data, dict) else None
        if isinstance(version, str):
            found.setdefault(version, path)
    return found


def locate(standard: str | Path) -> Path:
    """The standard's main file, from a file, a folder that holds ``standard.yaml``, or a name.

    ``@VERSION`` after a folder or a name asks for one of its versions. Raises UsageError, naming
    what there is, where nothing fits.
    """
    path = Path(standard)
    if is_file(path):
        return path
    if is_file(path / MAIN):
        return path / MAIN
    if path.name == str(standard) and str(standard) in shipped():
        return schemas_folder() / str(standard) / MAIN
    if is_folder(path):
        message = f"The folder {path} holds no {MAIN}."
        raise UsageError(message)
    name, at, version = str(standard).rpartition("@")
    if at and name:
        return version_beside(locate(name), version)
    names = ", ".join(shipped())
    message = (
        f"There is no standard '{standard}'. Give a folder with a standard.yaml, a YAML file, "
        f"or the name of a shipped one: {names}."
    )
    raise UsageError(message)


def version_beside(main: Path, version: str) -> Path:
    """The main file of another version of the same standard. Raises UsageError where none is."""
    found = versions(main)
    if version not in found:
        message = f"There is no version {version} beside {main}. There are: {', '.join(found)}."
        raise UsageError(message)
    return found[version]
