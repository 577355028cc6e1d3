"""Data Packages: a ``datapackage.json`` in a folder or a zip file, and the tables that it names.

frictionless says whether the descriptor is in order. Resources are read as files of their own
format, and only from inside the package: nothing remote, and no path that leads out.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from validator.model.reading import Reading
from validator.model.standard import Table
from validator.readers.apart import Broken, apart
from validator.readers.archive import leads_out, opened, part
from validator.readers.faults import unusable
from validator.readers.source import Source

SUFFIXES = (".zip",)

DESCRIPTOR = "datapackage.json"
_MOST_DESCRIPTOR = 10 << 20

_ADDRESSED = ("profile", "profiles", "$schema", "schema", "dialect")
"""Keys that may give an address instead of what is meant. Nothing is fetched."""
_VERSION_2 = re.compile(r"https://datapackage\.org/profiles/2\.[0-9]+/\w+\.json")
"""The addresses that only say which version a descriptor follows."""

Open = Callable[[str], Source | None]
"""The source of a resource's path, or None where there is none."""


def parse(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    """Every table of a zipped package, or of the table files of a zip without a descriptor."""
    archive = opened(source)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    descriptors = [name for name in names if PurePosixPath(name).name == DESCRIPTOR]
    root = min(descriptors, key=len, default=None)

    def inside(path: str) -> Source | None:
        if path not in names:
            return None
        return Source(source.name, path=Path(path), data=part(archive, path))

    if root is None:
        yield from _files(names, inside, tables)
        return
    folder = PurePosixPath(root).parent
    found = False
    for reading in _resources(part(archive, root), lambda p: inside(str(folder / p)), tables):
        found = True
        yield reading
    if not found:
        raise Broken(reason="no-table")


read = apart(parse)


def read_folder(source: Source, tables: Sequence[Table]) -> Sequence[Reading]:
    """Every table of the package whose ``datapackage.json`` is the source.

    Its files are read as they would be by themselves. Table files of its folder that it does not
    list are read too: all that is there is checked.
    """
    try:
        found = list(_folder(source, tables))
    except Broken as error:
        return [unusable(source, error.detail)]
    return found or [unusable(source, {"reason": "no-table"})]


def _folder(source: Source, tables: Sequence[Table]) -> Iterator[Reading]:
    from validator.readers.files import of_folder

    assert source.path is not None, "it has been named by its path"  # noqa: S101 - a programming error
    folder = source.path.parent
    listed: set[Path] = {source.path.resolve()}

    def inside(path: str) -> Source | None:
        file = folder / path
        if _is_outside(file, folder):
            raise Broken(reason="leads-out")
        if not file.is_file():
            return None
        listed.add(file.resolve())
        return Source(str(file), path=file)

    yield from _resources(source.read(0, _MOST_DESCRIPTOR), inside, tables)
    for file in of_folder(folder):
        if _is_outside(file, folder):
            yield unusable(Source(str(file), file), {"reason": "leads-out"}, digest=False)
        elif file.resolve() not in listed:
            yield from _inner(Source(str(file), path=file), None, tables)


def _is_outside(file: Path, folder: Path) -> bool:
    """Whether a file of a package is a link to what does not belong to it."""
    # unlike Path.resolve, it takes links that lead to each other
    return not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _files(names: Sequence[str], inside: Open, tables: Sequence[Table]) -> Iterator[Reading]:
    from validator.readers.discovery import by_suffix

    taken = by_suffix().keys() - {*SUFFIXES, ".gz"}
    files = [
        name
        for name in sorted(names)
        if PurePosixPath(name).suffix.lower() in taken
        and not PurePosixPath(name).name.startswith((".", "~$"))
        and not name.startswith("__MACOSX/")
    ]
    if not files:
        raise Broken(reason="no-table")
    for name in files:
        found = inside(name)
        if found is not None:
            yield from _inner(found, name, tables)


def _resources(descriptor: bytes, inside: Open, tables: Sequence[Table]) -> Iterator[Reading]:
    found: list[tuple[str, Source]] = []
    notes: list[str] = []
    for name, paths in _listed(descriptor):
        for path in paths:
            resource = inside(path)
            if resource is None:
                # a package may list every table of its standard; the required ones are missed
                notes.append("The package lists a file that is not there.")
            else:
                found.append((name, resource))
    for name, resource in found:
        for reading in _inner(resource, name, tables):
            yield replace(reading, notes=(*notes, *reading.notes))
            notes = []


def _inner(resource: Source, name: str | None, tables: Sequence[Table]) -> Iterator[Reading]:
    """The tables of one file of the package, named after the resource where it is a single one."""
    from validator.readers.discovery import by_suffix, read

    if resource.suffix not in by_suffix() or resource.suffix in SUFFIXES:
        yield unusable(resource, {"reason": "unknown-format"}, name)
        return
    for reading in read(resource, tables):
        # what is packed has no digest of its own: that of the archive is given
        digest = None if resource.data is not None else reading.sha256
        sheet = reading.sheet if reading.cells else name
        yield replace(reading, sheet=sheet, sha256=digest)


def _listed(descriptor: bytes) -> Iterator[tuple[str, list[str]]]:
    """The name and the paths of each resource. Raises Broken where frictionless finds a fault."""
    try:
        data = json.loads(descriptor)
    except (ValueError, RecursionError):
        raise Broken(reason="package", what="it is not JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("resources", []), list):
        raise Broken(reason="package", what="it does not list its resources")
    resources = data.get("resources")
    if not resources:
        # it may be there for something else, such as to name the standard
        return
    for resource in resources:
        _refuse(resource)
    _validate(data)
    for resource in resources:
        path = resource["path"]
        yield resource["name"], path if isinstance(path, list) else [path]


def _refuse(resource: Any) -> None:
    """Raises Broken for a resource that is not a file, or files, of the package itself."""
    path: Any = resource.get("path") if isinstance(resource, Mapping) else None
    paths = path if isinstance(path, list) else [path]
    if not paths or not all(isinstance(item, str) and item for item in paths):
        raise Broken(reason="package", what="a resource of it has no path")
    if any(leads_out(item) for item in paths):
        raise Broken(reason="leads-out")
    addresses = (resource.get(key) for key in ("schema", "dialect"))
    if any(isinstance(item, str) and leads_out(item) for item in addresses):
        raise Broken(reason="leads-out")


def _validate(data: Mapping[str, Any]) -> None:
    from frictionless import FrictionlessException, Package

    whole = {**data, "resources": [_own(resource) for resource in data["resources"]]}
    try:
        Package.from_descriptor(_own(whole))
    except FrictionlessException as error:
        # its notes may repeat a text of the descriptor; what kind of fault it is suffices
        kinds = {item.type for item in (error.reasons or [error.error])}
        what = f"frictionless finds a fault in it ({', '.join(sorted(kinds))})"
        raise Broken(reason="package", what=what) from None


def _own(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a descriptor without what it only refers to."""
    return {
        key: value
        for key, value in part.items()
        if key not in _ADDRESSED or isinstance(value, dict) or _VERSION_2.fullmatch(str(value))
    }
