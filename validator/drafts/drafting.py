"""Which files are data, and which describe data: a kind of description is a file of ``forms``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from validator.discovery import modules_of
from validator.drafts import from_data
from validator.drafts.parts import Draft, slug
from validator.errors import UnreadableInput, UsageError
from validator.readers.discovery import read
from validator.readers.files import sources


@dataclass(frozen=True, kw_only=True)
class Form:
    """A description of data that some other tool reads.

    ``draft`` is given the file and the name of the standard. It answers None where the file is no
    such description, and raises UsageError where it is one that cannot be used.
    """

    name: str
    title: str
    draft: Callable[[Path, str], Draft | None]


@cache
def forms() -> tuple[Form, ...]:
    """Every form there is, by name."""
    return tuple(module.FORM for _, module in modules_of("validator.drafts.forms"))


def draft(files: Sequence[str], name: str) -> Draft:
    """A standard from one description, or from any number of files of data.

    Raises UsageError or UnreadableInput where a file cannot be used, or descriptions and data are
    mixed.
    """
    standard = slug(name, "draft").replace("_", "-")
    described = []
    for file in files:
        path = Path(file)
        if "://" in file or not path.is_file():
            continue
        found = next((made for form in forms() if (made := form.draft(path, standard))), None)
        if found:
            described.append(found)
    if described and len(files) > 1:
        message = "Draft from one description at a time, or from files of data alone."
        raise UsageError(message)
    if described:
        return described[0]
    return from_data.draft([r for source in sources(files) for r in read(source)], standard)


def content(path: Path, suffixes: Sequence[str]) -> bytes | None:
    """What a description's file holds; None where its name says that it is something else."""
    if path.suffix.lower() not in suffixes:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}. Check its permissions."
        raise UnreadableInput(message) from None
