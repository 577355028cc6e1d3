"""Where crosswalks and schemes are: beside the crosswalk that names them, or among the shipped."""

from __future__ import annotations

from pathlib import Path

from validator.errors import UsageError
from validator.standards.locate import is_file, is_folder, schemas_folder, shipped

SSSOM = (".sssom.tsv", ".tsv")
MAIN = "crosswalk.yaml"


def folder() -> Path:
    """The shipped crosswalks."""
    return schemas_folder() / "crosswalks"


def offered() -> tuple[str, ...]:
    """The names of the shipped crosswalks."""
    files = (path.stem for path in folder().glob("*.yaml"))
    return tuple(sorted((*files, *(path.parent.name for path in folder().glob(f"*/{MAIN}")))))


def locate(crosswalk: str | Path) -> Path:
    """The file of a crosswalk, from a file, a folder that holds ``crosswalk.yaml``, or a name.

    Raises UsageError, naming what there is, where nothing fits.
    """
    path = Path(crosswalk)
    if is_file(path):
        return path
    if is_file(path / MAIN):
        return path / MAIN
    if path.name == str(crosswalk) and (found := beside(folder(), path.name)):
        return found
    message = (
        f"There is no crosswalk '{crosswalk}'. Give a YAML file, a folder with a {MAIN}, an SSSOM "
        f"file (.sssom.tsv), or the name of a shipped one: {', '.join(offered())}."
    )
    raise UsageError(message)


def beside(place: Path, name: str) -> Path | None:
    """The crosswalk of that name in a folder; None where there is none."""
    for path in (place / f"{name}.yaml", place / name / MAIN):
        if is_file(path):
            return path
    return None


def is_crosswalk(named: str | Path) -> bool:
    """Whether what a command was given is a crosswalk, and no standard."""
    path = Path(named)
    if is_file(path):
        if path.name.endswith(SSSOM):
            return True
        head = path.read_bytes()[: 1 << 16].decode(errors="replace").lstrip("\ufeff")
        return any(line.startswith("crosswalk:") for line in head.splitlines())
    if is_folder(path):
        return is_file(path / MAIN) and not is_file(path / "standard.yaml")
    return str(named) in offered() and str(named) not in shipped()


def scheme_file(place: Path, scheme: str, version: str) -> Path | None:
    """The file of a scheme under a version: beside the crosswalk, or shipped."""
    for root in (place, folder()):
        path = root / "schemes" / f"{scheme}-{version}.yaml"
        if is_file(path):
            return path
    return None


def versions_of(place: Path, scheme: str) -> list[str]:
    """The versions under which a scheme is there."""
    found = {
        path.stem.removeprefix(f"{scheme}-")
        for root in (place, folder())
        for path in root.glob(f"schemes/{scheme}-*.yaml")
    }
    return sorted(found)
