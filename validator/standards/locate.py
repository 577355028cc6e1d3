"""Where the shipped standards are: in the wheel, in an editable install, or in the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from validator.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent


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


def shipped() -> tuple[str, ...]:
    """The names of the shipped standards."""
    found = (path.parent.name for path in schemas_folder().glob("*/standard.yaml"))
    return tuple(sorted(found))


def locate(standard: str | Path) -> Path:
    """The standard's main file, from a file, a folder that holds ``standard.yaml``, or a name.

    Raises UsageError, naming what there is, where nothing fits.
    """
    path = Path(standard)
    if path.is_file():
        return path
    if (path / "standard.yaml").is_file():
        return path / "standard.yaml"
    if path.name == str(standard) and str(standard) in shipped():
        return schemas_folder() / str(standard) / "standard.yaml"
    if path.is_dir():
        message = f"The folder {path} holds no standard.yaml."
        raise UsageError(message)
    names = ", ".join(shipped())
    message = (
        f"There is no standard '{standard}'. Give a folder with a standard.yaml, a YAML file, "
        f"or the name of a shipped one: {names}."
    )
    raise UsageError(message)
